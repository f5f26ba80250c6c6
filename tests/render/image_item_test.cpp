// Pictures laid on the map.
#include <gtest/gtest.h>

#include "render/canvas.h"
#include "render/image_painter.h"

namespace diaban::testing {
namespace {

std::shared_ptr<MapImage> picture(int width, int height, const std::vector<Rgba>& pixels) {
    auto image = std::make_shared<MapImage>();
    image->width = width;
    image->height = height;
    for (const Rgba c : pixels)
        image->rgba.insert(image->rgba.end(), {c.r, c.g, c.b, c.a});
    return image;
}

/// Red and blue over green and black.
ImageItem four_pixels(const Box& extent, bool smooth) {
    return {picture(2, 2, {red, blue, green, black}), extent, smooth, 1};
}

TEST(ImageItem, shows_each_pixel_in_its_place_the_first_row_on_top) {
    Canvas canvas;
    Scene scene = scene_of(60, 40);
    scene.map.push_back(four_pixels({10, 10, 50, 30}, false));
    const Image image = canvas.draw(scene);
    EXPECT_EQ(pixel(image, 10, 10), red);
    EXPECT_EQ(pixel(image, 29, 19), red);
    EXPECT_EQ(pixel(image, 30, 10), blue);
    EXPECT_EQ(pixel(image, 10, 29), green);
    EXPECT_EQ(pixel(image, 49, 29), black);
    EXPECT_EQ(pixel(image, 9, 10), white);
    EXPECT_EQ(pixel(image, 50, 29), white);
    EXPECT_EQ(pixel(image, 30, 30), white);
}

TEST(ImageItem, is_interpolated_when_it_is_smooth) {
    Canvas canvas;
    Scene scene = scene_of(100, 20);
    scene.map.push_back(ImageItem{picture(2, 1, {black, white}), {0, 0, 100, 20}, true, 1});
    const Image image = canvas.draw(scene);
    EXPECT_EQ(pixel(image, 10, 10), black);  // up to the middle of the first pixel nothing is between
    EXPECT_NEAR(pixel(image, 37, 10).r, 64, 3);
    EXPECT_NEAR(pixel(image, 50, 10).r, 128, 3);
    EXPECT_EQ(pixel(image, 90, 10), white);
}

TEST(ImageItem, is_averaged_when_it_is_made_smaller) {
    Canvas canvas;
    std::vector<Rgba> board;
    for (int i = 0; i < 64 * 64; ++i)
        board.push_back((i + i / 64) % 2 == 0 ? black : white);
    for (const bool smooth : {true, false}) {
        Scene scene = scene_of(8, 8);
        scene.background = red;
        scene.map.push_back(ImageItem{picture(64, 64, board), {0, 0, 8, 8}, smooth, 1});
        const Image image = canvas.draw(scene);
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x)
                ASSERT_NEAR(pixel(image, x, y).r, 128, 2) << x << ", " << y;
    }
}

TEST(ImageItem, lets_the_ground_through_by_its_alpha_and_its_opacity) {
    Canvas canvas;
    Scene scene = scene_of(10, 10);
    // Premultiplied: half of pure red.
    scene.map.push_back(ImageItem{picture(1, 1, {{128, 0, 0, 128}}), {0, 0, 10, 10}, false, 1});
    EXPECT_NEAR(pixel(canvas.draw(scene), 5, 5).g, 127, 1);
    EXPECT_NEAR(pixel(canvas.draw(scene), 5, 5).r, 255, 1);
    std::get<ImageItem>(scene.map[0]).opacity = 0.5;
    EXPECT_NEAR(pixel(canvas.draw(scene), 5, 5).g, 191, 1);
    std::get<ImageItem>(scene.map[0]).opacity = 0;
    EXPECT_EQ(pixel(canvas.draw(scene), 5, 5), white);
}

TEST(ImageItem, stays_in_place_when_little_of_it_is_in_view) {
    Canvas canvas;
    Scene scene = scene_of(60, 40);
    scene.frame.centre = {500'000, 500'000};  // where the four pixels meet, a million pixels from edge to edge
    scene.map.push_back(four_pixels({0, 0, 1'000'000, 1'000'000}, false));
    const Image image = canvas.draw(scene);
    EXPECT_EQ(pixel(image, 28, 18), red);
    EXPECT_EQ(pixel(image, 31, 18), blue);
    EXPECT_EQ(pixel(image, 28, 21), green);
    EXPECT_EQ(pixel(image, 31, 21), black);
}

TEST(ImageItem, leaves_no_gap_between_tiles) {
    Canvas canvas;
    Scene scene = scene_of(60, 40);
    scene.background = {255, 0, 255, 255};
    for (const Box& extent : {Box{-5, -5, 20.3, 50}, Box{20.3, -5, 70, 50}})
        scene.map.push_back(ImageItem{picture(2, 2, {green, green, green, green}), extent, true, 1});
    const Image image = canvas.draw(scene);
    for (int x = 0; x < 60; ++x)
        ASSERT_EQ(pixel(image, x, 20), green) << x;
}

TEST(ImageItem, is_forgotten_when_it_is_gone) {
    Canvas canvas;
    for (const Rgba colour : {red, blue, green, red, black}) {
        Scene scene = scene_of(10, 10);
        scene.map.push_back(ImageItem{picture(1, 1, {colour}), {0, 0, 10, 10}, false, 1});
        EXPECT_EQ(pixel(canvas.draw(scene), 5, 5), colour);
    }
}

TEST(ImageItem, is_passed_over_without_a_picture_or_a_place) {
    Canvas canvas;
    Scene scene = scene_of(20, 20);
    scene.map.push_back(ImageItem{});
    scene.map.push_back(ImageItem{std::make_shared<MapImage>(), {0, 0, 20, 20}, true, 1});
    scene.map.push_back(four_pixels({5, 5, 5, 15}, true));
    scene.map.push_back(four_pixels({}, true));
    scene.map.push_back(four_pixels({30, 30, 50, 50}, true));
    EXPECT_EQ(ink(canvas.draw(scene)), 0);
}

TEST(ImageItem, is_refused_when_its_pixels_are_not_as_many_as_it_says) {
    Canvas canvas;
    Scene scene = scene_of(20, 20);
    scene.map.push_back(ImageItem{picture(3, 2, {red}), {0, 0, 20, 20}, true, 1});
    EXPECT_THROW((void)canvas.draw(scene), std::logic_error);
}

TEST(Halved, takes_the_mean_of_four_pixels) {
    const MapImage half =
        halved(*picture(3, 2, {{10, 0, 0, 255}, {20, 0, 0, 255}, red, {30, 0, 0, 255}, {40, 0, 0, 255}, red}));
    EXPECT_EQ(half.width, 1);
    EXPECT_EQ(half.height, 1);
    EXPECT_EQ(half.rgba, (std::vector<uint8_t>{25, 0, 0, 255}));
    EXPECT_EQ(halved(*picture(1, 2, {black, white})).rgba, (std::vector<uint8_t>{128, 128, 128, 255}));
}

}  // namespace
}  // namespace diaban::testing
