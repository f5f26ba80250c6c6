// The ellipsoid that everything is measured on, as GeographicLib's routines in PROJ want it.
#pragma once

struct geod_geodesic;

namespace diaban {

inline constexpr double equatorial_radius = 6378137;  ///< of WGS 84, in metres
inline constexpr double flattening = 1 / 298.257223563;

/// WGS 84. Any number of threads may use it at once.
[[nodiscard]] const geod_geodesic& ellipsoid();

}  // namespace diaban
