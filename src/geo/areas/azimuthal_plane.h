// A plane that touches the ellipsoid: azimuthal equidistant, so that from its middle every distance and direction is
// that of the geodesic (PROJ's geodesics, WGS 84). Between two other places of it the distance is off by at most
// p²/(6R²) of itself, p being how far the nearer one is from the middle (the area term of normal coordinates, as in
// Lee, Introduction to Riemannian Manifolds, 2018, ch. 10): 3 in a million at 25 km, 1 in a thousand at 500 km.
#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "geo/crs.h"
#include "geo/geometry.h"

namespace diaban {

class AzimuthalPlane {
public:
    /// Degrees of WGS 84.
    explicit AzimuthalPlane(Point middle);
    [[nodiscard]] Point middle() const { return middle_; }
    /// Metres east and north of the middle.
    [[nodiscard]] Point to_plane(Point degrees) const;
    /// Longitudes within 180 of the middle's, past 180 where that is.
    [[nodiscard]] Point to_degrees(Point metres) const;

private:
    Point middle_;
};

/// A longitude that differs by whole turns, within 180 of `near`.
[[nodiscard]] double longitude_near(double longitude, double near);

/// How long a straight edge may be at this latitude so that it lies within `tolerance` of the same edge drawn straight
/// in degrees, or in any common projection.
[[nodiscard]] double longest_edge(double latitude, Metres tolerance);

/// A path of the data in degrees, edges cut so that within `tolerance` they are straight in degrees, in the data's CRS
/// and in an azimuthal plane nearby alike, and none is longer than `longest`. Longitudes go on past 180. Places that
/// cannot be transformed are passed over.
[[nodiscard]] std::vector<Point> path_in_degrees(std::span<const Point> path, const Transform& to_degrees,
                                                 Metres tolerance, Metres longest);

/// A closed ring of the plane as a ring in degrees within `tolerance`, long edges cut (at the same places whichever way
/// they run); around a pole it is closed along the pole.
[[nodiscard]] std::vector<Point> ring_in_degrees(std::span<const Point> ring, const AzimuthalPlane& plane,
                                                 Metres tolerance);

}  // namespace diaban
