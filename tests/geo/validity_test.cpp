#include "geo/validity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/shapes.h"

namespace diaban {
namespace {

TEST(FindInvalid, tells_which_features_are_not_valid_why_and_where) {
    const Geometry g = wkt({"POLYGON ((0 0,1 0,1 1,0 0))", "POLYGON ((0 0,2 2,2 0,0 2,0 0))", "",
                            "POLYGON ((0 0,4 0,4 4,0 4,0 0),(9 9,9 8,8 8,9 9))"});
    const auto invalid = find_invalid(g);
    ASSERT_EQ(invalid.size(), 2u);
    EXPECT_EQ(invalid[0].feature, 1u);
    EXPECT_EQ(invalid[0].reason, "Self-intersection");
    EXPECT_EQ(invalid[0].at, (Point{1, 1}));
    EXPECT_EQ(invalid[1].feature, 3u);
    EXPECT_EQ(invalid[1].reason, "Hole lies outside shell");
}

TEST(FindInvalid, accepts_holes_that_touch_at_a_point_and_features_of_many_parts) {
    EXPECT_TRUE(find_invalid(wkt({"POLYGON ((0 0,10 0,10 10,0 10,0 0),(0 5,5 2,5 8,0 5))",
                                  "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))"}))
                    .empty());
}

TEST(FindInvalid, finds_parts_that_overlap) {
    const auto invalid = find_invalid(wkt({"MULTIPOLYGON (((0 0,2 0,2 2,0 2,0 0)),((1 1,3 1,3 3,1 3,1 1)))"}));
    ASSERT_EQ(invalid.size(), 1u);
    EXPECT_EQ(invalid[0].reason, "Self-intersection");
}

TEST(FindInvalid, has_nothing_to_say_of_lines_points_and_nothing) {
    EXPECT_TRUE(find_invalid(wkt({"LINESTRING (0 0,2 2,2 0,0 2)"})).empty());
    EXPECT_TRUE(find_invalid(wkt({"POINT (0 0)"})).empty());
    EXPECT_TRUE(find_invalid(Geometry{}).empty());
}

TEST(FindInvalid, names_coordinates_that_are_not_finite_and_rings_that_are_too_short) {
    const Geometry g(GeometryKind::polygon, {{0, 0}, {1, 0}, {NAN, 1}, {0, 0}, {5, 5}, {6, 6}, {5, 5}}, {0, 4, 7},
                     {0, 1, 2}, {0, 1, 2});
    const auto invalid = find_invalid(g);
    ASSERT_EQ(invalid.size(), 2u);
    EXPECT_EQ(invalid[0].reason, "Invalid Coordinate");
    EXPECT_EQ(invalid[1].feature, 1u);
    EXPECT_EQ(invalid[1].at, (Point{5, 5}));
    EXPECT_FALSE(invalid[1].reason.empty());
}

}  // namespace
}  // namespace diaban
