// Which features of one layer have a relation to any of another: the OGC's predicates (DE-9IM; GEOS where shapes have
// to be compared edge by edge), over whole layers.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "geo/geometry.h"
#include "geo/spatial_index.h"

namespace diaban {

enum class SpatialRelation { intersects, within, contains, touches, overlaps, crosses };

struct Related {
    std::vector<uint8_t> kept;  ///< one a feature of `a`
    /// Features whose shape GEOS refuses to compare though they were repaired first (nothing with an area is left of
    /// them, say); they have no relation to anything. Ascending. Only shapes whose boxes meet were looked at.
    std::vector<uint32_t> failed_a, failed_b;
};

/// a[i] relation b[j] for some considered j (an empty span: all): `within` says that a[i] lies within b[j], and a point
/// on its border alone does not. Coordinates of one plane. Shapes that are not valid are repaired for the comparison
/// (geo/repair.h), coordinates that are not finite left out. With `not_itself`, both are the same layer, and a feature
/// is not compared with itself. The only error is cancelled. On all cores.
[[nodiscard]] Expected<Related> related(const Geometry& a, const Geometry& b, std::span<const uint8_t> considered,
                                        SpatialRelation relation, Progress& progress, bool not_itself = false);

}  // namespace diaban
