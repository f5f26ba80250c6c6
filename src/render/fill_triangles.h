// The polygons of a Detail as triangles on its lattice.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "geo/detail.h"

namespace diaban {

struct FillTriangles {
    struct Vertex {
        LatticePoint at;
        uint32_t feature = 0;
    };
    std::vector<Vertex> vertices;
    std::vector<uint32_t> indices;          ///< three a triangle, features in their order
    std::vector<uint32_t> feature_offsets;  ///< cuts the indices; an entry more than features
};

/// On all cores; the result does not depend on their number. Rings are put together from their arcs. Dots are not in
/// it. Without indices for lines, and when it is stopped.
[[nodiscard]] FillTriangles fill_triangles(const Detail& detail, const std::stop_token& stop = {});

}  // namespace diaban
