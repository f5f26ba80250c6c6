// Where outlines cross, in the plane of degrees.
#pragma once

#include <optional>
#include <span>

#include "geo/geometry.h"

namespace diaban::earth {

/// Where two paths cross, each passing from one side of the other to the other side; what merely touches is found by
/// its distance. Longitudes of `b` are taken as near those of `a` as whole turns bring them.
[[nodiscard]] std::optional<Point> crossing(std::span<const Point> a, std::span<const Point> b);

}  // namespace diaban::earth
