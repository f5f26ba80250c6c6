// What lies in what: points (or one point of each line and polygon) in polygons, by the millions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "geo/geometry.h"

namespace diaban {

/// Items grouped by the area they lie in: items[offsets[a]] … items[offsets[a + 1]], ascending.
struct Containment {
    std::vector<std::size_t> offsets;  ///< one more than areas
    std::vector<uint32_t> items;
    bool operator==(const Containment&) const = default;
};

/// One point for each feature that stands for it: a point itself, of several the first; label_circle()'s centre for
/// lines and polygons, to a hundredth of their width, and inside of a polygon unless it is thinner than doubles can
/// tell; NaN for features without geometry or any finite coordinate. The only error is cancelled. On all cores.
[[nodiscard]] Expected<std::vector<Point>> standing_points(const Geometry& geometry, Progress& progress);

/// By contains() of geo/planar.h, to the last bit: of two areas that share an edge, one contains a point on it. A point
/// that lies in several areas that overlap is an item of each. Coordinates of one plane; points that are not finite lie
/// nowhere; areas that are not polygons contain nothing. The only error is cancelled. On all cores.
[[nodiscard]] Expected<Containment> lies_in(const Geometry& areas, std::span<const Point> points, Progress& progress);

}  // namespace diaban
