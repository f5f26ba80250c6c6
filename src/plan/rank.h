// Which units come first: a weighted sum of criteria, each brought to 0–1 over the units compared (min–max).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/features.h"

namespace diaban {

struct Criterion {
    Measure measure;
    double weight = 1;
    bool more_is_worse = true;  ///< a higher value means a higher priority
    bool operator==(const Criterion&) const = default;
};

struct Ranked {
    uint32_t feature = 0;
    double score = 0;         ///< 0–1; the weighted mean of the criteria it has values for
    int rank = 0;             ///< from 1; equal scores share a rank (1, 2, 2, 4)
    bool incomplete = false;  ///< a criterion had no value
};

/// Highest priority first, equal scores (within 1e-12) in the features' order; features without any value come last
/// with score NaN and share the last rank. Weights need not sum to 1; all zero, or none, is an error, and so are a
/// negative weight and a column that is not there. A criterion of weight 0 is passed over; one whose values are all
/// equal gives 0.5 to every feature. Units are compared at `time`.
[[nodiscard]] Expected<std::vector<Ranked>> rank(const Features& features, const std::vector<Criterion>& criteria,
                                                 std::size_t time);

}  // namespace diaban
