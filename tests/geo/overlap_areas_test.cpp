#include "geo/coverage/overlap_areas.h"

#include <gtest/gtest.h>

#include "geo/coverage/uncrossed_overlap.h"

namespace diaban {
namespace {

Geometry shapes(std::vector<std::string_view> wkt) {
    return geometry_from_wkt(wkt);
}

std::optional<double> uncrossed(std::string_view a, std::string_view b) {
    return uncrossed_overlap(shapes({a}), 0, shapes({b}), 0);
}

constexpr std::string_view square = "POLYGON((0 0,4 0,4 4,0 4,0 0))";

TEST(UncrossedOverlap, is_the_whole_of_equal_polygons_whatever_their_direction_and_start) {
    EXPECT_EQ(uncrossed(square, square), 16.0);
    EXPECT_EQ(uncrossed(square, "POLYGON((4 4,4 0,0 0,0 4,4 4))"), 16.0);
    EXPECT_EQ(uncrossed("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))",
                        "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 3,3 3,3 1,1 1))"),
              12.0);
}

TEST(UncrossedOverlap, is_nothing_between_neighbours_and_apart) {
    EXPECT_EQ(uncrossed(square, "POLYGON((4 0,8 0,8 4,4 4,4 0))"), 0.0);
    EXPECT_EQ(uncrossed(square, "POLYGON((4 4,8 4,8 8,4 8,4 4))"), 0.0);
    EXPECT_EQ(uncrossed(square, "POLYGON((5 5,6 5,6 6,5 6,5 5))"), 0.0);
    // A lake and its shore share a ring.
    EXPECT_EQ(uncrossed("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))", "POLYGON((1 1,3 1,3 3,1 3,1 1))"), 0.0);
}

TEST(UncrossedOverlap, is_the_inner_one_inside_and_knows_holes_and_islands) {
    EXPECT_EQ(uncrossed(square, "POLYGON((1 1,2 1,2 3,1 3,1 1))"), 2.0);
    EXPECT_EQ(uncrossed("POLYGON((1 1,2 1,2 3,1 3,1 1))", square), 2.0);
    // Half of the square, with which it shares three sides.
    EXPECT_EQ(uncrossed("POLYGON((0 0,4 0,4 4,0 0))", square), 8.0);
    EXPECT_EQ(uncrossed(square, "MULTIPOLYGON(((1 1,2 1,2 2,1 2,1 1)),((3 3,4 3.5,3 3.5,3 3)),((9 9,10 9,10 10,9 9)))"),
              std::nullopt);
    EXPECT_EQ(
        uncrossed(square, "MULTIPOLYGON(((1 1,2 1,2 2,1 2,1 1)),((3 1,3.5 1,3.5 2,3 2,3 1)),((9 9,10 9,10 10,9 9)))"),
        1.5);
    EXPECT_EQ(uncrossed("POLYGON((-1 -1,5 -1,5 5,-1 5,-1 -1),(1 1,3 1,3 3,1 3,1 1))", square), 12.0);
}

TEST(UncrossedOverlap, leaves_crossing_and_touching_outlines_to_a_full_overlay) {
    EXPECT_EQ(uncrossed(square, "POLYGON((2 2,6 2,6 6,2 6,2 2))"), std::nullopt);
    EXPECT_EQ(uncrossed(square, "POLYGON((4 1,8 1,8 3,4 3,4 1))"), std::nullopt);
    EXPECT_EQ(uncrossed(square, "POLYGON((1 0,2 0,2 1,1 1,1 0))"), std::nullopt);
}

TEST(OverlapAreas, are_found_for_all_pairs_in_order) {
    const auto a = shapes({"POLYGON((0 0,4 0,4 4,0 4,0 0))", "", "POLYGON((4 0,8 0,8 4,4 4,4 0))"});
    const auto b = shapes(
        {"POLYGON((2 0,6 0,6 4,2 4,2 0))", "POLYGON((0 0,2 0,2 4,0 4,0 0))", "POLYGON((20 20,21 20,21 21,20 20))"});
    Progress progress;
    const auto areas = overlap_areas(a, b, progress);
    ASSERT_TRUE(areas);
    EXPECT_EQ(areas->pairs, (std::vector<OverlapArea>{{0, 0, 8}, {0, 1, 8}, {2, 0, 8}}));
    EXPECT_TRUE(areas->failed.empty());
    EXPECT_TRUE(overlap_areas(a, shapes({"LINESTRING(0 0,4 4)"}), progress)->pairs.empty());
    EXPECT_TRUE(overlap_areas({}, b, progress)->pairs.empty());
}

// A bow tie of two triangles of area 1; the square covers the left one.
TEST(OverlapAreas, repair_polygons_that_cross_themselves) {
    const auto tie = shapes({"POLYGON((0 0,2 2,2 0,0 2,0 0))"});
    const auto left = shapes({"POLYGON((-1 -1,1 -1,1 3,-1 3,-1 -1))"});
    Progress progress;
    const auto areas = overlap_areas(tie, left, progress);
    ASSERT_EQ(areas->pairs.size(), 1U);
    EXPECT_DOUBLE_EQ(areas->pairs[0].area, 1);
    progress.cancel();
    EXPECT_EQ(overlap_areas(tie, left, progress).error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace diaban
