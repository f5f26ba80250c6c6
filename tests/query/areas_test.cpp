#include "query/areas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/measures.h"
#include "geo/planar.h"
#include "geo/shapes.h"
#include "small_world.h"

namespace diaban {
namespace {

using testing::HasSubstr;

/// Two posts 20.8 km apart, a third on top of the second, one without a place; a province around them.
QueryLayers posts_in_province() {
    QueryLayers layers;
    layers.list.push_back(layer_of("posts", "Posts", {texts("name", {"West", "East", "Double", "Nowhere"})},
                                   wkt({"POINT (107.1 21)", "POINT (107.3 21)", "POINT (107.3 21)", ""})));
    layers.list.push_back(layer_of("province", "Province", {texts("name", {"P"})},
                                   wkt({"POLYGON ((107 20.9, 107.4 20.9, 107.4 21.1, 107 21.1, 107 20.9))"})));
    return layers;
}

struct Areas : testing::Test {
    QueryLayers layers = posts_in_province();
    QueryCache cache;
    Progress progress;
};

TEST_F(Areas, buffers_keep_the_columns_of_what_they_lie_around) {
    const BufferQuery query{
        .layer = "posts", .where = "name != 'Double'", .distance = {2, query::LengthUnit::kilometre}};
    const DatasetPtr made = buffer_dataset(query, layers, cache, progress).value();
    ASSERT_EQ(made->size(), 2U);
    EXPECT_EQ(made->table.find("name")->text(1), "East");
    EXPECT_TRUE(contains(made->geometry, 1, {107.31, 21}));
    EXPECT_EQ(made->crs, Crs::wgs84());
    EXPECT_THAT(made->name, HasSubstr("Within 2 km of Posts"));
}

TEST_F(Areas, dissolved_buffers_are_one_row_that_says_of_how_many) {
    const BufferQuery query{"posts", "", {2000, query::LengthUnit::metre}, true};
    const DatasetPtr made = buffer_dataset(query, layers, cache, progress).value();
    ASSERT_EQ(made->size(), 1U);
    EXPECT_EQ(made->geometry.part_count(), 2U);
    EXPECT_EQ(made->table.find("features")->text(0), "3");
    EXPECT_EQ(made->table.find("distance_m")->text(0), "2000");
}

TEST_F(Areas, service_areas_share_out_the_province_and_report_who_stands_at_the_same_place) {
    const ServiceAreaQuery query{"posts", "", "province"};
    const DatasetPtr made = service_area_dataset(query, layers, cache, progress).value();
    ASSERT_EQ(made->size(), 2U);
    EXPECT_EQ(made->table.find("name")->text(0), "West");
    EXPECT_TRUE(contains(made->geometry, 0, {107.05, 20.95}));
    EXPECT_TRUE(contains(made->geometry, 1, {107.39, 21.09}));
    const double province = square_kilometres(geodesic_area(layers.list[1].features->base().geometry, 0));
    const Column& areas = *made->table.find("area_km2");
    EXPECT_NEAR(*areas.number(0) + *areas.number(1), province, province * 1e-4);
    EXPECT_NEAR(*areas.number(0), province / 2, province * 1e-4);
    ASSERT_EQ(made->diagnostics.size(), 1U);
    EXPECT_THAT(to_text(made->diagnostics[0]),
                HasSubstr("1 left out because another one stands at the very same place"));
}

TEST_F(Areas, refuse_what_has_no_facility_no_ground_or_no_distance) {
    const auto none = service_area_dataset({"posts", "name = 'North'", ""}, layers, cache, progress);
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().what, HasSubstr("no facilities"));
    const auto points = service_area_dataset({"posts", "", "posts"}, layers, cache, progress);
    ASSERT_FALSE(points);
    EXPECT_THAT(points.error().what, HasSubstr("covers no ground"));
    const auto nothing = buffer_dataset({"posts", "", {0, query::LengthUnit::metre}, false}, layers, cache, progress);
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().kind, ErrorKind::wrong_usage);
}

}  // namespace
}  // namespace diaban
