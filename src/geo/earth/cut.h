// A geometry laid on the ground: in degrees, and each coordinate as a place, its long edges cut.
#pragma once

#include <vector>

#include "base/progress.h"
#include "geo/crs.h"
#include "geo/earth/earth_point.h"
#include "geo/geometry.h"

namespace diaban::earth {

/// No chord is longer than `longest_piece`, and the middle of none lies farther than `deepest_sag` from that of its
/// edge on the ground, which is straight in the CRS of the data.
inline constexpr double longest_piece = 500;  // metres
inline constexpr double deepest_sag = 0.005;  // metres

struct Ground {
    Geometry degrees;                ///< features as they were; rings without the coordinates that are nowhere
    std::vector<EarthPoint> places;  ///< one for each coordinate
};

/// Longitudes run on across the antimeridian (179, 181), so that a ring is whole in the plane of degrees. The only
/// error is cancelled.
[[nodiscard]] Expected<Ground> lay_on_ground(const Geometry& geometry, const Transform& to_degrees, Progress& progress);

}  // namespace diaban::earth
