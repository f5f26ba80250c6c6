// Classes for a choropleth. Class i holds bounds[i] <= v < bounds[i+1]; the last class holds its upper bound too.
// That one rule is what the legend states and what drawing uses.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace diaban {

enum class ClassMethod { quantile, equal_interval, natural_breaks, pretty, standard_deviation, manual };

struct Classes {
    std::vector<double>
        bounds;  ///< class count + 1, strictly ascending; two equal values only for a single-valued class

    /// The same cuts as the legend writes them: the shortest decimal numbers that put every value the classes were made
    /// from into the same class (the ends rounded outwards). Empty for classes made without values.
    std::vector<double> written = {};
    int decimals = 0;  ///< with how many decimals `written` is written

    bool operator==(const Classes&) const = default;
    [[nodiscard]] int count() const { return bounds.empty() ? 0 : static_cast<int>(bounds.size()) - 1; }
    /// -1 for NaN and for values outside the bounds.
    [[nodiscard]] int class_of(double value) const;
};

/// At most `count` (2–12) classes of the values; fewer where the values do not allow it (few distinct ones), so no
/// class is empty by construction of the method's bounds except with equal_interval, pretty and manual. NaN is passed
/// over; no values at all give no classes. Bounds are the data's own (no rounding) except with pretty.
///   quantile            type-7 quantiles (Hyndman & Fan 1996), ties kept in one class
///   natural_breaks      Fisher 1958 / Jenks 1977 by dynamic programming, exact, O(classes × n log n); a bound is the
///                       lowest value of its upper class
///   pretty              1, 2, 2.5 or 5 × 10^k steps that cover the range
///   standard_deviation  bounds at mean ± (0.5 + k) sd (of the sample, n − 1), ends at the data's; with an even count
///                       the odd bound lies on the side to which the data reach farther
///   manual              as manual_classes without inner bounds: one class
[[nodiscard]] Classes classify(std::span<const double> values, ClassMethod method, int count);

/// Inner bounds as the user gave them (any order; duplicates, NaN and infinities dropped); the ends reach the data's
/// minimum and maximum. A bound at or below the minimum is itself the lower end, one above the maximum the upper end.
[[nodiscard]] Classes manual_classes(std::span<const double> values, std::vector<double> inner_bounds);

/// "10.0 – <15.0" for all but the last class, "20.0 – 31.2" for the last: it says which class a boundary value is in.
/// "7" for a class of one value. Decimals are as few as keep all bounds apart and true, the same for all labels:
///   - classes made from values write Classes::written: each of those values, exact or rounded to the label's decimals,
///     lies in the label of its class and in no other;
///   - bounds alone are written exactly where that takes at most two decimals more than keeping them apart does, else
///     rounded, inner bounds downwards: a value equal to a bound is never denied its class.
[[nodiscard]] std::vector<std::string> class_labels(const Classes& classes);

/// Goodness of variance fit (Jenks): 1 − within-class / total sum of squares.
[[nodiscard]] double goodness_of_variance_fit(std::span<const double> values, const Classes& classes);

/// Stable identifier for files ("natural_breaks") and back, and the translated name ("Natural breaks").
[[nodiscard]] std::string to_id(ClassMethod method);
[[nodiscard]] Expected<ClassMethod> class_method_from_id(std::string_view id);
[[nodiscard]] std::string to_text(ClassMethod method);

}  // namespace diaban
