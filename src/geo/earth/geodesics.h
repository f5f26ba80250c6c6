// Places along geodesics of WGS 84 and round about a place. Degrees, longitude first and from -180 to 180.
#pragma once

#include <vector>

#include "base/units.h"
#include "geo/geometry.h"

namespace diaban {

/// Where one arrives who leaves in this direction (clockwise from north) and keeps to the geodesic. NaN in, NaN out.
[[nodiscard]] Point geodesic_destination(Point from, Degrees bearing, Metres distance);

/// The geodesic in so many equal pieces (at least one): both ends, which are exact, and what lies between.
[[nodiscard]] std::vector<Point> geodesic_path(Point from, Point to, int pieces);

/// So many places (at least three) at this distance all round, clockwise from north; not closed. Between two of them
/// the straight line lies inside the circle, by at most radius × (1 − cos(π / corners)).
[[nodiscard]] std::vector<Point> geodesic_circle(Point centre, Metres radius, int corners);

}  // namespace diaban
