// The area of a ring of geodesics: the sum over its edges of what lies between each and the equator (Karney 2013),
// which for an edge eastwards at λ is
//
//     S = ∫ F dλ,    F = A(φ(λ)),    A(φ) = b²/2 · (sin φ / (1 − e² sin² φ) + artanh(e sin φ) / e)
//
// A being the area per radian between the equator and a parallel. PROJ finds S for any two places, at a microsecond
// each; for short edges the trapezium and its first correction do: S = Δλ (F₁ + F₂)/2 − Δλ³/12 F″ + O(Δλ⁵ F⁗/720).
// Along a geodesic of azimuth α, with r = N cos φ the radius of the parallel and M that of the meridian, dφ/dλ =
// r cot α / M and dα/dλ = sin φ; dA/dφ being M r, F′ = r² cot α and F″ = −r² sin φ (1 + 3 cot² α). As Δλ r cot α is
// M Δφ but for terms of higher order,
//
//     S = Δλ · ((A₁ + A₂)/2 + sin φ · (r² Δλ² + 3 M² Δφ²)/12)
//
// at the middle's φ, which is as good along meridians. What is left out is, for an edge of length L, about (L/R)³/720
// of L², times powers of tan φ: below 1e-10 of L² for the edges that are taken for short here.
#include <geodesic.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/ellipsoid.h"
#include "geo/measures.h"

namespace diaban {
namespace {

constexpr double polar_radius = equatorial_radius * (1 - flattening);
constexpr double e2 = flattening * (2 - flattening);
constexpr double radian = std::numbers::pi / 180;

/// Up to these, in degrees, the correction above is all there is to correct.
constexpr double longest_short_edge = 0.05;
constexpr double highest_latitude = 75;

/// A place with what the sum needs of its latitude.
struct Corner {
    double longitude = 0, latitude = 0;  ///< degrees
    double sine = 0;
    double below = 0;  ///< A(φ), in units of b²
};

Corner corner(Point degrees) {
    const double s = std::sin(degrees.y * radian);
    const double q = e2 * s * s;
    // artanh(e s)/e = s (1 + q/3 + q²/5 + …): q is below 0.0067, q⁷ below the precision of a double.
    const double series =
        1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q * (1.0 / 13 + q / 15))))));
    return {degrees.x, degrees.y, s, s * (1 / (1 - q) + series) / 2};
}

/// In units of b², of an edge that is short; A is counted from `base`.
double below_short_edge(const Corner& a, const Corner& b, double base) {
    const double east = (b.longitude - a.longitude) * radian, north = (b.latitude - a.latitude) * radian;
    const double s = (a.sine + b.sine) / 2;
    const double w = 1 - e2 * s * s;
    constexpr double a2 = equatorial_radius * equatorial_radius / (polar_radius * polar_radius);
    const double parallel2 = a2 * (1 - s * s) / w;
    const double meridian2 = a2 * (1 - e2) * (1 - e2) / (w * w * w);
    const double bulge = s * (parallel2 * east * east + 3 * meridian2 * north * north) / 12;
    return east * ((a.below - base + b.below - base) / 2 + bulge);
}

double below_long_edge(const Corner& a, const Corner& b, double base) {
    double area = 0;
    geod_geninverse(&ellipsoid(), a.latitude, a.longitude, b.latitude, b.longitude, nullptr, nullptr, nullptr, nullptr,
                    nullptr, nullptr, &area);
    return area / (polar_radius * polar_radius) - (b.longitude - a.longitude) * radian * base;
}

double by_proj(std::span<const Point> ring) {
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (const Point p : ring)
        geod_polygon_addpoint(&ellipsoid(), &polygon, p.y, p.x);
    double area = 0;
    geod_polygon_compute(&ellipsoid(), &polygon, 0, 1, &area, nullptr);
    return std::abs(area);
}

}  // namespace

SquareMetres geodesic_area(std::span<const Point> ring) {
    if (ring.size() > 1 && ring.front() == ring.back()) ring = ring.first(ring.size() - 1);
    if (ring.size() < 3) return {};
    // Counted from the first corner's latitude, so that small areas are sums of small numbers.
    Corner last = corner(ring.back());
    const double base = last.below;
    double sum = 0;
    for (const Point p : ring) {
        const Corner next = corner(p);
        const double east = std::abs(next.longitude - last.longitude);
        const double north = std::abs(next.latitude - last.latitude);
        const double highest = std::max(std::abs(next.latitude), std::abs(last.latitude));
        if (east <= longest_short_edge && north <= longest_short_edge && highest <= highest_latitude)
            sum += below_short_edge(last, next, base);
        else if (east < 90 && highest <= 90)
            sum += below_long_edge(last, next, base);
        else  // across the antimeridian, half round the earth, nowhere
            return SquareMetres(by_proj(ring));
        last = next;
    }
    return SquareMetres(std::abs(sum) * polar_radius * polar_radius);
}

}  // namespace diaban
