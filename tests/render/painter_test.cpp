// What a picture has to hold whatever the driver: areas, widths, no gaps, no dependence on tiles, ratio or history.
#include "render/painter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "render/canvas.h"

namespace diaban::testing {
namespace {

TEST(Painter, covers_as_much_as_the_polygons_area) {
    Canvas canvas;
    Scene scene = scene_of(200, 150);
    // By hand: 100 × 80 less a hole of 30 × 20, and a triangle of 40 × 30 / 2.
    scene.map.push_back(fill(shapes({"POLYGON((20.3 20.4,120.3 20.4,120.3 100.4,20.3 100.4,20.3 20.4),"
                                     "(50 40,80 40,80 60,50 60,50 40))",
                                     "POLYGON((140 110,180 110,140 140,140 110))"}),
                             {black, black}));
    EXPECT_NEAR(ink(canvas.draw(scene)), 100 * 80 - 30 * 20 + 600, 25);
}

TEST(Painter, draws_only_the_ground_for_an_empty_scene) {
    Canvas canvas;
    Scene scene = scene_of(30, 20);
    scene.background = {10, 20, 30, 255};
    const Image image = canvas.draw(scene);
    ASSERT_EQ(image.width, 30);
    ASSERT_EQ(image.height, 20);
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 30; ++x)
            ASSERT_EQ(pixel(image, x, y), scene.background);
}

TEST(Painter, keeps_a_translucent_ground_straight) {
    Canvas canvas;
    Scene scene = scene_of(4, 4);
    scene.background = {200, 100, 50, 128};
    const Rgba got = pixel(canvas.draw(scene), 1, 1);
    EXPECT_NEAR(got.r, 200, 2);
    EXPECT_NEAR(got.g, 100, 2);
    EXPECT_EQ(got.a, 128);
}

TEST(Painter, passes_over_items_without_content) {
    Canvas canvas;
    Scene scene = scene_of(20, 20);
    scene.map.push_back(FillItem{});
    scene.map.push_back(StrokeItem{});
    scene.map.push_back(SymbolItem{});
    scene.map.push_back(fill(shapes({"", "POLYGON((0 0,20 0,20 20,0 20,0 0))"}), {red, {0, 0, 0, 0}}));
    StrokeItem empty;
    empty.detail = shapes({""});
    scene.map.push_back(empty);
    scene.labels.push_back(TextItem{});
    scene.labels.push_back(RectItem{});
    scene.labels.push_back(PathItem{});
    EXPECT_EQ(ink(canvas.draw(scene)), 0);
}

TEST(Painter, refuses_colours_that_do_not_fit_the_features) {
    Canvas canvas;
    Scene scene = scene_of(20, 20);
    scene.map.push_back(fill(shapes({"POLYGON((0 0,20 0,20 20,0 20,0 0))"}), {}));
    EXPECT_THROW((void)canvas.draw(scene), std::logic_error);
}

TEST(Painter, leaves_no_gap_between_neighbours) {
    Canvas canvas;
    Scene scene = scene_of(160, 120);
    scene.background = {255, 0, 255, 255};
    // Two halves with a crooked common edge, same colour: the seam must not be seen at all.
    scene.map.push_back(fill(shapes({"POLYGON((-10 -10,70.3 -10,61.7 33.1,95.2 61.4,77.7 130,-10 130,-10 -10))",
                                     "POLYGON((70.3 -10,170 -10,170 130,77.7 130,95.2 61.4,61.7 33.1,70.3 -10))"}),
                             {green, green}));
    const Image image = canvas.draw(scene);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            ASSERT_EQ(pixel(image, x, y), green) << x << ", " << y;
}

TEST(Painter, leaves_no_gap_between_neighbours_whose_detail_is_finer_than_a_pixel) {
    Canvas canvas;
    Scene scene = scene_of(100, 100);
    scene.background = {255, 0, 255, 255};
    // A common edge of 3,000 corners a thirtieth of a pixel apart; the second polygon runs along it the other way.
    std::string up;
    std::string down;
    for (int i = 0; i <= 3000; ++i) {
        const double y = i / 30.0;
        const std::string place =
            std::to_string(50 + 8 * std::sin(y / 9) + 0.7 * ((i * 7919) % 100) / 100) + " " + std::to_string(y) + ",";
        up += place;
        down.insert(0, place);
    }
    const std::string west = "POLYGON((-10 0," + up + "-10 100,-10 0))";
    const std::string east = "POLYGON((110 100," + down + "110 0,110 100))";
    scene.map.push_back(fill(shapes({west, east}), {green, green}));
    const Image image = canvas.draw(scene);
    for (int y = 0; y < 100; ++y)
        for (int x = 0; x < 100; ++x)
            ASSERT_EQ(pixel(image, x, y), green) << x << ", " << y;
}

TEST(Painter, draws_a_line_as_wide_as_asked) {
    Canvas canvas;
    for (const double width : {0.5, 1.0, 3.0, 7.5}) {
        Scene scene = scene_of(120, 90);
        StrokeItem item;
        item.detail = shapes({"LINESTRING(20 40.3,100 40.3)"});
        item.stroke.colour = black;
        item.stroke.width = Pixels(width);
        scene.map.push_back(item);
        // A straight line with round ends: length × width and a disc.
        EXPECT_NEAR(ink(canvas.draw(scene)), 80 * width + 3.14159 * width * width / 4, 1 + 0.02 * 80 * width) << width;
    }
}

TEST(Painter, draws_what_is_shown_as_one_area_when_asked_for_the_line_around_it) {
    Canvas canvas;
    Scene scene = scene_of(100, 60);
    StrokeItem item;
    item.detail = two_neighbours();
    item.stroke.colour = black;
    item.stroke.width = Pixels(4);
    item.around = true;
    const auto dark = [&](std::vector<uint8_t> shown, int x, int y) {
        item.shown = std::make_shared<const std::vector<uint8_t>>(std::move(shown));
        scene.map = {item};
        return pixel(canvas.draw(scene), x, y) == black;
    };
    // The squares reach from 10 to 50 and from there to 90, in a picture of 100 × 60 pixels; y does not matter here.
    EXPECT_FALSE(dark({1, 1}, 50, 30));
    EXPECT_TRUE(dark({1, 1}, 10, 30));
    EXPECT_TRUE(dark({1, 1}, 89, 30));
    EXPECT_TRUE(dark({1, 0}, 50, 30));
    EXPECT_FALSE(dark({1, 0}, 89, 30));
    EXPECT_FALSE(dark({0, 0}, 10, 30));
}

TEST(Painter, does_not_darken_where_a_translucent_lines_segments_meet) {
    Canvas canvas;
    Scene scene = scene_of(100, 100);
    StrokeItem item;
    item.detail = shapes({"LINESTRING(10 10,50 80,90 10,50 80,10 10)"});
    item.stroke.colour = black;
    item.stroke.width = Pixels(9);
    item.opacity = 0.5;
    scene.map.push_back(item);
    const Image image = canvas.draw(scene);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            ASSERT_GE(pixel(image, x, y).r, 126) << x << ", " << y;
    EXPECT_NEAR(pixel(image, 50, 20).r, 127, 2);
}

TEST(Painter, draws_dashes_by_the_length_of_the_path) {
    Canvas canvas;
    Scene scene = scene_of(220, 40);
    StrokeItem item;
    item.detail = shapes({"LINESTRING(10 20,63.7 20,210 20)"});
    item.stroke.colour = black;
    item.stroke.width = Pixels(4);
    item.stroke.dashes = {12, 8};
    scene.map.push_back(item);
    const Image image = canvas.draw(scene);
    // Ten periods of 20 pixels: 12 on, 8 off, whatever vertex lies between.
    for (int k = 0; k < 10; ++k) {
        EXPECT_EQ(pixel(image, 10 + 20 * k + 6, 20), black) << k;
        EXPECT_EQ(pixel(image, 10 + 20 * k + 16, 20), white) << k;
    }
}

TEST(Painter, gives_the_same_picture_twice) {
    Canvas canvas;
    Scene scene = scene_of(120, 90, 1.5);
    scene.map.push_back(fill(shapes({"POLYGON((5 5,100 20,60 80,5 5))"}), {blue}));
    StrokeItem item;
    item.detail = shapes({"POLYGON((5 5,100 20,60 80,5 5))"});
    scene.map.push_back(item);
    scene.labels.push_back(TextItem{{20, 20}, "Bình Liêu", {}, 0});
    const Image first = canvas.draw(scene);
    EXPECT_EQ(first.rgba, canvas.draw(scene).rgba);
    Canvas other;
    EXPECT_EQ(first.rgba, other.draw(scene).rgba);
}

TEST(Painter, draws_at_ratio_2_what_a_picture_twice_as_large_shows) {
    Canvas canvas;
    const auto build = [](double ratio, double size) {
        Scene scene = scene_of(80 * size, 60 * size, ratio);
        scene.frame.centre = {40, 30};
        scene.frame.units_per_pixel = 1 / size;
        scene.map.push_back(fill(shapes({"POLYGON((5 5,70 12,40 50,5 5))"}), {blue}));
        StrokeItem item;
        item.detail = shapes({"LINESTRING(5 50,70 20,75 55)"});
        item.stroke.width = Pixels(2 * size);
        scene.map.push_back(item);
        SymbolItem symbols;
        Symbol symbol;
        symbol.at = {20, 40};
        symbol.radius = 6 * size;
        symbol.fill = red;
        symbols.symbols.push_back(symbol);
        symbols.symbols.back().outline_width = size;
        scene.map.push_back(symbols);
        scene.furniture.push_back(
            RectItem{{10 * size, 10 * size, 30 * size, 12 * size}, sand, black, size, 4 * size, {}});
        return scene;
    };
    EXPECT_EQ(compare_images(canvas.draw(build(2, 1)), canvas.draw(build(1, 2)), 2).share, 0);
}

TEST(Painter, stays_in_place_far_from_the_origin) {
    Canvas canvas;
    // A field at the edge of a country: coordinates of seven digits, 5 cm a pixel.
    Scene scene = scene_of(100, 100);
    scene.frame.units_per_pixel = 0.05;
    scene.frame.centre = {2385002.5, 1000002.5};
    scene.map.push_back(fill(shapes({"POLYGON((2385001 1000001,2385004 1000001,2385004 1000004,2385001 1000004,"
                                     "2385001 1000001))",
                                     "POLYGON((500000 200000,500001 200000,500000 200001,500000 200000))"}),
                             {black, black}));
    const Image image = canvas.draw(scene);
    EXPECT_NEAR(ink(image), 3600, 1);
    EXPECT_EQ(pixel(image, 20, 79), black);
    EXPECT_EQ(pixel(image, 19, 79), white);
    EXPECT_EQ(pixel(image, 20, 80), white);
}

TEST(Painter, draws_a_picture_in_tiles_without_a_seam) {
    Canvas canvas;
    Scene scene = scene_of(2300, 40);
    scene.map.push_back(fill(shapes({"POLYGON((10 5,2290 20,10 35,10 5))"}), {blue}));
    StrokeItem item;
    item.detail = shapes({"LINESTRING(5 35,2295 5)"});
    item.stroke.width = Pixels(3);
    scene.map.push_back(item);
    scene.labels.push_back(RectItem{{2030, 10, 40, 20}, red, black, 2, 6, Hatch{}});
    const Image whole = canvas.draw(scene);  // two tiles: 2048 and the rest
    ASSERT_EQ(whole.width, 2300);
    // The same, looked at from a frame whose one tile spans the seam.
    Scene around = scene;
    around.frame.width = 100;
    around.frame.centre.x = 2050;
    std::get<RectItem>(around.labels[0]).box.x -= 2000;
    const Image part = canvas.draw(around);
    // A sample that lies right on an edge may fall on either side of it; a seam would be a whole column.
    int different = 0;
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 100; ++x)
            if (std::abs(pixel(whole, 2000 + x, y).r - pixel(part, x, y).r) > 3) ++different;
    EXPECT_LE(different, 8);
}

TEST(Painter, keeps_a_hatch_fixed_to_the_map_while_it_moves) {
    Canvas canvas;
    Scene scene = scene_of(100, 80);
    FillItem item = fill(shapes({"POLYGON((-500 -500,500 -500,500 500,-500 500,-500 -500))"}), {sand});
    item.hatch = Hatch{};
    item.hatched = mask({1});
    scene.map.push_back(item);
    const Image before = canvas.draw(scene);
    scene.frame.centre.x += 13;
    scene.frame.centre.y -= 9;
    const Image after = canvas.draw(scene);
    for (int y = 0; y + 9 < 80; ++y)
        for (int x = 0; x + 13 < 100; ++x)
            ASSERT_NEAR(pixel(before, x + 13, y + 9).b, pixel(after, x, y).b, 2) << x << ", " << y;
}

TEST(Painter, forgets_geometry_that_is_gone_and_draws_what_took_its_place) {
    Canvas canvas;
    for (int i = 1; i <= 20; ++i) {
        Scene scene = scene_of(60, 60);
        const std::string size = std::to_string(2 * i);
        const std::string square = "POLYGON((0 0," + size + " 0," + size + " " + size + ",0 " + size + ",0 0))";
        scene.map.push_back(fill(shapes({square}), {black}));
        EXPECT_NEAR(ink(canvas.draw(scene)), 4 * i * i, 0.01) << i;
    }
}

TEST(Painter, keeps_text_right_when_there_is_more_than_its_pages_hold) {
    Canvas canvas;
    Scene wanted = scene_of(200, 40);
    wanted.labels.push_back(TextItem{{5, 5}, "Móng Cái", TextStyle{.size = 20}, 0});
    const Image before = canvas.draw(wanted);
    for (int frame = 0; frame < 12; ++frame) {
        Scene crowd = scene_of(200, 40);
        for (int i = 0; i < 40; ++i)
            crowd.labels.push_back(
                TextItem{{5, 5}, "Thôn " + std::to_string(1000 * frame + i), TextStyle{.size = 60}, 0});
        (void)canvas.draw(crowd);
    }
    EXPECT_EQ(canvas.draw(wanted).rgba, before.rgba);
}

}  // namespace
}  // namespace diaban::testing
