// Which rows of a table belong to which features: the matching behind Features::join.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/features.h"

namespace diaban {

struct MatchedRows {
    std::vector<int64_t> times;              ///< of the table's time column, ascending; empty without one
    std::vector<std::vector<int32_t>> rows;  ///< one list without a time column, else one for each time; -1 is no row
    Diagnostics diagnostics;
};

/// Keys compare as trimmed text. Where one side's keys are digits of one length, some with leading zeros, and the other
/// side's are shorter digits, those have lost their zeros to a spreadsheet and get them back (a note says so).
[[nodiscard]] Expected<MatchedRows> match_rows(const Dataset& base, const JoinSpec& spec);

/// "Did you mean “stunted”?", or a list of what there is.
[[nodiscard]] std::string did_you_mean(std::string_view name, const std::vector<std::string>& known);

}  // namespace diaban
