// Points as a surface of density.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "geo/measures.h"
#include "points_support.h"
#include "scene/points/crowd_items.h"

namespace diaban {
namespace {

using test::crowd_of;
using test::dataset_of;
using test::items_of;
using test::scattered;
using test::texts_of;
using test::World;
using test::world_of;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CellWindow window_around(const CurveOrder& order, int level, int cells) {
    const double side = order.side(level);
    return {level, -cells, -cells, static_cast<int>(order.extent().width() / side) + 2 * cells + 1,
            static_cast<int>(order.extent().height() / side) + 2 * cells + 1};
}

TEST(Density, sums_to_the_number_of_points) {
    const PointCrowdPtr crowd = crowd_of(scattered(5000));
    const int level = crowd->order().level_for(200);
    const double sigma = 3 * crowd->order().side(level);
    const auto counts = kernel_counts(*crowd, window_around(crowd->order(), level, 10), sigma);
    EXPECT_NEAR(std::accumulate(counts.begin(), counts.end(), 0.0), 5000, 0.05);
}

TEST(Density, of_shown_points_only) {
    const std::vector<Point> points = scattered(1000);
    std::vector<uint8_t> shown(1000, 1);
    std::fill(shown.begin(), shown.begin() + 400, uint8_t{0});
    const PointCrowdPtr crowd = crowd_of(points, shown);
    const int level = crowd->order().level_for(200);
    const auto counts = kernel_counts(*crowd, window_around(crowd->order(), level, 10), 600);
    EXPECT_NEAR(std::accumulate(counts.begin(), counts.end(), 0.0), 600, 0.01);
}

TEST(Density, of_one_point_is_a_gaussian) {
    const PointCrowdPtr crowd = crowd_of({{0, 0}, {1e6, 1e6}});
    const int level = crowd->order().level_for(100);
    const double side = crowd->order().side(level);
    const CellWindow window{level, -20, -20, 41, 41};
    const auto counts = kernel_counts(*crowd, window, 4 * side);
    const auto at = [&](int dx, int dy) { return double{counts[static_cast<std::size_t>((20 + dy) * 41 + 20 + dx)]}; };
    // exp(-d² / 2σ²) from the middle, by paper: at d = 4 cells = σ, e^-½; its height 1 / 2πσ².
    EXPECT_NEAR(at(4, 0) / at(0, 0), std::exp(-0.5), 1e-5);
    EXPECT_NEAR(at(0, -4) / at(0, 0), std::exp(-0.5), 1e-5);
    EXPECT_NEAR(at(3, 4) / at(0, 0), std::exp(-25.0 / 32), 1e-5);
    EXPECT_NEAR(at(0, 0), 1 / (2 * 3.14159265 * 16), 1e-4);
}

TEST(Density, is_the_same_wherever_its_window_lies) {
    const PointCrowdPtr crowd = crowd_of(scattered(3000));
    const int level = crowd->order().level_for(400);
    const auto a = kernel_counts(*crowd, {level, 10, 10, 60, 50}, 1200);
    const auto b = kernel_counts(*crowd, {level, 15, 12, 60, 50}, 1200);
    for (std::size_t row = 0; row < 40; ++row)
        for (std::size_t column = 0; column < 50; ++column)
            ASSERT_FLOAT_EQ(a[(row + 2) * 60 + column + 5], b[row * 60 + column]);
}

TEST(Density, knows_the_ground_s_area_whatever_the_map_s_crs) {
    const Crs degrees = Crs::wgs84();
    for (const char* code : {"EPSG:3857", "EPSG:32648", "EPSG:4326"}) {
        const Crs crs = Crs::from_text(code).value();
        const Transform to_degrees = Transform::between(crs, degrees).value();
        const Point at = to_degrees.inverse().apply(Point{106, 21});
        const double step = code == std::string("EPSG:4326") ? 1e-3 : 100;
        const std::vector<Point> square{
            to_degrees.apply(Point{at.x - step, at.y - step}), to_degrees.apply(Point{at.x + step, at.y - step}),
            to_degrees.apply(Point{at.x + step, at.y + step}), to_degrees.apply(Point{at.x - step, at.y + step}),
            to_degrees.apply(Point{at.x - step, at.y - step})};
        const double expected = geodesic_area(square).value() / (4 * step * step);  // GeographicLib's
        EXPECT_NEAR(ground_scale(at, step, to_degrees) / expected, 1, 1e-5) << code;
    }
}

TEST(Density, says_points_to_the_square_kilometre) {
    // A point on every 100 m: 100 to the square kilometre (the map's CRS is true to scale near 107°45').
    std::vector<Point> grid;
    for (int x = 0; x < 200; ++x)
        for (int y = 0; y < 200; ++y)
            grid.push_back({500000 + x * 100.0, 2300000 + y * 100.0});
    World world = world_of(grid, CrowdingMode::density);
    MapRequest request{.width = 400, .height = 300};
    request.frame = Frame{.width = 400, .height = 300, .centre = {510000, 2310000}, .units_per_pixel = 50};
    const LayerResultPtr layer = world.layer();
    const auto crowds =
        choose_crowds(world.workspace, {layer}, *request.frame,
                      Transform::between(dataset_of({})->crs, Crs::wgs84()).value(), world.cache.entries());
    ASSERT_TRUE(crowds[0].density);
    const DensityScale& scale = crowds[0].density->scale;
    EXPECT_TRUE(scale.square_km);
    EXPECT_NEAR(scale.top, 100, 25);  // of the fullest square as large as the kernel is wide
    const MapImage& image = *crowds[0].density->image;
    const Box& box = crowds[0].density->extent;
    const auto column = static_cast<std::size_t>((510000 - box.min_x) / box.width() * image.width);
    const auto row = static_cast<std::size_t>((box.max_y - 2310000) / box.height() * image.height);
    const uint8_t* const pixel = &image.rgba[(row * static_cast<std::size_t>(image.width) + column) * 4];
    const Rgba expected = scale.colour(100);
    EXPECT_NEAR(pixel[0], expected.r * expected.a / 255.0, 3);
    EXPECT_NEAR(pixel[1], expected.g * expected.a / 255.0, 3);
    EXPECT_EQ(pixel[3], expected.a);
    EXPECT_THAT(texts_of(world.scene(request).furniture), Contains("points per km²"));
    EXPECT_THAT(texts_of(world.scene(request).furniture), Contains("50"));
}

TEST(Density, is_made_once_for_all_views_within_its_window) {
    World world = world_of(scattered(5000), CrowdingMode::density);
    MapRequest request;
    request.frame = Frame{.width = 1280, .height = 720, .centre = {401000, 2333000}, .units_per_pixel = 100};
    const auto first = items_of<ImageItem>(world.scene(request).map);
    ASSERT_THAT(first, SizeIs(1));
    request.frame->centre.x += 150;
    const auto moved = items_of<ImageItem>(world.scene(request).map);
    EXPECT_EQ(first[0].image, moved[0].image);
    const Box view = request.frame->extent();
    EXPECT_TRUE(first[0].extent.contains({view.min_x, view.min_y}) &&
                first[0].extent.contains({view.max_x, view.max_y}));
    EXPECT_EQ(first[0].image->rgba.size(),
              static_cast<std::size_t>(first[0].image->width) * static_cast<std::size_t>(first[0].image->height) * 4);
}

TEST(Density, fades_out_and_keeps_its_last_colour) {
    const DensityScale scale{.top = 640, .square_km = true, .ramp = ramp_colours("Blues", 7).value()};
    EXPECT_EQ(scale.colour(0).a, 0);
    EXPECT_EQ(scale.colour(9.9).a, 0);
    EXPECT_EQ(scale.colour(640), scale.colour(9999));
    EXPECT_LT(scale.colour(20).a, scale.colour(200).a);
    EXPECT_EQ(scale.marks(), (std::vector<double>{20, 50, 100, 200, 500}));
    EXPECT_THAT((DensityScale{}.marks()), IsEmpty());
}

TEST(Density, of_nothing_and_of_one_place_draws) {
    World nothing = world_of({{400000, 2350000}}, CrowdingMode::density);
    nothing.workspace.layers[0].filter = "n > 5";
    EXPECT_THAT(items_of<ImageItem>(nothing.scene().map), IsEmpty());
    World one = world_of(std::vector<Point>(1000, Point{400000, 2350000}), CrowdingMode::density);
    const auto images = items_of<ImageItem>(one.scene().map);
    ASSERT_THAT(images, SizeIs(1));
    EXPECT_TRUE(std::ranges::any_of(images[0].image->rgba, [](uint8_t v) { return v > 0; }));
}

}  // namespace
}  // namespace diaban
