// Polygons united (GEOS), by the thousands, on all cores.
#pragma once

#include <vector>

#include "base/progress.h"
#include "geo/geometry.h"

namespace diaban {

/// What all features of all shapes cover together, as one feature, in the plane of their coordinates; none for nothing.
/// Neighbours are united with neighbours first. Throws std::runtime_error where GEOS gives up even on repaired shapes.
/// The only error is cancelled; `from` to `to` is the part of the progress that this is.
[[nodiscard]] Expected<Geometry> unite(std::vector<Geometry> shapes, Progress& progress, double from = 0,
                                       double to = 1);

/// The same for a few shapes, on this thread alone.
[[nodiscard]] Geometry united(std::span<const Geometry> shapes);

}  // namespace diaban
