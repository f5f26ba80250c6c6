// Which features have exactly the shape of an earlier one?
#pragma once

#include <cstdint>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

struct DuplicateShape {
    uint32_t feature = 0;
    uint32_t first = 0;  ///< the earliest feature of that shape
    bool operator==(const DuplicateShape&) const = default;
};

/// Features whose segments (points, of a point layer) are those of an earlier feature, coordinate by coordinate,
/// ascending. Where a ring begins, which way it runs and in which order parts come makes no difference. Features
/// without geometry are no duplicates. On all cores.
[[nodiscard]] std::vector<DuplicateShape> find_duplicates(const Geometry& geometry);

}  // namespace diaban
