// Dividing a number by shares so that nothing is lost: the parts add up to it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace diaban {

/// A whole number in whole parts by Hamilton's method (largest remainders; Balinski & Young, Fair Representation,
/// 1982): each share gets its quota rounded down, and what is left goes, one each, to the largest remainders. Ties go
/// to the larger share, then to the earlier one. The parts add up to `value` exactly. A negative value is divided as
/// its opposite. Shares are at least 0 and add up to more than 0; they are taken relative to their sum.
[[nodiscard]] std::vector<int64_t> apportion(int64_t value, std::span<const double> shares);

/// A real number in parts value × share / sum of shares; the largest share (the earliest of equals) gets what the
/// others leave, so that the parts, added up in order with it last, give `value` to within one unit in its last place.
[[nodiscard]] std::vector<double> divide(double value, std::span<const double> shares);

}  // namespace diaban
