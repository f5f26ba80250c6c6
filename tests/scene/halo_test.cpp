// Halos, held against Cairo's own strokes with round joins.
#include "scene/halo.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "scene/mask_surface.h"

namespace diaban::testing {
namespace {

constexpr int width = 200;
constexpr int height = 64;

/// How far the halo is from another picture of it, over the pixels that either covers.
struct Compared {
    double mean = 0;
    double share = 0;  ///< of pixels that differ by more than 32 of 255
};

Compared compare(const std::vector<uint8_t>& halo, const std::vector<uint8_t>& wanted) {
    int sum = 0;
    int far = 0;
    int count = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (halo[i] == 0 && wanted[i] == 0) continue;
        const int difference = std::abs(int{halo[i]} - int{wanted[i]});
        sum += difference;
        far += difference > 32 ? 1 : 0;
        ++count;
    }
    const double all = std::max(count, 1);
    return {sum / all, far / all};
}

std::vector<uint8_t> cairo_stroke_of(const MaskSurface& surface, double reach) {
    cairo_t* const cr = surface.context.get();
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, 2 * reach);
    cairo_stroke(cr);
    return surface.bytes();
}

/// The slow and obvious way: 16 places in each pixel, each within reach of some piece of the path or not.
std::vector<uint8_t> sampled(cairo_t* cr, double reach) {
    struct Piece {
        double ax, ay, bx, by;
    };
    std::vector<Piece> pieces;
    cairo_save(cr);
    cairo_identity_matrix(cr);
    cairo_path_t* const path = cairo_copy_path_flat(cr);
    cairo_restore(cr);
    cairo_path_data_t start{};
    cairo_path_data_t last{};
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const auto type = path->data[i].header.type;
        const cairo_path_data_t to = type == CAIRO_PATH_CLOSE_PATH ? start : path->data[i + 1];
        if (type == CAIRO_PATH_MOVE_TO)
            start = to;
        else
            pieces.push_back({last.point.x, last.point.y, to.point.x, to.point.y});
        last = to;
    }
    cairo_path_destroy(path);
    const auto near = [&](double x, double y) {
        return std::ranges::any_of(pieces, [&](const Piece& p) {
            const double dx = p.bx - p.ax;
            const double dy = p.by - p.ay;
            const double length = dx * dx + dy * dy;
            const double t = length > 0 ? std::clamp(((x - p.ax) * dx + (y - p.ay) * dy) / length, 0.0, 1.0) : 0;
            return std::hypot(x - p.ax - t * dx, y - p.ay - t * dy) <= reach;
        });
    };
    std::vector<uint8_t> out;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            int hits = 0;
            for (int i = 0; i < 16; ++i)
                hits += near(x + (i % 4 + 0.5) / 4, y + (double{0} + i / 4 + 0.5) / 4) ? 1 : 0;
            out.push_back(static_cast<uint8_t>(hits * 255 / 16));
        }
    }
    return out;
}

void letters(cairo_t* cr, const char* text, double size) {
    const PangoLayoutHandle layout(pango_cairo_create_layout(cr));
    const FontDescriptionHandle font(pango_font_description_from_string("Inter"));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text, -1);
    cairo_translate(cr, 8, 8);
    pango_cairo_layout_path(cr, layout.get());
}

TEST(Halo, covers_what_lies_within_reach_of_letters) {
    for (const double reach : {1.0, 2.0, 3.3}) {
        const MaskSurface surface(width, height);
        letters(surface.context.get(), "Ặ Đở", 13);
        const std::vector<uint8_t> halo = cover_near_path(surface.context.get(), width, height, reach);
        const Compared difference = compare(halo, sampled(surface.context.get(), reach));
        EXPECT_LE(difference.mean, 5.5) << reach;
        EXPECT_LE(difference.share, 0.05) << reach;
    }
}

TEST(Halo, is_the_stroke_that_cairo_draws) {
    const MaskSurface surface(width, height);
    cairo_t* const cr = surface.context.get();
    cairo_move_to(cr, 20, 20);
    cairo_line_to(cr, 120.3, 40.6);
    cairo_line_to(cr, 30, 60);
    cairo_rectangle(cr, 150, 20, 40, 40);
    const std::vector<uint8_t> halo = cover_near_path(cr, width, height, 6);
    const Compared difference = compare(halo, cairo_stroke_of(surface, 6));
    EXPECT_LE(difference.mean, 1);
    EXPECT_LE(difference.share, 0.002);
}

TEST(Halo, of_a_line_thinner_than_a_pixel_is_faint) {
    const MaskSurface surface(40, 10);
    cairo_t* const cr = surface.context.get();
    cairo_move_to(cr, 5, 4.5);
    cairo_line_to(cr, 35, 4.5);
    const std::vector<uint8_t> halo = cover_near_path(cr, 40, 10, 0.1);
    EXPECT_EQ(halo[4 * 40 + 20], 51);  // a fifth of the pixel
    EXPECT_EQ(halo[3 * 40 + 20], 0);
}

TEST(Halo, of_nothing_is_nothing_and_beyond_the_picture_nothing_is_drawn) {
    const MaskSurface surface(12, 10);
    cairo_t* const cr = surface.context.get();
    const auto total = [&] {
        const std::vector<uint8_t> halo = cover_near_path(cr, 12, 10, 2);
        return std::accumulate(halo.begin(), halo.end(), 0);
    };
    EXPECT_EQ(total(), 0);
    cairo_move_to(cr, 5, 5);
    EXPECT_EQ(total(), 0);
    cairo_rectangle(cr, -500, -500, 100, 100);
    EXPECT_EQ(total(), 0);
    cairo_new_path(cr);
    cairo_rectangle(cr, -500, -500, 1000, 1000);  // all round, its edge far off
    EXPECT_EQ(total(), 0);
    cairo_new_path(cr);
    cairo_move_to(cr, -100, 5);
    cairo_line_to(cr, 100, 5);
    EXPECT_EQ(total(), 12 * 4 * 255);
}

}  // namespace
}  // namespace diaban::testing
