// Drawing from levels of detail: what neighbours share, what is too small for a level, and what a window shows while
// triangles are being made.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <numbers>

#include "render/canvas.h"

namespace diaban::testing {
namespace {

TEST(Levels, look_the_same_whether_or_not_a_border_is_shared) {
    Canvas canvas;
    Scene shared = scene_of(100, 60);
    Scene apart = scene_of(100, 60);
    const DetailPtr squares =
        shapes({"POLYGON((10 10,50 10,50 50,10 50,10 10))", "POLYGON((50 10,90 10,90 50,50 50,50 10))"});
    for (auto& [scene, detail] : {std::pair<Scene&, DetailPtr>{shared, two_neighbours()}, {apart, squares}}) {
        scene.map.push_back(fill(detail, {sand, green}));
        StrokeItem item;
        item.detail = detail;
        item.stroke.width = Pixels(3);
        scene.map.push_back(item);
    }
    EXPECT_LE(compare_images(canvas.draw(shared), canvas.draw(apart), 2).share, 0);
}

TEST(Levels, draw_a_border_when_a_feature_on_either_side_is_shown) {
    Canvas canvas;
    for (const auto& [shown, left, middle, right] :
         {std::tuple{mask({1, 0}), black, black, white}, {mask({0, 1}), white, black, black}}) {
        Scene scene = scene_of(100, 60);
        StrokeItem item;
        item.detail = two_neighbours();
        item.stroke.colour = black;
        item.stroke.width = Pixels(4);
        item.shown = shown;
        scene.map.push_back(item);
        const Image image = canvas.draw(scene);
        EXPECT_EQ(pixel(image, 10, 30), left);
        EXPECT_EQ(pixel(image, 50, 30), middle);
        EXPECT_EQ(pixel(image, 89, 30), right);
    }
}

TEST(Levels, stay_in_place_when_the_view_lies_far_beyond_what_a_lattice_counts) {
    Canvas canvas;
    // 2^30 steps across 1 unit; the frame's centre is 30 units away, at 100 pixels a unit.
    Scene scene = scene_of(6000, 20);
    scene.frame.centre = {30.5, 0.05};
    scene.frame.units_per_pixel = 0.01;
    scene.map.push_back(fill(shapes({"POLYGON((1 0,2 0,2 0.1,1 0.1,1 0))"}), {black}));
    const Image image = canvas.draw(scene);
    EXPECT_EQ(pixel(image, 49, 10), white);
    EXPECT_EQ(pixel(image, 50, 10), black);
    EXPECT_EQ(pixel(image, 149, 10), black);
    EXPECT_EQ(pixel(image, 150, 10), white);
}

TEST(Levels, place_what_lies_farther_apart_than_an_int_can_tell) {
    Canvas canvas;
    // From one end of the lattice to beyond the other, looked at where it crosses 10^9 steps.
    auto detail = std::make_shared<Detail>();
    detail->kind = GeometryKind::line;
    detail->extent = {-2e9, 0, 2e9, 0};
    detail->points = {{-2'000'000'000, 0}, {2'000'000'000, 0}};
    Arc arc{0, 2, {}, 0, Arc::nobody};
    for (const LatticePoint p : detail->points)
        arc.box.extend(p);
    detail->arcs = {arc};
    detail->arc_refs = {0};
    detail->ring_offsets = {0, 1};
    detail->holes = {0};
    detail->feature_offsets = {0, 1};
    Scene scene = scene_of(40, 21);
    scene.frame.centre = {1e9, 0};
    StrokeItem item;
    item.detail = detail;
    item.stroke.colour = black;
    item.stroke.width = Pixels(3);
    scene.map.push_back(item);
    const Image image = canvas.draw(scene);
    EXPECT_NEAR(ink(image), 40 * 3, 1);
}

TEST(Dots, are_a_pixel_wide_however_small_they_are) {
    Canvas canvas;
    for (const double shift : {0.0, 0.25, 0.5, 0.875}) {
        Scene scene = scene_of(40, 40);
        const auto at = static_cast<int32_t>((20 + shift) * 8);
        scene.map.push_back(fill(dots_alone({{{at, at}, 0, 0.01F}}, 1), {black}));
        // A square pixel, give or take one of the four samples of each pixel it reaches into.
        EXPECT_NEAR(ink(canvas.draw(scene)), 1, 0.51) << shift;
    }
}

TEST(Dots, are_as_wide_as_they_say_and_each_in_its_features_colour) {
    Canvas canvas;
    Scene scene = scene_of(100, 40);
    scene.map.push_back(fill(dots_alone({{{160, 160}, 0, 8}, {{400, 160}, 1, 8}, {{640, 160}, 3, 8}}, 4),
                             {red, {0, 0, 0, 0}, green, blue}));
    const Image image = canvas.draw(scene);
    EXPECT_EQ(pixel(image, 16, 16), red);  // (20, 20) is the middle of the first
    EXPECT_EQ(pixel(image, 23, 23), red);
    EXPECT_EQ(pixel(image, 15, 20), white);
    EXPECT_EQ(pixel(image, 24, 20), white);
    EXPECT_EQ(pixel(image, 50, 20), white);  // a feature that is not drawn
    EXPECT_EQ(pixel(image, 80, 20), blue);
}

TEST(Dots, lie_over_the_polygons_of_their_item) {
    Canvas canvas;
    auto detail = std::make_shared<Detail>(*two_neighbours());
    detail->dots = {{{30, 30}, 1, 4}};
    Scene scene = scene_of(100, 60);
    scene.map.push_back(fill(detail, {sand, green}));
    EXPECT_EQ(pixel(canvas.draw(scene), 30, 30), green);
}

TEST(Dots, are_hatched_where_their_feature_is) {
    Canvas canvas;
    Scene scene = scene_of(60, 40);
    FillItem item = fill(dots_alone({{{160, 160}, 0, 10}, {{320, 160}, 1, 10}}, 2), {sand, sand});
    item.hatch = Hatch{black, Pixels(50), Pixels(60), Degrees(0), false};
    item.hatched = mask({1, 0});
    scene.map.push_back(item);
    const Image image = canvas.draw(scene);
    EXPECT_NE(pixel(image, 20, 20), sand);
    EXPECT_EQ(pixel(image, 40, 20), sand);
}

// ── what takes long to triangulate ──

constexpr int many_corners = 300'000;

/// A scene of one layer, whose colours stay the same from one level to the next.
struct Layer {
    FeatureColours colours = std::make_shared<const std::vector<Rgba>>(1, black);
    [[nodiscard]] Scene at(const DetailPtr& detail) const {
        Scene scene = scene_of(100, 100);
        FillItem item;
        item.detail = detail;
        item.colours = colours;
        scene.map.push_back(item);
        return scene;
    }
};

TEST(Window, shows_the_level_at_hand_until_a_better_one_is_ready) {
    std::atomic<int> woken = 0;
    Canvas canvas(Rasteriser::opengl, [&] {
        ++woken;
        woken.notify_all();
    });
    const Layer layer;
    const DetailPtr coarse = circle({50, 50}, 40, 4);  // a square on its corner: 2 × 40² in area
    const DetailPtr fine = circle({50, 50}, 40, many_corners);
    EXPECT_NEAR(ink(canvas.show(layer.at(coarse))), 3200, 20);
    EXPECT_FALSE(canvas.painter().unfinished());

    EXPECT_NEAR(ink(canvas.show(layer.at(fine))), 3200, 20);
    EXPECT_TRUE(canvas.painter().unfinished());
    woken.wait(0);
    EXPECT_NEAR(ink(canvas.show(layer.at(fine))), std::numbers::pi * 40 * 40, 20);
    EXPECT_FALSE(canvas.painter().unfinished());
}

TEST(Window, waits_for_the_first_picture) {
    Canvas canvas;
    EXPECT_NEAR(ink(canvas.show(Layer().at(circle({50, 50}, 40, many_corners)))), std::numbers::pi * 40 * 40, 20);
    EXPECT_FALSE(canvas.painter().unfinished());
}

TEST(Window, waits_when_the_level_at_hand_does_not_cover_the_view) {
    Canvas canvas;
    const Layer layer;
    auto partial = std::make_shared<Detail>(*circle({50, 50}, 40, 4));
    partial->extent = {40, 40, 60, 60};
    (void)canvas.show(layer.at(partial));
    EXPECT_NEAR(ink(canvas.show(layer.at(circle({50, 50}, 40, many_corners)))), std::numbers::pi * 40 * 40, 20);
    EXPECT_FALSE(canvas.painter().unfinished());
}

TEST(Window, does_not_take_another_layers_level) {
    Canvas canvas;
    (void)canvas.show(Layer().at(circle({50, 50}, 40, 4)));
    EXPECT_NEAR(ink(canvas.show(Layer().at(circle({50, 50}, 40, many_corners)))), std::numbers::pi * 40 * 40, 20);
    EXPECT_FALSE(canvas.painter().unfinished());
}

TEST(Pictures, are_never_unfinished) {
    Canvas canvas;
    const Layer layer;
    (void)canvas.show(layer.at(circle({50, 50}, 40, 4)));
    EXPECT_NEAR(ink(canvas.draw(layer.at(circle({50, 50}, 40, many_corners)))), std::numbers::pi * 40 * 40, 20);
    EXPECT_FALSE(canvas.painter().unfinished());
}

TEST(Pictures, of_new_colours_are_drawn_from_the_triangles_that_are_there) {
    Canvas canvas;
    const DetailPtr fine = circle({50, 50}, 40, many_corners);
    (void)canvas.show(Layer().at(fine));
    Scene scene = scene_of(100, 100);
    scene.map.push_back(fill(fine, {red}));
    EXPECT_EQ(pixel(canvas.show(scene), 50, 50), red);
    EXPECT_FALSE(canvas.painter().unfinished());
}

}  // namespace
}  // namespace diaban::testing
