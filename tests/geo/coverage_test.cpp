#include "geo/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "geo/planar.h"
#include "geo/shapes.h"
#include "geo/validity.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Coverage check(const Geometry& polygons, const CoverageOptions& options = {}) {
    Progress progress;
    auto coverage = check_coverage(polygons, options, progress);
    if (!coverage) throw std::runtime_error(to_text(coverage.error()));
    EXPECT_EQ(coverage->problems.size(), coverage->shapes.feature_count());
    for (uint32_t i = 0; i < coverage->problems.size(); ++i) {
        EXPECT_NEAR(area(coverage->shapes, i), coverage->problems[i].area, 1e-9) << to_wkt(coverage->shapes, i);
        EXPECT_TRUE(contains(coverage->shapes, i, coverage->problems[i].at)) << to_wkt(coverage->shapes, i);
    }
    EXPECT_THAT(find_invalid(coverage->shapes), IsEmpty());
    return std::move(*coverage);
}

/// "overlap 0 1: 0.25", in the order they are listed.
std::vector<std::string> in_words(const Coverage& coverage) {
    std::vector<std::string> words;
    for (const CoverageProblem& problem : coverage.problems) {
        std::string text = problem.fault == CoverageFault::overlap ? "overlap" : "gap";
        for (const uint32_t feature : problem.features)
            text += " " + std::to_string(feature);
        std::string area = std::to_string(problem.area);
        area.erase(area.find_last_not_of('0') + 1);
        if (area.back() == '.') area.pop_back();
        words.push_back(text + ": " + area);
    }
    return words;
}

/// n × n quadrangles over shared corners that are pushed about; borders have corners of their own. Every second ring
/// runs the other way.
Geometry random_partition(std::mt19937& random, int n, Point origin, double size) {
    std::uniform_real_distribution<double> push(-0.3, 0.3);
    std::vector<Point> corners;
    for (int i = 0; i < (2 * n + 1) * (2 * n + 1); ++i)
        corners.push_back(
            {origin.x + size * (i % (2 * n + 1) + push(random)), origin.y + size * (i / (2 * n + 1) + push(random))});
    GeometryBuilder builder(GeometryKind::polygon);
    for (int y = 0; y < n; ++y)
        for (int x = 0; x < n; ++x) {
            const auto corner = [&](int dx, int dy) {
                return corners[static_cast<std::size_t>((2 * y + dy) * (2 * n + 1) + 2 * x + dx)];
            };
            std::vector<Point> ring{corner(0, 0), corner(1, 0), corner(2, 0), corner(2, 1),
                                    corner(2, 2), corner(1, 2), corner(0, 2), corner(0, 1)};
            if ((x + y) % 2 == 1) std::ranges::reverse(ring);
            builder.begin_feature();
            builder.begin_part();
            builder.add_ring(ring);
        }
    return std::move(builder).finish();
}

TEST(CheckCoverage, finds_nothing_where_neighbours_agree) {
    const auto coverage = check(wkt({"POLYGON ((0 0,1 0,1 1,0 1,0 0))", "POLYGON ((1 0,1 1,2 1,2 0,1 0))",
                                     "MULTIPOLYGON (((0 1,1 1,2 1,2 2,0 2,0 1)),((9 9,10 9,9 10,9 9)))"}));
    EXPECT_THAT(coverage.problems, IsEmpty());
    EXPECT_FALSE(coverage.given_up);
}

TEST(CheckCoverage, finds_nothing_in_random_partitions) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        EXPECT_THAT(in_words(check(random_partition(random, 12, {0, 0}, 1))), IsEmpty());
        EXPECT_THAT(in_words(check(random_partition(random, 12, {106.4, 20.7}, 0.001))), IsEmpty());
        EXPECT_THAT(in_words(check(random_partition(random, 5, {385000.25, 2380000.5}, 250))), IsEmpty());
    }
}

TEST(CheckCoverage, finds_nothing_where_one_neighbour_has_more_corners) {
    // Exactly on the border, and as near to it as doubles allow: 1/3 and 0.1 are no binary fractions.
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON ((4 0,8 0,8 4,4 4,4 3,4 1,4 0))"}))),
                IsEmpty());
    EXPECT_THAT(in_words(check(polygon_of({{{0, 0}, {1, 0.1}, {0, 1}}}))), IsEmpty());
    GeometryBuilder builder(GeometryKind::polygon);
    const Point a{106.1, 20.3}, b{107.4, 21.9}, on{106.1 + 1.3 / 3, 20.3 + 1.6 / 3};
    for (const auto& ring : {std::vector<Point>{a, b, {106, 22}}, std::vector<Point>{b, on, a, {107.3, 20}}}) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(ring);
    }
    EXPECT_THAT(in_words(check(std::move(builder).finish())), IsEmpty());
}

TEST(CheckCoverage, measures_what_a_shifted_unit_covers_twice_and_leaves_open) {
    // The middle of nine unit squares, shifted east by a quarter.
    std::vector<std::string> texts;
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 3; ++x) {
            const double d = x == 1 && y == 1 ? 0.25 : 0;
            const auto at = [&](int dx, int dy) {
                return std::to_string(x + dx + d) + " " + std::to_string(y + dy) + (dx + dy == 0 ? "" : ",");
            };
            texts.push_back("POLYGON ((" + at(0, 0) + "," + at(1, 0) + at(1, 1) + at(0, 1) + at(0, 0) + "))");
        }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const auto coverage = check(geometry_from_wkt(views));
    EXPECT_THAT(in_words(coverage), ElementsAre("overlap 4 5: 0.25", "gap 1 3 4 7: 0.25"));
    EXPECT_EQ(coverage.shapes.box_of(0), (Box{2, 1, 2.25, 2}));
    EXPECT_EQ(coverage.shapes.box_of(1), (Box{1, 1, 1.25, 2}));
}

TEST(CheckCoverage, finds_overlaps_that_cross_without_common_corners) {
    const auto cross = check(wkt({"POLYGON ((0 1,3 1,3 2,0 2,0 1))", "POLYGON ((1 0,2 0,2 3,1 3,1 0))"}));
    EXPECT_THAT(in_words(cross), ElementsAre("overlap 0 1: 1"));
    EXPECT_EQ(cross.shapes.box_of(0), (Box{1, 1, 2, 2}));
    // By hand: the lines y = x/2 and y = 2 - x meet in x = 4/3; a triangle of base 2 and height 2/3.
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,4 0,4 2,0 0))", "POLYGON ((0 0,2 0,0 2,0 0))"}))),
                ElementsAre("overlap 0 1: 0.666667"));
}

TEST(CheckCoverage, finds_a_polygon_inside_another_that_it_does_not_touch) {
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,9 0,9 9,0 9,0 0))", "POLYGON ((3 3,5 3,5 5,3 5,3 3))",
                                    "POLYGON ((20 3,21 3,21 5,20 3))"}))),
                ElementsAre("overlap 0 1: 4"));
    // An island in the hole of an island in the hole: each in its place.
    EXPECT_THAT(in_words(check(
                    wkt({"POLYGON ((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1))",
                         "POLYGON ((2 2,7 2,7 7,2 7,2 2),(3 3,6 3,6 6,3 6,3 3))", "POLYGON ((4 4,5 4,5 5,4 5,4 4))"}))),
                ElementsAre("gap 0 1: 24", "gap 1 2: 8"));
}

TEST(CheckCoverage, tells_a_hole_from_a_gap_between_neighbours_and_fills_it) {
    const std::string_view ring = "POLYGON ((0 0,9 0,9 9,0 9,0 0),(3 3,6 3,6 6,3 6,3 3))";
    EXPECT_THAT(in_words(check(wkt({ring}))), ElementsAre("gap 0: 9"));
    EXPECT_THAT(in_words(check(wkt({ring, "POLYGON ((3 3,6 3,6 6,3 6,3 3))"}))), IsEmpty());
    EXPECT_THAT(in_words(check(wkt({ring, "POLYGON ((3 3,6 3,6 5,3 5,3 3))"}))), ElementsAre("gap 0 1: 3"));
    EXPECT_THAT(in_words(check(wkt({ring, "POLYGON ((2 3,6 3,6 6,2 6,2 3))"}))), ElementsAre("overlap 0 1: 3"));
}

TEST(CheckCoverage, calls_nothing_a_gap_that_is_open_to_the_outside) {
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,1 0,1 5,0 5,0 0))", "POLYGON ((1.5 0,2 0,2 5,1.5 5,1.5 0))"}))),
                IsEmpty());
    // Closed at a corner only: enclosed all the same.
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,3 0,3 1,0 1,0 0))", "POLYGON ((0 1,1 1,1 2,0 2,0 1))",
                                    "POLYGON ((1 2,3 2,3 3,1 3,1 2))", "POLYGON ((2 1,3 1,3 2,2 2,2 1))"}))),
                ElementsAre("gap 0 1 2 3: 1"));
}

TEST(CheckCoverage, names_all_that_cover_a_face_and_divides_an_overlap_where_its_units_change) {
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0))", "POLYGON ((1 1,5 1,5 5,1 5,1 1))",
                                    "POLYGON ((2 2,6 2,6 6,2 6,2 2))"}))),
                ElementsAre("overlap 0 1: 5", "overlap 1 2: 5", "overlap 0 1 2: 4"));
    // 1 and 2 agree on their border, which runs through what 0 covers as well; 3 is an enclave that 2 agrees with.
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,10 0,10 3,0 3,0 0))", "POLYGON ((0 1,5 1,5 9,0 9,0 1))",
                                    "POLYGON ((5 1,10 1,10 9,5 9,5 1),(7 1.5,8 1.5,8 2.5,7 2.5,7 1.5))",
                                    "POLYGON ((7 1.5,8 1.5,8 2.5,7 2.5,7 1.5))"}))),
                ElementsAre("overlap 0 1: 10", "overlap 0 2: 9", "overlap 0 3: 1"));
}

TEST(CheckCoverage, checks_a_unit_drawn_over_all_of_its_parts) {
    std::mt19937 random(5);
    const Geometry parts = random_partition(random, 4, {0, 0}, 1);
    GeometryBuilder builder(GeometryKind::polygon);
    for (uint32_t f = 0; f < parts.feature_count(); ++f) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(parts.ring(f));
    }
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(std::vector<Point>{{-1, -1}, {9, -1}, {9, 9}, {-1, 9}});
    const auto coverage = check(std::move(builder).finish());
    ASSERT_EQ(coverage.problems.size(), 16u);
    for (const CoverageProblem& problem : coverage.problems) {
        ASSERT_THAT(problem.features, ElementsAre(testing::Lt(16u), 16u));
        EXPECT_NEAR(problem.area, area(parts, problem.features[0]), 1e-8);
    }
}

TEST(CheckCoverage, passes_over_shapes_that_repeat_an_earlier_one) {
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,2 0,2 2,0 2,0 0))", "POLYGON ((2 2,2 0,0 0,0 2,2 2))",
                                    "POLYGON ((1 0,3 0,3 2,1 2,1 0))"}))),
                ElementsAre("overlap 0 2: 2"));
}

TEST(CheckCoverage, leaves_out_what_the_options_say) {
    const Geometry g =
        wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,2 1,1 1))", "POLYGON ((3.75 0,8 0,8 4,3.75 4,3.75 0))"});
    EXPECT_THAT(in_words(check(g)), ElementsAre("overlap 0 1: 1", "gap 0: 1"));
    EXPECT_THAT(in_words(check(g, {.largest_gap = 0.5})), ElementsAre("overlap 0 1: 1"));
    EXPECT_THAT(in_words(check(g, {.tolerance = 0.26})), ElementsAre("gap 0: 1"));
    EXPECT_EQ(check(g, {.tolerance = 0.26}).tolerance, 0.26);
    EXPECT_EQ(check(g).tolerance, std::ldexp(8.0, -34));
}

TEST(CheckCoverage, gives_up_on_what_is_no_coverage_and_stops_when_asked) {
    std::mt19937 random(7);
    GeometryBuilder builder(GeometryKind::polygon);
    for (int i = 0; i < 20; ++i) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(star(random, 40, {0, 0}, 10));
    }
    const Geometry stars = std::move(builder).finish();
    const auto coverage = check(stars, {.most_crossings = 1000});
    EXPECT_TRUE(coverage.given_up);
    EXPECT_THAT(coverage.problems, IsEmpty());
    EXPECT_FALSE(check(stars).given_up);

    Progress progress;
    progress.cancel();
    const auto cancelled = check_coverage(stars, {}, progress);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
}

TEST(CheckCoverage, survives_what_is_no_polygon_and_has_nothing_to_say_of_it) {
    EXPECT_THAT(in_words(check(Geometry{})), IsEmpty());
    EXPECT_THAT(in_words(check(wkt({"", ""}))), IsEmpty());
    EXPECT_THAT(in_words(check(wkt({"LINESTRING (0 0,2 2,2 0,0 2)"}))), IsEmpty());
    // A ring with NaN, one of infinity, one without an area, one that runs to and fro; then two that do overlap.
    const Geometry odd(GeometryKind::polygon, {{0, 0}, {9, 0}, {NAN, 9}, {0, 0}, {0, 0}, {INFINITY, 0}, {1, 9}, {0, 0},
                                               {5, 5}, {6, 6}, {7, 7},   {5, 5}, {0, 0}, {9, 9},        {9, 9}, {0, 0},
                                               {0, 0}, {2, 0}, {2, 2},   {0, 0}, {1, 0}, {3, 0},        {3, 1}, {1, 0}},
                       {0, 4, 8, 12, 16, 20, 24}, {0, 1, 2, 3, 4, 5, 6}, {0, 1, 2, 3, 4, 5, 6});
    EXPECT_THAT(in_words(check(odd)), ElementsAre("overlap 4 5: 0.25"));
    const Geometry nowhere(GeometryKind::polygon, {{5, 5}, {5, 5}, {5, 5}, {5, 5}}, {0, 4}, {0, 1}, {0, 1});
    EXPECT_THAT(in_words(check(nowhere)), IsEmpty());
}

TEST(CheckCoverage, takes_a_ring_across_the_antimeridian_as_it_is_drawn) {
    // In the plane it spans the whole world, and covers the two that lie in between; no crash, no endless loop.
    const auto coverage =
        check(wkt({"POLYGON ((179 0,-179 0,-179 1,179 1,179 0))", "POLYGON ((10 0.25,11 0.25,11 0.75,10 0.25))",
                   "POLYGON ((-180 0,-179 0,-179 1,-180 1,-180 0))"}));
    EXPECT_THAT(in_words(coverage), ElementsAre("overlap 0 1: 0.25"));
}

TEST(CheckCoverage, takes_an_invalid_polygon_by_its_winding) {
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,2 2,2 0,0 2,0 0))"}))), IsEmpty());
    // Winds twice around its middle: no matter between neighbours.
    EXPECT_THAT(in_words(check(wkt({"POLYGON ((0 0,4 0,4 4,0 4,0 0,3 1,3 3,1 3,0 0))"}))), IsEmpty());
}

TEST(CheckCoverage, gives_the_same_answer_every_time) {
    std::mt19937 random(11);
    GeometryBuilder builder(GeometryKind::polygon);
    std::uniform_real_distribution<double> place(0, 100);
    for (int i = 0; i < 200; ++i) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(star(random, 30, {place(random), place(random)}, 12));
    }
    const Geometry g = std::move(builder).finish();
    const auto first = check(g);
    EXPECT_GT(first.problems.size(), 1000u);
    for (int i = 0; i < 5; ++i) {
        const auto again = check(g);
        EXPECT_EQ(in_words(again), in_words(first));
        EXPECT_EQ(again.shapes, first.shapes);
    }
}

}  // namespace
}  // namespace diaban
