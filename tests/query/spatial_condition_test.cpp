#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_world.h"

namespace diaban {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(SpatialCondition, compares_geodesic_distances) {
    SmallWorld world;
    // Metres to the nearest shelter: 2,226.39, 1,113.19, 0.
    EXPECT_THAT(world.rows("villages", "within 2226.4 m of shelters"), ElementsAre(0, 1, 2));
    EXPECT_THAT(world.rows("villages", "within 2226.3 m of shelters"), ElementsAre(1, 2));
    EXPECT_THAT(world.rows("villages", "beyond 2226.3 m of shelters"), ElementsAre(0));
    EXPECT_THAT(world.rows("villages", "within 0 m of shelters"), ElementsAre(2));
    EXPECT_THAT(world.rows("villages", "beyond 2 km of shelters where (state = 'built')"), ElementsAre(0, 2));
    EXPECT_THAT(world.rows("villages", "distance(shelters) between 1 km and 2 km"), ElementsAre(1));
    EXPECT_THAT(world.rows("villages", "not within 1 km of shelters"), ElementsAre(0, 1));
}

TEST(SpatialCondition, takes_no_feature_for_a_neighbour_of_itself) {
    SmallWorld world;
    EXPECT_THAT(world.rows("villages", "within 2 km of villages"), ElementsAre(0, 1));
    EXPECT_THAT(world.values("villages", "count(villages within 2 km)"), ElementsAre("1", "1", "0"));
    EXPECT_THAT(world.rows("villages", "among 1 nearest to villages"), ElementsAre(0, 1));
    EXPECT_THAT(world.values("communes", "count(communes)"), ElementsAre("0", "0", "0", "–"));
    EXPECT_THAT(world.rows("communes", "intersects communes where (name = 'An')"), ElementsAre(1));
}

TEST(SpatialCondition, leaves_a_feature_without_a_shape_out_of_near_and_far) {
    SmallWorld world;
    EXPECT_THAT(world.rows("communes", "within 9000 km of shelters"), ElementsAre(0, 1, 2));
    EXPECT_THAT(world.rows("communes", "beyond 1 m of shelters where (name = 'Trạm 1')"), ElementsAre(1, 2));
}

TEST(SpatialCondition, finds_the_features_nearest_to_each_target) {
    SmallWorld world;
    EXPECT_THAT(world.rows("villages", "among 1 nearest to shelters"), ElementsAre(1, 2));
    EXPECT_THAT(world.rows("villages", "among 2 nearest to shelters where (state = 'built')"), ElementsAre(0, 1));
    EXPECT_THAT(world.rows("villages", "among 99 nearest to shelters"), ElementsAre(0, 1, 2));
}

TEST(SpatialCondition, knows_the_relations_of_shapes) {
    SmallWorld world;
    EXPECT_THAT(world.rows("communes", "touches communes where (name = 'An')"), ElementsAre(1));
    EXPECT_THAT(world.rows("communes", "contains sanitation"), ElementsAre(0));
    EXPECT_THAT(world.rows("communes", "intersects sanitation"), ElementsAre(0, 1));
    EXPECT_THAT(world.rows("sanitation", "within communes"), ElementsAre(0, 1));
    EXPECT_THAT(world.rows("communes", "touches border"), ElementsAre(0));
    EXPECT_THAT(world.rows("border", "crosses communes"), IsEmpty());
    EXPECT_THAT(world.rows("communes", "overlaps communes"), IsEmpty());
}

TEST(SpatialCondition, finds_what_runs_along_the_border_and_what_lies_in_its_belt) {
    SmallWorld world;
    EXPECT_THAT(world.rows("communes", "along border"), ElementsAre(0));
    // An's western edge is a degree of the meridian, 110.57 km; the corners add 2 · 100 m.
    EXPECT_THAT(world.rows("communes", "along border for 110 km"), ElementsAre(0));
    EXPECT_THAT(world.rows("communes", "along border for 112 km"), IsEmpty());
    EXPECT_THAT(world.rows("communes", "in belt 500 m of border"), ElementsAre(0));
    EXPECT_THAT(world.rows("villages", "in belt 1 km of border"), ElementsAre(0));
}

TEST(SpatialCondition, takes_what_reaches_into_a_drawn_shape) {
    SmallWorld world;
    EXPECT_THAT(world.rows("communes", "in box (0.5, 0.5, 1.5, 0.6)"), ElementsAre(0, 1));
    EXPECT_THAT(world.rows("communes", "in polygon (2.5 0.5, 2.6 0.5, 2.5 0.6)"), ElementsAre(2));
    EXPECT_THAT(world.rows("villages", "in circle (0, 0, 1200 m)"), ElementsAre(0, 1));
    EXPECT_THAT(world.rows("villages", "in circle (0, 0, 1100 m)"), ElementsAre(0));
    // Counted on past 180, and past −180.
    EXPECT_THAT(world.rows("communes", "in box (358, 0.5, 359, 0.6)"), IsEmpty());
    EXPECT_THAT(world.rows("communes", "in box (-358.5, 0.5, -358.4, 0.6)"), ElementsAre(1));
    EXPECT_THAT(world.rows("communes", "in polygon (360 0.5, 360 0.6, 359.5 0.5)"), ElementsAre(0));
}

TEST(SpatialCondition, brings_the_target_into_the_plane_of_the_asked_layer) {
    SmallWorld world;
    // Kilometres from (0°, 0°) along the equator and the meridian in Web Mercator: 0.5° is 55,659.7 m.
    world.add("mercator", "Mercator", {texts("name", {"a", "b"})}, {"POINT(55659.7 55660.5)", "POINT(555555 -9)"},
              Crs::from_text("EPSG:3857").value());
    EXPECT_THAT(world.values("communes", "count(mercator)"), ElementsAre("1", "0", "0", "–"));
    EXPECT_THAT(world.rows("mercator", "within communes"), ElementsAre(0));
    EXPECT_THAT(world.rows("mercator", "in box (0.4, 0.4, 0.6, 0.6)"), ElementsAre(0));
}

TEST(SpatialCondition, counts_each_part_of_a_condition) {
    SmallWorld world;
    const auto condition = parse_condition("within 2 km of shelters and (name = 'Hai' or not name = 'Một')").value();
    const auto hits = find_hits(condition, world.layers, world.layer("villages"), world.cache, world.progress).value();
    EXPECT_EQ(hits.count, 2u);
    ASSERT_THAT(hits.parts, SizeIs(2));
    EXPECT_EQ(hits.parts[0].count, 2u);
    ASSERT_THAT(hits.parts[1].parts, SizeIs(2));
    EXPECT_EQ(hits.parts[1].parts[0].count, 1u);
    EXPECT_EQ(hits.parts[1].parts[1].count, 2u);
    EXPECT_EQ(hits.parts[1].parts[1].parts.at(0).count, 1u);
}

TEST(SpatialCondition, lets_a_target_be_what_its_own_filter_shows) {
    SmallWorld world;
    world.layer("shelters").filter = "state = 'built'";
    EXPECT_THAT(world.rows("villages", "within 1 km of shelters"), IsEmpty());
    world.layer("shelters").filter = "within 1 m of villages";  // Trạm 2, where Ba is
    EXPECT_THAT(world.rows("villages", "within 1 km of shelters"), ElementsAre(2));
    // The asked layer's own filter does not enter.
    world.layer("villages").filter = "name = 'Một'";
    EXPECT_THAT(world.rows("villages", "name like '%'"), ElementsAre(0, 1, 2));
}

TEST(SpatialCondition, refuses_filters_that_ask_for_each_other_in_a_circle) {
    SmallWorld world;
    world.layer("shelters").filter = "within 5 km of villages";
    world.layer("villages").filter = "within 5 km of shelters";
    EXPECT_EQ(
        world.error("communes", "within 5 km of villages"),
        "at character 16: the filter of “Villages”, at character 16: the filter of “Border shelters”, at character "
        "16: filters ask for each other in a circle: “Villages” → “Border shelters” → “Villages”. Change one of "
        "these filters.");
    const auto kept = kept_by_filter(world.layers, world.layer("villages"), world.cache, world.progress);
    ASSERT_FALSE(kept);
    EXPECT_THAT(kept.error().what, HasSubstr("in a circle: “Villages” → “Border shelters” → “Villages”"));
    EXPECT_FALSE(can_ask(parse_condition("within 5 km of villages").value(), world.layers, world.layer("villages"),
                         world.cache, true));
}

TEST(SpatialCondition, says_whose_filter_is_wrong) {
    SmallWorld world;
    world.layer("shelters").filter = "stat = 'built'";
    EXPECT_EQ(
        world.error("villages", "within 5 km of shelters"),
        "layer Border shelters: at character 16: the filter of “Border shelters”, at character 1: there is no field "
        "“stat”. Did you mean “state”?");
}

TEST(SpatialCondition, notes_that_a_target_is_empty) {
    SmallWorld world;
    EXPECT_THAT(world.rows("villages", "within 5 km of empty"), IsEmpty());
    EXPECT_THAT(world.rows("villages", "beyond 5 km of empty"), ElementsAre(0, 1, 2));
    EXPECT_THAT(world.values("communes", "count(empty)"), ElementsAre("0", "0", "0", "–"));
    ASSERT_THAT(world.notes, SizeIs(1));
    EXPECT_EQ(to_text(world.notes[0]),
              "empty.gpkg, layer Nothing yet: The layer is empty: nothing lies in or near it.");
    EXPECT_THAT(world.rows("empty", "within 5 km of villages"), IsEmpty());
    world.notes.clear();
    EXPECT_THAT(world.rows("villages", "within 5 km of shelters where (name = 'x')"), IsEmpty());
    ASSERT_THAT(world.notes, SizeIs(1));
    EXPECT_THAT(world.notes[0].detail, HasSubstr("None of its features is asked for"));
}

TEST(SpatialCondition, says_what_cannot_be_asked_and_where) {
    SmallWorld world;
    EXPECT_EQ(world.error("villages", "within 5 km of sheltrs"),
              "at character 16: there is no layer “sheltrs”. Did you mean “shelters”?");
    EXPECT_EQ(world.error("villages", "within 5 km of shelters where (stat = 'x')"),
              "layer Border shelters: at character 32: there is no field “stat”. Did you mean “state”?");
    EXPECT_EQ(world.error("villages", "within 5 km of table"), "at character 16: “Table” has no shapes, only a table.");
    EXPECT_EQ(world.error("table", "name = 'x' and within 5 km of shelters"),
              "at character 16: “Table” has no shapes, only a table.");
    EXPECT_EQ(
        world.error("villages", "within 5 km of lost"),
        "at character 16: “Lost” has no coordinate system: distances cannot be measured. Say which one it is in.");
    EXPECT_EQ(world.error("lost", "touches communes"),
              "at character 1: “Lost” has no coordinate system: it cannot be laid over another layer. Say which one it "
              "is in.");
    EXPECT_EQ(
        world.error("lost", "in box (0, 0, 1, 1)"),
        "at character 1: “Lost” has no coordinate system: drawn shapes cannot be laid over it. Say which one it is "
        "in.");
    EXPECT_EQ(world.error("communes", "in belt 50 m of border"),
              "at character 1: a border belt is 100 m to 1,000 m deep (Decree 34/2014/NĐ-CP). For another depth, write "
              "“within … of”.");
    EXPECT_EQ(world.error("villages", "along border"),
              "at character 1: “Villages” are points: nothing of them runs along a line.");
}

TEST(SpatialCondition, lays_layers_without_coordinate_systems_over_each_other_as_they_are) {
    SmallWorld world;
    world.add("plan", "Plan", {texts("name", {"x"})}, {"POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))"}, Crs());
    EXPECT_THAT(world.values("plan", "count(lost)"), ElementsAre("1"));
    EXPECT_THAT(world.rows("lost", "within plan"), ElementsAre(0));
}

TEST(SpatialCondition, gives_up_when_cancelled_and_remembers_nothing_of_it) {
    SmallWorld world;
    world.progress.cancel();
    const auto condition = parse_condition("within 5 km of shelters").value();
    const auto hits = find_hits(condition, world.layers, world.layer("villages"), world.cache, world.progress);
    ASSERT_FALSE(hits);
    EXPECT_EQ(hits.error().kind, ErrorKind::cancelled);
    Progress again;
    EXPECT_EQ(find_hits(condition, world.layers, world.layer("villages"), world.cache, again)->count, 3u);
}

}  // namespace
}  // namespace diaban
