// First step of build_detail(): the rings of the features wanted, thinned to about one point a cell of a grid, and what
// is too small to be a ring.
#pragma once

#include <vector>

#include "geo/build_detail.h"

namespace diaban {

/// Cells of the source's plane. Points of one cell are one point from here on, in whatever feature they are.
struct CellSize {
    double x = 0, y = 0;  ///< 0: only equal points are one
    Point from;
};

struct ThinRing {
    uint32_t feature = 0;
    bool hole = false;
    std::size_t first = 0, count = 0;  ///< of the points; a polygon's ring does not repeat its first one
};

/// A ring too small to be drawn as one.
struct Speck {
    uint32_t feature = 0;
    Point at;         ///< source units
    double area = 0;  ///< source units squared
};

struct ThinRings {
    std::vector<Point> points;  ///< source units
    std::vector<ThinRing> rings;
    std::vector<Speck> specks;
};

[[nodiscard]] ThinRings thin_rings(const Geometry& source, const GridTransform& to_plane, const DetailWish& wish,
                                   const CellSize& cells);

}  // namespace diaban
