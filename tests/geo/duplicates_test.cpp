#include "geo/coverage/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/shapes.h"

namespace diaban {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FindDuplicates, finds_equal_shapes_however_they_are_written_down) {
    const Geometry g =
        wkt({"POLYGON ((0 0,2 0,2 2,0 2,0 0))", "POLYGON ((0 0,3 0,3 3,0 0))", "POLYGON ((0 0,2 0,2 2,0 2,0 0))",
             "POLYGON ((2 2,2 0,0 0,0 2,2 2))", "", "", "MULTIPOLYGON (((5 5,6 5,6 6,5 5)),((0 0,1 0,1 1,0 0)))",
             "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))"});
    EXPECT_THAT(find_duplicates(g), ElementsAre(DuplicateShape{2, 0}, DuplicateShape{3, 0}, DuplicateShape{7, 6}));
}

TEST(FindDuplicates, tells_shapes_apart_that_differ_by_one_bit_or_by_how_corners_are_joined) {
    EXPECT_THAT(
        find_duplicates(wkt({"POLYGON ((0 0,2 0,2 2,0 2,0 0))", "POLYGON ((0 0,2 0,2 2.0000000000000004,0 2,0 0))",
                             "POLYGON ((0 0,2 2,2 0,0 2,0 0))", "POLYGON ((0 0,1 0,2 0,2 2,0 2,0 0))"})),
        IsEmpty());
}

TEST(FindDuplicates, compares_points_and_lines_too) {
    EXPECT_THAT(find_duplicates(wkt({"POINT (1 2)", "POINT (2 1)", "POINT (1 2)", "POINT (1 2)"})),
                ElementsAre(DuplicateShape{2, 0}, DuplicateShape{3, 0}));
    EXPECT_THAT(find_duplicates(wkt({"LINESTRING (0 0,1 1,2 0)", "LINESTRING (2 0,1 1,0 0)", "LINESTRING (0 0,2 0)"})),
                ElementsAre(DuplicateShape{1, 0}));
    EXPECT_THAT(find_duplicates(Geometry{}), IsEmpty());
}

}  // namespace
}  // namespace diaban
