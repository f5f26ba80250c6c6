#include "geo/build_detail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <random>
#include <set>

#include "geo/planar.h"

namespace diaban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Geometry shapes(std::initializer_list<std::string_view> wkt) {
    return geometry_from_wkt(std::vector<std::string_view>(wkt));
}

/// A ring's points put together from its arcs; its last repeats its first.
std::vector<Point> ring_of(const Detail& detail, uint32_t ring) {
    std::vector<Point> out;
    for (const int32_t ref : detail.arcs_of_ring(ring)) {
        const auto points = detail.points_of(detail.arcs[arc_of(ref)]);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const Point p = detail.to_map(points[backwards(ref) ? points.size() - 1 - i : i]);
            if (out.empty() || !(out.back() == p)) out.push_back(p);
        }
    }
    return out;
}

double area_of(const Detail& detail, uint32_t feature) {
    double sum = 0;
    for (const uint32_t ring : detail.rings_of(feature))
        sum += (detail.holes[ring] != 0 ? -1 : 1) * std::abs(signed_area(ring_of(detail, ring)));
    return sum;
}

double farthest(const std::vector<Point>& points, const std::vector<Point>& ring) {
    double worst = 0;
    for (const Point p : points) {
        double nearest = 1e300;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            nearest = std::min(nearest, distance_to_segment(p, ring[i], ring[i + 1]));
        worst = std::max(worst, nearest);
    }
    return worst;
}

/// Cells of a bent grid, their common borders crooked: a coverage without gaps whose neighbours agree point by point.
Geometry crooked_cells(int side, int steps, double size, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> off(-0.2, 0.2);
    std::uniform_real_distribution<double> turn(0, 2 * std::numbers::pi);
    std::map<std::array<int, 3>, std::vector<Point>> borders;
    const auto corner = [&](int x, int y) {
        std::mt19937 own(static_cast<unsigned>(x * 7919 + y * 104729));
        return Point{(x + off(own)) * size, (y + off(own)) * size};
    };
    const auto border = [&](int x, int y, int way) -> const std::vector<Point>& {
        auto& known = borders[{x, y, way}];
        if (!known.empty()) return known;
        const Point a = corner(x, y);
        const Point b = way == 0 ? corner(x + 1, y) : corner(x, y + 1);
        const double phase = turn(random);
        for (int i = 0; i <= steps; ++i) {
            const double t = static_cast<double>(i) / steps;
            const double wave = t * (1 - t) * size * (0.3 * std::sin(9 * t + phase) + 0.05 * std::sin(50 * t + phase));
            known.push_back(
                {a.x + (b.x - a.x) * t - wave * (way == 0 ? 0 : 1), a.y + (b.y - a.y) * t + wave * (way == 0 ? 1 : 0)});
        }
        return known;
    };
    GeometryBuilder builder(GeometryKind::polygon);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            std::vector<Point> ring = border(x, y, 0);
            const auto& right = border(x + 1, y, 1);
            ring.insert(ring.end(), right.begin() + 1, right.end());
            const auto& top = border(x, y + 1, 0);
            ring.insert(ring.end(), top.rbegin() + 1, top.rend());
            const auto& left = border(x, y, 1);
            ring.insert(ring.end(), left.rbegin() + 1, left.rend());
            builder.begin_feature();
            builder.begin_part();
            builder.add_ring(ring);
        }
    }
    return std::move(builder).finish();
}

TEST(BuildDetail, keeps_what_two_squares_share_once) {
    const Detail detail =
        build_detail(shapes({"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON((10 0,20 0,20 10,10 10,10 0))"}), {},
                     {.tolerance = 0.1});
    ASSERT_THAT(detail.arcs, SizeIs(3));
    int shared = 0;
    for (const Arc& arc : detail.arcs) {
        if (arc.right == Arc::nobody) continue;
        ++shared;
        EXPECT_EQ(arc.left, 0U);
        EXPECT_EQ(arc.right, 1U);
        EXPECT_EQ(arc.count, 2U);
    }
    EXPECT_EQ(shared, 1);
    EXPECT_NEAR(area_of(detail, 0), 100, 1e-6);
    EXPECT_NEAR(area_of(detail, 1), 100, 1e-6);
    EXPECT_THAT(detail.dots, IsEmpty());
    EXPECT_THAT(detail.index.query(Point{15, 5}), ElementsAre(1));
}

TEST(BuildDetail, is_off_by_no_more_than_its_tolerance) {
    const Geometry cells = crooked_cells(4, 40, 1000, 3);
    for (const double tolerance : {2.0, 20.0, 60.0}) {
        const Detail detail = build_detail(cells, {}, {.tolerance = tolerance});
        for (uint32_t f = 0; f < cells.feature_count(); ++f) {
            ASSERT_EQ(detail.rings_of(f).size(), 1U);
            const std::vector<Point> ring = ring_of(detail, *detail.rings_of(f).begin());
            const auto points = cells.points_of(f);
            EXPECT_EQ(ring.front(), ring.back());
            EXPECT_LE(farthest({points.begin(), points.end()}, ring), tolerance * 1.001) << tolerance << ' ' << f;
            EXPECT_LE(farthest(ring, {points.begin(), points.end()}), tolerance * 1.001) << tolerance << ' ' << f;
        }
    }
}

TEST(BuildDetail, leaves_neither_gap_nor_overlap_between_neighbours) {
    const Geometry cells = crooked_cells(6, 60, 1000, 11);
    double all = 0;
    for (uint32_t f = 0; f < cells.feature_count(); ++f)
        all += area(cells, f);
    for (const double tolerance : {2.0, 10.0, 40.0}) {
        const Detail detail = build_detail(cells, {}, {.tolerance = tolerance});
        // Every arc is walked by the features that it names and by no other: so what one loses the other gains.
        std::map<uint32_t, std::multiset<uint32_t>> owners;
        for (uint32_t f = 0; f < detail.feature_count(); ++f)
            for (const int32_t ref : detail.arcs_of(f))
                owners[arc_of(ref)].insert(f);
        for (uint32_t a = 0; a < detail.arcs.size(); ++a) {
            const Arc& arc = detail.arcs[a];
            std::multiset<uint32_t> named{arc.left};
            if (arc.right != Arc::nobody) named.insert(arc.right);
            ASSERT_EQ(owners[a], named) << a;
        }
        double sum = 0;
        for (uint32_t f = 0; f < detail.feature_count(); ++f)
            sum += area_of(detail, f);
        // The outer edge alone may have moved.
        EXPECT_NEAR(sum, all, 4 * 6 * 1000 * tolerance * 0.5) << tolerance;
        EXPECT_LT(detail.points.size(), cells.points().size());
    }
}

TEST(BuildDetail, joins_neighbours_whatever_way_their_rings_run_and_wherever_they_begin) {
    // The common edge has a corner that is one's first point, in the middle of the other's ring.
    const Detail detail =
        build_detail(shapes({"POLYGON((10 5,10 10,0 10,0 0,10 0,10 5))", "POLYGON((10 0,10 5,10 10,20 10,20 0,10 0))"}),
                     {}, {.tolerance = 0.01, .every_point = true});
    EXPECT_THAT(detail.arcs, SizeIs(3));
    EXPECT_NEAR(area_of(detail, 0), 100, 1e-6);
    EXPECT_NEAR(area_of(detail, 1), 100, 1e-6);
}

TEST(BuildDetail, keeps_an_island_and_its_hole_apart_from_what_fills_it) {
    const Detail detail = build_detail(shapes({"POLYGON((0 0,30 0,30 30,0 30,0 0),(10 10,20 10,20 20,10 20,10 10))",
                                               "POLYGON((20 20,20 10,10 10,10 20,20 20))"}),
                                       {}, {.tolerance = 0.1});
    EXPECT_NEAR(area_of(detail, 0), 800, 1e-6);
    EXPECT_NEAR(area_of(detail, 1), 100, 1e-6);
    ASSERT_THAT(detail.arcs, SizeIs(2));  // the outline, and the ring that both have
    EXPECT_EQ(detail.holes, (std::vector<uint8_t>{0, 1, 0}));
}

TEST(BuildDetail, lets_no_feature_vanish) {
    const Geometry geometry =
        shapes({"POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((500 500,900 500.2,500 500.4,500 500))",
                "MULTIPOLYGON(((200 0,400 0,400 200,200 200,200 0)),((600 0,601 0,601 1,600 0)))", "",
                "POLYGON((300 700,300.5 700,300.5 700.5,300 700))"});
    const Detail detail = build_detail(geometry, {}, {.tolerance = 10});
    ASSERT_THAT(detail.dots_of(0), SizeIs(1));
    EXPECT_GE(detail.dots_of(0).front().width, 20);
    EXPECT_NEAR(detail.to_map(detail.dots_of(0).front().at).x, 0.5, 1e-3);
    EXPECT_TRUE(area_of(detail, 1) > 0 || !detail.dots_of(1).empty());
    EXPECT_NEAR(area_of(detail, 2), 40000, 1);
    EXPECT_THAT(detail.dots_of(2), SizeIs(1));  // its islet
    EXPECT_THAT(detail.dots_of(3), IsEmpty());
    EXPECT_THAT(detail.dots_of(4), SizeIs(1));
    EXPECT_THAT(detail.index.query(Point{300, 700}), ElementsAre(4));
    // What has an outline and no fill is seen too.
    ASSERT_EQ(detail.arcs_of(4).size(), 1U);
    const Arc& outline = detail.arcs[arc_of(detail.arcs_of(4).front())];
    EXPECT_EQ(outline.left, 4U);
    EXPECT_EQ(detail.points_of(outline).front(), detail.dots_of(4).front().at);
    EXPECT_EQ(detail.points_of(outline).back(), detail.dots_of(4).front().at);
}

TEST(BuildDetail, makes_one_dot_of_a_swarm_of_islets) {
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    for (int i = 0; i < 100; ++i) {
        const Point at{(i % 10) * 2.0, (i / 10) * 2.0};
        builder.begin_part();
        builder.add_ring(std::vector<Point>{at, {at.x + 1, at.y}, {at.x + 1, at.y + 1}, {at.x, at.y + 1}});
    }
    const Detail detail = build_detail(std::move(builder).finish(), {}, {.tolerance = 5});
    ASSERT_THAT(detail.dots, SizeIs(1));
    EXPECT_NEAR(detail.dots[0].width, 10, 1e-6);  // as large as all islets: √100
}

TEST(BuildDetail, is_the_same_inside_a_window_as_without_one) {
    const Geometry cells = crooked_cells(8, 50, 1000, 5);
    const Box window{2100, 2300, 3400, 3600};
    const Detail all = build_detail(cells, {}, {.tolerance = 4});
    const Detail part = build_detail(cells, {}, {.tolerance = 4, .extent = window, .source_extent = window.grown(10)});
    std::mt19937 random(1);
    std::uniform_real_distribution<double> x(window.min_x, window.max_x);
    std::uniform_real_distribution<double> y(window.min_y, window.max_y);
    const auto owner = [](const Detail& detail, Point p) {
        for (uint32_t f = 0; f < detail.feature_count(); ++f)
            for (const uint32_t ring : detail.rings_of(f))
                if (ring_contains(ring_of(detail, ring), p)) return static_cast<int>(f);
        return -1;
    };
    int differ = 0;
    for (int i = 0; i < 300; ++i) {
        const Point p{x(random), y(random)};
        differ += owner(all, p) != owner(part, p) ? 1 : 0;
    }
    EXPECT_LE(differ, 3);  // within the tolerance of a border either may be right
    EXPECT_LT(part.points.size(), all.points.size() / 3);
}

TEST(BuildDetail, draws_a_line_across_a_far_too_large_polygon_where_it_runs) {
    // One edge a million units long through a window of ten: inside it has to run as if nothing had been cut.
    const Geometry giant =
        shapes({"POLYGON((-500000 -250000,500000 250000,500000 900000,-500000 900000,-500000 -250000))"});
    const Box window{-5, -5, 5, 5};
    const Detail detail =
        build_detail(giant, {}, {.tolerance = 0.001, .every_point = true, .extent = window, .source_extent = window});
    const std::vector<Point> ring = ring_of(detail, 0);
    double nearest = 1e9;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        nearest = std::min(nearest, distance_to_segment({4, 2}, ring[i], ring[i + 1]));
    EXPECT_LT(nearest, 1e-4);
    EXPECT_TRUE(ring_contains(ring, {0, 4}));
    EXPECT_FALSE(ring_contains(ring, {0, -4}));
}

TEST(BuildDetail, bends_straight_lines_as_the_map_does) {
    const auto crs = Crs::from_text("EPSG:3035");
    const Transform exact = *Transform::between(Crs::wgs84(), *crs);
    const Geometry strip = shapes({"POLYGON((0 50,30 50,30 51,0 51,0 50))"});
    const Detail detail = build_detail(strip, GridTransform(exact, strip.box()), {.tolerance = 200});
    const std::vector<Point> ring = ring_of(detail, 0);
    std::vector<Point> parallel;
    for (double lon = 0; lon <= 30; lon += 0.25)
        parallel.push_back(exact.apply(Point{lon, 50}));
    EXPECT_LT(farthest(parallel, ring), 250);
}

TEST(BuildDetail, takes_lines_as_lines) {
    const Detail detail =
        build_detail(shapes({"LINESTRING(0 0,10 0.01,20 0)", "MULTILINESTRING((20 0,30 10),(50 50,50.01 50))", ""}), {},
                     {.tolerance = 1});
    EXPECT_EQ(detail.kind, GeometryKind::line);
    ASSERT_EQ(detail.rings_of(0).size(), 1U);
    EXPECT_THAT(ring_of(detail, 0), SizeIs(2));
    EXPECT_EQ(detail.rings_of(1).size(), 2U);  // the short one too
    EXPECT_THAT(detail.dots, IsEmpty());
}

TEST(BuildDetail, survives_what_is_not_finite_not_a_ring_and_not_there) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const Geometry odd(GeometryKind::polygon,
                       {{0, 0},
                        {10, 0},
                        {nan, 5},
                        {10, 10},
                        {0, 10},
                        {0, 0},
                        {nan, nan},
                        {nan, nan},
                        {nan, nan},
                        {3, 3},
                        {3, 3},
                        {3, 3}},
                       {0, 6, 9, 12}, {0, 1, 2, 3}, {0, 1, 2, 3});
    const Detail detail = build_detail(odd, {}, {.tolerance = 0.1});
    EXPECT_NEAR(area_of(detail, 0), 100, 1e-6);
    EXPECT_TRUE(detail.rings_of(1).empty());
    EXPECT_THAT(detail.dots_of(2), SizeIs(1));
    EXPECT_EQ(build_detail(Geometry(), {}, {}).feature_count(), 0U);
    EXPECT_EQ(build_detail(shapes({"POINT(1 2)"}), {}, {}).kind, GeometryKind::none);
}

TEST(BuildDetail, gives_a_third_owner_of_a_border_an_arc_of_its_own) {
    const char* square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";
    const Detail detail = build_detail(shapes({square, square, square}), {}, {.tolerance = 0.1});
    std::set<uint32_t> owners;
    for (const Arc& arc : detail.arcs)
        owners.insert({arc.left, arc.right});
    for (uint32_t f = 0; f < 3; ++f) {
        EXPECT_NEAR(area_of(detail, f), 100, 1e-6);
        EXPECT_TRUE(owners.contains(f));
    }
}

TEST(BuildDetail, cuts_long_borders_into_arcs_that_can_be_culled) {
    GeometryBuilder builder(GeometryKind::polygon);
    std::vector<Point> circle;
    for (int i = 0; i < 1000; ++i)
        circle.push_back({std::cos(i * 2 * std::numbers::pi / 1000), std::sin(i * 2 * std::numbers::pi / 1000)});
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(circle);
    const Detail detail = build_detail(std::move(builder).finish(), {}, {.tolerance = 1e-9, .every_point = true});
    EXPECT_EQ(detail.arcs.size(), 16U);  // 1000 edges, 64 to an arc
    float from = 0;
    for (const Arc& arc : detail.arcs) {
        EXPECT_NEAR(arc.from, from, 1e-4);
        from += static_cast<float>((arc.count - 1) * 2 * std::sin(std::numbers::pi / 1000));
    }
    EXPECT_NEAR(area_of(detail, 0), 500 * std::sin(2 * std::numbers::pi / 1000), 1e-6);
}

}  // namespace
}  // namespace diaban
