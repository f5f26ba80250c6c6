#include "geo/geometry.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "geo/shapes.h"
#include "geo/validity.h"

namespace diaban {
namespace {

TEST(Geometry, cuts_coordinates_into_rings_parts_and_features) {
    const Geometry g = wkt({"MULTIPOLYGON (((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,1 1)),((9 9,10 9,10 10,9 9)))", "",
                            "POLYGON ((5 0,6 0,6 1,5 0))"});
    EXPECT_EQ(g.kind(), GeometryKind::polygon);
    EXPECT_EQ(g.feature_count(), 3u);
    EXPECT_EQ(g.part_count(), 3u);
    EXPECT_EQ(g.ring_count(), 4u);
    EXPECT_EQ(g.rings_of(0).size(), 3u);
    EXPECT_EQ(g.rings_of_part(0).size(), 2u);
    EXPECT_EQ(g.parts_of(2).front(), 2u);
    EXPECT_EQ(g.ring(1).size(), 4u);
    EXPECT_EQ(g.points_of(0).size(), 13u);
    EXPECT_EQ(g.points_of(2).front(), (Point{5, 0}));
    EXPECT_EQ(g.box_of(2), (Box{5, 0, 6, 1}));
    EXPECT_EQ(g.box(), (Box{0, 0, 10, 10}));
}

TEST(Geometry, a_feature_without_geometry_has_no_parts_and_an_empty_box) {
    const Geometry g = wkt({"", "POINT (1 2)"});
    EXPECT_FALSE(g.has_geometry(0));
    EXPECT_TRUE(g.points_of(0).empty());
    EXPECT_TRUE(g.box_of(0).empty());
    EXPECT_TRUE(g.has_geometry(1));
}

TEST(Geometry, is_empty_by_default) {
    const Geometry g;
    EXPECT_EQ(g.feature_count(), 0u);
    EXPECT_TRUE(g.box().empty());
    EXPECT_EQ(g.kind(), GeometryKind::none);
}

TEST(Geometry, passes_over_coordinates_that_are_not_finite_in_its_box) {
    const Geometry g(GeometryKind::line, {{NAN, 50}, {1, 2}, {3, 4}, {INFINITY, 0}}, {0, 4}, {0, 1}, {0, 1});
    EXPECT_EQ(g.box(), (Box{1, 2, 3, 4}));
    EXPECT_EQ(g.box_of(0), (Box{1, 2, 3, 4}));
}

TEST(Geometry, refuses_offsets_that_do_not_cut_what_is_there) {
    const auto make = [](std::vector<uint32_t> rings, std::vector<uint32_t> parts, std::vector<uint32_t> features) {
        return Geometry(GeometryKind::line, {{0, 0}, {1, 1}}, std::move(rings), std::move(parts), std::move(features));
    };
    EXPECT_NO_THROW((void)make({0, 2}, {0, 1}, {0, 1}));
    EXPECT_THROW((void)make({0, 1}, {0, 1}, {0, 1}), std::logic_error);
    EXPECT_THROW((void)make({1, 2}, {0, 1}, {0, 1}), std::logic_error);
    EXPECT_THROW((void)make({0, 2}, {0, 2, 1}, {0, 2}), std::logic_error);
    EXPECT_THROW((void)make({0, 2}, {0, 1}, {}), std::logic_error);
}

TEST(Geometry, takes_other_coordinates_with_the_same_cuts) {
    const Geometry g = wkt({"LINESTRING (0 0,1 1)"});
    const Geometry moved = g.with_points({{10, 10}, {11, 12}});
    EXPECT_EQ(moved.box(), (Box{10, 10, 11, 12}));
    EXPECT_TRUE(std::ranges::equal(moved.ring_offsets(), g.ring_offsets()));
    EXPECT_THROW((void)g.with_points({{0, 0}}), std::logic_error);
}

TEST(GeometryBuilder, closes_a_ring_that_is_open) {
    const Geometry g = polygon_of({{{0, 0}, {1, 0}, {1, 1}}});
    ASSERT_EQ(g.ring(0).size(), 4u);
    EXPECT_EQ(g.ring(0).front(), g.ring(0).back());
}

TEST(GeometryBuilder, refuses_rings_and_paths_with_too_few_distinct_coordinates) {
    GeometryBuilder b(GeometryKind::polygon);
    b.begin_feature();
    b.begin_part();
    EXPECT_FALSE(b.add_ring(std::vector<Point>{{0, 0}, {1, 0}, {0, 0}, {1, 0}, {0, 0}}));
    EXPECT_FALSE(b.add_ring({}));
    const Geometry g = std::move(b).finish();
    EXPECT_EQ(g.feature_count(), 1u);
    EXPECT_FALSE(g.has_geometry(0));

    GeometryBuilder lines(GeometryKind::line);
    lines.begin_feature();
    lines.begin_part();
    EXPECT_FALSE(lines.add_ring(std::vector<Point>{{3, 3}, {3, 3}}));
}

TEST(GeometryBuilder, never_makes_a_hole_an_outline) {
    GeometryBuilder b(GeometryKind::polygon);
    b.begin_feature();
    b.begin_part();
    EXPECT_FALSE(b.add_ring(std::vector<Point>{{0, 0}, {9, 9}}));
    EXPECT_FALSE(b.add_ring(std::vector<Point>{{1, 1}, {2, 1}, {2, 2}}));
    b.begin_part();
    EXPECT_TRUE(b.add_ring(std::vector<Point>{{5, 5}, {6, 5}, {6, 6}}));
    const Geometry g = std::move(b).finish();
    EXPECT_EQ(g.part_count(), 1u);
    EXPECT_EQ(g.box(), (Box{5, 5, 6, 6}));
}

TEST(GeometryBuilder, keeps_points_and_features_without_any_in_order) {
    GeometryBuilder b(GeometryKind::point);
    b.reserve(3, 3);
    b.begin_feature();
    b.begin_feature();
    b.begin_part();
    EXPECT_TRUE(b.add_ring(std::vector<Point>{{1, 2}}));
    b.begin_part();
    EXPECT_TRUE(b.add_ring(std::vector<Point>{{3, 4}}));
    const Geometry g = std::move(b).finish();
    EXPECT_EQ(g, wkt({"", "MULTIPOINT (1 2, 3 4)"}));
}

TEST(GeometryBuilder, refuses_a_ring_outside_of_a_part) {
    GeometryBuilder b(GeometryKind::polygon);
    EXPECT_THROW(b.begin_part(), std::logic_error);
    b.begin_feature();
    EXPECT_THROW(b.add_ring(std::vector<Point>{{0, 0}, {1, 0}, {1, 1}}), std::logic_error);
}

TEST(GeometryFromWkt, takes_no_features_and_empty_ones) {
    EXPECT_EQ(wkt({}).feature_count(), 0u);
    EXPECT_EQ(wkt({""}).kind(), GeometryKind::none);
    const Geometry g = wkt({"POLYGON EMPTY", "POLYGON ((0 0,1 0,1 1,0 0))"});
    EXPECT_EQ(g.feature_count(), 2u);
    EXPECT_FALSE(g.has_geometry(0));
}

TEST(GeometryFromWkt, refuses_what_is_not_wkt_or_not_of_one_kind) {
    EXPECT_THROW(wkt({"POLYGON ((0 0,"}), std::invalid_argument);
    EXPECT_THROW(wkt({"hello"}), std::invalid_argument);
    EXPECT_THROW(wkt({"POINT (0 0)", "LINESTRING (0 0,1 1)"}), std::invalid_argument);
    EXPECT_THROW(wkt({"GEOMETRYCOLLECTION (POINT (0 0))"}), std::invalid_argument);
}

TEST(ToWkt, gives_back_what_was_read) {
    for (const std::string_view text :
         {"POINT (1 2)", "MULTIPOINT (1 2, 3 4)", "LINESTRING (0 0, 1.5 1)", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
          "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 1 1))",
          "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"})
        EXPECT_EQ(to_wkt(wkt({text}), 0), text);
    EXPECT_EQ(to_wkt(wkt({""}), 0), "GEOMETRYCOLLECTION EMPTY");
}

TEST(Box, grows_meets_and_holds) {
    Box box;
    EXPECT_TRUE(box.empty());
    EXPECT_EQ(box.width(), 0);
    EXPECT_TRUE(box.grown(1).empty());
    box.extend(Point{1, 2});
    EXPECT_FALSE(box.empty());
    EXPECT_TRUE(box.contains({1, 2}));
    EXPECT_EQ(box.grown(1), (Box{0, 1, 2, 3}));
    EXPECT_TRUE(box.intersects(Box{1, 2, 5, 5}));
    EXPECT_FALSE(box.intersects(Box{1.1, 2, 5, 5}));
    EXPECT_FALSE(box.intersects(Box{}));
}

}  // namespace
}  // namespace diaban
