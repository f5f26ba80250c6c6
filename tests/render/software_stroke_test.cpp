// Lines painted on the processor: widths, joints, dashes, casing.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "render/canvas.h"
#include "render/software/map_bands.h"
#include "render/software/software_painter.h"

namespace diaban::testing {
namespace {

Image painted(const Scene& scene) {
    auto image = draw_image(scene);
    if (!image) throw std::runtime_error(to_text(image.error()));
    return std::move(*image);
}

StrokeItem line(const DetailPtr& detail, double width) {
    StrokeItem item;
    item.detail = detail;
    item.stroke.colour = black;
    item.stroke.width = Pixels(width);
    return item;
}

TEST(SoftwareStroke, draws_a_line_as_wide_as_asked) {
    for (const char* way :
         {"LINESTRING(20 40.3,100 40.3)", "LINESTRING(20.2 10,68.2 74)", "LINESTRING(60.4 5,60.4 85)"}) {
        for (const double width : {0.5, 1.0, 3.0, 7.5}) {
            Scene scene = scene_of(120, 90);
            scene.map.push_back(line(shapes({way}), width));
            // By hand: each is 80 long, with round ends: length × width and a disc. Distances tell the cover of a
            // slanted line a little too large.
            EXPECT_NEAR(ink(painted(scene)), 80 * width + std::numbers::pi * width * width / 4, 1 + 0.02 * 80 * width)
                << way << ", " << width;
        }
    }
}

TEST(SoftwareStroke, covers_pixels_by_their_distance) {
    Scene scene = scene_of(40, 10);
    scene.map.push_back(line(shapes({"LINESTRING(-10 5.2,50 5.2)"}), 2.5));
    const Image image = painted(scene);
    // By hand: the line reaches from 3.95 to 6.45; row 9 − y holds [y, y + 1].
    const double expected[] = {0, 0, 0, 0.05, 1, 1, 0.45, 0};
    for (int y = 0; y < 8; ++y)
        EXPECT_NEAR(255 - pixel(image, 20, 9 - y).r, 255 * expected[y], 1) << y;
}

TEST(SoftwareStroke, does_not_darken_where_segments_or_borders_meet) {
    Scene scene = scene_of(100, 100);
    // A line that turns back on itself, and a border of two polygons that both have it.
    for (const char* shape : {"LINESTRING(10 10,50 80,90 10,50 80,10 10)", "LINESTRING(10 90,90 90)"}) {
        StrokeItem item = line(shapes({shape, shape}), 9);
        item.opacity = 0.5;
        scene.map = {item};
        const Image image = painted(scene);
        int darkest = 255;
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x)
                darkest = std::min<int>(darkest, pixel(image, x, y).r);
        EXPECT_NEAR(darkest, 127, 1) << shape;
    }
}

TEST(SoftwareStroke, draws_what_is_shown_as_one_area_when_asked_for_the_line_around_it) {
    Scene scene = scene_of(100, 60);
    StrokeItem item;
    item.detail = two_neighbours();
    item.stroke.colour = black;
    item.stroke.width = Pixels(4);
    item.around = true;
    const auto dark = [&](std::vector<uint8_t> shown, int x, int y) {
        item.shown = std::make_shared<const std::vector<uint8_t>>(std::move(shown));
        scene.map = {item};
        return pixel(painted(scene), x, y) == black;
    };
    // The squares reach from 10 to 50 and from there to 90, in a picture of 100 × 60 pixels; y does not matter here.
    EXPECT_FALSE(dark({1, 1}, 50, 30));
    EXPECT_TRUE(dark({1, 1}, 10, 30));
    EXPECT_TRUE(dark({1, 1}, 89, 30));
    EXPECT_TRUE(dark({1, 0}, 50, 30));
    EXPECT_FALSE(dark({1, 0}, 89, 30));
    EXPECT_FALSE(dark({0, 0}, 10, 30));
}

TEST(SoftwareStroke, draws_casing_below_and_opacity_once_for_both) {
    Scene scene = scene_of(60, 40);
    StrokeItem item = line(shapes({"LINESTRING(-10 20,70 20)"}), 4);
    item.stroke.colour = red;
    item.stroke.casing = blue;
    item.stroke.casing_width = Pixels(3);
    scene.map = {item};
    const Image image = painted(scene);
    EXPECT_EQ(pixel(image, 30, 19), red);
    EXPECT_EQ(pixel(image, 30, 17), blue);
    EXPECT_EQ(pixel(image, 30, 15), blue);
    EXPECT_EQ(pixel(image, 30, 14), white);
    item.opacity = 0.5;
    scene.map = {item};
    const Image half = painted(scene);
    EXPECT_NEAR(pixel(half, 30, 19).b, (red.b + 255) / 2, 1);  // no blue shows through the red
    EXPECT_NEAR(pixel(half, 30, 17).b, (blue.b + 255) / 2, 1);
}

TEST(SoftwareStroke, draws_dashes_by_the_length_of_the_path) {
    // Long enough to be cut into several arcs and segments, and beginning outside the picture.
    Scene scene = scene_of(220, 40);
    std::string way = "LINESTRING(-190 20";
    for (int i = 1; i <= 150; ++i)
        way += "," + std::to_string(-190 + i * 2.7) + " 20";
    for (const std::string& path : {std::string("LINESTRING(10 20,63.7 20,210 20)"), way + ",400 20)",
                                    std::string("LINESTRING(-99990 20,99999 20)")}) {
        StrokeItem item = line(shapes({path}), 4);
        item.stroke.dashes = {12, 8};
        scene.map = {item};
        const Image image = painted(scene);
        // Periods of 20 pixels: 12 on, 8 off, whatever vertex lies between.
        for (int k = 0; k < 10; ++k) {
            EXPECT_EQ(pixel(image, 10 + 20 * k + 6, 20), black) << k << path.substr(0, 30);
            EXPECT_EQ(pixel(image, 10 + 20 * k + 16, 20), white) << k << path.substr(0, 30);
        }
    }
}

TEST(SoftwareStroke, draws_a_solid_line_for_dashes_without_a_gap) {
    Scene scene = scene_of(60, 20);
    for (const std::vector<double>& dashes : {std::vector<double>{}, {5, 0}, {0, 0}, {5, -3}}) {
        StrokeItem item = line(shapes({"LINESTRING(-5 10,65 10)"}), 4);
        item.stroke.dashes = dashes;
        scene.map = {item};
        EXPECT_NEAR(ink(painted(scene)), 240, 0.1);
    }
}

TEST(SoftwareStroke, draws_borders_of_which_either_side_is_shown) {
    // Two squares that share an arc, as a Detail has it.
    const auto detail =
        shapes({"POLYGON((10 10,30 10,30 30,10 30,10 10))", "POLYGON((30 10,50 10,50 30,30 30,30 10))"});
    Scene scene = scene_of(60, 40);
    StrokeItem item = line(detail, 2);
    item.shown = mask({0, 1});
    scene.map = {item};
    const Image image = painted(scene);
    EXPECT_EQ(pixel(image, 30, 20), black);
    EXPECT_EQ(pixel(image, 50, 20), black);
    EXPECT_EQ(pixel(image, 10, 20), white);
    item.shown = mask({0, 0});
    scene.map = {item};
    EXPECT_EQ(ink(painted(scene)), 0);
}

TEST(SoftwareStroke, stays_exact_where_a_segment_ends_far_away) {
    for (const double far : {1e4, 1e6, 1e8}) {
        Scene scene = scene_of(100, 100);
        const std::string f = std::to_string(far);
        scene.map.push_back(line(shapes({"LINESTRING(-" + f + " -" + f + "," + f + " " + f + ")"}), 3));
        const Image image = painted(scene);
        // By hand: what lies within 1.5 of the diagonal of a square of 100, two triangles of 100 − 1.5 √2 less.
        const double outside = 100 - 1.5 * std::numbers::sqrt2;
        EXPECT_NEAR(ink(image), 10000 - outside * outside, 8) << far;
        for (int i = 1; i < 99; ++i)
            ASSERT_EQ(pixel(image, i, 99 - i), black) << far << ": " << i;
    }
}

TEST(SoftwareStroke, does_not_depend_on_how_the_picture_is_cut) {
    Scene scene = scene_of(150, 130, 1.5);
    scene.frame.centre = {81.37, 62.11};
    StrokeItem item = line(shapes({"POLYGON((20 20,110 33,90 110,20 20))"}), 2.3);
    item.stroke.casing = red;
    item.stroke.casing_width = Pixels(1.7);
    item.opacity = 0.7;
    scene.map.push_back(item);
    item = line(shapes({"LINESTRING(-900 -300,60 70,61 71,62.5 70.5,64 73,150 40,2000 900)"}), 0.6);
    item.stroke.dashes = {7, 3, 1, 3};
    scene.map.push_back(item);
    const Image whole = painted(scene);
    const int across = whole.width;
    for (const Part part : {Part{37, 51, 60, 77}, Part{0, 0, 1, 195}, Part{100, 31, 100, 2}}) {
        std::vector<uint8_t> pixels(static_cast<std::size_t>(part.width * part.height) * 4);
        SoftwarePainter().paint(scene, part, {pixels.data(), part.width, part.height, std::ptrdiff_t{4} * part.width});
        for (int y = 0; y < part.height; ++y)
            for (int x = 0; x < part.width * 4; ++x)
                ASSERT_EQ(pixels[static_cast<std::size_t>(y * part.width * 4 + x)],
                          whole.rgba[static_cast<std::size_t>(((y + part.y) * across + part.x) * 4 + x)])
                    << x << ", " << y;
    }
}

TEST(SoftwareStroke, draws_paths_in_pixels_of_the_picture) {
    const PartView view{scene_of(60, 40, 2).frame, {0, 0, 120, 80}};
    Stroke stroke;
    stroke.colour = black;
    stroke.width = Pixels(2);
    std::vector<uint8_t> pixels(std::size_t{120} * 80 * 4, 255);
    const Surface surface{pixels.data(), 120, 80, 480};
    const std::vector<Pixel> path{{10, 10}, {50, 10}, {std::nan(""), 3}, {50, 30}, {10, 30}};
    const auto prepared = prepare_path(path, true, stroke, view);
    ASSERT_TRUE(prepared);
    prepared->paint(surface, 0, 80);
    const auto at = [&](double x, double y) {
        return surface.row(static_cast<int>(2 * y))[static_cast<int>(2 * x) * 4];
    };
    EXPECT_EQ(at(30, 10), 0);
    EXPECT_EQ(at(30, 30), 0);
    EXPECT_EQ(at(10, 20), 0);    // closed
    EXPECT_EQ(at(50, 20), 255);  // broken where there is no place
    EXPECT_EQ(at(30, 8), 255);
    EXPECT_EQ(prepare_path(std::vector<Pixel>{{1, 1}}, false, stroke, view), nullptr);
}

}  // namespace
}  // namespace diaban::testing
