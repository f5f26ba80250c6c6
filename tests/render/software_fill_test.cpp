// Areas painted on the processor: what they cover, and how neighbours share out pixels.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>

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

constexpr Rgba magenta{255, 0, 255, 255};

std::string place(double x, double y) {
    return std::to_string(x) + " " + std::to_string(y);
}

TEST(SoftwareFill, covers_exactly_as_much_as_the_polygons_area) {
    Scene scene = scene_of(200, 150);
    // By hand: 100 × 80 less a hole of 30 × 20, and a triangle of 40 × 30 / 2.
    scene.map.push_back(fill(shapes({"POLYGON((20.3 20.4,120.3 20.4,120.3 100.4,20.3 100.4,20.3 20.4),"
                                     "(50 40,80 40,80 60,50 60,50 40))",
                                     "POLYGON((140 110,180 110,140 140,140 110))"}),
                             {black, black}));
    // Off by what 8 bits a pixel can hold, along 500 pixels of outline.
    EXPECT_NEAR(ink(painted(scene)), 100 * 80 - 30 * 20 + 600, 0.5);
}

TEST(SoftwareFill, gives_each_pixel_the_part_that_is_covered) {
    Scene scene = scene_of(4, 3);
    // By hand: x from 0.25 to 2.5, y (up) from 0.5 to 2.
    scene.map.push_back(fill(shapes({"POLYGON((0.25 0.5,2.5 0.5,2.5 2,0.25 2,0.25 0.5))"}), {black}));
    const Image image = painted(scene);
    const double expected[3][4] = {{0, 0, 0, 0}, {0.75, 1, 0.5, 0}, {0.375, 0.5, 0.25, 0}};
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 4; ++x)
            EXPECT_NEAR(255 - pixel(image, x, y).r, 255 * expected[y][x], 1) << x << ", " << y;
}

TEST(SoftwareFill, leaves_out_holes_whichever_way_they_run) {
    for (const std::string hole :
         {"(2.3 2.3,4.6 2.3,4.6 4.6,2.3 4.6,2.3 2.3)", "(2.3 2.3,2.3 4.6,4.6 4.6,4.6 2.3,2.3 2.3)"})
        for (const std::string outline : {"(2.1 2.1,9 2.1,9 9,2.1 9,2.1 2.1)", "(2.1 2.1,2.1 9,9 9,9 2.1,2.1 2.1)"}) {
            Scene scene = scene_of(12, 12);
            scene.map.push_back(fill(shapes({"POLYGON(" + outline + "," + hole + ")"}), {black}));
            const Image image = painted(scene);
            EXPECT_NEAR(ink(image), 6.9 * 6.9 - 2.3 * 2.3, 0.1) << outline << hole;
            // By hand: the pixel at the lower left corner holds 0.9 × 0.9 of the outline and 0.7 × 0.7 of the hole.
            EXPECT_NEAR(255 - pixel(image, 2, 9).r, 255 * (0.81 - 0.49), 2) << outline << hole;
        }
}

TEST(SoftwareFill, counts_parts_that_run_opposite_ways_in_one_pixel) {
    Scene scene = scene_of(3, 3);
    scene.map.push_back(
        fill(shapes({"MULTIPOLYGON(((1.1 1,1.4 1,1.4 2,1.1 2,1.1 1)),((1.6 1,1.6 2,1.9 2,1.9 1,1.6 1)))"}), {black}));
    EXPECT_NEAR(255 - pixel(painted(scene), 1, 1).r, 255 * 0.6, 2);
}

TEST(SoftwareFill, draws_nothing_twice_where_a_ring_crosses_itself) {
    Scene scene = scene_of(20, 20);
    // A bow tie: by hand two triangles of 16 × 8 / 2.
    scene.map.push_back(fill(shapes({"POLYGON((2 2,18 18,18 2,2 18,2 2))"}), {black}));
    EXPECT_NEAR(ink(painted(scene)), 128, 1);
}

TEST(SoftwareFill, leaves_no_gap_between_neighbours) {
    Scene scene = scene_of(160, 120);
    scene.background = magenta;
    scene.map.push_back(fill(shapes({"POLYGON((-10 -10,70.3 -10,61.7 33.1,95.2 61.4,77.7 130,-10 130,-10 -10))",
                                     "POLYGON((70.3 -10,170 -10,170 130,77.7 130,95.2 61.4,61.7 33.1,70.3 -10))"}),
                             {green, green}));
    for (const double opacity : {1.0, 0.4}) {
        std::get<FillItem>(scene.map[0]).opacity = opacity;
        const Image image = painted(scene);
        const Rgba inside = pixel(image, 10, 10);
        EXPECT_TRUE(opacity < 1 || inside == green);
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x)
                ASSERT_EQ(pixel(image, x, y), inside) << x << ", " << y;
    }
}

/// A grid of quadrilaterals, corners moved about at random: a partition of the square from −10 to `size` + 10.
std::vector<std::string> random_partition(std::mt19937& random, int cells, double size) {
    std::uniform_real_distribution<double> shift(-0.45, 0.45);
    const double step = (size + 20) / cells;
    std::vector<std::string> corners;
    for (int j = 0; j <= cells; ++j)
        for (int i = 0; i <= cells; ++i) {
            const double dx = i > 0 && i < cells ? shift(random) : 0;
            const double dy = j > 0 && j < cells ? shift(random) : 0;
            corners.push_back(place((i + dx) * step - 10, (j + dy) * step - 10));
        }
    std::vector<std::string> polygons;
    for (int j = 0; j < cells; ++j)
        for (int i = 0; i < cells; ++i) {
            const auto at = [&](int x, int y) { return corners[static_cast<std::size_t>(y * (cells + 1) + x)]; };
            polygons.push_back("POLYGON((" + at(i, j) + "," + at(i + 1, j) + "," + at(i + 1, j + 1) + "," +
                               at(i, j + 1) + "," + at(i, j) + "))");
        }
    return polygons;
}

DetailPtr detail_of(const std::vector<std::string>& wkt) {
    return std::make_shared<Detail>(
        plain_detail(geometry_from_wkt(std::vector<std::string_view>(wkt.begin(), wkt.end()))));
}

TEST(SoftwareFill, shows_no_ground_through_any_partition) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        std::mt19937 random(seed);
        // From cells of 30 pixels down to half a pixel.
        const int cells = static_cast<int>(3 + seed * seed);
        const auto polygons = random_partition(random, cells, 64);
        for (const uint8_t alpha : {uint8_t{255}, uint8_t{128}}) {
            Scene scene = scene_of(64, 64);
            scene.background = {0, 0, 0, 255};
            const Rgba colour{0, 200, 0, alpha};
            scene.map.push_back(fill(detail_of(polygons), std::vector<Rgba>(polygons.size(), colour)));
            const Image image = painted(scene);
            // By hand: 200 × 128 / 255. A share of a translucent colour is a whole number of 256ths.
            const int expected = alpha == 255 ? 200 : 100;
            const int off = alpha == 255 ? 0 : 1;
            for (int y = 0; y < 64; ++y)
                for (int x = 0; x < 64; ++x)
                    ASSERT_NEAR(pixel(image, x, y).g, expected, off) << seed << ": " << x << ", " << y;
        }
    }
}

TEST(SoftwareFill, mixes_neighbours_by_what_they_cover) {
    Scene scene = scene_of(3, 1);
    scene.background = magenta;
    // By hand: of the pixel in the middle a quarter, a quarter and a half.
    scene.map.push_back(
        fill(shapes({"POLYGON((0 0,1.5 0,1.5 0.5,0 0.5,0 0))", "POLYGON((0 0.5,1.5 0.5,1.5 1,0 1,0 0.5))",
                     "POLYGON((1.5 0,3 0,3 1,1.5 1,1.5 0))"}),
             {{200, 0, 0, 255}, {0, 200, 0, 255}, {0, 0, 200, 255}}));
    const Rgba mixed = pixel(painted(scene), 1, 0);
    EXPECT_NEAR(mixed.r, 50, 1);
    EXPECT_NEAR(mixed.g, 50, 1);
    EXPECT_NEAR(mixed.b, 100, 1);
}

TEST(SoftwareFill, draws_the_last_of_overlapping_polygons_on_top) {
    Scene scene = scene_of(40, 20);
    const auto both = shapes({"POLYGON((0 0,25 0,25 20,0 20,0 0))", "POLYGON((15.5 0,40 0,40 20,15.5 20,15.5 0))"});
    scene.map.push_back(fill(both, {red, blue}));
    const Image opaque = painted(scene);
    EXPECT_EQ(pixel(opaque, 10, 10), red);
    EXPECT_EQ(pixel(opaque, 20, 10), blue);
    EXPECT_EQ(pixel(opaque, 24, 10), blue);
    EXPECT_NEAR(pixel(opaque, 15, 10).r, (red.r + blue.r) / 2, 1);
    // A layer's opacity is one for all of it: nothing below shows through; a colour's own alpha is each polygon's.
    std::get<FillItem>(scene.map[0]).opacity = 0.5;
    EXPECT_NEAR(pixel(painted(scene), 20, 10).g, (blue.g + 255) / 2, 1);
    scene.map = {fill(both, {{0, 0, 0, 128}, {0, 0, 0, 128}})};
    EXPECT_NEAR(pixel(painted(scene), 10, 10).r, 127, 1);
    EXPECT_NEAR(pixel(painted(scene), 20, 10).r, 63, 1);
}

TEST(SoftwareFill, shows_no_ground_where_neighbours_overlap_by_a_little) {
    Scene scene = scene_of(20, 20);
    scene.background = magenta;
    scene.map.push_back(
        fill(shapes({"POLYGON((0 0,10.3 0,10.3 20,0 20,0 0))", "POLYGON((10.2 0,20 0,20 20,10.2 20,10.2 0))"}),
             {green, green}));
    const Image image = painted(scene);
    for (int x = 0; x < 20; ++x)
        ASSERT_EQ(pixel(image, x, 10), green) << x;
}

TEST(SoftwareFill, keeps_a_dot_for_what_is_too_small_to_have_a_shape) {
    Scene scene = scene_of(20, 20);
    const auto detail = std::make_shared<Detail>(*shapes({"POLYGON((5 5,15 5,15 15,5 15,5 5))"}));
    const auto at = [&](double x, double y) {
        return LatticePoint{static_cast<int32_t>(std::lround((x - detail->origin.x) / detail->unit)),
                            static_cast<int32_t>(std::lround((y - detail->origin.y) / detail->unit))};
    };
    // By hand: one of 3 × 3 pixels, one far smaller than a pixel that is drawn a pixel wide, across four pixels.
    detail->dots = {{at(10.5, 10.5), 0, 3}, {at(18, 18), 0, 0.01F}};
    scene.map.push_back(fill(detail, {black}));
    const Image image = painted(scene);
    EXPECT_NEAR(ink(image), 100 + 1, 0.05);
    EXPECT_NEAR(pixel(image, 17, 2).r, 191, 1);
}

TEST(SoftwareFill, stays_in_place_far_from_the_origin) {
    // A field at the edge of a country: coordinates of seven digits, 5 cm a pixel.
    Scene scene = scene_of(100, 100);
    scene.frame.units_per_pixel = 0.05;
    scene.frame.centre = {2385002.5, 1000002.5};
    scene.map.push_back(fill(shapes({"POLYGON((2385001 1000001,2385004 1000001,2385004 1000004,2385001 1000004,"
                                     "2385001 1000001))",
                                     "POLYGON((500000 200000,500001 200000,500000 200001,500000 200000))"}),
                             {black, black}));
    const Image image = painted(scene);
    EXPECT_NEAR(ink(image), 3600, 60 * 4 * 0.017);
    // A lattice step of a layer this wide is a thirtieth of such a pixel, and half of one may be rounded off.
    EXPECT_NEAR(pixel(image, 20, 79).r, 0, 9);
    EXPECT_NEAR(pixel(image, 19, 79).r, 255, 5);
    EXPECT_NEAR(pixel(image, 20, 80).r, 255, 5);
}

TEST(SoftwareFill, cuts_off_what_lies_millions_of_pixels_away) {
    // A diamond of 4e9 pixels' width whose lower right side runs through the picture: x − y > 20 is outside.
    for (const double far : {3e5, 3e7, 2e9}) {
        Scene scene = scene_of(100, 100);
        const std::string f = std::to_string(far);
        scene.map.push_back(
            fill(shapes({"POLYGON((-" + f + " -" + std::to_string(far + 20) + "," + f + " " + std::to_string(far - 20) +
                         "," + f + " " + f + ",-" + f + " " + f + ",-" + f + " -" + std::to_string(far + 20) + "))"}),
                 {black}));
        // By hand: the picture less a triangle of 80 × 80 / 2. A lattice step is far / 2^29, a few pixels for the last.
        const double step = far / (1 << 29);
        EXPECT_NEAR(ink(painted(scene)), 10000 - 3200, 1 + 150 * step) << far;
    }
}

TEST(SoftwareFill, fills_a_view_that_no_outline_crosses) {
    Scene scene = scene_of(50, 40);
    scene.map.push_back(fill(shapes({"POLYGON((-1e6 -1e6,2e6 -1e6,2e6 2e6,-1e6 2e6,-1e6 -1e6),"
                                     "(-500 -500,-400 -500,-400 500,-500 500,-500 -500))"}),
                             {green}));
    const Image image = painted(scene);
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 50; ++x)
            ASSERT_EQ(pixel(image, x, y), green);
}

TEST(SoftwareFill, does_not_depend_on_how_the_picture_is_cut) {
    std::mt19937 random(7);
    Scene scene = scene_of(150, 170);
    scene.frame.centre = {31.37, 42.11};
    scene.frame.units_per_pixel = 0.43;
    const auto polygons = random_partition(random, 17, 64);
    std::vector<Rgba> colours;
    for (std::size_t i = 0; i < polygons.size(); ++i)
        colours.push_back({static_cast<uint8_t>(i * 53), static_cast<uint8_t>(i * 101), static_cast<uint8_t>(i * 7),
                           static_cast<uint8_t>(i % 3 == 0 ? 90 : 255)});
    FillItem item = fill(detail_of(polygons), colours);
    item.hatch = Hatch{};
    item.hatched = mask(std::vector<uint8_t>(polygons.size(), 1));
    scene.map.push_back(item);
    const Image whole = painted(scene);
    const auto part_of = [&](Part part) {
        std::vector<uint8_t> pixels(static_cast<std::size_t>(part.width * part.height) * 4);
        SoftwarePainter().paint(scene, part, {pixels.data(), part.width, part.height, std::ptrdiff_t{4} * part.width});
        return pixels;
    };
    for (const Part part : {Part{0, 0, 150, 170}, Part{37, 51, 60, 77}, Part{149, 169, 1, 1}, Part{10, 33, 100, 31}}) {
        const auto pixels = part_of(part);
        for (int y = 0; y < part.height; ++y)
            for (int x = 0; x < part.width * 4; ++x)
                ASSERT_EQ(pixels[static_cast<std::size_t>(y * part.width * 4 + x)],
                          whole.rgba[static_cast<std::size_t>(((y + part.y) * 150 + part.x) * 4 + x)])
                    << x << ", " << y;
    }
    // Row by row, from the last to the first.
    const PartView view{scene.frame, {0, 0, 150, 170}};
    const auto prepared = prepare(std::get<FillItem>(scene.map[0]), view);
    ASSERT_TRUE(prepared);
    std::vector<uint8_t> rows(whole.rgba.size(), 255);
    for (int y = 169; y >= 0; --y)
        prepared->paint({rows.data(), 150, 170, 600}, y, y + 1);
    EXPECT_EQ(rows, whole.rgba);
}

TEST(SoftwareFill, keeps_a_hatch_fixed_to_the_map_and_inside_its_polygon) {
    Scene scene = scene_of(100, 80);
    FillItem item = fill(shapes({"POLYGON((-500 -500,500 -500,500 500,-500 500,-500 -500))"}), {sand});
    item.hatch = Hatch{};
    item.hatched = mask({1});
    scene.map.push_back(item);
    const Image before = painted(scene);
    scene.frame.centre.x += 13;
    scene.frame.centre.y -= 9;
    const Image after = painted(scene);
    int lines = 0;
    for (int y = 0; y + 9 < 80; ++y)
        for (int x = 0; x + 13 < 100; ++x) {
            ASSERT_NEAR(pixel(before, x + 13, y + 9).b, pixel(after, x, y).b, 2) << x << ", " << y;
            if (pixel(after, x, y).b < sand.b / 2) ++lines;
        }
    EXPECT_GT(lines, 300);
    item = fill(shapes({"POLYGON((20.5 20,60 20,60 60,20.5 60,20.5 20))"}), {{0, 0, 0, 0}});
    item.hatch = Hatch{black, Pixels(100), Pixels(50), Degrees(0), false};  // as good as a fill
    item.hatched = mask({1});
    scene = scene_of(100, 80);
    scene.map.push_back(item);
    EXPECT_NEAR(ink(painted(scene)), 39.5 * 40, 0.5);
}

TEST(SoftwareFill, refuses_colours_that_do_not_fit_the_features) {
    Scene scene = scene_of(20, 20);
    scene.map.push_back(fill(shapes({"POLYGON((0 0,20 0,20 20,0 20,0 0))"}), {}));
    EXPECT_THROW((void)draw_image(scene), std::logic_error);
}

}  // namespace
}  // namespace diaban::testing
