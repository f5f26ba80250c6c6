#include "scene/typeset.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <thread>

namespace diaban {
namespace {

double covered(const std::vector<uint8_t>& mask) {
    return std::accumulate(mask.begin(), mask.end(), 0.0) / 255;
}

TEST(MeasureText, grows_with_the_text_and_in_proportion_to_the_size) {
    const TextSize one = measure_text("Bình", {.size = 12});
    const TextSize two = measure_text("Bình Liêu", {.size = 12});
    const TextSize large = measure_text("Bình Liêu", {.size = 24});
    EXPECT_GT(two.width, one.width);
    EXPECT_EQ(two.height, one.height);
    EXPECT_NEAR(large.width, 2 * two.width, 0.1);
    EXPECT_GT(two.baseline, 6);
    EXPECT_LT(two.baseline, two.height);
}

TEST(MeasureText, gives_an_empty_text_a_height_and_no_width) {
    const TextSize size = measure_text("", {.size = 12});
    EXPECT_EQ(size.width, 0);
    EXPECT_GT(size.height, 0);
}

TEST(MeasureText, wraps_a_paragraph_into_its_width) {
    const std::string text = "a text of several words that needs more than one line";
    const TextSize line = measure_text(text, {.size = 12});
    const TextSize wrapped = measure_text(text, {.size = 12}, 100);
    EXPECT_LE(wrapped.width, 100.5);
    EXPECT_GE(wrapped.height, 2 * line.height);
    EXPECT_EQ(wrapped.baseline, line.baseline);
}

TEST(MeasureText, is_the_same_on_all_threads_and_while_fonts_are_being_found) {
    const TextStyle style{.size = 13, .weight = 600};
    std::vector<TextSize> sizes(12);
    std::vector<std::vector<uint8_t>> masks(sizes.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            threads.emplace_back([&, i] {
                if (i % 4 == 0) warm_up_text();
                sizes[i] = measure_text("Bình Liêu", style);
                masks[i] = draw_text("Bình Liêu", style, 0, 1).ink;
            });
        }
    }
    warm_up_text();
    const TextSize alone = measure_text("Bình Liêu", style);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        EXPECT_EQ(sizes[i].width, alone.width) << i;
        EXPECT_EQ(sizes[i].baseline, alone.baseline) << i;
        EXPECT_EQ(masks[i], draw_text("Bình Liêu", style, 0, 1).ink) << i;
    }
}

TEST(DrawText, covers_more_with_its_halo_and_all_of_its_ink) {
    const Mask mask = draw_text("Ưỡn", {.size = 20, .halo = Rgba{255, 255, 255, 255}, .halo_width = 2}, 0, 1);
    ASSERT_EQ(mask.ink.size(), static_cast<std::size_t>(mask.width * mask.height));
    ASSERT_EQ(mask.outline.size(), mask.ink.size());
    EXPECT_GT(covered(mask.ink), 20);
    EXPECT_GT(covered(mask.outline), 1.5 * covered(mask.ink));
    for (std::size_t i = 0; i < mask.ink.size(); ++i) {
        ASSERT_GE(mask.outline[i] + 1, mask.ink[i]);
    }
    EXPECT_EQ(mask.ink[0], 0);
}

TEST(DrawText, draws_the_same_layout_at_every_pixel_ratio) {
    const TextStyle style{.size = 14};
    const Mask one = draw_text("Hạ Long, Cẩm Phả, Uông Bí", style, 0, 1);
    const Mask two = draw_text("Hạ Long, Cẩm Phả, Uông Bí", style, 0, 2);
    EXPECT_NEAR(covered(two.ink), 4 * covered(one.ink), 0.03 * covered(two.ink));
    EXPECT_NEAR(two.width, 2 * one.width, 6);
}

TEST(DrawText, draws_nothing_for_an_empty_text) {
    EXPECT_EQ(covered(draw_text("", {}, 0, 1).ink), 0);
}

TEST(DrawMark, covers_a_circles_area) {
    const Mask mask = draw_mark(MarkerShape::circle, 10, 2, 2);
    // π r² in device pixels, Cairo's own curve being good to a few tenths of a percent.
    EXPECT_NEAR(covered(mask.ink), std::numbers::pi * 20 * 20, 8);
    EXPECT_NEAR(covered(mask.outline), std::numbers::pi * 24 * 24, 12);
    EXPECT_EQ(mask.origin_x, -mask.width / 2.0);
}

TEST(DrawMark, cuts_the_pictogram_out_of_the_body) {
    for (const MarkerShape shape : {MarkerShape::shelter, MarkerShape::sanitation, MarkerShape::post}) {
        const Mask mask = draw_mark(shape, 10, 1, 1);
        const double body = covered(mask.outline);
        EXPECT_LT(covered(mask.ink), 0.75 * body) << static_cast<int>(shape);
        EXPECT_GT(covered(mask.ink), 0.35 * body) << static_cast<int>(shape);
    }
}

TEST(DrawMark, keeps_tiny_marks_whole) {
    const Mask mask = draw_mark(MarkerShape::shelter, 3, 0, 1);
    EXPECT_NEAR(covered(mask.ink), covered(mask.outline), 0.5);
    EXPECT_GT(covered(mask.ink), 20);
}

TEST(DrawMark, moves_with_the_subpixel) {
    const Mask at_zero = draw_mark(MarkerShape::square, 6, 1, 1);
    const Mask at_half = draw_mark(MarkerShape::square, 6, 1, 1, 0.5, 0);
    EXPECT_NE(at_zero.ink, at_half.ink);
    EXPECT_NEAR(covered(at_zero.ink), covered(at_half.ink), 1);
}

}  // namespace
}  // namespace diaban
