// The order of places along a curve that fills the earth's surface: neighbours in it are neighbours on the ground.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/earth/earth_point.h"

namespace diaban::earth {

/// Positions of `places` in the order of Hilbert curves over the six sides of a cube round the earth, each scaled to
/// what lies on it; ties in their own order.
[[nodiscard]] std::vector<uint32_t> curve_order(std::span<const EarthPoint> places);

}  // namespace diaban::earth
