// How two valid polygons meet, found exactly from their edges where that is enough: most pairs of a map are neighbours
// along the same corners, plainly overlapping or apart, and for those GEOS's full comparison (DE-9IM) costs a hundred
// times as much.
#pragma once

#include "geo/relate/layer_shapes.h"

namespace diaban {

enum class Known { no, yes, unsure };

struct PolygonContact {
    bool meet = false;            ///< they have some point in common
    Known interiors = Known::no;  ///< whether their insides do; unsure only where they meet
    bool a_beyond = false;        ///< it was seen that some of a's inside lies outside of b
    bool b_beyond = false;        ///< and the reverse
};

/// `all`: look for what lies beyond, too, after it is clear that the insides meet.
[[nodiscard]] PolygonContact polygon_contact(const PolygonShape& a, const PolygonShape& b, bool all);

}  // namespace diaban
