// The one rule that says in which polygon a point is: which edges a ray from it to the east passes.
#pragma once

#include "geo/orientation.h"

namespace diaban {

/// Whether the ray from p to the east passes the edge, exactly. An end at p's height counts as below it, and an edge
/// that goes through p as west of it: p is taken as if it were moved east by next to nothing, and north by far less.
/// So of two polygons that share the edge, just one is on p's side of it, whichever way they run along it. All four
/// coordinates must be finite.
[[nodiscard]] inline bool ray_passes(Point a, Point b, Point p) {
    if ((a.y > p.y) == (b.y > p.y)) return false;
    return a.y < b.y ? orientation(a, b, p) > 0 : orientation(b, a, p) > 0;
}

}  // namespace diaban
