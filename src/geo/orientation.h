// On which side of a line is a point? The sign is right for coordinates of any ordinary size: where rounding could turn
// it, the determinant is summed exactly (after Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997).
#pragma once

#include <cmath>

#include "geo/geometry.h"

namespace diaban {

/// The slow, exact way; for orientation() alone.
[[nodiscard]] int exact_orientation(Point a, Point b, Point c);

/// 1 when a, b, c turn left (counter-clockwise), -1 when they turn right, 0 when they lie on one line.
[[nodiscard]] inline int orientation(Point a, Point b, Point c) {
    const double left = (a.x - c.x) * (b.y - c.y), right = (a.y - c.y) * (b.x - c.x);
    const double det = left - right;
    // Shewchuk's bound for this expression: (3 + 16ε)ε times the sum of the magnitudes.
    constexpr double bound = 3.3306690738754716e-16;
    if (std::abs(det) > bound * (std::abs(left) + std::abs(right))) return det > 0 ? 1 : -1;
    return exact_orientation(a, b, c);
}

}  // namespace diaban
