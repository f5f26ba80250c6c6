#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_world.h"

namespace diaban {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(Calculated, counts_a_point_on_a_shared_border_once) {
    SmallWorld world;
    // The border of An and Bình belongs to Bình, which is east of it.
    EXPECT_THAT(world.values("communes", "count(sanitation)"), ElementsAre("2", "1", "0", "–"));
    EXPECT_EQ(world.column("communes", "count(sanitation)").type(), ColumnType::integer);
    EXPECT_THAT(world.rows("communes", "count(sanitation) < 2"), ElementsAre(1, 2));
}

TEST(Calculated, sums_up_what_lies_within_and_knows_nothing_from_zero) {
    SmallWorld world;
    EXPECT_THAT(world.values("communes", "sum(seats of sanitation)"), ElementsAre("2", "4", "0", "–"));
    EXPECT_THAT(world.values("communes", "mean(seats + 1 of sanitation)"), ElementsAre("3", "5", "–", "–"));
    EXPECT_THAT(world.values("communes", "min(seats of sanitation)"), ElementsAre("2", "4", "–", "–"));
    EXPECT_THAT(world.values("communes", "max(seats of sanitation)"), ElementsAre("2", "4", "–", "–"));
    EXPECT_THAT(world.values("communes", "distinct(kind of sanitation)"), ElementsAre("2", "1", "0", "–"));
    EXPECT_THAT(world.values("communes", "distinct(seats of sanitation)"), ElementsAre("1", "1", "0", "–"));
    EXPECT_THAT(world.values("communes", "count(sanitation where (kind = 'TAP'))"), ElementsAre("1", "1", "0", "–"));
    EXPECT_THAT(world.values("communes", "mean(2 of sanitation)"), ElementsAre("2", "2", "–", "–"));
}

TEST(Calculated, counts_lines_and_areas_once_by_a_place_of_theirs) {
    SmallWorld world;
    world.add("zones", "Zones", {texts("name", {"a", "b"})},
              {"POLYGON((0.6 0.4,1.2 0.4,1.2 0.6,0.6 0.6,0.6 0.4))", "POLYGON((1.4 0,2.4 0,2.4 1,1.4 1,1.4 0))"});
    EXPECT_THAT(world.values("communes", "count(zones)"), ElementsAre("1", "1", "0", "–"));
}

TEST(Calculated, gives_densities_per_so_many_and_per_square_kilometre) {
    SmallWorld world;
    EXPECT_THAT(world.values("communes", "density(sanitation per 100 households)"), ElementsAre("2", "0.5", "–", "–"));
    EXPECT_THAT(world.values("communes", "density(sanitation where (kind = 'tap') per 50 (households / 2))"),
                ElementsAre("1", "0.5", "–", "–"));
    // A degree by a degree on the equator is 12,308.78 km² on the ellipsoid (GeographicLib's Planimeter: 12308778361).
    const Column per_area = world.column("communes", "density(sanitation) * 12308.778361");
    EXPECT_NEAR(per_area.number(0).value(), 2, 1e-6);
    EXPECT_NEAR(per_area.number(2).value(), 0, 1e-12);
}

TEST(Calculated, counts_what_lies_within_a_distance_for_all_that_are_near_enough) {
    SmallWorld world;
    EXPECT_THAT(world.values("villages", "count(shelters within 2226 m)"), ElementsAre("0", "1", "1"));
    EXPECT_THAT(world.values("villages", "count(shelters within 2227 m)"), ElementsAre("1", "1", "1"));
    EXPECT_THAT(world.values("villages", "count(shelters within 6 km)"), ElementsAre("2", "2", "2"));
    EXPECT_THAT(world.values("villages", "count(shelters within 0 m)"), ElementsAre("0", "0", "1"));
    EXPECT_THAT(world.values("villages", "count(shelters where (state = 'built') within 6 km)"),
                ElementsAre("1", "1", "1"));
}

TEST(Calculated, tells_distance_direction_and_name_of_the_nearest) {
    SmallWorld world;
    const Column distance = world.column("villages", "distance(shelters)");
    EXPECT_NEAR(distance.number(0).value(), 2226.3898, 1e-3);
    EXPECT_NEAR(distance.number(1).value(), 1113.1949, 1e-3);
    EXPECT_EQ(distance.number(2).value(), 0);
    EXPECT_THAT(world.values("villages", "nearest(shelters)"), ElementsAre("Trạm 1", "Trạm 1", "Trạm 2"));
    const Column direction = world.column("villages", "direction(shelters where (state = 'built'))");
    EXPECT_NEAR(direction.number(0).value(), 90, 1e-9);
    EXPECT_NEAR(direction.number(2).value(), 270, 1e-9);
    EXPECT_THAT(world.values("villages", "direction(shelters)").back(), "–");  // they touch
    EXPECT_THAT(world.values("villages", "distance(empty)"), ElementsAre("–", "–", "–"));
    EXPECT_THAT(world.values("villages", "nearest(empty)"), ElementsAre("–", "–", "–"));
    EXPECT_THAT(world.values("communes", "distance(shelters)").back(), "–");
    EXPECT_THAT(world.values("villages", "nearest(sanitation)").front(), "row 2");
}

TEST(Calculated, measures_the_feature_itself) {
    SmallWorld world;
    EXPECT_NEAR(world.column("communes", "area()").number(0).value(), 12308778361, 1e4);
    EXPECT_THAT(world.values("communes", "area()").back(), "–");
    // Three degrees of the meridian from −1 to 2: 3 · 110.57 km and a little.
    EXPECT_NEAR(world.column("border", "length()").number(0).value(), 331726, 50);
    EXPECT_THAT(world.rows("communes", "area() > 12000 km2"), ElementsAre(0, 1, 2));
    EXPECT_THAT(world.rows("communes", "area() / (1 km * 1 km) between 12308 and 12309"), ElementsAre(0, 1, 2));
    EXPECT_THAT(world.rows("communes", "area() / 1 km > 12000 km"), ElementsAre(0, 1, 2));
}

TEST(Calculated, takes_percent_for_hundredths) {
    SmallWorld world;
    EXPECT_THAT(world.rows("communes", "stunted / measured > 20%"), ElementsAre(0, 2, 3));
    EXPECT_THAT(world.rows("communes", "stunted / measured = 10 %"), ElementsAre(1));
}

TEST(Calculated, compares_without_diacritics_when_asked) {
    SmallWorld world;
    EXPECT_THAT(world.rows("communes", "plain(name) = 'binh'"), ElementsAre(1));
    EXPECT_THAT(world.rows("communes", "plain(name) in ('DOC', 'Bình')"), ElementsAre(1, 3));
    EXPECT_THAT(world.rows("communes", "plain(name) like 'd%c'"), ElementsAre(3));
    EXPECT_THAT(world.rows("communes", "name = 'binh'"), ElementsAre());
    EXPECT_THAT(world.values("communes", "plain(name)"), ElementsAre("An", "Bình", "Cao", "Dốc"));
}

TEST(Calculated, says_which_units_do_not_fit_and_where) {
    SmallWorld world;
    EXPECT_EQ(world.error("villages", "distance(shelters) > 5"),
              "at character 22: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(world.error("villages", "5 < distance(shelters)"),
              "at character 1: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(world.error("communes", "area() > 20"), "at character 10: an area needs a unit. Write 20 km2 or 20 ha.");
    EXPECT_EQ(world.error("villages", "distance(shelters) + 5 > 1 km"),
              "at character 22: a distance needs a unit. Write 5 km or 5 m.");
    EXPECT_EQ(world.error("communes", "area() > 5 km"), "at character 8: “area()” is an area and 5 km is a distance.");
    EXPECT_EQ(world.error("communes", "households > 5 km"),
              "at character 12: “households” is a number and 5 km is a distance. If it counts metres, write households "
              "* 1 m; "
              "if kilometres, households * 1 km.");
    EXPECT_THAT(world.rows("communes", "households * 1 km < 150 km"), ElementsAre(0, 2, 3));
    EXPECT_EQ(world.error("villages", "distance(shelters) > 20%"),
              "at character 20: “distance(shelters)” is a distance and 20% is a number.");
    EXPECT_EQ(world.error("villages", "distance(shelters) = 'x'"),
              "at character 20: 'x' is text and “distance(shelters)” is a distance. Write the number without quotes.");
    EXPECT_EQ(world.sum_error("communes", "area() * length()"),
              "at character 8: an area cannot be multiplied by a distance.");
    EXPECT_EQ(world.sum_error("communes", "households / length()"),
              "at character 12: a number cannot be divided by a distance.");
    EXPECT_EQ(world.sum_error("communes", "area() + length()"),
              "at character 8: an area and a distance cannot be added up.");
    EXPECT_EQ(world.sum_error("communes", "area() - length()"),
              "at character 8: a distance cannot be subtracted from an area.");
}

TEST(Calculated, says_what_cannot_be_calculated_and_where) {
    SmallWorld world;
    EXPECT_EQ(world.sum_error("communes", "sum(kind of sanitation)"),
              "at character 5: “kind” is text and cannot be calculated with.");
    EXPECT_EQ(world.sum_error("communes", "sum(sets of sanitation)"),
              "layer Sanitation facilities: at character 5: there is no field “sets”. Did you mean “seats”?");
    EXPECT_EQ(world.sum_error("communes", "plain(households)"),
              "at character 7: “plain” needs text, and “households” is a number.");
    EXPECT_EQ(
        world.sum_error("villages", "count(shelters)"),
        "at character 1: “Villages” has no areas, so nothing lies in its features. Write how far: “within 5 km”.");
    EXPECT_EQ(world.sum_error("villages", "density(shelters within 5 km)"),
              "at character 1: “Villages” has no areas, so there is no density per km². Write per what: “per 1000 "
              "households”.");
    EXPECT_EQ(world.sum_error("villages", "area()"), "at character 1: “Villages” has no areas.");
    EXPECT_EQ(world.sum_error("villages", "length()"), "at character 1: “Villages” are points, which have no length.");
    EXPECT_EQ(world.sum_error("communes", "density(sanitation per 100 name)"),
              "at character 28: “name” is text and cannot be calculated with.");
    EXPECT_EQ(world.sum_error("communes", "count(sanitatio)"),
              "at character 7: there is no layer “sanitatio”. Did you mean “sanitation”?");
}

}  // namespace
}  // namespace diaban
