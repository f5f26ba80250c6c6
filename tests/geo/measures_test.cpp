#include "geo/measures.h"

#include <geodesic.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

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

double area_by_proj(const std::vector<Point>& ring) {
    geod_geodesic wgs84;
    geod_init(&wgs84, 6378137, 1 / 298.257223563);
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (const Point p : ring)
        geod_polygon_addpoint(&wgs84, &polygon, p.y, p.x);
    double area = 0;
    geod_polygon_compute(&wgs84, &polygon, 0, 1, &area, nullptr);
    return std::abs(area);
}

/// A ragged ring of so many corners about a place; its edges are short if it is small or has many.
std::vector<Point> ragged_ring(Point middle, double radius, int corners, std::mt19937_64& random) {
    std::uniform_real_distribution<double> reach(0.8, 1.2);
    std::vector<Point> ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners, r = radius * reach(random);
        ring.push_back({middle.x + r * std::cos(angle), middle.y + r * std::sin(angle)});
    }
    return ring;
}

TEST(GeodesicArea, agrees_with_projs_sum_of_geodesics_whether_edges_are_short_or_long) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> longitude(-179, 179), latitude(-88, 88), size(-2.5, 0.2);
    for (int i = 0; i < 3000; ++i) {
        const Point middle{longitude(random), latitude(random)};
        const double radius = std::pow(10, size(random));
        const int corners = 3 + i % 200;
        const auto ring = ragged_ring(middle, radius, corners, random);
        const double expected = area_by_proj(ring);
        // PROJ adds up areas as large as what lies between a ring and the equator: its last digits are some cm².
        EXPECT_NEAR(geodesic_area(ring).value(), expected, 1e-9 * expected + 1e-3)
            << i << ": " << corners << " corners, " << radius << "° about " << middle.x << ", " << middle.y;
    }
}

TEST(GeodesicArea, of_a_few_square_metres_has_its_digits_too) {
    // By hand: at 21° N the radius of the parallel is 5,957,065 m and that of the meridian 6,343,618 m, times π/180 a
    // degree: 103,970.40 m and 110,717.03 m.
    const std::vector<Point> square{{105, 20.99995}, {105.0001, 20.99995}, {105.0001, 21.00005}, {105, 21.00005}};
    EXPECT_NEAR(geodesic_area(square).value(), 10.397040 * 11.071703, 1e-3);
}

TEST(GeodesicArea, is_the_same_across_the_antimeridian_and_round_a_pole) {
    const std::vector<Point> here{{10, 20}, {10.02, 20}, {10.02, 20.03}, {10, 20.03}};
    const std::vector<Point> across{{179.99, 20}, {-179.99, 20}, {-179.99, 20.03}, {179.99, 20.03}};
    const std::vector<Point> run_on{{179.99, 20}, {180.01, 20}, {180.01, 20.03}, {179.99, 20.03}};
    EXPECT_NEAR(geodesic_area(across).value(), geodesic_area(here).value(), 1e-3);
    EXPECT_NEAR(geodesic_area(run_on).value(), geodesic_area(here).value(), 1e-3);
    const std::vector<Point> round_pole{{0, 80}, {80, 80}, {160, 80}, {240, 80}, {320, 80}};
    EXPECT_NEAR(geodesic_area(round_pole).value(), area_by_proj(round_pole), 1);
    EXPECT_TRUE(std::isnan(geodesic_area(std::vector<Point>{{0, 0}, {0.01, NAN}, {0.01, 0.01}}).value()));
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
