// What is wrong with a dataset's shapes, each with its place: a list, a layer to look at, and a summary.
//
//     auto problems = find_problems(communes, progress);             // several seconds for a country: a job
//     DatasetPtr layer = problems_layer(communes, *problems);        // to draw, to zoom to, to export
//     Diagnostics notes = problem_diagnostics(communes, *problems, {});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "geo/validity.h"

namespace diaban {

struct Problem {
    /// invalid_ring, repaired_ring, duplicate_feature, duplicate_shape, missing_geometry, sliver, overlap or gap.
    DiagnosticKind kind = DiagnosticKind::invalid_ring;
    uint32_t feature = 0;
    std::optional<uint32_t> other;  ///< what it repeats; the second of those that overlap or surround a gap
    /// m² on the ellipsoid, squared units for an unknown CRS: of the problem's shape; of a repair, by how much the
    /// feature's area grew (negative: shrank).
    double area = 0;
    Point at;
    std::string detail;  ///< in words, translated
};

struct Problems {
    std::vector<Problem> list;     ///< by kind, then the largest area first, then by feature
    Geometry shapes;               ///< polygons in the dataset's CRS, one feature for each problem
    std::size_t not_on_earth = 0;  ///< features that were not compared with their neighbours, for their coordinates
    bool no_coverage = false;      ///< the polygons overlap so much that overlaps and gaps were not listed
};

/// Everything: what find_shape_problems and find_coverage_problems find. Errors: cancelled.
[[nodiscard]] Expected<Problems> find_problems(const Dataset& dataset, Progress& progress);

/// Repairs that reading made, invalid rings that are still there (`invalid`, as find_invalid gives them; those of
/// repairs are passed over), duplicates, rows without geometry, slivers.
[[nodiscard]] Problems find_shape_problems(const Dataset& dataset, const std::vector<InvalidFeature>& invalid);

/// Overlaps and gaps (see geo/coverage.h); nothing for lines and points. Errors: cancelled.
[[nodiscard]] Expected<Problems> find_coverage_problems(const Dataset& dataset, Progress& progress);

/// The problems as a layer of polygons with the columns kind, unit, other_unit, area_m2 ("area" for an unknown CRS)
/// and detail. Of a ring the shape is a small square around the fault, of a duplicate or sliver the polygon itself, of
/// a point or line a square around it; a row without geometry has none here either.
[[nodiscard]] DatasetPtr problems_layer(const Dataset& dataset, const Problems& problems);

/// Overlaps and gaps as diagnostics, for those who do not need their shapes: reading tells everything else already.
/// Errors: cancelled.
[[nodiscard]] Expected<Diagnostics> coverage_diagnostics(const Dataset& dataset, Progress& progress);

/// Its file, and its layer where it is not called as the file is: where problem_diagnostics() may say they are.
[[nodiscard]] Place place_of_layer(const Dataset& dataset);

/// One for each kind that occurs: how many, how large together, and the first by name.
[[nodiscard]] Diagnostics problem_diagnostics(const Dataset& dataset, const Problems& problems, const Place& where);

}  // namespace diaban
