// Coordinates made ready for formats that write them as decimal digits.
#pragma once

#include <span>
#include <string>

#include "geo/geometry.h"

namespace diaban {

/// Decimals of a degree that a reprojection deserves: 0.1 mm.
inline constexpr int reprojected_decimals = 9;

/// The fewest decimals, from 7 to 15, that give every coordinate back exactly; 15 where none do.
[[nodiscard]] int decimals_of(std::span<const Point> points);

/// To `reprojected_decimals`. Corners that fall together stay: the shape keeps its counts.
[[nodiscard]] Geometry rounded(const Geometry& geometry);

/// Features with a coordinate that is NaN lose their whole shape.
[[nodiscard]] Geometry without_lost_features(const Geometry& geometry);

/// Well-known text that reads back to the same bits: a single part as POINT, LINESTRING or POLYGON, more as MULTI….
/// Empty for a feature without geometry.
[[nodiscard]] std::string exact_wkt(const Geometry& geometry, uint32_t feature);

}  // namespace diaban
