// Levels of detail made from data as they are: brought into the plane of a map, cut into the arcs that neighbours share
// (as TopoJSON does, Bostock 2012), each arc simplified once, and what is too small kept as a dot.
//
// Where neighbours' borders agree point by point, they agree at every level; where they do not, neither level nor data
// hide it.
#pragma once

#include <optional>
#include <span>

#include "geo/crs/grid_transform.h"
#include "geo/detail.h"

namespace diaban {

struct DetailWish {
    /// Map units that an outline may be off by. Even when every point is kept it says what is too small to be more than
    /// a dot (twice as much), and how far a straight line of the data may stray on its way.
    double tolerance = 1;
    bool every_point = false;  ///< nothing is simplified
    /// What will be looked at, in map units and (somewhat larger) in the source's: outside it shapes are only so good
    /// that nothing of them reaches inside. Empty: everything.
    Box extent;
    Box source_extent;
    /// The features wanted, ascending; none: all.
    std::optional<std::span<const uint32_t>> features;
};

/// Polygons and lines; of points nothing. About 50 ms for the 7 million points of a country's communes at the level of
/// a screen, on two cores.
[[nodiscard]] Detail build_detail(const Geometry& source, const GridTransform& to_plane, const DetailWish& wish);

}  // namespace diaban
