// `diaban crosswalk`: data keyed to one set of units carried over to another (the communes before a reform and after).
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "data/read.h"
#include "workspace/carried.h"

namespace diaban {

struct CrosswalkCommand {
    std::filesystem::path data;       ///< rows keyed to the units of before
    std::filesystem::path new_units;  ///< the units of after: a table, or boundaries
    std::filesystem::path output;
    ReadOptions reading;  ///< of the data

    // ── where the correspondence is told; the first that is given, else told from the files: boundaries of both that
    //    the data bring themselves, then a list of names in `new_units` ──
    std::filesystem::path pairs;      ///< a table of pairs
    PairColumns pair_columns;         ///< empty ones: "from", "to", "share", …
    std::string names;                ///< the column of `new_units` that lists what each was merged from
    std::string separator;            ///< of that list; empty: a comma
    std::string parent;               ///< its column of the province, to tell old units of one name apart
    std::filesystem::path old_units;  ///< boundaries of before; empty: the data's own
    std::filesystem::path points;     ///< points that weigh the shares
    std::string weight;               ///< their column
    std::string new_id, old_id;       ///< columns that identify units; empty: told

    std::string key, time_field;  ///< of the data; empty: told
    bool reverse = false;         ///< the data are of the new units, and go to the old ones
    std::vector<ColumnRule> rules;
    std::vector<Correction> corrections;
    std::filesystem::path write_pairs;  ///< CSV of every pair with its share, basis and source; empty: none
    bool as_is = false;
    bool json = false;
};

/// Writes a row for each new unit (and time), with their shapes where `new_units` has them and the format holds shapes,
/// and says on `out` what was carried: the totals of every counted column before and after, and what rests on an
/// assumption; or as JSON {"output", "units", "pairs", "assumed_units", "totals", "diagnostics"}. Exit codes: 0; 2 for
/// words that do not fit; 3 for files that cannot be read, columns whose kind has to be said, corrections that do not
/// fit. On a failure nothing is written.
[[nodiscard]] int crosswalk_command(const CrosswalkCommand& command, std::ostream& out, std::ostream& err);

}  // namespace diaban
