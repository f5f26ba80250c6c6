// For the builders' own .cpp files: layers in one plane in which areas are true.
#pragma once

#include <span>
#include <vector>

#include "base/error.h"
#include "data/dataset.h"

namespace diaban::crosswalk {

struct Plane {
    std::vector<Geometry> layers;  ///< in the order given
    Diagnostics diagnostics;       ///< coordinates that could not be brought there
};

/// Lambert's cylindrical equal-area projection on WGS 84, true to shape at the middle of the layers. Where no layer's
/// CRS is known, the coordinates as they are; where only some are, an error that names one that is not.
[[nodiscard]] Expected<Plane> in_common_plane(std::span<const Dataset* const> layers);

}  // namespace diaban::crosswalk
