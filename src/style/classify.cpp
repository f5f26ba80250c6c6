#include "style/classify.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/i18n.h"
#include "base/text.h"
#include "style/class_bounds.h"

namespace diaban {

namespace {

using Values = std::vector<double>;

constexpr std::array<ClassMethod, 6> all_methods{ClassMethod::quantile,           ClassMethod::equal_interval,
                                                 ClassMethod::natural_breaks,     ClassMethod::pretty,
                                                 ClassMethod::standard_deviation, ClassMethod::manual};

Values sorted_finite(std::span<const double> values) {
    Values sorted;
    sorted.reserve(values.size());
    std::ranges::copy_if(values, std::back_inserter(sorted), [](double v) { return std::isfinite(v); });
    std::ranges::sort(sorted);
    return sorted;
}

/// Type 7 of Hyndman & Fan 1996: linear between the order statistics at 1 + (n − 1) p.
double quantile_7(const Values& sorted, double p) {
    const double at = static_cast<double>(sorted.size() - 1) * p;
    const auto left = static_cast<std::size_t>(at);
    if (left + 1 >= sorted.size()) return sorted.back();
    return sorted[left] + (at - static_cast<double>(left)) * (sorted[left + 1] - sorted[left]);
}

/// Those inner bounds that have a value on either side before the next one; so no class is empty.
Values without_empty_classes(const Values& sorted, Values inner) {
    std::ranges::sort(inner);
    Values kept;
    std::size_t values_below_last = 0;
    for (const double bound : inner) {
        const auto below = static_cast<std::size_t>(std::ranges::lower_bound(sorted, bound) - sorted.begin());
        if (below == values_below_last || below == sorted.size()) continue;
        kept.push_back(bound);
        values_below_last = below;
    }
    return kept;
}

Values with_ends(const Values& sorted, const Values& inner) {
    Values bounds{sorted.front()};
    bounds.insert(bounds.end(), inner.begin(), inner.end());
    bounds.push_back(sorted.back());
    return bounds;
}

Values quantile_bounds(const Values& sorted, int count) {
    Values inner;
    for (int i = 1; i < count; ++i)
        inner.push_back(quantile_7(sorted, static_cast<double>(i) / count));
    return with_ends(sorted, without_empty_classes(sorted, inner));
}

Values equal_interval_bounds(const Values& sorted, int count) {
    const double low = sorted.front();
    const double high = sorted.back();
    Values inner;
    for (int i = 1; i < count; ++i) {
        const double t = static_cast<double>(i) / count;
        const double bound = low * (1 - t) + high * t;
        // Steps smaller than a double can tell apart make fewer classes.
        if (bound > (inner.empty() ? low : inner.back()) && bound < high) inner.push_back(bound);
    }
    return with_ends(sorted, inner);
}

Values standard_deviation_bounds(const Values& sorted, int count) {
    const double n = static_cast<double>(sorted.size());
    const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
    double squares = 0;
    for (const double v : sorted)
        squares += (v - mean) * (v - mean);
    const double sd = std::sqrt(squares / (n - 1));

    Values inner;
    const int pairs = (count - 1) / 2;
    for (int k = 0; k < pairs; ++k) {
        inner.push_back(mean - (0.5 + k) * sd);
        inner.push_back(mean + (0.5 + k) * sd);
    }
    if (count % 2 == 0) {
        const bool farther_up = sorted.back() - mean >= mean - sorted.front();
        inner.push_back(mean + (farther_up ? 1 : -1) * (0.5 + pairs) * sd);
    }
    return with_ends(sorted, without_empty_classes(sorted, inner));
}

/// k × m × 10^e, as the nearest double to that decimal number: 3 × 1 × 10^-1 is 0.3, not 3 × 0.1.
double decimal_multiple(double k, double m, int e) {
    return e < 0 ? k * m / std::pow(10.0, -e) : k * m * std::pow(10.0, e);
}

Values pretty_bounds(const Values& sorted, int count) {
    const double low = sorted.front();
    const double high = sorted.back();
    for (int e = static_cast<int>(std::floor(std::log10((high - low) / count))) - 1;; ++e) {
        for (const double m : {1.0, 2.0, 2.5, 5.0}) {
            const double step = decimal_multiple(1, m, e);
            double first = std::floor(low / step);
            if (decimal_multiple(first + 1, m, e) <= low) ++first;
            if (decimal_multiple(first, m, e) > low) --first;
            double last = std::ceil(high / step);
            if (decimal_multiple(last - 1, m, e) >= high) --last;
            if (decimal_multiple(last, m, e) < high) ++last;
            if (last - first > count) continue;
            Values bounds;
            for (double k = first; k <= last; ++k)
                bounds.push_back(decimal_multiple(k, m, e));
            return bounds;
        }
    }
}

Values bounds_for(const Values& sorted, ClassMethod method, int count) {
    switch (method) {
        case ClassMethod::quantile:
            return quantile_bounds(sorted, count);
        case ClassMethod::equal_interval:
            return equal_interval_bounds(sorted, count);
        case ClassMethod::natural_breaks:
            return with_ends(sorted, natural_breaks(sorted, count));
        case ClassMethod::pretty:
            return pretty_bounds(sorted, count);
        case ClassMethod::standard_deviation:
            return standard_deviation_bounds(sorted, count);
        case ClassMethod::manual:
            return with_ends(sorted, {});
    }
    throw std::logic_error("a ClassMethod out of range");
}

Classes with_written(Values bounds, const Values& sorted) {
    WrittenBounds written = written_bounds(bounds, sorted);
    return {std::move(bounds), std::move(written.bounds), written.decimals};
}

}  // namespace

int Classes::class_of(double value) const {
    if (bounds.size() < 2 || !(value >= bounds.front() && value <= bounds.back())) return -1;
    const auto inner_end = bounds.end() - 1;
    return static_cast<int>(std::upper_bound(bounds.begin() + 1, inner_end, value) - (bounds.begin() + 1));
}

Classes classify(std::span<const double> values, ClassMethod method, int count) {
    const Values sorted = sorted_finite(values);
    if (sorted.empty()) return {};
    const bool one_value = sorted.front() == sorted.back();
    Values bounds = one_value ? with_ends(sorted, {}) : bounds_for(sorted, method, std::clamp(count, 2, 12));
    return with_written(std::move(bounds), sorted);
}

Classes manual_classes(std::span<const double> values, std::vector<double> inner_bounds) {
    const Values sorted = sorted_finite(values);
    if (sorted.empty()) return {};
    Values inner = sorted_finite(inner_bounds);
    inner.erase(std::unique(inner.begin(), inner.end()), inner.end());

    Values bounds;
    if (inner.empty() || inner.front() > sorted.front()) bounds.push_back(sorted.front());
    bounds.insert(bounds.end(), inner.begin(), inner.end());
    if (bounds.size() < 2 || bounds.back() <= sorted.back()) bounds.push_back(std::max(bounds.back(), sorted.back()));
    return with_written(std::move(bounds), sorted);
}

double goodness_of_variance_fit(std::span<const double> values, const Classes& classes) {
    struct Sums {
        double n = 0, mean = 0, squares = 0;
        // Welford's update: no cancellation, whatever the values' size.
        void add(double v) {
            ++n;
            const double off = v - mean;
            mean += off / n;
            squares += off * (v - mean);
        }
    };
    Sums total;
    std::vector<Sums> within(static_cast<std::size_t>(classes.count()));
    for (const double v : values) {
        const int c = classes.class_of(v);
        if (c < 0) continue;
        total.add(v);
        within[static_cast<std::size_t>(c)].add(v);
    }
    if (total.squares <= 0) return 1;
    double inside = 0;
    for (const Sums& sums : within)
        inside += sums.squares;
    return 1 - inside / total.squares;
}

std::string to_id(ClassMethod method) {
    switch (method) {
        case ClassMethod::quantile:
            return "quantile";
        case ClassMethod::equal_interval:
            return "equal_interval";
        case ClassMethod::natural_breaks:
            return "natural_breaks";
        case ClassMethod::pretty:
            return "pretty";
        case ClassMethod::standard_deviation:
            return "standard_deviation";
        case ClassMethod::manual:
            return "manual";
    }
    throw std::logic_error("a ClassMethod out of range");
}

Expected<ClassMethod> class_method_from_id(std::string_view id) {
    std::vector<std::string> ids;
    for (const ClassMethod method : all_methods) {
        ids.push_back(to_id(method));
        if (ids.back() == id) return method;
    }
    const std::string nearest = nearest_word(id, ids);
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no class method “{}”")), id), {},
                nearest.empty() ? fmt::format(fmt::runtime(tr("Choose one of {}.")), fmt::join(ids, ", "))
                                : fmt::format(fmt::runtime(tr("Did you mean “{}”?")), nearest));
}

std::string to_text(ClassMethod method) {
    switch (method) {
        case ClassMethod::quantile:
            return tr("Quantiles");
        case ClassMethod::equal_interval:
            return tr("Equal intervals");
        case ClassMethod::natural_breaks:
            return tr("Natural breaks");
        case ClassMethod::pretty:
            return tr("Round numbers");
        case ClassMethod::standard_deviation:
            return tr("Standard deviations");
        case ClassMethod::manual:
            return tr("By hand");
    }
    throw std::logic_error("a ClassMethod out of range");
}

}  // namespace diaban
