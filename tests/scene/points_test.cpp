// Many points: the curve they are ordered by, clusters, and surfaces of density.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "geo/measures.h"
#include "scene/legend.h"
#include "scene/points/crowd_items.h"
#include "small_world.h"

namespace diaban {
namespace {

using test::items_of;
using test::texts_of;
using test::World;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Geometry geometry_of(const std::vector<Point>& points) {
    GeometryBuilder builder(GeometryKind::point);
    for (const Point& p : points) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::span(&p, 1));
    }
    return std::move(builder).finish();
}

PointCrowdPtr crowd_of(const std::vector<Point>& points, const std::vector<uint8_t>& shown = {}) {
    const MapShapes shapes(std::make_shared<const Geometry>(geometry_of(points)), std::nullopt);
    const std::vector<uint8_t> all(points.size(), 1);
    return std::make_shared<const PointCrowd>(std::make_shared<const CurveOrder>(shapes), shown.empty() ? all : shown);
}

/// Over 100 km by 80 km at Quảng Ninh, half of them in a town.
std::vector<Point> scattered(std::size_t count) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> x(350000, 450000), y(2300000, 2380000);
    std::normal_distribution<double> near(0, 1500);
    std::vector<Point> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(i % 2 == 0 ? Point{x(random), y(random)} : Point{401000 + near(random), 2333000 + near(random)});
    }
    return out;
}

Frame frame_at(Point centre, double units_per_pixel) {
    return {.width = 800, .height = 600, .pixel_ratio = 1, .centre = centre, .units_per_pixel = units_per_pixel};
}

DatasetPtr dataset_of(const std::vector<Point>& points) {
    auto dataset = std::make_shared<Dataset>();
    dataset->name = "points";
    dataset->from.path = "points.gpkg";
    std::vector<std::string> names;
    std::vector<double> numbers;
    for (std::size_t i = 0; i < points.size(); ++i) {
        names.push_back("P" + std::to_string(i));
        numbers.push_back(static_cast<double>(i));
    }
    dataset->table = Table({test::text_column("name", names), test::number_column("n", numbers)}, points.size());
    dataset->geometry = geometry_of(points);
    dataset->crs = Crs::from_text("EPSG:5899").value();
    return dataset;
}

World world_of(const std::vector<Point>& points, CrowdingMode mode) {
    World world;
    Style style;
    style.fill = SingleFill{{10, 60, 120, 255}};
    style.outline.reset();
    style.crowding.mode = mode;
    world.add("points", dataset_of(points), style);
    return world;
}

// ── the curve ──

TEST(CurveOrder, holds_the_points_of_any_cell_side_by_side) {
    const std::vector<Point> points = scattered(3000);
    const PointCrowdPtr crowd = crowd_of(points);
    const CurveOrder& order = crowd->order();
    ASSERT_EQ(order.size(), 3000U);
    for (const int level : {order.level_for(500), order.level_for(9000), CurveOrder::top_level}) {
        // The slow way: each point's cell, by dividing.
        std::map<std::pair<uint32_t, uint32_t>, std::set<uint32_t>> expected;
        for (uint32_t i = 0; i < points.size(); ++i) {
            const auto cell = order.cell_at(points[i], level);
            ASSERT_TRUE(cell);
            expected[{cell->column, cell->row}].insert(i);
        }
        std::size_t cells = 0;
        order.for_each_cell(level, order.extent(), [&](const CurveCell& cell, const CurveRange& range) {
            ++cells;
            EXPECT_EQ(order.range(cell), range);
            std::set<uint32_t> found;
            for (uint32_t i = range.first; i < range.last; ++i)
                found.insert(order.point(i));
            EXPECT_EQ(found, (expected[{cell.column, cell.row}]));
        });
        EXPECT_EQ(cells, expected.size());
    }
}

TEST(CurveOrder, knows_where_each_point_is_from_its_code_alone) {
    const std::vector<Point> points = scattered(500);
    const PointCrowdPtr crowd = crowd_of(points);
    for (uint32_t i = 0; i < crowd->order().size(); ++i) {
        EXPECT_NEAR(crowd->order().place(i).x, points[crowd->order().point(i)].x, 1e-3);
        EXPECT_NEAR(crowd->order().place(i).y, points[crowd->order().point(i)].y, 1e-3);
    }
}

TEST(CurveOrder, leaves_out_what_is_nowhere) {
    const PointCrowdPtr crowd = crowd_of({{NAN, 1}, {5, 5}, {INFINITY, 3}, {7, 7}, {1, NAN}});
    ASSERT_EQ(crowd->order().size(), 2U);
    EXPECT_EQ(crowd->shown_count(), 2U);
    EXPECT_EQ(crowd->order().feature(0), 1U);
    EXPECT_EQ(crowd->order().feature(1), 3U);
}

TEST(CurveOrder, of_nothing_has_no_cells) {
    for (const std::vector<Point>& points : {std::vector<Point>{}, std::vector<Point>{{NAN, NAN}}}) {
        const PointCrowdPtr crowd = crowd_of(points);
        EXPECT_EQ(crowd->order().size(), 0U);
        EXPECT_EQ(crowd->fullest(3), 0U);
        EXPECT_THAT(clusters_in(*crowd, points, frame_at({0, 0}, 1), 5).clusters, IsEmpty());
        EXPECT_FALSE(cluster_at(*crowd, frame_at({0, 0}, 1), {0, 0}));
    }
}

TEST(CurveOrder, knows_whose_each_of_several_points_is) {
    const auto source = std::make_shared<const Geometry>(
        geometry_from_wkt(std::vector<std::string_view>{"MULTIPOINT(0 0,9 9)", "", "POINT(5 5)"}));
    const CurveOrder order{MapShapes(source, std::nullopt)};
    ASSERT_EQ(order.size(), 3U);
    std::vector<uint32_t> owners(3);
    for (uint32_t i = 0; i < 3; ++i)
        owners[order.point(i)] = order.feature(i);
    EXPECT_EQ(owners, (std::vector<uint32_t>{0, 0, 2}));
}

TEST(PointCrowd, means_and_boxes_are_of_the_shown_points) {
    const PointCrowdPtr crowd = crowd_of({{0, 0}, {2, 4}, {100, 100}, {4, 2}}, {1, 1, 0, 1});
    const CurveRange all{0, 4};
    EXPECT_EQ(crowd->count(all), 3U);
    EXPECT_NEAR(crowd->mean(all).x, 2, 1e-6);
    EXPECT_NEAR(crowd->mean(all).y, 2, 1e-6);
    EXPECT_NEAR(crowd->box(all).max_x, 4, 1e-6);
    EXPECT_EQ(crowd->features(all), (std::vector<uint32_t>{0, 1, 3}));
    EXPECT_TRUE(std::isnan(crowd->mean({0, 0}).x));
}

// ── clusters ──

uint64_t total(const CrowdView& view) {
    uint64_t sum = view.lone.size();
    for (const Cluster& cluster : view.clusters)
        sum += cluster.count;
    return sum;
}

TEST(Clusters, count_every_point_once) {
    const std::vector<Point> points = scattered(5000);
    const PointCrowdPtr crowd = crowd_of(points);
    for (const double scale : {20.0, 77.0, 250.0, 4000.0}) {
        Frame all = frame_at({400000, 2340000}, scale);
        all.width = 110000 / scale, all.height = 90000 / scale;
        EXPECT_EQ(total(clusters_in(*crowd, points, all, 5)), 5000U) << scale;
    }
}

TEST(Clusters, count_the_shown_points_of_the_cells_that_meet_the_view) {
    const std::vector<Point> points = scattered(5000);
    const PointCrowdPtr crowd = crowd_of(points);
    const Frame frame = frame_at({401000, 2333000}, 10);
    // The slow way: cells of a power of two of metres from the south-west corner, 56 to 112 pixels wide.
    const CurveOrder& order = crowd->order();
    const double side = order.side(cluster_level(order, frame));
    EXPECT_EQ(std::exp2(std::round(std::log2(side))), side);
    EXPECT_GE(side / 10, 56);
    EXPECT_LT(side / 10, 112);
    const Box view = frame.extent().grown(5 * 10);
    uint64_t expected = 0;
    for (const Point& p : points) {
        const double x = order.origin().x + std::floor((p.x - order.origin().x) / side) * side;
        const double y = order.origin().y + std::floor((p.y - order.origin().y) / side) * side;
        if (view.intersects({x, y, x + side, y + side})) ++expected;
    }
    EXPECT_LT(expected, 5000U);
    EXPECT_EQ(total(clusters_in(*crowd, points, frame, 5)), expected);
}

TEST(Clusters, stay_as_they_are_while_the_view_moves) {
    const std::vector<Point> points = scattered(5000);
    const PointCrowdPtr crowd = crowd_of(points);
    const CrowdView before = clusters_in(*crowd, points, frame_at({401000, 2333000}, 20), 5);
    for (const double pixels : {1.0, 0.37, 17.0}) {
        const CrowdView after =
            clusters_in(*crowd, points, frame_at({401000 + pixels * 20, 2333000 - pixels * 20}, 20), 5);
        std::size_t same = 0;
        for (const Cluster& cluster : before.clusters)
            same += std::ranges::count(after.clusters, cluster) == 1 ? 1U : 0U;
        // Only those of a row and a column at the edge may come or go.
        EXPECT_GE(same + 30, before.clusters.size());
        EXPECT_GT(same, 20U);
    }
}

TEST(Clusters, split_into_cells_within_their_own_when_the_view_comes_nearer) {
    const std::vector<Point> points = scattered(60'000);
    const PointCrowdPtr crowd = crowd_of(points);
    const Frame far = frame_at({401000, 2333000}, 40);
    Frame near = far;
    near.units_per_pixel /= 2;
    near.width *= 2, near.height *= 2;  // the same part of the world
    const CrowdView wide = clusters_in(*crowd, points, far, 5);
    const CrowdView fine = clusters_in(*crowd, points, near, 5);
    ASSERT_GT(fine.clusters.size(), wide.clusters.size());
    for (const Cluster& parent : wide.clusters) {
        uint32_t sum = 0;
        for (const Cluster& child : fine.clusters) {
            if (child.cell.column / 2 != parent.cell.column || child.cell.row / 2 != parent.cell.row) continue;
            EXPECT_GE(child.points.first, parent.points.first);
            EXPECT_LE(child.points.last, parent.points.last);
            sum += child.count;
        }
        EXPECT_LE(sum, parent.count);
        const Box cell = crowd->order().box(parent.cell);
        const Box seen = far.extent();
        if (!seen.contains({cell.min_x, cell.min_y}) || !seen.contains({cell.max_x, cell.max_y})) continue;
        EXPECT_GE(sum + 8, parent.count);  // up to two lone ones in each of four
    }
}

TEST(Clusters, are_the_same_within_an_octave_of_scale) {
    const std::vector<Point> points = scattered(2000);
    const PointCrowdPtr crowd = crowd_of(points);
    // 16 m × 56 and 18 m × 56 lie between the same two powers of two.
    EXPECT_EQ(cluster_level(crowd->order(), frame_at({}, 16)), cluster_level(crowd->order(), frame_at({}, 18)));
    EXPECT_EQ(cluster_level(crowd->order(), frame_at({}, 16)) + 1, cluster_level(crowd->order(), frame_at({}, 32)));
}

TEST(Clusters, never_cover_each_other_and_stand_by_their_mean) {
    const std::vector<Point> points = scattered(20000);
    const PointCrowdPtr crowd = crowd_of(points);
    const Frame frame = frame_at({401000, 2333000}, 25);
    const CrowdView view = clusters_in(*crowd, points, frame, 5);
    ASSERT_GT(view.clusters.size(), 20U);
    for (const Cluster& a : view.clusters) {
        const Box cell = crowd->order().box(a.cell);
        EXPECT_TRUE(cell.contains(a.mean));
        EXPECT_LE(std::hypot(a.at.x - a.mean.x, a.at.y - a.mean.y), (a.radius + 2) * std::sqrt(2) * 25);
        for (const Cluster& b : view.clusters) {
            if (a.cell == b.cell) continue;
            EXPECT_GE(std::hypot(a.at.x - b.at.x, a.at.y - b.at.y) / 25, a.radius + b.radius);
        }
    }
}

TEST(Clusters, show_one_or_two_points_as_themselves) {
    const std::vector<Point> points{{0, 0}, {1, 1}, {50000, 50000}, {50001, 50001}, {50002, 50000}, {99999, 0}};
    const PointCrowdPtr crowd = crowd_of(points);
    const CrowdView view = clusters_in(*crowd, points, frame_at({50000, 25000}, 150), 5);
    ASSERT_THAT(view.clusters, SizeIs(1));
    EXPECT_EQ(view.clusters[0].count, 3U);
    EXPECT_NEAR(view.clusters[0].mean.x, 50001, 1e-3);
    EXPECT_EQ(view.lone, (std::vector<LonePoint>{{0, {0, 0}}, {1, {1, 1}}, {5, {99999, 0}}}));
}

TEST(Clusters, of_many_points_in_one_place_are_one) {
    const std::vector<Point> points(100'000, Point{401234.5, 2333321.25});
    const PointCrowdPtr crowd = crowd_of(points);
    for (const double scale : {0.03, 10.0, 5000.0}) {
        const CrowdView view = clusters_in(*crowd, points, frame_at(points[0], scale), 5);
        ASSERT_THAT(view.clusters, SizeIs(1)) << scale;
        EXPECT_EQ(view.clusters[0].count, 100'000U);
        EXPECT_NEAR(view.clusters[0].mean.x, 401234.5, 1e-4);
        EXPECT_NEAR(view.clusters[0].mean.y, 2333321.25, 1e-4);
    }
}

TEST(Clusters, are_found_where_they_are_drawn) {
    const std::vector<Point> points = scattered(5000);
    const PointCrowdPtr crowd = crowd_of(points);
    const Frame frame = frame_at({401000, 2333000}, 20);
    const CrowdView view = clusters_in(*crowd, points, frame, 5);
    for (const Cluster& cluster : view.clusters) {
        EXPECT_EQ(cluster_at(*crowd, frame, cluster.at), cluster);
        const double past = (cluster.radius + 3) * 20;
        const auto beside = cluster_at(*crowd, frame, {cluster.at.x + past, cluster.at.y});
        EXPECT_TRUE(!beside || beside->cell != cluster.cell);
    }
    for (const LonePoint& lone : view.lone) {
        const auto found = lone_point_at(*crowd, frame, {lone.at.x + 20, lone.at.y}, 3);
        ASSERT_TRUE(found);
        EXPECT_LE(std::hypot(found->at.x - lone.at.x - 20, found->at.y - lone.at.y), 20.01);
    }
    EXPECT_FALSE(lone_point_at(*crowd, frame, {0, 0}, 3));
}

TEST(Clusters, say_their_number_in_few_digits) {
    EXPECT_EQ(cluster_text(3), "3");
    EXPECT_EQ(cluster_text(9'999), "9,999");
    EXPECT_EQ(cluster_text(12'499), "12 k");
    EXPECT_EQ(cluster_text(999'499), "999 k");
    EXPECT_EQ(cluster_text(999'500), "1 M");
    EXPECT_EQ(cluster_text(1'249'000), "1.2 M");
    EXPECT_EQ(cluster_text(12'600'000), "13 M");
    EXPECT_DOUBLE_EQ(cluster_radius(10), 12);
    EXPECT_DOUBLE_EQ(cluster_radius(1'000'000), 27);
}

// ── in the scene ──

TEST(CrowdedScene, shows_few_points_as_markers_and_many_as_clusters) {
    World few = world_of(scattered(most_markers), CrowdingMode::automatic);
    const auto marks = items_of<SymbolItem>(few.scene().map);
    ASSERT_THAT(marks, SizeIs(1));
    EXPECT_THAT(marks[0].symbols, SizeIs(most_markers));
    World many = world_of(scattered(most_markers + 1), CrowdingMode::automatic);
    const auto circles = items_of<SymbolItem>(many.scene().map);
    ASSERT_THAT(circles, SizeIs(1));
    EXPECT_LT(circles[0].symbols.size(), 600U);
}

TEST(CrowdedScene, shows_markers_again_where_few_are_in_view) {
    World world = world_of(scattered(5000), CrowdingMode::automatic);
    MapRequest request;
    request.frame = frame_at({360000, 2310000}, 1);
    request.frame->width = request.width, request.frame->height = request.height;
    world.scene(request);
    EXPECT_EQ(crowding_in(world.workspace.layers[0], *world.layer(), *request.frame), CrowdingMode::markers);
}

TEST(CrowdedScene, writes_each_cluster_s_number_and_counts_only_what_the_filter_shows) {
    std::vector<Point> points(40, Point{400000, 2350000});
    points.push_back({420000, 2360000});
    World world = world_of(points, CrowdingMode::clusters);
    EXPECT_THAT(texts_of(world.scene().labels), Contains("40"));
    world.workspace.layers[0].filter = "n < 7";
    EXPECT_THAT(texts_of(world.scene().labels), Contains("7"));
    EXPECT_THAT(texts_of(world.scene().labels), ::testing::Not(Contains("40")));
}

TEST(CrowdedScene, labels_only_points_that_are_shown_as_themselves) {
    std::vector<Point> points(40, Point{400000, 2350000});
    points.push_back({420000, 2360000});
    World world = world_of(points, CrowdingMode::clusters);
    world.workspace.layers[0].style.labels = Labels{.field = "name"};
    MapRequest request;
    request.furniture = {.title = false, .legend = false, .scale_bar = false, .north_arrow = false, .sources = false};
    request.frame = Frame{.centre = {410000, 2355000}, .units_per_pixel = 40};
    const Scene scene = world.scene(request);
    EXPECT_THAT(texts_of(scene.labels), Contains("P40"));
    EXPECT_THAT(texts_of(scene.labels), ::testing::Not(Contains("P3")));
    EXPECT_THAT(scene.unlabelled, IsEmpty());
}

TEST(CrowdedScene, marks_the_cluster_that_holds_what_is_selected) {
    std::vector<Point> points(40, Point{400000, 2350000});
    points.push_back({420000, 2360000});
    World world = world_of(points, CrowdingMode::clusters);
    MapRequest request;
    request.selection = {"points", {3, 4, 5}};
    const auto items = items_of<SymbolItem>(world.scene(request).map);
    ASSERT_THAT(items, SizeIs(2));
    ASSERT_THAT(items[1].symbols, SizeIs(2));  // a disc, and the cluster on it
    EXPECT_DOUBLE_EQ(items[1].symbols[1].radius, cluster_radius(40));
    EXPECT_GT(items[1].symbols[0].radius, cluster_radius(40));
}

TEST(CrowdedScene, gives_clusters_of_several_classes_a_neutral_colour_and_says_so) {
    World world = world_of(scattered(3000), CrowdingMode::clusters);
    world.workspace.layers[0].style.fill = GraduatedFill{.measure = {.numerator = "n"}};
    const Scene scene = world.scene();
    Style plain;
    plain.fill = std::monostate{};
    EXPECT_EQ(cluster_colour(world.workspace.layers[0]), cluster_colour(Layer{.style = plain}));
    EXPECT_THAT(texts_of(scene.furniture), Contains(HasSubstr("of any class")));
}

// ── density ──

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
