// Ranges of a buffer's records, vertices or indices that are drawn together.
#pragma once

#include <cstdint>
#include <vector>

namespace diaban {

struct Range {
    uint32_t first = 0;
    uint32_t count = 0;
    bool operator==(const Range&) const = default;
};

/// Appends a range that lies behind all others. Where no more than `gap` lies between it and the last one, the two
/// become one: to draw what lies outside the picture costs less than another call.
inline void add_range(std::vector<Range>& ranges, Range range, uint32_t gap) {
    if (range.count == 0) return;
    if (!ranges.empty() && range.first - (ranges.back().first + ranges.back().count) <= gap)
        ranges.back().count = range.first + range.count - ranges.back().first;
    else
        ranges.push_back(range);
}

}  // namespace diaban
