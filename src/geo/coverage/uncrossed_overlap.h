// The area that two polygons have in common where their outlines do not cross: the same polygon twice, one inside the
// other, neighbours along a common border. That is nearly every pair of two partitions that share their lines, and
// takes a fraction of what a full overlay does.
#pragma once

#include <optional>

#include "geo/geometry.h"

namespace diaban {

/// In squared units of the coordinates; nothing where edges cross, touch other than at vertices that both have, or are
/// repeated within one of the polygons: those need a full overlay. Exact but for rounding: Green's theorem over those
/// edges of either polygon that lie inside the other, and over those they share in the same direction.
[[nodiscard]] std::optional<double> uncrossed_overlap(const Geometry& a, uint32_t feature_a, const Geometry& b,
                                                      uint32_t feature_b);

}  // namespace diaban
