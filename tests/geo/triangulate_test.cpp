#include "geo/triangulate.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "geo/planar.h"
#include "geo/shapes.h"

namespace diaban {
namespace {

double cross(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

double triangle_area(const Geometry& g, std::span<const uint32_t> triangle) {
    const auto& p = g.points();
    return cross(p[triangle[0]], p[triangle[1]], p[triangle[2]]) / 2;
}

/// Also checks that no triangle is turned over or flat.
double sum_of_areas(const Geometry& g, std::span<const uint32_t> indices) {
    EXPECT_EQ(indices.size() % 3, 0u);
    double sum = 0;
    for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
        const double area = triangle_area(g, indices.subspan(i, 3));
        EXPECT_GE(area, 0);
        sum += area;
    }
    return sum;
}

int triangles_at(const Geometry& g, std::span<const uint32_t> indices, Point q) {
    int found = 0;
    const auto& p = g.points();
    for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
        const Point a = p[indices[i]], b = p[indices[i + 1]], c = p[indices[i + 2]];
        found += cross(a, b, q) > 0 && cross(b, c, q) > 0 && cross(c, a, q) > 0;
    }
    return found;
}

/// The triangles cover the polygon once and nothing else: by their areas, and at points of a grid that meets no edge.
void expect_cover(const Geometry& g, const char* what) {
    SCOPED_TRACE(what);
    const auto indices = triangulate_part(g, 0);
    const double expected = area(g, 0);
    EXPECT_NEAR(sum_of_areas(g, indices), expected, 1e-9 * expected);
    const Box box = g.box();
    for (int i = 0; i < 23; ++i)
        for (int j = 0; j < 23; ++j) {
            const Point q{box.min_x + box.width() * (i + 0.4142135) / 23,
                          box.min_y + box.height() * (j + 0.7320508) / 23};
            ASSERT_EQ(triangles_at(g, indices, q), contains(g, 0, q) ? 1 : 0) << q.x << " " << q.y;
        }
}

TEST(Triangulate, covers_a_triangle_a_square_and_an_arrow_whatever_their_direction) {
    EXPECT_EQ(triangulate_part(wkt({"POLYGON ((0 0,1 0,0 1,0 0))"}), 0).size(), 3u);
    EXPECT_EQ(triangulate_part(wkt({"POLYGON ((0 0,0 1,1 1,1 0,0 0))"}), 0).size(), 6u);
    expect_cover(wkt({"POLYGON ((0 0,4 2,0 4,1 2,0 0))"}), "arrow");
    expect_cover(wkt({"POLYGON ((0 0,1 2,0 4,4 2,0 0))"}), "arrow, clockwise");
}

TEST(Triangulate, leaves_holes_open) {
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(4 4,6 4,6 6,4 6,4 4))"}), "one");
    expect_cover(
        wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(1 1,1 2,2 2,2 1,1 1),(3 1,3 2,4 2,4 1,3 1),(1 4,1 9,9 9,9 4,1 4))"}),
        "three, in rows");
    expect_cover(
        wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(2 2,8 2,8 8,6 8,6 4,4 4,4 8,2 8,2 2),(4.5 5,5.5 5,5 7,4.5 5))"}),
        "one in the bay of another");
}

TEST(Triangulate, takes_holes_that_touch_the_outline_or_each_other) {
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(0 0,5 2,2 5,0 0))"}), "at a corner");
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(10 10,8 5,5 8,10 10))"}), "at the far corner");
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(0 5,5 2,5 8,0 5))"}), "in the middle of the west side");
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(10 5,5 8,5 2,10 5))"}), "in the middle of the east side");
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(5 0,8 5,2 5,5 0))"}), "in the middle of the south side");
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(2 2,5 5,2 8,2 2),(5 5,8 2,8 8,5 5))"}), "one another");
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(2 2,5 2,5 8,2 8,2 2),(5 5,8 2,8 8,5 5))"}),
                 "another's side");
}

TEST(Triangulate, passes_over_repeated_and_straight_points) {
    expect_cover(wkt({"POLYGON ((0 0,0 0,2 0,4 0,4 0,4 0,4 4,2 4,0 4,0 2,0 0))"}), "repeated and straight");
    expect_cover(wkt({"POLYGON ((0 0,4 0,4 4,6 6,4 4,0 4,0 0))"}), "a spike");
}

TEST(Triangulate, takes_a_ring_that_pinches_itself) {
    expect_cover(wkt({"POLYGON ((0 0,4 0,2 2,4 4,0 4,2 2,0 0))"}), "an hourglass");
    expect_cover(wkt({"POLYGON ((0 0,10 0,10 10,5 10,7 7,3 7,5 10,0 10,0 0))"}), "a hole hung from the outline");
}

TEST(Triangulate, gives_nothing_for_what_bounds_no_area) {
    EXPECT_TRUE(triangulate_part(wkt({"POLYGON ((0 0,1 1,2 2,0 0))"}), 0).empty());
    EXPECT_TRUE(triangulate_part(wkt({"POLYGON ((0 0,1 0,0 0,1 0,0 0))", "POLYGON ((5 5,6 6,7 7,5 5))"}), 0).empty());
    const Geometry nowhere(GeometryKind::polygon, {{NAN, NAN}, {NAN, 1}, {1, INFINITY}, {NAN, NAN}}, {0, 4}, {0, 1},
                           {0, 1});
    EXPECT_TRUE(triangulate_part(nowhere, 0).empty());
    const Geometry bare(GeometryKind::polygon, {}, {0}, {0, 0}, {0, 1});
    EXPECT_TRUE(triangulate_part(bare, 0).empty());
}

TEST(Triangulate, passes_over_points_that_are_not_finite) {
    const Geometry g(GeometryKind::polygon, {{0, 0}, {2, 0}, {NAN, 1}, {2, 2}, {0, INFINITY}, {0, 2}, {0, 0}}, {0, 7},
                     {0, 1}, {0, 1});
    EXPECT_DOUBLE_EQ(sum_of_areas(g, triangulate_part(g, 0)), 4);
}

TEST(Triangulate, takes_a_hole_outside_its_outline_for_nothing) {
    const Geometry g = wkt({"POLYGON ((0 0,2 0,2 2,0 2,0 0),(5 1,6 1,6 2,5 1),(-5 1,-4 1,-4 2,-5 1))"});
    EXPECT_DOUBLE_EQ(sum_of_areas(g, triangulate_part(g, 0)), 4);
}

TEST(Triangulate, makes_something_of_rings_that_cross_themselves) {
    // By hand: the loop's far lobe runs the other way round, so that what is left is the larger lobe.
    const Geometry loop = wkt({"POLYGON ((0 0,10 0,10 10,11 11,11 10,10 11,0 10,0 0))"});
    EXPECT_GT(sum_of_areas(loop, triangulate_part(loop, 0)), 95);
    const Geometry bow_tie = wkt({"POLYGON ((0 0,2 2,2 0,0 2,0 0))"});
    EXPECT_LE(triangulate_part(bow_tie, 0).size(), 6u);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> anywhere(0, 1);
    for (int round = 0; round < 50; ++round) {
        std::vector<Point> scribble;
        for (int i = 0; i < 100; ++i)
            scribble.push_back({anywhere(random), anywhere(random)});
        const Geometry g = polygon_of({scribble});
        EXPECT_LE(triangulate_part(g, 0).size(), 3u * 98);
    }
}

TEST(Triangulate, ends_on_scribbles_on_a_coarse_grid) {
    // Every degeneracy at once: coincident points, overlapping edges, holes anywhere.
    for (unsigned seed = 1; seed <= 400; ++seed) {
        std::mt19937 random(seed);
        std::uniform_int_distribution<int> anywhere(0, 5);
        std::vector<std::vector<Point>> rings(3);
        for (auto& ring : rings)
            for (int i = 0; i < 12; ++i)
                ring.push_back({static_cast<double>(anywhere(random)), static_cast<double>(anywhere(random))});
        const Geometry g = polygon_of(rings);
        SCOPED_TRACE(seed);
        for (const uint32_t index : triangulate_part(g, 0))
            ASSERT_LT(index, g.points().size());
    }
}

TEST(Triangulate, covers_random_stars_with_holes) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::vector<std::vector<Point>> rings{star(random, 5 + seed * 7, {500'000, 2'300'000}, 10'000)};
        // Within the inner tenth of the star's least reach, side by side.
        for (int i = -1; i <= 1; ++i)
            rings.push_back(star(random, 3 + seed, {500'000 + 1'500.0 * i, 2'300'000 + 300.0 * i}, 700));
        expect_cover(polygon_of(rings), "star");
    }
}

TEST(Triangulate, covers_spirals_and_combs) {
    expect_cover(polygon_of({spiral(2'000, 6)}), "spiral");
    expect_cover(polygon_of({comb(300)}), "comb");
}

TEST(Triangulate, covers_a_sieve) {
    std::mt19937 random(3);
    std::vector<std::vector<Point>> rings{{{0, 0}, {41, 0}, {41, 41}, {0, 41}}};
    for (int i = 0; i < 40; ++i)
        for (int j = 0; j < 40; ++j)
            rings.push_back(star(random, 20, {i + 1.0, j + 1.0}, 0.49));
    expect_cover(polygon_of(rings), "1,600 holes in rows");
}

TEST(Triangulate, keeps_features_apart_and_in_order) {
    const Geometry g =
        wkt({"POLYGON ((0 0,1 0,0 1,0 0))", "", "MULTIPOLYGON (((0 0,1 0,1 1,0 1,0 0)),((5 5,6 5,5 6,5 5)))",
             "POLYGON ((0 0,1 1,2 2,0 0))"});
    const Triangles t = triangulate(g);
    EXPECT_EQ(t.feature_offsets, (std::vector<uint32_t>{0, 3, 3, 12, 12}));
    EXPECT_EQ(t.indices.size(), 12u);
    const auto second = std::span(t.indices).subspan(3, 9);
    EXPECT_DOUBLE_EQ(sum_of_areas(g, second), 1.5);
}

TEST(Triangulate, gives_nothing_for_points_lines_and_no_features) {
    EXPECT_EQ(triangulate(wkt({"POINT (0 0)"})).feature_offsets, (std::vector<uint32_t>{0, 0}));
    EXPECT_TRUE(triangulate(wkt({"LINESTRING (0 0,1 0,1 1,0 0)"})).indices.empty());
    EXPECT_EQ(triangulate(Geometry{}).feature_offsets, (std::vector<uint32_t>{0}));
}

TEST(Triangulate, gives_the_same_triangles_every_time) {
    std::mt19937 random(11);
    GeometryBuilder b(GeometryKind::polygon);
    for (int i = 0; i < 200; ++i) {
        b.begin_feature();
        b.begin_part();
        b.add_ring(star(random, 500, {i * 10.0, 0}, 4));
    }
    const Geometry g = std::move(b).finish();
    EXPECT_EQ(triangulate(g).indices, triangulate(g).indices);
}

TEST(Triangulate, stays_fast_on_rings_of_200000_points) {
    // Seconds even in a debug build; quadratic time would take minutes.
    std::mt19937 random(5);
    const auto started = std::chrono::steady_clock::now();
    for (const auto& ring : {star(random, 200'000, {0, 0}, 1), spiral(200'000, 30), comb(100'000)}) {
        const Geometry g = polygon_of({ring});
        EXPECT_NEAR(sum_of_areas(g, triangulate_part(g, 0)), area(g, 0), 1e-9 * area(g, 0));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(60));
}

}  // namespace
}  // namespace diaban
