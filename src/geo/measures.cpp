#include "geo/measures.h"

#include <geodesic.h>

#include <cmath>

#include "geo/ellipsoid.h"

namespace diaban {

Metres geodesic_distance(Point a, Point b) {
    double metres = 0;
    geod_inverse(&ellipsoid(), a.y, a.x, b.y, b.x, &metres, nullptr, nullptr);
    return Metres(metres);
}

Degrees geodesic_bearing(Point a, Point b) {
    double azimuth = 0;
    geod_inverse(&ellipsoid(), a.y, a.x, b.y, b.x, nullptr, &azimuth, nullptr);
    if (azimuth < 0) azimuth += 360;
    // GeographicLib gives ±180 for due south and may give -0 for due north; one name for each direction.
    return Degrees(azimuth >= 360 ? 0.0 : azimuth + 0.0);
}

Metres geodesic_length(std::span<const Point> path) {
    Metres sum;
    for (std::size_t i = 1; i < path.size(); ++i)
        sum += geodesic_distance(path[i - 1], path[i]);
    return sum;
}

SquareMetres geodesic_area(const Geometry& degrees, uint32_t feature) {
    if (degrees.kind() != GeometryKind::polygon) return {};
    SquareMetres sum;
    for (const uint32_t part : degrees.parts_of(feature)) {
        bool outer = true;
        for (const uint32_t ring : degrees.rings_of_part(part)) {
            const SquareMetres area = geodesic_area(degrees.ring(ring));
            sum += outer ? area : -area;
            outer = false;
        }
    }
    return sum;
}

Metres geodesic_length(const Geometry& degrees, uint32_t feature) {
    Metres sum;
    for (const uint32_t ring : degrees.rings_of(feature))
        sum += geodesic_length(degrees.ring(ring));
    return sum;
}

}  // namespace diaban
