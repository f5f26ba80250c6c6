#include "geo/earth/earth_point.h"

#include <gtest/gtest.h>

#include "geo/earth_support.h"

namespace diaban::earth {
namespace {

double metres(Point a, Point b) {
    return metres_between(a, b, to_earth_point(a), to_earth_point(b));
}

TEST(MetresBetween, agrees_with_proj_to_a_tenth_of_a_micrometre_at_all_distances) {
    const unsigned seed = 20251;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> logarithm(-4, 7), longitude(-180, 180), sine(-1, 1);
    for (int i = 0; i < 200'000; ++i) {
        const Point a{longitude(random), std::asin(sine(random)) * 57.29577951308232};
        const Point b = scattered(random, 1, a, std::pow(10, logarithm(random)))[0];
        const double expected = geodesic_distance(a, b).value();
        const double got = metres(a, b);
        if (expected < 1e-6) continue;
        ASSERT_NEAR(got, expected, 1e-7) << a.x << " " << a.y << " to " << b.x << " " << b.y;
    }
}

TEST(MetresBetween, agrees_with_published_lines) {
    // geod 9.1.1: echo "21.5333 107.9667 20.95 107.0833" | geod +ellps=WGS84 -I -f %.9f -F %.6f
    EXPECT_NEAR(metres({107.9667, 21.5333}, {107.0833, 20.95}), 112158.455931, 1e-6);
    // The worked examples of the inverse problem in Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), of a
    // short line and of one between places that are nearly opposite each other; geod 9.1.1 says the same of them.
    EXPECT_NEAR(metres({0, -30.12345}, {0.00005, -30.12344}), 4.944208, 5e-7);
    EXPECT_NEAR(metres({0, -30}, {179.8, 29.9}), 19989832.827610, 1e-6);
}

TEST(MetresBetween, is_nothing_for_one_place_under_two_names) {
    EXPECT_EQ(metres({107, 21}, {107, 21}), 0);
    EXPECT_EQ(metres({180, 21}, {-180, 21}), 0);
    EXPECT_EQ(metres({467, 21}, {107, 21}), 0);
    EXPECT_EQ(metres({12, 90}, {-90, 90}), 0);
}

TEST(WidestChord, holds_for_pairs_anywhere) {
    // If a pair has a chord wider than this of another pair's, it is farther along the ground.
    const unsigned seed = 20252;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> logarithm(2, 7.3), longitude(-180, 180), sine(-1, 1);
    for (int i = 0; i < 100'000; ++i) {
        const double reach = std::pow(10, logarithm(random));
        // The least favourable ones: along the meridian at the equator, and at a pole.
        const double share = std::min(reach / 111'000, 170.0);
        const Point a{0, -share / 2}, b{0, share / 2};
        const double chord = length(to_earth_point(a) - to_earth_point(b));
        const double wide = widest_chord(chord);
        const Point c{longitude(random), std::asin(sine(random)) * 57.29577951308232};
        const Point d = scattered(random, 1, c, reach)[0];
        const double other = length(to_earth_point(c) - to_earth_point(d));
        if (other > wide) {
            ASSERT_GE(geodesic_distance(c, d).value(), geodesic_distance(a, b).value());
        }
    }
    EXPECT_NEAR(widest_chord(50'000), 50'000.0026, 1e-4);
    EXPECT_EQ(widest_chord(12'740'000), infinite);
}

}  // namespace
}  // namespace diaban::earth
