// Second step of build_detail(): rings as walks over numbered places, cut where borders part, each run kept once.
#pragma once

#include <vector>

#include "geo/detail/rings.h"

namespace diaban {

/// A run of places between two at which borders part (or around, where none do), not simplified yet.
struct Border {
    std::size_t first = 0, count = 0;  ///< of Borders::walk
    uint32_t left = Arc::nobody, right = Arc::nobody;
    bool closed = false;  ///< its last place is its first
};

struct BorderRing {
    uint32_t feature = 0;
    bool hole = false;
    std::vector<int32_t> borders;  ///< indices, or ~index for one walked backwards
};

struct Borders {
    std::vector<Point> places;   ///< in the plane
    std::vector<uint32_t> walk;  ///< places along each border
    std::vector<Border> borders;
    std::vector<BorderRing> rings;  ///< as in ThinRings, without those of fewer than three places
    std::vector<Speck> specks;      ///< what those were, where they were outlines
};

[[nodiscard]] Borders find_borders(const ThinRings& thin, const GridTransform& to_plane, const CellSize& cells,
                                   bool closed);

}  // namespace diaban
