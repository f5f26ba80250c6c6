// `diaban join`: a table joined to boundaries by code and name, with a report of what became of every row.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "data/features.h"
#include "data/read.h"

namespace diaban {

struct JoinCommand {
    std::filesystem::path boundaries, table, output;
    std::string boundaries_layer;     ///< of the file; empty: its first one with shapes
    ReadOptions reading;              ///< of the table
    std::vector<KeyPair> keys;        ///< the first one leads; none: told from the content
    std::string time_field;           ///< empty: told, when the keys are
    bool long_times = false;          ///< a row for each time, not a column
    std::optional<double> accept;     ///< take the only best suggestion of at least this score
    std::filesystem::path decisions;  ///< CSV with the columns row and feature: what was said before
    std::filesystem::path report;     ///< CSV to write; empty: none
    bool as_is = false;               ///< take the cautious reading where something should be decided
    bool json = false;
};

/// Writes boundaries with the table's columns, and says on `out` in one sentence what matched by which rule, what is
/// suggested, and what is left on either side; or as JSON {"output", "summary", "rows", "matched", "suggested", …,
/// "keys", "diagnostics"}. Exit codes: 0; 2 for words that do not fit; 3 for files that cannot be read, keys that are
/// not there, something to be decided first, or a table of which no row matches. On a failure nothing is written but,
/// in the last case, the report.
[[nodiscard]] int join_command(const JoinCommand& command, std::ostream& out, std::ostream& err);

}  // namespace diaban
