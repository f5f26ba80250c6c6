// Who is reached: the share of villages (weighted by households or children) that have a facility within a distance.
//
//     auto basis = coverage_basis(question, layers, cache, progress);       // distances: once
//     Coverage five = covered_within(*basis, Metres(5000));                 // again and again while the distance is
//     dragged
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "query/answer.h"

namespace diaban {

/// What does not hang on the distance. Shared, never changed.
struct CoverageBasis {
    std::string demand, facilities, by;  ///< layer ids; `by` may be empty
    std::vector<uint8_t> asked;          ///< one a demand feature: passes its filter and condition, has geometry
    std::vector<uint8_t> offered;        ///< one a facility, likewise
    std::vector<double> weight;          ///< one a demand feature; null and negative ones count 0, see `notes`
    std::vector<double> to_first;        ///< metres to the nearest facility, infinity for none
    std::vector<uint32_t> first;         ///< which one it is; no_feature for none
    std::vector<double> to_second;       ///< metres to the next one: farther than the reach, the first alone covers
    std::vector<uint32_t>
        area_of;              ///< of `by`: where it lies (the last one where areas overlap); no_feature for nowhere
    double total_weight = 0;  ///< of the asked
    uint32_t area_count = 0, facility_count = 0;
    Diagnostics notes;
};
using CoverageBasisPtr = std::shared_ptr<const CoverageBasis>;

struct CoverageShare {
    double covered = 0;  ///< weight
    double total = 0;    ///< weight; 0: there is no share
    uint32_t covered_count = 0, total_count = 0;
    bool operator==(const CoverageShare&) const = default;
};

struct Coverage {
    Metres reach;
    std::vector<uint8_t> covered;  ///< one a demand feature, of the asked
    CoverageShare total;
    std::vector<CoverageShare> by_area;  ///< one a feature of `by`
    CoverageShare nowhere;               ///< what lies in none of them
    std::vector<double> reached_by;      ///< one a facility: the weight whose nearest one it is, within reach
    std::vector<double> alone;  ///< one a facility: the weight that nobody else reaches: what would be lost without it
};

[[nodiscard]] Expected<CoverageBasisPtr> coverage_basis(const CoverageQuery& query, const QueryLayers& layers,
                                                        QueryCache& cache, Progress& progress);

/// Under 50 ms for a million demand features; the same, whatever the number of threads.
[[nodiscard]] Coverage covered_within(const CoverageBasis& basis, Metres reach);

/// "Villages (1,024, weighted by households) within 5 km of Border shelters (80): 8,120 of 9,900 households, 82.0%. …"
[[nodiscard]] std::string in_words(const CoverageQuery& query, const Coverage& coverage, const CoverageBasis& basis,
                                   const QueryLayers& layers);

/// The demand features that are not covered (else those that are), with their columns, the distance to the nearest
/// facility (metres) and which one it is.
[[nodiscard]] DatasetPtr gap_dataset(const CoverageQuery& query, const Coverage& coverage, const CoverageBasis& basis,
                                     const QueryLayers& layers);
/// A row for each area: its columns, total, covered, share; and one for each facility: reached, alone.
[[nodiscard]] DatasetPtr areas_dataset(const CoverageQuery& query, const Coverage& coverage, const CoverageBasis& basis,
                                       const QueryLayers& layers);
[[nodiscard]] DatasetPtr facilities_dataset(const CoverageQuery& query, const Coverage& coverage,
                                            const CoverageBasis& basis, const QueryLayers& layers);

}  // namespace diaban
