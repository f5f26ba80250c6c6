// Runs of a buffer's records, vertices or indices that are drawn together.
#pragma once

#include <cstdint>
#include <vector>

namespace diaban {

struct Run {
    uint32_t first = 0;
    uint32_t count = 0;
    bool operator==(const Run&) const = default;
};

/// Appends a run that lies behind all others. Where no more than `gap` lies between it and the last one, the two become
/// one: to draw what lies outside the picture costs less than another call.
inline void add_run(std::vector<Run>& runs, Run run, uint32_t gap) {
    if (run.count == 0) return;
    if (!runs.empty() && run.first - (runs.back().first + runs.back().count) <= gap)
        runs.back().count = run.first + run.count - runs.back().first;
    else
        runs.push_back(run);
}

}  // namespace diaban
