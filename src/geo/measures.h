// Lengths, areas and directions on the ellipsoid (WGS 84, GeographicLib's algorithms through PROJ). Coordinates are
// degrees, longitude first.
#pragma once

#include <span>

#include "base/units.h"
#include "geo/geometry.h"

namespace diaban {

/// Along the geodesic; exact to a micrometre. 0 for equal points; NaN in, NaN out.
[[nodiscard]] Metres geodesic_distance(Point a, Point b);
/// Clockwise from north at `a`, 0–360.
[[nodiscard]] Degrees geodesic_bearing(Point a, Point b);
[[nodiscard]] Metres geodesic_length(std::span<const Point> path);
/// Of a ring of geodesics, whatever its direction: to 1e-9 of it, or of the squared length of its short edges where it
/// is thinner than those (geo/geodesic_area.cpp).
[[nodiscard]] SquareMetres geodesic_area(std::span<const Point> ring);
/// Of a polygon feature: outer rings less holes.
[[nodiscard]] SquareMetres geodesic_area(const Geometry& degrees, uint32_t feature);
[[nodiscard]] Metres geodesic_length(const Geometry& degrees, uint32_t feature);

}  // namespace diaban
