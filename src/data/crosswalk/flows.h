// For carry()'s own .cpp files: which part of which old row goes to which new row.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/crosswalk/correspondence.h"
#include "data/table.h"

namespace diaban::crosswalk {

/// A part of an old row that goes to a new row.
struct Flow {
    std::size_t new_row = 0;
    const Correspondence* pair = nullptr;
};

struct OldRow {
    std::vector<Flow> flows;
    double nowhere = 0;  ///< the share of it that goes nowhere
    std::string time;
};

struct NewRow {
    std::size_t unit = 0;                                                ///< position among the to-units
    std::size_t first_old = 0;                                           ///< the first row that told of it
    std::vector<std::pair<std::size_t, const Correspondence*>> sources;  ///< old rows, ascending
    std::vector<std::size_t> without_row;                                ///< from-units that have no row at this time
};

struct Flows {
    std::vector<OldRow> old_rows;
    std::vector<NewRow> new_rows;
    Diagnostics diagnostics;
};

/// `time` may be null. Shares are at most 1 in sum.
[[nodiscard]] Flows find_flows(const Column& key, const Column* time, const Crosswalk& crosswalk);

}  // namespace diaban::crosswalk
