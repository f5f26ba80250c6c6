// Polygons as a coverage: neighbours should neither overlap nor leave gaps between them.
//
//     auto coverage = check_coverage(communes, {}, progress);
//     coverage->problems[0].area;  coverage->shapes.box_of(0);     // problem i is feature i of the shapes
//
// Borders on which two neighbours agree cost next to nothing: only segments without a mirror image are looked at, cut
// where they cross (exactly, on a fine grid) and followed around the faces between them. How many polygons cover a
// face follows from one face to the next.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "base/progress.h"
#include "geo/geometry.h"

namespace diaban {

enum class CoverageFault {
    overlap,  ///< covered by several features
    gap,      ///< covered by none, and enclosed by features
};

struct CoverageProblem {
    CoverageFault fault = CoverageFault::overlap;
    /// Of an overlap those that cover it, at least two; of a gap those around it. A gap with a single one is a hole in
    /// a feature. Ascending.
    std::vector<uint32_t> features;
    double area = 0;  ///< in the plane, squared units of the coordinates
    Point at;         ///< inside it
};

struct CoverageOptions {
    /// Units of the coordinates. A problem whose mean width (twice its area by its perimeter) is less is left out:
    /// a corner that rounding has moved off the neighbour's border is none. 0: 2^-34 of the larger side of the box,
    /// that is 0.1 mm for a country 1,700 km long.
    double tolerance = 0;
    /// Larger gaps are left out: lakes and foreign land, perhaps. Squared units.
    double largest_gap = std::numeric_limits<double>::infinity();
    /// Features with a corner outside are passed over: one slip of a comma (or an infinity) would make everything else
    /// look as small as the tolerance. The default holds any plane coordinates on earth.
    Box domain{-1e9, -1e9, 1e9, 1e9};
    /// Past so many crossings the polygons are no coverage, and the check is given up.
    std::size_t most_crossings = 4'000'000;
};

struct Coverage {
    std::vector<CoverageProblem> problems;  ///< overlaps, then gaps; the largest first
    Geometry shapes;                ///< valid polygons, one feature for each problem; within an eighth of the tolerance
    std::vector<uint32_t> outside;  ///< features that were passed over, see CoverageOptions::domain
    double tolerance = 0;           ///< as used
    bool given_up = false;          ///< see most_crossings: there are no problems listed then
};

/// Each face of the plane that several polygons cover is an overlap, each enclosed one that none covers a gap; what is
/// open to the outside, such as a narrow strip between two units that ends at the coast, is none. Features with the
/// shape of an earlier one are passed over (see find_duplicates), and so are rings with coordinates that are not
/// finite. Invalid polygons are taken by winding number; repair them first. Coordinates are taken as plane ones,
/// degrees too: areas are squared degrees then. Areas are right to about the tolerance times the perimeter.
/// Lines and points have no problems. The result is the same for any number of threads. Errors: cancelled.
[[nodiscard]] Expected<Coverage> check_coverage(const Geometry& polygons, const CoverageOptions& options,
                                                Progress& progress);

}  // namespace diaban
