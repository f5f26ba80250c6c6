// What lies in a shape that was drawn on the map.
#pragma once

#include "query/evaluate/conditions.h"

namespace diaban {

/// Some part of the feature lies in it. Edges are straight in degrees, whatever the asked layer's plane.
[[nodiscard]] Kept in_drawn(const query::DrawnShape& shape, const World& world);

}  // namespace diaban
