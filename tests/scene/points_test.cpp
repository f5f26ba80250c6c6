// Many points: the curve they are ordered by, and clusters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "points_support.h"
#include "scene/points/crowd_items.h"

namespace diaban {
namespace {

using test::crowd_of;
using test::frame_at;
using test::geometry_of;
using test::items_of;
using test::scattered;
using test::texts_of;
using test::World;
using test::world_of;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

}  // namespace
}  // namespace diaban
