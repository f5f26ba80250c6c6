// Who is reached: the share of villages (weighted by households or children) that have a facility within a distance.
//
//     auto basis = coverage_basis(question, layers, cache, progress).value();  // distances: once
//     CoverageAnswer five = covered_within(*basis, Metres(5000));  // for each step of a dragged distance
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "query/answer.h"

namespace diaban {

/// The asked demand features in groups, of each those nearest to a facility first.
struct DemandGroups {
    std::vector<std::size_t> offsets;  ///< group g: offsets[g] … offsets[g + 1]
    std::vector<double> weight;        ///< of each
    std::vector<double> to_first;      ///< metres
    std::vector<double> to_second;     ///< metres; empty where nobody asks for it
};

/// What does not hang on the distance. Shared, never changed.
struct CoverageBasis {
    std::string demand, facilities, by;  ///< layer ids; `by` may be empty
    std::vector<uint8_t> asked;          ///< one a demand feature: passes its filter and condition, has geometry
    std::vector<uint8_t> offered;        ///< one a facility, likewise
    std::vector<double> weight;          ///< one a demand feature; null and negative ones count 0, see `notes`
    std::vector<double> to_first;        ///< metres to the nearest facility, infinity for none
    std::vector<uint32_t> first;         ///< which one it is; no_feature for none
    std::vector<double> to_second;       ///< metres to the next one: farther than the reach, the first alone covers
    /// Of `by`: where it lies (the last one where areas overlap), by the point that stands for it; no_feature: nowhere.
    std::vector<uint32_t> area_of;
    uint32_t area_count = 0, facility_count = 0;  ///< features of the layers, asked for or not
    DemandGroups by_area;                         ///< a group for each area, the last one for what lies in none of them
    DemandGroups by_facility;                     ///< a group for each facility: whose nearest one it is
    Diagnostics notes;                            ///< what was passed over
};
using CoverageBasisPtr = std::shared_ptr<const CoverageBasis>;

struct CoverageShare {
    double covered = 0;  ///< weight
    double total = 0;    ///< weight; 0: there is no share
    uint32_t covered_count = 0, total_count = 0;
    bool operator==(const CoverageShare&) const = default;
};

struct CoverageAnswer {
    Metres reach;
    std::vector<uint8_t> covered;  ///< one a demand feature, of the asked
    CoverageShare total;
    std::vector<CoverageShare> by_area;  ///< one a feature of `by`
    CoverageShare nowhere;               ///< what lies in none of them
    std::vector<double> reached_by;      ///< one a facility: the weight whose nearest one it is, within reach
    std::vector<double> alone;  ///< one a facility: the weight that nobody else reaches: what would be lost without it
};

/// Distances are between the shapes: 0 for a facility within an area of demand. Errors: those of find_hits(); a layer
/// without shapes or coordinate system, areas that are none, a weight that is no number (wrong_usage); cancelled.
[[nodiscard]] Expected<CoverageBasisPtr> coverage_basis(const CoverageQuery& query, const QueryLayers& layers,
                                                        QueryCache& cache, Progress& progress);

/// Under 50 ms for a million demand features; the same, whatever the number of threads.
[[nodiscard]] CoverageAnswer covered_within(const CoverageBasis& basis, Metres reach);

/// "Villages (1,024, weighted by households) within 5 km of Border shelters (80): 8,120 of 9,900 households, 82.0%. …",
/// then where the gap is largest, which files and dates it rests on, and what the rules are.
[[nodiscard]] std::string in_words(const CoverageQuery& query, const CoverageAnswer& coverage,
                                   const CoverageBasis& basis, const QueryLayers& layers);

/// The demand features that are not covered (else those that are), with their columns, the distance to the nearest
/// facility (metres; null where there is none) and which one it is.
[[nodiscard]] DatasetPtr gap_dataset(const CoverageQuery& query, const CoverageAnswer& coverage,
                                     const CoverageBasis& basis, const QueryLayers& layers);
/// A row for each area: its columns, then total, covered and uncovered weight, the share covered (null where there is
/// nobody) and the numbers of demand features; without areas one row for all.
[[nodiscard]] DatasetPtr areas_dataset(const CoverageQuery& query, const CoverageAnswer& coverage,
                                       const CoverageBasis& basis, const QueryLayers& layers);
/// A row for each facility: its columns, the weight reached and that reached by it alone.
[[nodiscard]] DatasetPtr facilities_dataset(const CoverageQuery& query, const CoverageAnswer& coverage,
                                            const CoverageBasis& basis, const QueryLayers& layers);

}  // namespace diaban
