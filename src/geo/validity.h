// Whether polygons are what they should be (GEOS): rings that do not cross or touch themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

struct InvalidFeature {
    uint32_t feature = 0;
    std::string reason;  ///< GEOS's words: "Self-intersection"
    Point at;
};

/// Features whose polygons are not valid by the OGC's rules, ascending; on all cores. Lines and points are always
/// valid.
[[nodiscard]] std::vector<InvalidFeature> find_invalid(const Geometry& geometry);

/// The feature as well-known text (GEOS), for people and tests.
[[nodiscard]] std::string to_wkt(const Geometry& geometry, uint32_t feature);

}  // namespace diaban
