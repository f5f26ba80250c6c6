// For carry()'s own .cpp files: one column after the other, along the flows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/crosswalk/carry.h"
#include "data/crosswalk/flows.h"

namespace diaban::crosswalk {

/// A carried quantity, by new row.
struct Values {
    std::vector<std::optional<double>> value;
    std::vector<double> assumed;  ///< how much of it rests on assumed shares, 0–1
};

/// A carried count. Whole numbers are exact in `whole` (and `value` holds them as far as a double can).
struct Count : Values {
    std::vector<int64_t> whole;
    std::vector<CarriedTotal> totals;
};
/// Of a numeric column. Errors (bad_input): a sum beyond 2^63; for whole counts, a value that is no whole number.
[[nodiscard]] Expected<Count> carry_count(const Column& column, bool whole, const Flows& flows);

/// Means weighted by the parts of `weight`; sources that lack either are left aside.
[[nodiscard]] Values carry_mean(const Column& column, const Column& weight, const Flows& flows);

/// Its type is kept where all sources of every row agree; else it becomes text.
[[nodiscard]] Column carry_label(const Column& column, const Flows& flows);

}  // namespace diaban::crosswalk
