// Whole pictures painted on the processor: against the pictures kept from the other painter, images, and sizes refused.
#include "render/software/software_painter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "render/canvas.h"

namespace diaban::testing {
namespace {

Image painted(const Scene& scene) {
    auto image = draw_image(scene);
    if (!image) throw std::runtime_error(to_text(image.error()));
    return std::move(*image);
}

TEST(SoftwarePainter, draws_only_the_ground_for_an_empty_scene) {
    Scene scene = scene_of(30, 20);
    scene.background = {10, 20, 30, 255};
    const Image image = painted(scene);
    ASSERT_EQ(image.width, 30);
    ASSERT_EQ(image.height, 20);
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 30; ++x)
            ASSERT_EQ(pixel(image, x, y), scene.background);
}

TEST(SoftwarePainter, keeps_a_translucent_ground_straight) {
    Scene scene = scene_of(4, 4);
    scene.background = {200, 100, 50, 128};
    const Rgba got = pixel(painted(scene), 1, 1);
    EXPECT_NEAR(got.r, 200, 2);
    EXPECT_NEAR(got.g, 100, 2);
    EXPECT_EQ(got.a, 128);
}

TEST(SoftwarePainter, passes_over_items_without_content) {
    Scene scene = scene_of(20, 20);
    scene.map.push_back(FillItem{});
    scene.map.push_back(StrokeItem{});
    scene.map.push_back(SymbolItem{});
    scene.map.push_back(ImageItem{});
    scene.map.push_back(fill(shapes({"", "POLYGON((0 0,20 0,20 20,0 20,0 0))"}), {red, {0, 0, 0, 0}}));
    StrokeItem empty;
    empty.detail = shapes({""});
    scene.map.push_back(empty);
    EXPECT_EQ(ink(painted(scene)), 0);
}

TEST(SoftwarePainter, refuses_sizes_that_no_picture_has) {
    Scene scene = scene_of(0, 20);
    const auto none = draw_image(scene);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::wrong_usage);
    scene = scene_of(3e6, 3e6);
    const auto large = draw_image(scene);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().kind, ErrorKind::failure);
}

TEST(SoftwarePainter, survives_frames_without_a_place) {
    Scene scene = scene_of(20, 20);
    scene.map.push_back(fill(shapes({"POLYGON((0 0,20 0,20 20,0 20,0 0))"}), {black}));
    scene.map.push_back(StrokeItem{shapes({"LINESTRING(0 0,20 20)"}), {}, {}, 1});
    for (const double scale : {0.0, -1.0, std::nan(""), 1e-300, 1e300}) {
        scene.frame.units_per_pixel = scale;
        EXPECT_EQ(painted(scene).rgba.size(), 1600U) << scale;
    }
    scene.frame.units_per_pixel = 1;
    scene.frame.centre.x = INFINITY;
    EXPECT_EQ(ink(painted(scene)), 0);
    scene.frame.centre = {1e18, -1e18};
    EXPECT_EQ(ink(painted(scene)), 0);
}

TEST(SoftwarePainter, gives_the_same_picture_twice) {
    Scene scene = scene_of(120, 90, 1.5);
    scene.map.push_back(fill(shapes({"POLYGON((5 5,100 20,60 80,5 5))"}), {blue}));
    scene.map.push_back(StrokeItem{shapes({"POLYGON((5 5,100 20,60 80,5 5))"}), {}, {}, 1});
    EXPECT_EQ(painted(scene).rgba, painted(scene).rgba);
}

TEST(SoftwarePainter, draws_at_ratio_2_what_a_picture_twice_as_large_shows) {
    const auto build = [](double ratio, double size) {
        Scene scene = scene_of(80 * size, 60 * size, ratio);
        scene.frame.centre = {40, 30};
        scene.frame.units_per_pixel = 1 / size;
        scene.map.push_back(fill(shapes({"POLYGON((5 5,70 12,40 50,5 5))"}), {blue}));
        StrokeItem item;
        item.detail = shapes({"LINESTRING(5 50,70 20,75 55)"});
        item.stroke.width = Pixels(2 * size);
        scene.map.push_back(item);
        return scene;
    };
    EXPECT_EQ(painted(build(2, 1)).rgba, painted(build(1, 2)).rgba);
}

// The pictures kept in tests/golden show what the OpenGL painter draws, its edges in 4 samples a pixel: a pixel
// on an edge may differ by a quarter of what the edge parts.

TEST(SoftwarePainter, fills_as_the_other_painter_does) {
    Scene scene = scene_of(200, 120);
    scene.map.push_back(
        fill(shapes({"MULTIPOLYGON(((15 15,110 10,125 60,100 105,30 110,15 15),(40 35,45 80,85 75,80 40,"
                     "40 35)),((50 48,72 50,66 66,50 48)),((140 20,180 30,160 70,140 20)))"}),
             {blue}));
    EXPECT_TRUE(matches_golden(painted(scene), "fill", 0.01));
}

TEST(SoftwarePainter, joins_neighbours_as_the_other_painter_does) {
    Scene scene = scene_of(160, 120);
    scene.background = {255, 0, 255, 255};
    scene.map.push_back(
        fill(shapes({"POLYGON((10 10,70 10,80 62.5,10 50.2,10 10))", "POLYGON((70 10,150 10,150 70.7,80 62.5,70 10))",
                     "POLYGON((10 50.2,80 62.5,60 110,10 110,10 50.2))",
                     "POLYGON((80 62.5,150 70.7,150 110,60 110,80 62.5))"}),
             {sand, green, blue, red}));
    EXPECT_TRUE(matches_golden(painted(scene), "neighbours", 0.005));
}

TEST(SoftwarePainter, hatches_as_the_other_painter_does) {
    Scene scene = scene_of(240, 120);
    FillItem plain =
        fill(shapes({"POLYGON((10 10,110 10,110 110,10 110,10 10))", "POLYGON((60 30,110 30,110 80,60 80,60 30))"}),
             {sand, {0, 0, 0, 0}});
    plain.hatch = Hatch{};
    plain.hatched = mask({1, 0});
    FillItem crossed = fill(shapes({"POLYGON((130 60,180 110,230 60,180 10,130 60))"}), {{200, 220, 240, 255}});
    crossed.hatch = Hatch{blue, Pixels(2), Pixels(9), Degrees(20), true};
    crossed.hatched = mask({1});
    scene.map = {plain, crossed};
    EXPECT_TRUE(matches_golden(painted(scene), "hatch", 0.005));
}

TEST(SoftwarePainter, strokes_as_the_other_painter_does) {
    Scene scene = scene_of(240, 140);
    scene.background = sand;
    const auto line = [&](std::string_view wkt, double width, std::vector<double> dashes, double casing) {
        StrokeItem item;
        item.detail = shapes({wkt});
        item.stroke.colour = {150, 30, 60, 255};
        item.stroke.width = Pixels(width);
        item.stroke.dashes = std::move(dashes);
        if (casing > 0) item.stroke.casing = white;
        item.stroke.casing_width = Pixels(casing);
        scene.map.push_back(item);
    };
    line("LINESTRING(10 125,80 100,90 130,160 110,230 128)", 0.7, {}, 0);
    line("LINESTRING(10 95,80 70,90 100,160 80,230 98)", 3, {}, 2);
    line("LINESTRING(10 65,80 40,90 70,160 50,230 68)", 4, {14, 5, 3, 5}, 2);
    line("LINESTRING(15 30,80 12,90 38,160 12,225 30)", 10, {}, 0);
    EXPECT_TRUE(matches_golden(painted(scene), "strokes", 0.005));
}

TEST(SoftwarePainter, applies_a_layers_opacity_as_the_other_painter_does) {
    Scene scene = scene_of(160, 120);
    scene.map.push_back(fill(shapes({"POLYGON((0 0,80 0,80 120,0 120,0 0))"}), {{40, 70, 110, 255}}));
    FillItem half = fill(shapes({"POLYGON((20 20,140 20,140 60,20 60,20 20))"}), {red});
    half.opacity = 0.5;
    scene.map.push_back(half);
    StrokeItem line;
    line.detail = shapes({"LINESTRING(15 75,75 105,85 75,145 105)"});
    line.stroke.colour = green;
    line.stroke.width = Pixels(8);
    line.stroke.casing = black;
    line.stroke.casing_width = Pixels(2);
    line.opacity = 0.5;
    scene.map.push_back(line);
    EXPECT_TRUE(matches_golden(painted(scene), "opacity", 0.005));
}

// ── pictures on the map ──

ImageItem image_item(int width, int height, const std::vector<Rgba>& pixels, const Box& extent, bool smooth) {
    auto image = std::make_shared<MapImage>();
    image->width = width;
    image->height = height;
    for (const Rgba p : pixels)
        image->rgba.insert(image->rgba.end(), {p.r, p.g, p.b, p.a});
    return {image, extent, smooth, 1};
}

TEST(SoftwarePainter, enlarges_a_picture_in_rectangles) {
    Scene scene = scene_of(20, 20);
    scene.map.push_back(image_item(2, 2, {red, green, blue, black}, {4, 4, 16, 16}, false));
    const Image image = painted(scene);
    EXPECT_EQ(pixel(image, 4, 4), red);
    EXPECT_EQ(pixel(image, 9, 9), red);
    EXPECT_EQ(pixel(image, 10, 9), green);
    EXPECT_EQ(pixel(image, 9, 10), blue);
    EXPECT_EQ(pixel(image, 15, 15), black);
    EXPECT_EQ(pixel(image, 3, 10), white);
    EXPECT_EQ(pixel(image, 16, 10), white);
}

TEST(SoftwarePainter, enlarges_a_picture_smoothly) {
    Scene scene = scene_of(40, 20);
    scene.map.push_back(image_item(2, 1, {{0, 0, 0, 255}, {200, 200, 200, 255}}, {0, 0, 40, 20}, true));
    const Image image = painted(scene);
    // By hand: the middles of the two lie at 10 and 30; in between it rises evenly, outside it is flat.
    EXPECT_EQ(pixel(image, 5, 10).r, 0);
    EXPECT_NEAR(pixel(image, 20, 10).r, 200 * 10.5 / 20, 1);
    EXPECT_NEAR(pixel(image, 25, 10).r, 200 * 15.5 / 20, 1);
    EXPECT_EQ(pixel(image, 35, 10).r, 200);
}

TEST(SoftwarePainter, averages_a_picture_made_smaller) {
    std::vector<Rgba> checks;
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 40; ++x)
            checks.push_back((x + y) % 2 == 0 ? black : white);
    for (const bool smooth : {true, false}) {
        Scene scene = scene_of(20, 20);
        scene.map.push_back(image_item(40, 40, checks, {0, 0, 20, 20}, smooth));
        const Image image = painted(scene);
        for (int i = 0; i < 20; ++i)
            ASSERT_NEAR(pixel(image, i, (7 * i) % 20).r, 127, 1);
    }
}

TEST(SoftwarePainter, lays_pictures_side_by_side_without_a_seam_and_at_their_opacity) {
    Scene scene = scene_of(30, 30);
    scene.background = black;
    const std::vector<Rgba> one(16, Rgba{100, 100, 100, 255});
    for (int i = 0; i < 3; ++i) {
        ImageItem item = image_item(4, 4, one, {10.3 * i, 0, 10.3 * (i + 1), 30}, true);
        item.opacity = 0.5;
        scene.map.push_back(item);
    }
    const Image image = painted(scene);
    for (int x = 0; x < 30; ++x)
        ASSERT_NEAR(pixel(image, x, 15).r, 50, 1) << x;
}

}  // namespace
}  // namespace diaban::testing
