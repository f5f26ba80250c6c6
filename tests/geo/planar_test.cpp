#include "geo/planar.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/shapes.h"

namespace diaban {
namespace {

using Ring = std::vector<Point>;
const Ring unit_square{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};

TEST(SignedArea, is_positive_counter_clockwise) {
    EXPECT_DOUBLE_EQ(signed_area(unit_square), 1);
    EXPECT_DOUBLE_EQ(signed_area(Ring(unit_square.rbegin(), unit_square.rend())), -1);
    EXPECT_DOUBLE_EQ(signed_area(Ring{{0, 0}, {1, 0}, {1, 1}}), 0.5);
    EXPECT_EQ(signed_area(Ring{}), 0);
    EXPECT_EQ(signed_area(Ring{{0, 0}, {5, 5}}), 0);
}

TEST(SignedArea, keeps_small_areas_far_from_the_origin) {
    const double x = 473'902, y = 2'378'331;
    EXPECT_DOUBLE_EQ(signed_area(Ring{{x, y}, {x + 0.125, y}, {x + 0.125, y + 0.125}, {x, y + 0.125}}), 0.015625);
}

TEST(Area, takes_holes_away_whatever_their_direction) {
    const Geometry g =
        wkt({"MULTIPOLYGON (((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1)),((9 0,9 1,10 1,10 0,9 0)))", ""});
    EXPECT_DOUBLE_EQ(area(g, 0), 16);
    EXPECT_EQ(area(g, 1), 0);
    EXPECT_EQ(area(wkt({"LINESTRING (0 0,1 0,1 1,0 0)"}), 0), 0);
}

TEST(DistanceToSegment, goes_to_the_nearest_point_of_it) {
    EXPECT_DOUBLE_EQ(distance_to_segment({1, 3}, {0, 0}, {2, 0}), 3);
    EXPECT_DOUBLE_EQ(distance_to_segment({5, 4}, {0, 0}, {2, 0}), 5);
    EXPECT_DOUBLE_EQ(distance_to_segment({3, 4}, {0, 0}, {0, 0}), 5);
}

TEST(Contains, gives_a_point_on_a_shared_edge_to_exactly_one_neighbour) {
    const Geometry g = wkt({"POLYGON ((0 0,1 0,1 1,0 1,0 0))", "POLYGON ((1 0,2 0,2 1,1 1,1 0))",
                            "POLYGON ((0 1,1 1,1 2,0 2,0 1))", "POLYGON ((1 1,2 1,2 2,1 2,1 1))"});
    const auto owners = [&](Point p) {
        std::vector<uint32_t> result;
        for (uint32_t f = 0; f < 4; ++f)
            if (contains(g, f, p)) result.push_back(f);
        return result;
    };
    EXPECT_EQ(owners({0.5, 0.5}), (std::vector<uint32_t>{0}));
    EXPECT_EQ(owners({1, 0.5}), (std::vector<uint32_t>{1}));  // the inside is east of the edge
    EXPECT_EQ(owners({0.5, 1}), (std::vector<uint32_t>{2}));  // north of a level one
    EXPECT_EQ(owners({1, 1}), (std::vector<uint32_t>{3}));
    EXPECT_EQ(owners({0, 0}), (std::vector<uint32_t>{0}));
    EXPECT_TRUE(owners({2, 2}).empty());
}

TEST(Contains, gives_every_point_to_exactly_one_of_two_that_share_a_ragged_edge) {
    const unsigned seed = 20'260'101;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> across(0.3, 0.7), anywhere(0, 1);
    Ring edge;
    for (int i = 0; i <= 50; ++i)
        edge.push_back({across(random), i / 50.0});
    Ring west{{0, 0}}, east(edge);
    west.insert(west.end(), edge.begin(), edge.end());
    west.push_back({0, 1});
    east.push_back({1, 1}), east.push_back({1, 0});
    const Geometry w = polygon_of({west}), e = polygon_of({east});
    for (int i = 0; i < 20'000; ++i) {
        // Half of the points on the edge as nearly as doubles can say.
        Point p{anywhere(random), anywhere(random)};
        if (i % 2 == 0) {
            const auto k = static_cast<std::size_t>(p.y * 50);
            const double t = p.y * 50 - static_cast<double>(k);
            p.x = edge[k].x + t * (edge[k + 1].x - edge[k].x);
        }
        ASSERT_NE(contains(w, 0, p), contains(e, 0, p)) << p.x << " " << p.y;
    }
}

TEST(Contains, agrees_with_winding_on_random_polygons) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const Ring ring = star(random, 40, {0, 0}, 1);
        const Geometry g = polygon_of({ring});
        std::uniform_real_distribution<double> anywhere(-1, 1);
        for (int i = 0; i < 500; ++i) {
            const Point p{anywhere(random), anywhere(random)};
            double winding = 0;  // the slow oracle: the sum of the angles under which the edges are seen
            for (std::size_t k = 0; k < ring.size(); ++k) {
                const Point a = ring[k], b = ring[(k + 1) % ring.size()];
                winding += std::remainder(std::atan2(b.y - p.y, b.x - p.x) - std::atan2(a.y - p.y, a.x - p.x),
                                          2 * std::numbers::pi);
            }
            ASSERT_EQ(contains(g, 0, p), std::abs(winding) > 1) << p.x << " " << p.y;
        }
    }
}

TEST(Contains, leaves_out_holes_and_takes_islands_in_them) {
    const Geometry g = wkt({"MULTIPOLYGON (((0 0,9 0,9 9,0 9,0 0),(2 2,7 2,7 7,2 7,2 2)),((4 4,5 4,5 5,4 5,4 4)))"});
    EXPECT_TRUE(contains(g, 0, {1, 1}));
    EXPECT_FALSE(contains(g, 0, {3, 3}));
    EXPECT_TRUE(contains(g, 0, {4.5, 4.5}));
}

TEST(Contains, is_exact_where_rounding_would_put_a_point_across_an_edge) {
    // Whole numbers of 50 bits: the products of their differences do not fit a double. Counted in 128 bits.
    __extension__ using Wide = __int128;
    const unsigned seed = 50;
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<int64_t> coordinate(0, int64_t{1} << 50), step(-2, 2);
    int beside_rounding = 0;
    for (int i = 0; i < 20'000; ++i) {
        const int64_t ax = coordinate(random), ay = coordinate(random) / 2, bx = coordinate(random),
                      by = ay + 1 + coordinate(random) / 2, far = int64_t{1} << 51;
        // As near to the edge from a to b as whole numbers come.
        const int64_t py = ay + (by - ay) / (2 + i % 7);
        const int64_t px = ax + static_cast<int64_t>(static_cast<Wide>(bx - ax) * (py - ay) / (by - ay)) + step(random);
        const Wide turn = static_cast<Wide>(bx - ax) * (py - ay) - static_cast<Wide>(by - ay) * (px - ax);
        const auto at = [](int64_t x, int64_t y) { return Point{static_cast<double>(x), static_cast<double>(y)}; };
        const Ring ring{at(ax, ay), at(far, ay), at(far, by), at(bx, by)};
        // Inside is east of the edge, and what lies on it.
        ASSERT_EQ(ring_contains(ring, at(px, py)), turn <= 0) << i;
        beside_rounding += turn != 0 && std::abs(static_cast<double>(turn)) < 1e15;
    }
    EXPECT_GT(beside_rounding, 1'000);
}

TEST(Contains, leaves_out_coordinates_that_are_not_finite) {
    const Ring ring{{NAN, NAN}, {0, 0}, {1, 0}, {INFINITY, 0.5}, {1, 1}, {0.5, NAN}, {0, 1}, {0, 0}};
    EXPECT_TRUE(ring_contains(ring, {0.5, 0.5}));
    for (const Point outside : {Point{-1, 0.5}, Point{2, 0.5}, Point{0.5, -1}, Point{0.5, 2}, Point{INFINITY, 0.5}})
        EXPECT_FALSE(ring_contains(ring, outside)) << outside.x << " " << outside.y;
    EXPECT_FALSE(ring_contains(Ring(5, {NAN, NAN}), {0, 0}));
}

TEST(Contains, is_false_for_nothing_lines_and_nan) {
    const Geometry g = wkt({"", "POLYGON ((0 0,1 0,1 1,0 0))"});
    EXPECT_FALSE(contains(g, 0, {0, 0}));
    EXPECT_FALSE(contains(g, 1, {NAN, 0.1}));
    EXPECT_FALSE(contains(wkt({"LINESTRING (0 0,1 0,1 1,0 0)"}), 0, {0.9, 0.1}));
    EXPECT_FALSE(ring_contains(Ring{}, {0, 0}));
    EXPECT_FALSE(ring_contains(Ring{{0, 0}, {1, 1}}, {0.5, 0.5}));
    EXPECT_TRUE(ring_contains(Ring{{0, 0}, {1, 0}, {1, 1}}, {0.9, 0.1}));  // open rings too
}

TEST(Distance, is_zero_inside_and_to_the_nearest_edge_outside) {
    const Geometry g = wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))", ""});
    EXPECT_EQ(distance(g, 0, {0.5, 0.5}), 0);
    EXPECT_DOUBLE_EQ(distance(g, 0, {2, 2}), 1);
    EXPECT_DOUBLE_EQ(distance(g, 0, {7, 8}), 5);
    EXPECT_EQ(distance(g, 0, {4, 2}), 0);
    EXPECT_EQ(distance(g, 1, {0, 0}), std::numeric_limits<double>::infinity());
    EXPECT_DOUBLE_EQ(distance(wkt({"MULTIPOINT (0 0, 3 4)"}), 0, {3, 6}), 2);
    EXPECT_DOUBLE_EQ(distance(wkt({"LINESTRING (0 0, 10 0)"}), 0, {5, -2}), 2);
}

TEST(Intersects, takes_what_a_lasso_holds_cuts_or_lies_within) {
    const Geometry g = wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON ((10 10,11 10,11 11,10 10))", ""});
    EXPECT_TRUE(intersects(g, 0, Ring{{-1, -1}, {5, -1}, {5, 5}, {-1, 5}}));  // holds
    EXPECT_TRUE(intersects(g, 0, Ring{{-1, 1}, {5, 1}, {5, 2}, {-1, 2}}));    // cuts: no corner of either in the other
    EXPECT_TRUE(intersects(g, 0, Ring{{1, 1}, {2, 1}, {2, 2}}));              // lies within
    EXPECT_TRUE(intersects(g, 0, Ring{{4, 4}, {6, 4}, {6, 6}}));              // touches
    EXPECT_FALSE(intersects(g, 1, Ring{{-1, -1}, {5, -1}, {5, 5}, {-1, 5}}));
    EXPECT_FALSE(intersects(g, 2, Ring{{-1, -1}, {5, -1}, {5, 5}, {-1, 5}}));
    EXPECT_FALSE(intersects(g, 0, Ring{}));
    EXPECT_FALSE(intersects(g, 1, Ring{{10.1, 10.9}, {10.2, 10.9}, {10.1, 10.8}}));  // in its box only
}

TEST(Intersects, takes_no_lasso_in_a_hole) {
    const Geometry g = wkt({"POLYGON ((0 0,9 0,9 9,0 9,0 0),(2 2,7 2,7 7,2 7,2 2))"});
    EXPECT_FALSE(intersects(g, 0, Ring{{3, 3}, {4, 3}, {4, 4}}));
    EXPECT_FALSE(intersects(g, 0, Box{3, 3, 4, 4}));
    EXPECT_TRUE(intersects(g, 0, Box{3, 3, 7.5, 4}));
}

TEST(Intersects, takes_points_and_lines) {
    const Ring lasso{{0, 0}, {2, 0}, {2, 2}, {0, 2}};
    const Geometry points = wkt({"POINT (1 1)", "POINT (3 3)", "POINT (2 1)"});
    EXPECT_TRUE(intersects(points, 0, lasso));
    EXPECT_FALSE(intersects(points, 1, lasso));
    EXPECT_TRUE(intersects(points, 2, lasso));  // on its edge
    EXPECT_TRUE(intersects(wkt({"LINESTRING (-1 1,3 1)"}), 0, lasso));
    EXPECT_FALSE(intersects(wkt({"LINESTRING (-1 1,1 5)"}), 0, lasso));
}

TEST(Intersects, takes_what_a_box_meets) {
    const Geometry triangle = wkt({"POLYGON ((0 0,4 0,0 4,0 0))"});
    EXPECT_TRUE(intersects(triangle, 0, Box{-1, -1, 9, 9}));
    EXPECT_TRUE(intersects(triangle, 0, Box{1, 1, 1.5, 1.5}));
    EXPECT_TRUE(intersects(triangle, 0, Box{-1, 1, 9, 2}));
    EXPECT_FALSE(intersects(triangle, 0, Box{3, 3, 4, 4}));  // in its box only
    EXPECT_FALSE(intersects(triangle, 0, Box{}));
    EXPECT_TRUE(intersects(wkt({"POINT (5 5)"}), 0, Box{5, 5, 6, 6}));
}

TEST(InnerCircle, finds_the_middle_of_a_square_and_the_roomiest_place_of_an_ell) {
    const InnerCircle square = inner_circle(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))"}), 0, 0.001);
    EXPECT_NEAR(square.centre.x, 2, 0.01);
    EXPECT_NEAR(square.centre.y, 2, 0.01);
    EXPECT_NEAR(square.radius, 2, 0.001);
    // By hand: the circle that touches both outer sides and the inner corner: r = √2·(4 − r).
    const InnerCircle ell = inner_circle(wkt({"POLYGON ((0 0,10 0,10 4,4 4,4 10,0 10,0 0))"}), 0, 0.001);
    EXPECT_NEAR(ell.radius, 4 * std::numbers::sqrt2 / (1 + std::numbers::sqrt2), 0.002);
    EXPECT_NEAR(ell.centre.x, ell.radius, 0.01);
}

TEST(InnerCircle, keeps_out_of_holes) {
    // By hand: between the hole's east side at 6 and the outline's at 10.
    const InnerCircle c = inner_circle(wkt({"POLYGON ((0 0,10 0,10 8,0 8,0 0),(1 1,6 1,6 7,1 7,1 1))"}), 0, 0.001);
    EXPECT_NEAR(c.radius, 2, 0.002);
    EXPECT_NEAR(c.centre.x, 8, 0.01);
}

TEST(InnerCircle, agrees_with_a_fine_grid_on_random_polygons) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const Geometry g = polygon_of({star(random, 60, {0, 0}, 1)});
        const InnerCircle found = inner_circle(g, 0, 0.001);
        const Geometry outline(GeometryKind::line, GeometryArrays{g.points(), g.ring_offsets(), g.part_offsets(),
                                                                  g.feature_offsets(), nullptr});
        double best = 0;
        for (int i = 0; i <= 200; ++i)
            for (int j = 0; j <= 200; ++j) {
                const Point p{-1 + i / 100.0, -1 + j / 100.0};
                if (contains(g, 0, p)) best = std::max(best, distance(outline, 0, p));
            }
        EXPECT_GE(found.radius, best - 0.001);
        EXPECT_NEAR(distance(outline, 0, found.centre), found.radius, 1e-9);
        EXPECT_TRUE(contains(g, 0, found.centre));
    }
}

TEST(InnerCircle, ends_whatever_precision_is_asked_for) {
    const Geometry g = wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON ((0 0,1 1,2 2,0 0))"});
    EXPECT_NEAR(inner_circle(g, 0, 0).radius, 2, 1e-4);
    EXPECT_NEAR(inner_circle(g, 0, NAN).radius, 2, 1e-4);
    EXPECT_NEAR(inner_circle(g, 0, -1).radius, 2, 1e-4);
    EXPECT_EQ(inner_circle(g, 1, 0.1).radius, 0);
}

TEST(LabelCircle, takes_the_roomiest_part) {
    const Geometry g = wkt({"MULTIPOLYGON (((0 0,100 0,100 1,0 1,0 0)),((0 10,8 10,8 18,0 18,0 10)))", ""});
    const InnerCircle c = label_circle(g, 0, 0.01);
    EXPECT_NEAR(c.centre.y, 14, 0.05);
    EXPECT_NEAR(c.radius, 4, 0.01);
    EXPECT_EQ(label_circle(g, 1, 0.01).radius, 0);
}

TEST(LabelCircle, takes_the_middle_of_the_longest_line_and_the_first_point) {
    const InnerCircle line = label_circle(wkt({"MULTILINESTRING ((0 0,1 0),(0 5,4 5,4 11))"}), 0, 0.1);
    EXPECT_EQ(line.centre, (Point{4, 6}));
    EXPECT_EQ(line.radius, 0);
    EXPECT_EQ(label_circle(wkt({"MULTIPOINT (3 4, 5 6)"}), 0, 0.1).centre, (Point{3, 4}));
}

TEST(LabelCircle, has_a_place_in_a_polygon_without_area) {
    EXPECT_EQ(label_circle(wkt({"POLYGON ((1 1,2 2,3 3,1 1))"}), 0, 0.1).radius, 0);
}

}  // namespace
}  // namespace diaban
