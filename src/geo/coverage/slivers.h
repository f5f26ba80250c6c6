// Parts of polygons that are too thin to be meant: what cutting along two borders that nearly agree leaves over.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

struct Sliver {
    uint32_t feature = 0;
    uint32_t part = 0;
    double width = 0;   ///< metres: twice the part's area by its perimeter, the width of a long band
    double length = 0;  ///< metres: half the perimeter
};

struct SliverLimits {
    double width = 1;           ///< metres; a mapped unit has no part narrower than that
    double compactness = 0.05;  ///< 4π area / perimeter² (Polsby and Popper 1991): a band 63 times as long as wide
};

/// Parts that are below both limits, ascending; a rock in the sea is small, but not thin. `metres_per_unit` says how
/// many metres a unit of the coordinates is at a point, to the east and to the north. On all cores. Parts without any
/// area, or with coordinates that are not finite, are invalid rather than thin and are no slivers.
[[nodiscard]] std::vector<Sliver> find_slivers(const Geometry& polygons,
                                               const std::function<Point(Point)>& metres_per_unit,
                                               const SliverLimits& limits = {});

}  // namespace diaban
