// Which features are here: under the pointer, in a box, in a lasso. Coordinates are the geometry's own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/geometry.h"
#include "geo/spatial_index.h"

namespace diaban {

/// The topmost (last) polygon that contains p, else the nearest feature within `tolerance`; only features with
/// shown[f] != 0 (an empty span: all; else one entry a feature, DIABAN_CHECK).
[[nodiscard]] std::optional<uint32_t> pick(const Geometry& geometry, const SpatialIndex& index, Point p,
                                           double tolerance, std::span<const uint8_t> shown);

/// Features any part of which lies in the box or the closed ring, ascending. An empty box and a lasso of fewer than
/// three points hold nothing.
[[nodiscard]] std::vector<uint32_t> select(const Geometry& geometry, const SpatialIndex& index, const Box& box,
                                           std::span<const uint8_t> shown);
[[nodiscard]] std::vector<uint32_t> select(const Geometry& geometry, const SpatialIndex& index,
                                           std::span<const Point> lasso, std::span<const uint8_t> shown);

}  // namespace diaban
