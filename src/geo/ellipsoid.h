// The ellipsoid that everything is measured on, as GeographicLib's routines in PROJ want it.
#pragma once

struct geod_geodesic;

namespace diaban {

/// WGS 84. Any number of threads may use it at once.
[[nodiscard]] const geod_geodesic& ellipsoid();

}  // namespace diaban
