// Rates with what they rest on.
#pragma once

#include <optional>

namespace diaban {

struct Interval {
    double low = 0;
    double high = 1;
};

/// A proportion: `cases` of `population`. Never shown without both.
struct Rate {
    double cases = 0;
    double population = 0;
    [[nodiscard]] std::optional<double> value() const;  ///< nothing for an empty or negative denominator
};

/// Wilson's score interval (Wilson 1927, JASA 22:209–212) at `confidence` (0.95 unless said), without continuity
/// correction; [0, 1] when there is no denominator, and for a confidence outside (0, 1). Cases beyond 0 … population
/// are taken as the nearer end.
[[nodiscard]] Interval wilson_interval(Rate rate, double confidence = 0.95);

/// Whether a denominator is too small for the rate to be read alone: the interval is wider than `width` (0.2 unless
/// said).
[[nodiscard]] bool uncertain(Rate rate, double width = 0.2);

/// Inverse of the standard normal distribution function (Acklam's rational approximation refined by one Halley step;
/// absolute error below 1e-12 on (0, 1)). −∞ at 0, ∞ at 1, NaN outside.
[[nodiscard]] double normal_quantile(double p);

}  // namespace diaban
