#include <algorithm>
#include <cstdint>
#include <limits>

#include "style/class_bounds.h"

namespace diaban {

namespace {

/// Sums over distinct values, so that the squared deviations within any run of them take constant time.
class Runs {
public:
    explicit Runs(std::span<const double> sorted) {
        // Deviations from the middle value keep the sums of squares from cancelling.
        const double origin = sorted[sorted.size() / 2];
        sums_.push_back({});
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                values_.push_back(sorted[i]);
                sums_.push_back(sums_.back());
            }
            const long double off = static_cast<long double>(sorted[i]) - static_cast<long double>(origin);
            sums_.back().n += 1;
            sums_.back().x += off;
            sums_.back().xx += off * off;
        }
    }

    [[nodiscard]] std::size_t size() const { return values_.size(); }
    [[nodiscard]] double value(std::size_t i) const { return values_[i]; }

    /// Sum of squared deviations from their mean of the distinct values first … last, each as often as it occurs.
    [[nodiscard]] double cost(std::size_t first, std::size_t last) const {
        const Sums& from = sums_[first];
        const Sums& to = sums_[last + 1];
        const long double x = to.x - from.x;
        const long double squares = (to.xx - from.xx) - x * x / (to.n - from.n);
        return std::max(0.0, static_cast<double>(squares));
    }

private:
    struct Sums {
        long double n = 0, x = 0, xx = 0;
    };
    std::vector<double> values_;
    std::vector<Sums> sums_;
};

/// One more class: best[j] is the least cost of values 0 … j in the classes so far. The first value of the last class
/// never moves down as j grows (the cost obeys the quadrangle inequality), so that halving the range of j halves the
/// range of its candidates: O(n log n).
class NextClass {
public:
    NextClass(const Runs& runs, const std::vector<double>& best)
        : runs_(runs),
          best_(best),
          next_(best.size(), std::numeric_limits<double>::infinity()),
          from_(best.size(), 0) {}

    void solve(std::size_t low, std::size_t high, std::size_t first, std::size_t last) {
        const std::size_t j = low + (high - low) / 2;
        std::size_t chosen = first;
        for (std::size_t start = first; start <= std::min(j, last); ++start) {
            const double cost = best_[start - 1] + runs_.cost(start, j);
            if (cost < next_[j]) next_[j] = cost, chosen = start;
        }
        from_[j] = static_cast<uint32_t>(chosen);
        if (j > low) solve(low, j - 1, first, chosen);
        if (j < high) solve(j + 1, high, chosen, last);
    }

    [[nodiscard]] const std::vector<double>& best() const { return next_; }
    /// The first distinct value of the last class when the classes end at j.
    [[nodiscard]] const std::vector<uint32_t>& first_of_last() const { return from_; }

private:
    const Runs& runs_;
    const std::vector<double>& best_;
    std::vector<double> next_;
    std::vector<uint32_t> from_;
};

}  // namespace

std::vector<double> natural_breaks(std::span<const double> sorted, int count) {
    if (sorted.empty() || count < 2) return {};
    const Runs runs(sorted);
    const std::size_t n = runs.size();
    const std::size_t classes = std::min(static_cast<std::size_t>(count), n);

    std::vector<double> best(n);
    for (std::size_t j = 0; j < n; ++j)
        best[j] = runs.cost(0, j);
    std::vector<std::vector<uint32_t>> starts;
    for (std::size_t k = 1; k < classes; ++k) {
        // The first k values cannot fill k + 1 classes.
        NextClass next(runs, best);
        next.solve(k, n - 1, k, n - 1);
        starts.push_back(next.first_of_last());
        best = next.best();
    }

    std::vector<double> breaks(starts.size());
    std::size_t end = n - 1;
    for (std::size_t k = starts.size(); k-- > 0;) {
        const std::size_t start = starts[k][end];
        breaks[k] = runs.value(start);
        end = start - 1;
    }
    return breaks;
}

}  // namespace diaban
