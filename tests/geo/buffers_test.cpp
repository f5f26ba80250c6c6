// Buffers beside the slow and obvious: the geodesic distance from random places to the shape, found by walking along
// its edges (GeographicLib's algorithms through PROJ, by geo/measures.h).
#include "geo/areas/buffers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "geo/earth_support.h"
#include "geo/measures.h"
#include "geo/planar.h"
#include "geo/shapes.h"
#include "geo/validity.h"

namespace diaban {
namespace {

using testing::HasSubstr;

Geometry buffered(const Geometry& shapes, double metres, bool dissolve = false, const Transform& way = unchanged()) {
    Progress progress;
    return buffers(shapes, {}, way, Metres(metres), dissolve, progress).value();
}

/// Every place nearer than 99.9% lies in the buffer, every one farther than 100.1% does not; also right at the outline,
/// whose corners and middles of edges are measured.
void expect_buffer(const Geometry& shapes, const Geometry& buffer, double metres, uint32_t places) {
    ASSERT_EQ(buffer.feature_count(), shapes.feature_count());
    EXPECT_TRUE(find_invalid(buffer).empty());
    std::mt19937 random(5);
    for (uint32_t f = 0; f < shapes.feature_count(); ++f) {
        const Box box = buffer.box_of(f);
        ASSERT_FALSE(box.empty());
        const Box around = box.grown(0.05 * std::max(box.width(), box.height()));
        std::uniform_real_distribution<double> east(around.min_x, around.max_x), north(around.min_y, around.max_y);
        for (uint32_t i = 0; i < places; ++i) {
            const Point p{east(random), north(random)};
            const double d = slow_distance(p, shapes, f);
            if (std::abs(d / metres - 1) < 0.001) continue;
            EXPECT_EQ(contains(buffer, f, p), d < metres) << p.x << " " << p.y << " is " << d << " m away";
        }
        for (const uint32_t ring : buffer.rings_of(f)) {
            const auto outline = buffer.ring(ring);
            const std::size_t step = std::max<std::size_t>(1, outline.size() / places);
            for (std::size_t i = step; i < outline.size(); i += step) {
                const Point a = outline[i - 1], b = outline[i];
                EXPECT_NEAR(slow_distance(b, shapes, f) / metres, 1, 0.001) << b.x << " " << b.y;
                const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
                EXPECT_NEAR(slow_distance(middle, shapes, f) / metres, 1, 0.001) << middle.x << " " << middle.y;
            }
        }
    }
}

TEST(Buffers, around_points_are_geodesic_circles_from_a_metre_to_far_away) {
    const Geometry points = wkt({"POINT (107.4 21.5)", "POINT (-70 -41.3)", "POINT (25 78)"});
    for (const double metres : {1.0, 250.0, 5000.0, 50'000.0, 400'000.0})
        expect_buffer(points, buffered(points, metres), metres, 300);
}

TEST(Buffers, around_lines_keep_the_promise_however_gently_they_bend) {
    // A bay 2 km wide and 40 m deep, a hairpin, and an edge along a parallel of 60° that is far from a geodesic.
    const Geometry lines = wkt({"LINESTRING (107 21, 107.005 21.0004, 107.01 21.0004, 107.015 21, 107.05 21.01)",
                                "LINESTRING (107 21, 107.1 21, 107 21.001)", "LINESTRING (10 60, 14 60)"});
    for (const double metres : {100.0, 2000.0, 50'000.0})
        expect_buffer(lines, buffered(lines, metres), metres, 150);
}

TEST(Buffers, around_ragged_polygons_keep_the_promise_and_cover_their_own_ground) {
    std::mt19937 random(11);
    for (const double radius : {0.02, 0.5}) {
        const Geometry polygon = polygon_of({star(random, 60, {107.3, 21.2}, radius)});
        for (const double metres : {300.0, 10'000.0})
            expect_buffer(polygon, buffered(polygon, metres), metres, 150);
    }
}

TEST(Buffers, holes_shrink_and_close) {
    const Geometry ring =
        wkt({"POLYGON ((0 0, 0.2 0, 0.2 0.2, 0 0.2, 0 0), (0.05 0.05, 0.05 0.15, 0.15 0.15, 0.15 "
             "0.05, 0.05 0.05))"});
    const Geometry small = buffered(ring, 2000);
    EXPECT_EQ(small.rings_of(0).size(), 2U);
    expect_buffer(ring, small, 2000, 200);
    // The hole is 11.1 km wide: 6 km from each side leave nothing of it.
    EXPECT_EQ(buffered(ring, 6000).rings_of(0).size(), 1U);
}

TEST(Buffers, follow_edges_that_are_straight_in_the_coordinate_system_of_the_data) {
    const auto utm = Crs::from_text("EPSG:32648").value();
    const Transform way = Transform::between(utm, Crs::wgs84()).value();
    const Geometry line = wkt({"LINESTRING (600000 2300000, 700000 2400000)"});
    const Geometry buffer = buffered(line, 1000, false, way);
    // A place 995 m beside the line's middle lies inside, one at 1005 m outside: UTM 48N stretches by 1.00006 there.
    const double side = std::numbers::sqrt2 / 2;
    EXPECT_TRUE(contains(buffer, 0, way.apply(Point{650000 + 995 * side, 2350000 - 995 * side})));
    EXPECT_FALSE(contains(buffer, 0, way.apply(Point{650000 + 1005 * side, 2350000 - 1005 * side})));
}

TEST(Buffers, across_the_antimeridian_stay_in_one_piece_past_180) {
    const Geometry points = wkt({"POINT (179.9 -17)", "POINT (-179.9 -17)"});
    const Geometry each = buffered(points, 50'000);
    EXPECT_GT(each.box_of(0).max_x, 180);
    EXPECT_LT(each.box_of(1).min_x, -180);
    const Geometry both = buffered(points, 50'000, true);
    ASSERT_EQ(both.feature_count(), 1U);
    EXPECT_EQ(both.part_count(), 1U);
    EXPECT_LT(both.box().width(), 2);
}

TEST(Buffers, around_a_pole_hold_the_pole) {
    const Geometry near = buffered(wkt({"POINT (30 89.9)"}), 50'000);
    EXPECT_TRUE(contains(near, 0, {-100, 89.99}));
    EXPECT_TRUE(contains(near, 0, {30, 89.6}));
    EXPECT_FALSE(contains(near, 0, {-140, 89.4}));
    EXPECT_TRUE(find_invalid(near).empty());
    std::mt19937 random(2);
    std::uniform_real_distribution<double> east(-149, 209), north(89.2, 90);
    for (int i = 0; i < 500; ++i) {
        const Point p{east(random), north(random)};
        const double d = geodesic_distance({30, 89.9}, p).value() / 50'000;
        if (std::abs(d - 1) < 0.001) continue;
        EXPECT_EQ(contains(near, 0, p), d < 1) << p.x << " " << p.y;
    }
    const Geometry south = buffered(wkt({"LINESTRING (170 -89.7, -60 -89.8)"}), 40'000);
    EXPECT_TRUE(contains(south, 0, {south.box().centre().x, -89.99}));
    EXPECT_TRUE(find_invalid(south).empty());
}

TEST(Buffers, dissolve_into_one_shape_without_inner_borders) {
    // Three circles of 6 km, the first two 10.4 km apart, the third far away.
    const Geometry points = wkt({"POINT (107 21)", "POINT (107.1 21)", "POINT (108 21)"});
    const Geometry whole = buffered(points, 6000, true);
    ASSERT_EQ(whole.feature_count(), 1U);
    EXPECT_EQ(whole.part_count(), 2U);
    EXPECT_TRUE(contains(whole, 0, {107.05, 21}));
    // By hand: two circles of radius r whose middles are d apart cover 2πr² - 2r²acos(d/2r) + (d/2)√(4r² - d²).
    const double r = 6000, d = geodesic_distance({107, 21}, {107.1, 21}).value();
    const double two =
        2 * std::numbers::pi * r * r - 2 * r * r * std::acos(d / 2 / r) + d / 2 * std::sqrt(4 * r * r - d * d);
    EXPECT_NEAR(geodesic_area(whole, 0).value() / (two + std::numbers::pi * r * r), 1, 0.001);
}

TEST(Buffers, of_thousands_dissolve_to_the_same_ground_as_each_alone) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> east(107, 108), north(21, 22);
    GeometryBuilder builder(GeometryKind::point);
    for (int i = 0; i < 2000; ++i) {
        const Point p{east(random), north(random)};
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::span(&p, 1));
    }
    const Geometry points = std::move(builder).finish();
    const Geometry each = buffered(points, 1000), whole = buffered(points, 1000, true);
    EXPECT_TRUE(find_invalid(whole).empty());
    for (int i = 0; i < 500; ++i) {
        const Point p{east(random), north(random)};
        bool in_any = false;
        for (uint32_t f = 0; f < each.feature_count(); ++f)
            in_any = in_any || (each.box_of(f).contains(p) && contains(each, f, p));
        EXPECT_EQ(contains(whole, 0, p), in_any) << p.x << " " << p.y;
    }
}

TEST(Buffers, leave_out_what_is_not_considered_or_has_no_geometry) {
    const Geometry points = wkt({"POINT (107 21)", "", "POINT (108 21)"});
    Progress progress;
    const std::vector<uint8_t> considered{1, 1, 0};
    const Geometry buffer = buffers(points, considered, unchanged(), Metres(1000), false, progress).value();
    ASSERT_EQ(buffer.feature_count(), 3U);
    EXPECT_TRUE(buffer.has_geometry(0));
    EXPECT_FALSE(buffer.has_geometry(1));
    EXPECT_FALSE(buffer.has_geometry(2));
    EXPECT_EQ(buffered(Geometry(), 1000).feature_count(), 0U);
    EXPECT_FALSE(buffered(wkt({""}), 1000, true).has_geometry(0));
}

TEST(Buffers, repair_polygons_that_cross_themselves) {
    const Geometry bow = wkt({"POLYGON ((107 21, 107.1 21.1, 107.1 21, 107 21.1, 107 21))"});
    const Geometry around = buffered(bow, 500);
    EXPECT_TRUE(contains(around, 0, {107.02, 21.05}));
    EXPECT_TRUE(find_invalid(around).empty());
}

TEST(Buffers, refuse_distances_that_mean_nothing_and_stop_when_asked) {
    const Geometry point = wkt({"POINT (107 21)"});
    Progress progress;
    for (const double metres : {0.0, -5.0, 1e6, std::nan("")}) {
        const auto refused = buffers(point, {}, unchanged(), Metres(metres), false, progress);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::wrong_usage);
        EXPECT_THAT(refused.error().what, HasSubstr("more than 0 m and less than 1,000 km"));
    }
    progress.cancel();
    const auto stopped = buffers(point, {}, unchanged(), Metres(10), false, progress);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
