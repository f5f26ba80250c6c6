#include "geo/relate/lies_in.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "geo/planar.h"
#include "geo/relate/outline_tree.h"
#include "geo/shapes.h"

namespace diaban {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();

using Items = std::vector<uint32_t>;

Containment found_in(const Geometry& areas, const std::vector<Point>& points) {
    Progress progress;
    return lies_in(areas, points, progress).value();
}

Items in_area(const Containment& all, std::size_t area) {
    return {all.items.begin() + static_cast<std::ptrdiff_t>(all.offsets[area]),
            all.items.begin() + static_cast<std::ptrdiff_t>(all.offsets[area + 1])};
}

/// Every point asked about in every area: slow and obvious.
Containment one_by_one(const Geometry& areas, const std::vector<Point>& points) {
    Containment all{{0}, {}};
    for (uint32_t area = 0; area < areas.feature_count(); ++area) {
        for (uint32_t i = 0; i < points.size(); ++i)
            if (contains(areas, area, points[i])) all.items.push_back(i);
        all.offsets.push_back(all.items.size());
    }
    return all;
}

std::vector<Point> scattered(std::mt19937& random, const Box& box, std::size_t count) {
    std::uniform_real_distribution<double> x(box.min_x, box.max_x), y(box.min_y, box.max_y);
    std::vector<Point> points(count);
    for (Point& p : points)
        p = {x(random), y(random)};
    return points;
}

/// Corners, middles of edges, places at the height of a corner, and anywhere: what ties are made of.
std::vector<Point> tricky_points(std::mt19937& random, const Geometry& areas, std::size_t anywhere) {
    std::vector<Point> points = scattered(random, areas.box().grown(areas.box().width() / 10), anywhere);
    const auto corners = areas.points();
    for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
        points.push_back(corners[i]);
        points.push_back({(corners[i].x + corners[i + 1].x) / 2, (corners[i].y + corners[i + 1].y) / 2});
        points.push_back({points[i % std::max<std::size_t>(anywhere, 1)].x, corners[i].y});
        points.push_back({std::nextafter(corners[i].x, infinite), corners[i].y});
    }
    return points;
}

TEST(LiesIn, groups_points_by_the_area_they_lie_in) {
    const Geometry areas =
        wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))", "",
             "MULTIPOLYGON (((6 0,8 0,8 2,6 2,6 0)),((6 3,8 3,8 4,6 4,6 3)))", "POLYGON ((3 0,7 0,7 1,3 1,3 0))"});
    const std::vector<Point> points{{7, 3.5}, {0.5, 0.5}, {1.5, 1.5}, {3.5, 0.5},      {6.5, 0.5},
                                    {7, 1.5}, {nan, 1},   {1, nan},   {infinite, 0.5}, {-infinite, 0.5}};
    const Containment all = found_in(areas, points);
    EXPECT_EQ(in_area(all, 0), (Items{1, 3}));  // 2 is in the hole
    EXPECT_EQ(in_area(all, 1), (Items{}));
    EXPECT_EQ(in_area(all, 2), (Items{0, 4, 5}));
    EXPECT_EQ(in_area(all, 3), (Items{3, 4}));  // of areas that overlap, each has it
}

TEST(LiesIn, finds_nothing_in_nothing) {
    EXPECT_EQ(found_in({}, {{0, 0}}), (Containment{{0}, {}}));
    EXPECT_EQ(found_in(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))"}), {}), (Containment{{0, 0}, {}}));
    EXPECT_EQ(found_in(wkt({"LINESTRING (0 0,4 0,4 4,0 0)", "LINESTRING (0 0,1 1)"}), {{2, 1}}),
              (Containment{{0, 0, 0}, {}}));
    EXPECT_EQ(found_in(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))"}), {{nan, nan}}), (Containment{{0, 0}, {}}));
}

TEST(LiesIn, gives_a_point_on_a_shared_border_to_exactly_one_area) {
    // 20 × 20 cells of a warped net: shared edges in every direction, four cells at a corner.
    const unsigned seed = 20'261'125;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> shift(-0.4, 0.4);
    constexpr int n = 20;
    std::vector<Point> nodes;
    for (int j = 0; j <= n; ++j)
        for (int i = 0; i <= n; ++i) {
            const bool rim = i == 0 || j == 0 || i == n || j == n;
            // Level and upright borders among the slanting ones.
            nodes.push_back({i + (rim || j % 3 == 0 ? 0 : shift(random)), j + (rim || i % 3 == 0 ? 0 : shift(random))});
        }
    const auto node = [&](int i, int j) { return nodes[static_cast<std::size_t>(j * (n + 1) + i)]; };
    GeometryBuilder builder(GeometryKind::polygon);
    std::vector<Point> points;
    std::uniform_real_distribution<double> along(0, 1);
    for (int j = 0; j < n; ++j)
        for (int i = 0; i < n; ++i) {
            const std::vector<Point> ring{node(i, j), node(i + 1, j), node(i + 1, j + 1), node(i, j + 1)};
            builder.begin_feature(), builder.begin_part(), builder.add_ring(ring);
            points.push_back(ring[2]);
            for (int k = 0; k < 50; ++k) {
                const double t = along(random);
                for (const auto& [a, b] : {std::pair(ring[1], ring[2]), std::pair(ring[2], ring[3])})
                    points.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
            }
        }
    std::erase_if(points, [](Point p) { return !(p.x < n && p.y < n && p.x > 0 && p.y > 0); });
    const Geometry cells = std::move(builder).finish();
    const Containment all = found_in(cells, points);
    std::vector<int> owners(points.size());
    for (const uint32_t item : all.items)
        ++owners[item];
    for (std::size_t i = 0; i < points.size(); ++i)
        ASSERT_EQ(owners[i], 1) << points[i].x << " " << points[i].y;
    EXPECT_EQ(all, one_by_one(cells, points));
}

TEST(LiesIn, is_contains_to_the_last_bit) {
    const unsigned seed = 5;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    // Whole numbers make for many ties; stars of thousands of corners for stretches of stretches.
    std::uniform_int_distribution<int> coordinate(0, 12);
    for (int round = 0; round < 60; ++round) {
        GeometryBuilder builder(GeometryKind::polygon);
        for (int f = 0; f < 4; ++f) {
            builder.begin_feature();
            for (int part = 0; part < 1 + f; ++part) {
                builder.begin_part();
                for (int ring = 0; ring < 1 + round % 3; ++ring) {
                    std::vector<Point> corners;
                    for (int i = 0; i < 3 + round; ++i)
                        corners.push_back({1.0 * coordinate(random), 1.0 * coordinate(random)});
                    builder.add_ring(corners);
                }
            }
        }
        const Geometry areas = std::move(builder).finish();
        const auto points = tricky_points(random, areas, 50);
        ASSERT_EQ(found_in(areas, points), one_by_one(areas, points)) << "round " << round;
    }
    for (const std::size_t corners : {16U, 17U, 33U, 255U, 257U, 4'500U}) {
        const Geometry area = polygon_of({star(random, corners, {473'902, 2'378'331}, 5'000),
                                          star(random, corners / 2 + 3, {473'902, 2'378'331}, 2'000)});
        const auto points = tricky_points(random, area, 500);
        ASSERT_EQ(found_in(area, points), one_by_one(area, points)) << corners;
    }
    for (const Geometry& odd : {polygon_of({comb(3'000)}), polygon_of({spiral(4'000, 9)})}) {
        auto points = tricky_points(random, odd, 500);
        points.resize(5'000);
        ASSERT_EQ(found_in(odd, points), one_by_one(odd, points));
    }
}

TEST(LiesIn, leaves_out_coordinates_that_are_not_finite) {
    const std::vector<Point> corners{{0, 0}, {4, 0}, {nan, 2}, {4, 4}, {2, infinite}, {0, 4}};
    std::vector<Point> closed = corners;
    closed.push_back(corners[0]);
    std::vector<Point> starts_badly{{nan, nan}};
    starts_badly.insert(starts_badly.end(), corners.begin(), corners.end());
    const std::vector<Point> points{{2, 2}, {-1, 2}, {5, 2}, {3.9, 3.9}, {2, 5}, {0, 0}, {4, 4}};
    const std::vector<Point> nothing(4, {nan, nan});
    for (const auto& ring : {corners, closed, starts_badly}) {
        const std::vector<uint32_t> cut{0, static_cast<uint32_t>(ring.size())};
        const Geometry area(GeometryKind::polygon, ring, cut, {0, 1}, {0, 1});
        EXPECT_EQ(in_area(found_in(area, points), 0), (Items{0, 3, 5}));
        EXPECT_EQ(found_in(area, points), one_by_one(area, points));
    }
    EXPECT_EQ(found_in(Geometry(GeometryKind::polygon, nothing, {0, 4}, {0, 1}, {0, 1}), points),
              (Containment{{0, 0}, {}}));
}

TEST(LiesIn, is_the_same_where_all_points_crowd_in_one_area) {
    std::mt19937 random(8);
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature(), builder.begin_part(), builder.add_ring(star(random, 700, {0, 0}, 1));
    builder.begin_feature(), builder.begin_part(), builder.add_ring(star(random, 70, {1e7, 1e7}, 1e3));
    const Geometry areas = std::move(builder).finish();
    auto points = scattered(random, {-1, -1, 1, 1}, 30'000);
    for (int i = 0; i < 3'000; ++i)
        points.push_back({0.0625, 0.125});  // all at one place
    points.push_back({1e7, 1e7});           // and one far off
    const Containment all = found_in(areas, points);
    EXPECT_EQ(all, one_by_one(areas, points));
    EXPECT_EQ(in_area(all, 1), (Items{33'000}));
    Containment alone;
    without_helpers([&] { alone = found_in(areas, points); });
    EXPECT_EQ(alone, all);
}

TEST(LiesIn, stops_when_cancelled) {
    Progress progress;
    progress.cancel();
    const auto stopped = lies_in(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))"}), std::vector<Point>{{1, 1}}, progress);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
}

TEST(OutlineTree, tells_the_border_apart) {
    const Geometry area = wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,2 3,1 1))"});
    const OutlineTree tree(area, 0);
    EXPECT_EQ(tree.locate({0.5, 0.5}), Side::inside);
    EXPECT_EQ(tree.locate({2, 2}), Side::outside);  // in the hole
    EXPECT_EQ(tree.locate({5, 2}), Side::outside);
    EXPECT_EQ(tree.locate({-1, 4}), Side::outside);  // in line with an edge
    for (const Point p : {Point{0, 0}, Point{4, 4}, Point{4, 2}, Point{2, 4}, Point{2, 1}, Point{1.5, 2}, Point{2, 3}})
        EXPECT_EQ(tree.locate(p), Side::border) << p.x << " " << p.y;
    EXPECT_EQ(tree.locate({1.5, std::nextafter(2, 3)}), Side::inside);
    EXPECT_EQ(tree.locate({1.5, std::nextafter(2, 1)}), Side::outside);
}

TEST(StandingPoints, are_points_themselves_and_the_first_of_several) {
    Progress progress;
    const auto points = standing_points(wkt({"POINT (1 2)", "", "MULTIPOINT ((5 6),(7 8))"}), progress).value();
    ASSERT_EQ(points.size(), 3U);
    EXPECT_EQ(points[0], (Point{1, 2}));
    EXPECT_TRUE(std::isnan(points[1].x) && std::isnan(points[1].y));
    EXPECT_EQ(points[2], (Point{5, 6}));
}

TEST(StandingPoints, are_the_middles_of_lines_and_lie_inside_polygons) {
    Progress progress;
    const auto middles = standing_points(wkt({"LINESTRING (0 0,10 0)", ""}), progress).value();
    EXPECT_EQ(middles[0], (Point{5, 0}));
    EXPECT_TRUE(std::isnan(middles[1].x));

    // A horseshoe, whose centroid lies outside; a sliver a millionth as wide as long, slanting; a far island with a
    // speck beside it; a square of 2 × 2.
    const Geometry areas =
        wkt({"POLYGON ((0 0,10 0,10 10,8 10,8 1,2 1,2 10,0 10,0 0))", "POLYGON ((0 0,1000 1000,1000 1000.001,0 0))",
             "MULTIPOLYGON (((0 0,1e-3 0,0 1e-3,0 0)),((1e6 1e6,1e6 1000010,1000010 1000010,1e6 1e6)))",
             "POLYGON ((0 0,2 0,2 2,0 2,0 0))"});
    const auto points = standing_points(areas, progress).value();
    for (uint32_t f = 0; f < areas.feature_count(); ++f)
        EXPECT_TRUE(contains(areas, f, points[f])) << f;
    EXPECT_GT(points[2].x, 1e5);
    EXPECT_NEAR(points[3].x, 1, 0.03);
    EXPECT_NEAR(points[3].y, 1, 0.03);
}

TEST(StandingPoints, of_what_has_no_area_are_still_places_of_it) {
    Progress progress;
    const std::vector<Point> flat{{0, 0}, {4, 0}, {8, 0}, {0, 0}}, nowhere(4, {nan, nan});
    std::vector<Point> both = flat;
    both.insert(both.end(), nowhere.begin(), nowhere.end());
    const Geometry areas(GeometryKind::polygon, both, {0, 4, 8}, {0, 1, 2}, {0, 1, 2});
    const auto points = standing_points(areas, progress).value();
    EXPECT_EQ(points[0].y, 0);
    EXPECT_TRUE(points[0].x >= 0 && points[0].x <= 8);
    EXPECT_TRUE(std::isnan(points[1].x));
    progress.cancel();
    EXPECT_FALSE(standing_points(areas, progress));
}

}  // namespace
}  // namespace diaban
