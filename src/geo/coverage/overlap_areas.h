// How much of each polygon of one layer lies in each polygon of another: what area-weighted sharing rests on.
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.h"
#include "geo/geometry.h"

namespace diaban {

struct OverlapArea {
    uint32_t a = 0;  ///< feature of the first layer
    uint32_t b = 0;  ///< feature of the second
    double area = 0;
    bool operator==(const OverlapArea&) const = default;
};

struct OverlapAreas {
    std::vector<OverlapArea> pairs;   ///< by a, then b; only those with an area above 0
    std::vector<OverlapArea> failed;  ///< pairs that GEOS could not intersect, not even repaired; their area is 0
};

/// In squared units of the coordinates, which must be of one plane (an equal-area one for true areas). On all cores, by
/// a spatial index; outlines that do not cross are compared edge by edge, the others intersected by GEOS. Layers of
/// lines or points have no areas. The only error is ErrorKind::cancelled.
[[nodiscard]] Expected<OverlapAreas> overlap_areas(const Geometry& a, const Geometry& b, Progress& progress);

}  // namespace diaban
