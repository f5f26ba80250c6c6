// The ground that cells are cut to: thousands of polygons with millions of corners, made ready so that a cell well
// inside of them is taken as it is, and one at their edge meets only what is near it.
#pragma once

#include <span>
#include <vector>

#include "base/progress.h"
#include "base/units.h"
#include "geo/crs.h"
#include "geo/geometry.h"
#include "geo/spatial_index.h"

namespace diaban {

class ClipGround {
public:
    /// Polygons in their own CRS, which may overlap or be invalid; nothing of them is simplified. Longitudes lie within
    /// half a turn of `middle`, edges within `tolerance` of where they are. The only error is cancelled; progress goes
    /// from 0 to 0.5. Throws std::runtime_error where GEOS gives up.
    [[nodiscard]] static Expected<ClipGround> make(const Geometry& clip, const Transform& to_degrees, double middle,
                                                   Metres tolerance, Progress& progress);
    /// One polygon, in degrees already.
    explicit ClipGround(Geometry one);

    /// The ground in handy pieces (one feature each), degrees of WGS 84.
    [[nodiscard]] std::span<const Geometry> pieces() const { return pieces_; }
    /// What of a valid convex polygon (its first feature, degrees) lies on the ground; a feature without geometry for
    /// none.
    [[nodiscard]] Geometry cut(const Geometry& cell) const;

private:
    ClipGround(std::vector<Geometry> pieces, std::vector<Box> edges);
    [[nodiscard]] bool holds(Point p) const;

    std::vector<Geometry> pieces_;
    SpatialIndex index_;  ///< of the pieces
    SpatialIndex edges_;  ///< where ground ends: boxes along all edges that no neighbour shares
};

}  // namespace diaban
