// Pictures kept in tests/golden: each shows one feature of the painter; see the README there.
#include <gtest/gtest.h>

#include "render/canvas.h"
#include "render/golden_scenes.h"

namespace diaban::testing {
namespace {

constexpr std::string_view with_hole_and_island =
    "MULTIPOLYGON(((15 15,110 10,125 60,100 105,30 110,15 15),(40 35,45 80,85 75,80 40,40 35)),"
    "((50 48,72 50,66 66,50 48)),((140 20,180 30,160 70,140 20)))";

TEST(Golden, fills_polygons_with_holes_and_islands) {
    Canvas canvas;
    Scene scene = scene_of(200, 120);
    scene.map.push_back(fill(shapes({with_hole_and_island}), {blue}));
    EXPECT_TRUE(matches_golden(canvas.draw(scene), "fill"));
}

TEST(Golden, joins_neighbours_without_a_gap) {
    Canvas canvas;
    Scene scene = scene_of(160, 120);
    scene.background = {255, 0, 255, 255};
    scene.map.push_back(
        fill(shapes({"POLYGON((10 10,70 10,80 62.5,10 50.2,10 10))", "POLYGON((70 10,150 10,150 70.7,80 62.5,70 10))",
                     "POLYGON((10 50.2,80 62.5,60 110,10 110,10 50.2))",
                     "POLYGON((80 62.5,150 70.7,150 110,60 110,80 62.5))"}),
             {sand, green, blue, red}));
    EXPECT_TRUE(matches_golden(canvas.draw(scene), "neighbours"));
}

TEST(Golden, hatches_so_that_the_fill_below_can_be_read) {
    Canvas canvas;
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
    EXPECT_TRUE(matches_golden(canvas.draw(scene), "hatch"));
}

Scene lines(double ratio) {
    Scene scene = scene_of(240, 140, ratio);
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
    return scene;
}

TEST(Golden, strokes_with_casing_dashes_and_round_joins) {
    Canvas canvas;
    EXPECT_TRUE(matches_golden(canvas.draw(lines(1)), "strokes"));
}

TEST(Golden, is_crisp_on_a_dense_screen) {
    Canvas canvas;
    Scene scene = lines(2);
    scene.frame.width = 150;
    scene.frame.height = 110;
    scene.labels.push_back(
        TextItem{{8, 8}, "Vân Đồn", TextStyle{.size = 18, .weight = 600, .halo = white, .halo_width = 2}, 0});
    EXPECT_TRUE(matches_golden(canvas.draw(scene), "dense", 0.02));
}

TEST(Golden, draws_every_mark_and_circles_in_proportion) {
    Canvas canvas;
    EXPECT_TRUE(matches_golden(canvas.draw(symbols_scene()), "symbols", 0.01));
}

TEST(Golden, shows_vietnamese_with_a_halo_on_any_ground) {
    Canvas canvas;
    EXPECT_TRUE(matches_golden(canvas.draw(text_scene()), "text", 0.03));
}

TEST(Golden, draws_panels_swatches_and_paths) {
    Canvas canvas;
    EXPECT_TRUE(matches_golden(canvas.draw(furniture_scene()), "furniture", 0.01));
}

TEST(Golden, draws_a_layer_at_its_opacity_as_one) {
    Canvas canvas;
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
    EXPECT_TRUE(matches_golden(canvas.draw(scene), "opacity"));
}

}  // namespace
}  // namespace diaban::testing
