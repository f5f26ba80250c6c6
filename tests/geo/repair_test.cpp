#include "geo/repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/planar.h"
#include "geo/shapes.h"
#include "geo/validity.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

bool same_bytes(const Geometry& a, uint32_t fa, const Geometry& b, uint32_t fb) {
    return std::ranges::equal(a.points_of(fa), b.points_of(fb)) && a.parts_of(fa).size() == b.parts_of(fb).size();
}

TEST(RepairInvalid, leaves_valid_features_lines_and_points_as_they_are) {
    for (const Geometry& g :
         {wkt({"POLYGON ((0 0,1 0,1 1,0 0))", "", "MULTIPOLYGON (((0 0,0 1,1 1,0 0)),((5 5,6 5,6 6,5 5)))"}),
          wkt({"LINESTRING (0 0,2 2,2 0,0 2)"}), wkt({"POINT (1 2)"}), Geometry{}}) {
        const Repaired repaired = repair_invalid(g);
        EXPECT_EQ(repaired.geometry, g);
        EXPECT_THAT(repaired.list, IsEmpty());
    }
}

TEST(RepairInvalid, mends_what_crosses_itself_and_touches_nothing_else) {
    const Geometry g = wkt({"POLYGON ((0 0,1 0,1 1,0 0))", "POLYGON ((0 0,2 2,2 0,0 2,0 0))", "",
                            "MULTIPOLYGON (((9 9,10 9,10 10,9 9)),((19 9,20 9,20 10,19 9)))"});
    const Repaired repaired = repair_invalid(g);
    ASSERT_EQ(repaired.list.size(), 1u);
    EXPECT_EQ(repaired.list[0].feature, 1u);
    EXPECT_EQ(repaired.list[0].reason, "Self-intersection");
    EXPECT_EQ(repaired.list[0].at, (Point{1, 1}));
    EXPECT_TRUE(repaired.list[0].mended);
    ASSERT_EQ(repaired.geometry.feature_count(), 4u);
    for (const uint32_t f : {0u, 2u, 3u})
        EXPECT_TRUE(same_bytes(repaired.geometry, f, g, f)) << f;
    EXPECT_THAT(find_invalid(repaired.geometry), IsEmpty());
    // Two triangles of area 1, where the bow's signed area is 0.
    EXPECT_EQ(repaired.geometry.parts_of(1).size(), 2u);
    EXPECT_DOUBLE_EQ(area(repaired.geometry, 1), 2);
}

TEST(RepairInvalid, joins_parts_that_overlap_and_cuts_holes_where_they_lie) {
    const Repaired repaired = repair_invalid(wkt({"MULTIPOLYGON (((0 0,2 0,2 2,0 2,0 0)),((1 1,3 1,3 3,1 3,1 1)))",
                                                  "POLYGON ((0 0,4 0,4 4,0 4,0 0),(3 1,5 1,5 2,3 2,3 1))",
                                                  "POLYGON ((0 0,4 0,4 4,0 4,0 0),(9 9,9 8,8 8,9 9))",
                                                  // A spike out and back.
                                                  "POLYGON ((0 0,4 0,4 4,4 9,4 4,0 4,0 0))"}));
    ASSERT_EQ(repaired.list.size(), 4u);
    EXPECT_THAT(find_invalid(repaired.geometry), IsEmpty());
    EXPECT_DOUBLE_EQ(area(repaired.geometry, 0), 7);
    EXPECT_DOUBLE_EQ(area(repaired.geometry, 1), 15);
    EXPECT_DOUBLE_EQ(area(repaired.geometry, 2), 16.5);  // a hole outside becomes a part
    EXPECT_DOUBLE_EQ(area(repaired.geometry, 3), 16);
}

TEST(RepairInvalid, keeps_what_would_vanish_and_says_so) {
    const Geometry g(GeometryKind::polygon,
                     {{0, 0}, {1, 1}, {2, 2}, {0, 0}, {0, 0}, {3, 0}, {3, 3}, {0, 0}, {7, NAN}, {8, 8}, {7, NAN}},
                     {0, 4, 8, 11}, {0, 1, 2, 3}, {0, 1, 2, 3});
    const Repaired repaired = repair_invalid(g);
    ASSERT_EQ(repaired.list.size(), 2u);
    EXPECT_EQ(repaired.list[0].feature, 0u);
    EXPECT_FALSE(repaired.list[0].mended);
    EXPECT_FALSE(repaired.list[0].reason.empty());
    EXPECT_EQ(repaired.list[1].feature, 2u);
    EXPECT_FALSE(repaired.list[1].mended);
    EXPECT_EQ(repaired.list[1].reason, "Invalid Coordinate");
    for (const uint32_t f : {0u, 1u})
        EXPECT_TRUE(same_bytes(repaired.geometry, f, g, f));
    EXPECT_EQ(repaired.geometry.points_of(2).size(), 3u);
}

TEST(RepairInvalid, leaves_out_coordinates_that_are_not_finite) {
    const Geometry g(GeometryKind::polygon, {{0, 0}, {4, 0}, {NAN, 2}, {4, 4}, {0, 4}, {0, 0}}, {0, 6}, {0, 1}, {0, 1});
    const Repaired repaired = repair_invalid(g);
    ASSERT_EQ(repaired.list.size(), 1u);
    EXPECT_TRUE(repaired.list[0].mended);
    EXPECT_DOUBLE_EQ(area(repaired.geometry, 0), 16);
    EXPECT_THAT(find_invalid(repaired.geometry), IsEmpty());
}

TEST(RepairInvalid, mends_random_tangles) {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> place(0, 10);
        std::vector<Point> ring;
        for (int i = 0; i < 12; ++i)
            ring.push_back({place(random), place(random)});
        const Repaired repaired = repair_invalid(polygon_of({ring}));
        ASSERT_EQ(repaired.list.size(), 1u);
        EXPECT_TRUE(repaired.list[0].mended);
        EXPECT_THAT(find_invalid(repaired.geometry), IsEmpty());
        EXPECT_GT(area(repaired.geometry, 0), 0);
    }
}

}  // namespace
}  // namespace diaban
