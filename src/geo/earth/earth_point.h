// Places on the ellipsoid (WGS 84) in earth-centred coordinates, and how the straight line between two of them, the
// chord, tells the geodesic distance.
#pragma once

#include <cmath>

#include "geo/geometry.h"

namespace diaban::earth {

/// Metres from the earth's centre: x towards 0° 0°, y towards 90° east, z towards the north pole.
struct EarthPoint {
    double x = 0;
    double y = 0;
    double z = 0;
    bool operator==(const EarthPoint&) const = default;

    friend EarthPoint operator+(EarthPoint a, EarthPoint b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend EarthPoint operator-(EarthPoint a, EarthPoint b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend EarthPoint operator*(EarthPoint a, double k) { return {a.x * k, a.y * k, a.z * k}; }
};

[[nodiscard]] inline double dot(EarthPoint a, EarthPoint b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
[[nodiscard]] inline double length(EarthPoint a) {
    return std::sqrt(dot(a, a));
}

/// Whether there is such a place: finite, no farther north or south than a pole.
[[nodiscard]] inline bool on_earth(Point degrees) {
    return std::isfinite(degrees.x) && std::abs(degrees.y) <= 90;
}
[[nodiscard]] EarthPoint to_earth_point(Point degrees);

/// Of the straight line from a to b the place nearest to p, as a share of the way; 0 where a is b.
[[nodiscard]] inline double nearest_share(EarthPoint p, EarthPoint a, EarthPoint b) {
    const EarthPoint along = b - a;
    const double length2 = dot(along, along);
    if (!(length2 > 0)) return 0;
    const double share = dot(p - a, along) / length2;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

/// The geodesic distance of two places on the ellipsoid; a and b are the same places in degrees. Exact to a micrometre,
/// and below one micrometre 0.
[[nodiscard]] double metres_between(Point a, Point b, EarthPoint at_a, EarthPoint at_b);

/// What chord a place may have that is no farther along the ground than any place at this chord: a little more than it
/// (2.6 mm at 50 km), as the earth is not equally round everywhere and in every direction; infinity from where chords
/// tell nothing (the other side of the earth).
[[nodiscard]] double widest_chord(double chord);

}  // namespace diaban::earth
