// From chord to arc. A normal section of the ellipsoid of curvature κ is a circle of radius 1/κ but for terms that
// cancel at its middle, so that an arc s has the chord c = 2/κ · sin(κs/2), or
//
//     s = c · (1 + (cκ)²/24 + 3(cκ)⁴/640 + …)
//
// κ is that of the normal section through the middle of the chord m in its direction v, straight from the ellipsoid's
// equation pᵀDp = 1, D = diag(1/a², 1/a², 1/b²): κ = vᵀDv / (|v|² |Dm|), m brought to the surface (Euler's theorem
// without angles). How κ changes along the arc leaves s off by about e² (cκ)² times the correction: at 50 km 0.13 m ×
// 0.0067 × 0.00006 = 0.05 µm. Beyond, PROJ's geodesic is taken.
#include "geo/earth/earth_point.h"

#include <limits>
#include <numbers>

#include "geo/ellipsoid.h"
#include "geo/measures.h"

namespace diaban::earth {
namespace {

constexpr double polar_radius = equatorial_radius * (1 - flattening);
constexpr double eccentricity2 = flattening * (2 - flattening);
/// The ellipsoid is nowhere rounder than along the meridian at the equator, and nowhere flatter than at the poles.
constexpr double least_radius = polar_radius * polar_radius / equatorial_radius;
constexpr double largest_radius = equatorial_radius * equatorial_radius / polar_radius;

constexpr double series_reach = 50'000;
constexpr double touching = 1e-6;

double arc_of(double chord, EarthPoint a, EarthPoint b) {
    constexpr double across = 1 / (equatorial_radius * equatorial_radius);
    constexpr double up = 1 / (polar_radius * polar_radius);
    const EarthPoint v = b - a, m = (a + b) * 0.5;
    const EarthPoint dm{m.x * across, m.y * across, m.z * up};
    const double curved = (v.x * v.x + v.y * v.y) * across + v.z * v.z * up;
    const double curvature2 = curved * curved * dot(m, dm) / (dot(v, v) * dot(v, v) * dot(dm, dm));
    const double q = chord * chord * curvature2;
    return chord * (1 + q * (1.0 / 24 + q * (3.0 / 640)));
}

}  // namespace

EarthPoint to_earth_point(Point degrees) {
    constexpr double radian = std::numbers::pi / 180;
    const double longitude = (std::abs(degrees.x) > 360 ? std::remainder(degrees.x, 360.0) : degrees.x) * radian;
    const double sine = std::sin(degrees.y * radian), cosine = std::cos(degrees.y * radian);
    const double normal = equatorial_radius / std::sqrt(1 - eccentricity2 * sine * sine);
    return {normal * cosine * std::cos(longitude), normal * cosine * std::sin(longitude),
            normal * (1 - eccentricity2) * sine};
}

double metres_between(Point a, Point b, EarthPoint at_a, EarthPoint at_b) {
    const double chord = length(at_b - at_a);
    if (chord < touching) return 0;
    return chord < series_reach ? arc_of(chord, at_a, at_b) : geodesic_distance(a, b).value();
}

// A geodesic is a curve whose curvature lies everywhere between 1/largest_radius and 1/least_radius. By Schur's theorem
// its arc for a chord c is at most that of a circle of the least radius, 2r·asin(c/2r), and (but for its torsion, which
// is of the square of the flattening and far within the share added below) at least that of the largest. So whatever
// has a chord of more than 2R·sin(asin(c/2r)·r/R) is farther along the ground. For small c this is c + c³/24·(1/r² -
// 1/R²).
double widest_chord(double chord) {
    constexpr double margin = 1.01;
    if (chord < series_reach) {
        constexpr double spread = 1 / (least_radius * least_radius) - 1 / (largest_radius * largest_radius);
        return chord + margin * chord * chord * chord / 24 * spread + 1e-8;
    }
    const double half = chord / (2 * least_radius);
    if (half >= 1) return std::numeric_limits<double>::infinity();
    const double angle = std::asin(half) * least_radius / largest_radius;
    return chord + margin * (2 * largest_radius * std::sin(angle) - chord);
}

}  // namespace diaban::earth
