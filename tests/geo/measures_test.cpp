#include "geo/measures.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/shapes.h"

namespace diaban {
namespace {

constexpr Point ha_noi{105.8542, 21.0285}, ha_long{107.08, 20.9517};

TEST(GeodesicDistance, agrees_with_geodsolve) {
    // GeographicLib 2.1.2: echo "21.0285 105.8542 20.9517 107.08" | GeodSolve -i -p 3
    EXPECT_NEAR(geodesic_distance(ha_noi, ha_long).value(), 127738.317, 5e-4);
    EXPECT_NEAR(geodesic_bearing(ha_noi, ha_long).value(), 93.59707804, 1e-8);
    // geod 9.1.1: echo "21.5333 107.9667 20.95 107.0833" | geod +ellps=WGS84 -I -f %.9f -F %.6f, azimuth from 0 to 360
    EXPECT_NEAR(geodesic_distance({107.9667, 21.5333}, {107.0833, 20.95}).value(), 112158.455931, 1e-6);
    EXPECT_NEAR(geodesic_bearing({107.9667, 21.5333}, {107.0833, 20.95}).value(), 360 - 124.996190653, 1e-8);
}

TEST(GeodesicDistance, is_a_quarter_of_the_meridian_from_equator_to_pole) {
    // The WGS 84 quarter meridian, 10 001 965.729 m (Karney 2013).
    EXPECT_NEAR(geodesic_distance({0, 0}, {0, 90}).value(), 10'001'965.729, 1e-3);
}

TEST(GeodesicDistance, crosses_the_antimeridian_the_short_way) {
    // A degree of the equator: 2π · 6378137 m / 360.
    EXPECT_NEAR(geodesic_distance({179.5, 0}, {-179.5, 0}).value(), 111'319.4908, 1e-3);
}

TEST(GeodesicDistance, is_zero_between_equal_points_and_nan_for_nan) {
    EXPECT_EQ(geodesic_distance(ha_noi, ha_noi), Metres(0));
    EXPECT_TRUE(std::isnan(geodesic_distance({NAN, 0}, ha_noi).value()));
    EXPECT_TRUE(std::isnan(geodesic_distance(ha_noi, {0, NAN}).value()));
}

TEST(GeodesicBearing, runs_clockwise_from_north) {
    EXPECT_EQ(geodesic_bearing({107, 21}, {107, 22}), Degrees(0));
    EXPECT_EQ(geodesic_bearing({0, 0}, {1, 0}), Degrees(90));
    EXPECT_EQ(geodesic_bearing({107, 22}, {107, 21}), Degrees(180));
    EXPECT_EQ(geodesic_bearing({1, 0}, {0, 0}), Degrees(270));
    EXPECT_TRUE(std::isnan(geodesic_bearing({NAN, 0}, {1, 0}).value()));
}

TEST(GeodesicLength, adds_up_the_legs_of_all_paths) {
    const Geometry lines = wkt({"MULTILINESTRING ((0 0,0 1,0 2),(0 89,0 90))", ""});
    const double expected = (geodesic_distance({0, 0}, {0, 2}) + geodesic_distance({0, 89}, {0, 90})).value();
    EXPECT_NEAR(geodesic_length(lines, 0).value(), expected, 1e-6);
    EXPECT_EQ(geodesic_length(lines, 1), Metres(0));
    EXPECT_EQ(geodesic_length(std::vector<Point>{}), Metres(0));
    EXPECT_EQ(geodesic_length(std::vector<Point>{ha_noi}), Metres(0));
}

TEST(GeodesicArea, agrees_with_planimeter_whatever_the_direction) {
    // GeographicLib 2.1.2: printf '21 107\n21 108\n22 108\n22 107\n' | Planimeter
    const std::vector<Point> ring{{107, 21}, {108, 21}, {108, 22}, {107, 22}, {107, 21}};
    EXPECT_NEAR(geodesic_area(ring).value(), 11'473'232'814.2, 0.1);
    EXPECT_NEAR(geodesic_area(std::vector<Point>(ring.rbegin(), ring.rend())).value(), 11'473'232'814.2, 0.1);
    // An eighth of the Earth: 510 065 621 724 088 m² / 8 (Karney 2013).
    EXPECT_NEAR(geodesic_area(std::vector<Point>{{0, 0}, {90, 0}, {0, 90}}).value(), 510'065'621'724'088.0 / 8, 1);
}

TEST(GeodesicArea, takes_holes_away_and_adds_parts) {
    const Geometry g =
        wkt({"MULTIPOLYGON (((0 0,3 0,3 3,0 3,0 0),(1 1,1 2,2 2,2 1,1 1)),((5 0,6 0,6 1,5 1,5 0)))", ""});
    const double expected = (geodesic_area(g.ring(0)) - geodesic_area(g.ring(1)) + geodesic_area(g.ring(2))).value();
    EXPECT_NEAR(geodesic_area(g, 0).value(), expected, 1e-3);
    EXPECT_EQ(geodesic_area(g, 1), SquareMetres(0));
}

TEST(GeodesicArea, is_zero_where_nothing_is_bounded) {
    EXPECT_EQ(geodesic_area(std::vector<Point>{}), SquareMetres(0));
    EXPECT_EQ(geodesic_area(std::vector<Point>{ha_noi, ha_long, ha_noi}), SquareMetres(0));
    EXPECT_EQ(geodesic_area(wkt({"LINESTRING (0 0,1 0,1 1,0 0)"}), 0), SquareMetres(0));
}

}  // namespace
}  // namespace diaban
