// Which rows of a table belong to which features: the matching behind Features::join.
//
// For each row, the first of these that tells:
//   1. what the user confirmed or refused for its key (ConfirmedMatch);
//   2. its code (all pairs of role `code` together); codes compare as trimmed text, and where the features' codes have
//      one length, zeros included, shorter numbers of the table get theirs back (or the other way round; a note says
//      so);
//   3. its name (data/join/names.h) among the features whose parent unit agrees: the same name and kind, else the name
//      alone where a kind is missing and a single feature bears it; several pairs of role `name` are tried in turn;
//   4. nothing: likely names are suggested, and wait for a yes. So are names with another kind, in another parent unit,
//      and names without diacritics.
// Where a text has lost its diacritics ("xa thanh an"), units that differ by them alone (Thanh An, Thạnh An) count as
// one name too. Pairs of role `exact` have to agree besides, in 2 to 4. A name that several features bear is no key:
// the row is ambiguous, and its candidates are suggested.
#pragma once

#include <vector>

#include "data/features.h"
#include "data/join/match_report.h"

namespace diaban {

struct MatchedRows {
    std::vector<int64_t> times;              ///< of the table's time column, ascending; empty without one
    std::vector<std::vector<int32_t>> rows;  ///< one list without a time column, else one for each time; -1 is no row
    MatchReport report;
    Diagnostics diagnostics;  ///< the report's findings, in few sentences
};

/// Errors: a column that is not there, a time column without whole numbers.
[[nodiscard]] Expected<MatchedRows> match_rows(const Dataset& base, const JoinSpec& spec);

}  // namespace diaban
