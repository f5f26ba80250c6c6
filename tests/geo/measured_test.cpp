#include "geo/earth/measured.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/earth/geodesics.h"
#include "geo/measures.h"

namespace diaban {
namespace {

double dms(double degrees, double minutes, double seconds) {
    return degrees + minutes / 60 + seconds / 3600;
}

// The worked example of Geoscience Australia's GDA technical manual (Vincenty's formulae, GRS 80, whose difference from
// WGS 84 is far below a millimetre here).
const Point flinders_peak{dms(144, 25, 29.52440), -dms(37, 57, 3.72030)};
const Point buninyong{dms(143, 55, 35.38390), -dms(37, 39, 10.15610)};

TEST(MeasurePath, agrees_with_the_worked_example_of_the_australian_datum) {
    const MeasuredPath path = measure_path(std::vector{flinders_peak, buninyong, flinders_peak});
    ASSERT_EQ(path.legs.size(), 2U);
    EXPECT_NEAR(path.legs[0].length.value(), 54'972.271, 1e-3);
    EXPECT_NEAR(path.legs[0].bearing.value(), dms(306, 52, 5.37), 1e-5);
    EXPECT_NEAR(path.legs[1].bearing.value(), dms(127, 10, 25.07), 1e-5);
    EXPECT_NEAR(path.length.value(), 2 * 54'972.271, 2e-3);
}

TEST(MeasurePath, agrees_with_geographiclib_s_nearly_antipodal_example) {
    // The example in GeographicLib's documentation: Wellington to Salamanca, 19959679.267 m.
    const MeasuredPath path = measure_path(std::vector<Point>{{174.81, -41.32}, {-5.50, 40.96}});
    EXPECT_NEAR(path.length.value(), 19'959'679.267, 1e-3);
}

TEST(MeasurePath, of_no_place_and_of_one_has_no_legs) {
    EXPECT_TRUE(measure_path({}).legs.empty());
    EXPECT_EQ(measure_path(std::vector{buninyong}).length, Metres(0));
}

TEST(MeasureArea, agrees_with_geographiclib_s_example) {
    // The example of a polygon in GeographicLib's documentation: Antarctica, which holds a pole.
    const std::vector<Point> antarctica{{-58, -63.1},  {-74, -72.9}, {-102, -71.9}, {-102, -74.9}, {-131, -74.3},
                                        {-163, -77.5}, {163, -77.4}, {172, -71.7},  {140, -65.9},  {113, -65.7},
                                        {88, -66.6},   {59, -66.9},  {25, -69.8},   {-4, -70.0},   {-14, -71.0},
                                        {-33, -77.3},  {-46, -77.9}, {-61, -74.7}};
    const MeasuredArea area = measure_area(antarctica);
    EXPECT_NEAR(area.area.value(), 13'662'703'680'020.1, 1);
    EXPECT_NEAR(area.circumference.value(), 16'831'067.893, 1e-3);
    EXPECT_FALSE(area.crosses_itself);
}

TEST(MeasureArea, is_the_same_closed_or_not_and_with_corners_given_twice) {
    const std::vector<Point> open{{107, 21}, {108, 21}, {108, 22}, {107, 22}};
    const std::vector<Point> closed{{107, 21}, {108, 21}, {108, 21}, {108, 22}, {107, 22}, {107, 22}, {107, 21}};
    // GeographicLib 2.1.2: printf '21 107\n21 108\n22 108\n22 107\n' | Planimeter
    for (const auto& outline : {open, closed}) {
        EXPECT_NEAR(measure_area(outline).area.value(), 11'473'232'814.2, 0.1);
        EXPECT_FALSE(measure_area(outline).crosses_itself);
    }
    EXPECT_EQ(measure_area(open).circumference, measure_area(closed).circumference);
}

TEST(MeasureArea, sees_that_an_outline_crosses_itself_or_runs_back_over_itself) {
    EXPECT_TRUE(measure_area(std::vector<Point>{{0, 0}, {1, 1}, {1, 0}, {0, 1}}).crosses_itself);
    EXPECT_TRUE(measure_area(std::vector<Point>{{0, 0}, {2, 0}, {1, 0}, {1, 1}}).crosses_itself);
    EXPECT_TRUE(measure_area(std::vector<Point>{{0, 0}, {2, 0}, {2, 2}, {1, 0}, {0, 2}}).crosses_itself);  // touches
    EXPECT_TRUE(measure_area(std::vector<Point>{{179, 0}, {-179, 1}, {-179, 0}, {179, 1}}).crosses_itself);
    EXPECT_FALSE(measure_area(std::vector<Point>{{179, 0}, {-179, 0}, {-179, 1}, {179, 1}}).crosses_itself);
    EXPECT_FALSE(measure_area(std::vector<Point>{{0, 0}, {2, 0}, {2, 2}, {1, 1}, {0, 2}}).crosses_itself);
}

TEST(MeasureArea, of_fewer_than_three_corners_is_nothing) {
    EXPECT_EQ(measure_area({}).circumference, Metres(0));
    const MeasuredArea two = measure_area(std::vector{flinders_peak, buninyong});
    EXPECT_EQ(two.area, SquareMetres(0));
    EXPECT_NEAR(two.circumference.value(), 2 * 54'972.271, 2e-3);
}

TEST(Bearings, are_said_in_three_digits_and_by_quadrants) {
    const std::pair<double, std::pair<const char*, const char*>> said[] = {
        {0, {"000°", "N"}},         {7.2, {"007°", "N 7° E"}}, {43.2, {"043°", "N 43° E"}}, {89.7, {"090°", "E"}},
        {91, {"091°", "S 89° E"}},  {180, {"180°", "S"}},      {187.4, {"187°", "S 7° W"}}, {270.4, {"270°", "W"}},
        {312, {"312°", "N 48° W"}}, {359.8, {"000°", "N"}},    {9.6, {"010°", "N 10° E"}},  {std::nan(""), {"–", "–"}},
    };
    for (const auto& [bearing, words] : said) {
        EXPECT_EQ(format_bearing(Degrees(bearing)), words.first) << bearing;
        EXPECT_EQ(format_quadrant(Degrees(bearing)), words.second) << bearing;
    }
}

TEST(Measured, is_said_with_a_line_for_each_leg_and_the_total) {
    const MeasuredPath path{
        {{Metres(950), Degrees(43.24)}, {Metres(12'437.06), Degrees(359.97)}, {Metres(0), Degrees(0)}},
        Metres(13'387.06)};
    EXPECT_EQ(in_words(path),
              "1. 950.0 m · N 43° E (043.2°)\n2. 12,437.1 m (12.4 km) · N (000.0°)\n3. 0.0 m\n"
              "Total: 13,387.1 m (13.4 km)\n");
    EXPECT_EQ(in_words(MeasuredArea{SquareMetres(21'312'345), Metres(18'204.1)}),
              "Area: 21,312,345 m² (21.31 km²)\nCircumference: 18,204.1 m (18.2 km)\n");
    EXPECT_EQ(in_words(MeasuredArea{SquareMetres(5), Metres(12), true}),
              "Area: – (the outline crosses itself)\nCircumference: 12.0 m\n");
}

TEST(GeodesicDestination, is_as_far_and_in_the_direction_that_was_asked_for) {
    const Point to = geodesic_destination(flinders_peak, Degrees(dms(306, 52, 5.37)), Metres(54'972.271));
    EXPECT_NEAR(to.x, buninyong.x, 1e-7);
    EXPECT_NEAR(to.y, buninyong.y, 1e-7);
    EXPECT_NEAR(geodesic_destination({179.9, 0}, Degrees(90), Metres(22'263.898)).x, -179.9, 1e-6);
}

TEST(GeodesicPath, keeps_its_ends_and_has_pieces_of_one_length_that_add_up) {
    const Point a{105.85, 21.03}, b{-122.4, 37.8};
    const std::vector<Point> path = geodesic_path(a, b, 7);
    ASSERT_EQ(path.size(), 8U);
    EXPECT_EQ(path.front(), a);
    EXPECT_EQ(path.back(), b);
    for (std::size_t i = 1; i < path.size(); ++i)
        EXPECT_NEAR(geodesic_distance(path[i - 1], path[i]).value(), geodesic_distance(a, b).value() / 7, 1e-3);
    EXPECT_EQ(geodesic_path(a, b, 0).size(), 2U);
}

TEST(GeodesicCircle, lies_at_the_radius_all_round) {
    const Point centre{107.3, 21.3};
    const std::vector<Point> ring = geodesic_circle(centre, Metres(50'000), 12);
    ASSERT_EQ(ring.size(), 12U);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        EXPECT_NEAR(geodesic_distance(centre, ring[i]).value(), 50'000, 1e-6);
        EXPECT_NEAR(std::remainder(geodesic_bearing(centre, ring[i]).value() - 30.0 * static_cast<double>(i), 360), 0,
                    1e-9);
    }
    EXPECT_EQ(geodesic_circle(centre, Metres(1), 1).size(), 3U);
}

}  // namespace
}  // namespace diaban
