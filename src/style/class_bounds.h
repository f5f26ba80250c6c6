// The two harder halves of classify(): where natural breaks lie, and how bounds are written so that labels are true.
#pragma once

#include <span>
#include <vector>

namespace diaban {

/// Inner bounds (the lowest value of each class but the first) of the partition of ascending, finite values into at
/// most `count` classes with the least sum of squared deviations from the class means: W. D. Fisher, "On Grouping for
/// Maximum Homogeneity", JASA 53 (1958) 789–798. Equal values stay together. Of equally good partitions the one with
/// the lower breaks.
[[nodiscard]] std::vector<double> natural_breaks(std::span<const double> sorted, int count);

struct WrittenBounds {
    std::vector<double> bounds;
    int decimals = 0;
};

/// `bounds` as a legend writes them: numbers of equally many, and as few, decimals such that each of the ascending
/// values stays in its class, exact or rounded to those decimals. Inner bounds move within the gap between two values,
/// the ends outwards.
[[nodiscard]] WrittenBounds written_bounds(std::span<const double> bounds, std::span<const double> sorted);

}  // namespace diaban
