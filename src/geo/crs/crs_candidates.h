// Which CRSs a file without one may be in: for propose_crs.cpp.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/crs.h"

namespace diaban {

struct CrsCandidate {
    enum class Family { degrees, vn2000_zone, vn2000_utm, utm, mercator };
    Family family = Family::degrees;
    Crs crs;
    int epsg = 0;                 ///< of a VN-2000 3° zone
    double central_meridian = 0;  ///< of UTM
    int prefix = 0;               ///< the zone's number where eastings begin with it: 48,583,000
    Transform to_degrees;
};

/// Those whose numbers could be these (x east, y north; `points` are not empty). `near` as in propose_crs().
[[nodiscard]] std::vector<CrsCandidate> crs_candidates(std::span<const Point> points, const std::optional<Box>& near);

}  // namespace diaban
