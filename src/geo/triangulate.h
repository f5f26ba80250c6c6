// Polygons as triangles, for filling. Ear clipping with holes bridged to the outer ring (Eberly, "Triangulation by Ear
// Clipping", 2002), with exact orientation tests and a grid to find what reaches into an ear: about n log n.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

/// Indices into geometry.points(), three a triangle, for one polygon part. The triangles cover the part: their areas
/// sum to its area within 1e-9 of it for valid rings, whatever their direction, and each runs counter-clockwise.
/// Invalid rings give the best cover found and never fail: repeated points and points that are not finite are passed
/// over, a hole outside its outline counts for nothing.
[[nodiscard]] std::vector<uint32_t> triangulate_part(const Geometry& polygons, uint32_t part);

/// All parts of all features, on all cores. `feature_offsets` cuts `indices` into features (feature_count + 1 entries).
struct Triangles {
    std::vector<uint32_t> indices;
    std::vector<uint32_t> feature_offsets;
};
[[nodiscard]] Triangles triangulate(const Geometry& polygons);

}  // namespace diaban
