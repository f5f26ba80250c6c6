// Points of one layer and polygons of another, the case that comes in millions: by where each point lies.
#pragma once

#include "geo/relate/layer_shapes.h"
#include "geo/relate/related.h"

namespace diaban {

/// Whether every feature is one point at most.
[[nodiscard]] bool single_points(const Geometry& geometry);

/// related() where one of the layers is of polygons and the other of single_points(). Shapes of polygons that are not
/// near any point are not looked at, so it is not known of them whether they would fail.
[[nodiscard]] Related points_related(const Geometry& a, const Geometry& b, std::span<const uint8_t> considered,
                                     SpatialRelation relation, Progress& progress);

}  // namespace diaban
