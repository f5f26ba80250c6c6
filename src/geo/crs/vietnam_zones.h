// Where Vietnam lies, and which 3° zone of VN-2000 each of its provinces works in: the one table that suggesting a
// map's CRS and proposing a file's CRS both go by.
#pragma once

#include <span>

#include "base/units.h"
#include "geo/geometry.h"

namespace diaban {

// Extents of EPSG area 3328 (Vietnam, onshore), with some room for coast and generalisation.
constexpr Box vietnam_extent{101.8, 8.0, 109.9, 23.7};

/// A place in a province, in degrees, and the VN-2000 3° zone that the province uses.
struct ZoneSeat {
    double lon = 0;
    double lat = 0;
    int epsg = 0;
};

/// One or more for each province of before July 2025; a merged province works in the zones of those it was merged from.
[[nodiscard]] std::span<const ZoneSeat> vn2000_zone_seats();
[[nodiscard]] const ZoneSeat& nearest_zone_seat(Point degrees);

/// Mainland and coastal waters, Phú Quốc, Côn Đảo, Phú Quý and Bạch Long Vĩ included, to about 20 km; the archipelagos
/// far out are not.
[[nodiscard]] bool in_vietnam(Point degrees);

/// On a sphere and a plane, for ranking what is near: to about 1% within some hundreds of kilometres.
[[nodiscard]] Metres rough_distance(Point a, Point b);

}  // namespace diaban
