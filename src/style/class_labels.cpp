#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "base/format.h"
#include "style/class_bounds.h"
#include "style/classify.h"

namespace diaban {

namespace {

/// Enough for any legend; beyond it the doubles themselves are written.
constexpr int most_decimals = 15;

/// Decimal numbers of so many decimals; each is the nearest double to what it says, so that 0.29 is on the grid of two.
class Grid {
public:
    explicit Grid(int decimals) : decimals_(decimals), unit_(std::pow(10.0, decimals)) {}

    [[nodiscard]] double floor(double v) const {
        double k = std::floor(v * unit_);
        if ((k + 1) / unit_ <= v) ++k;
        if (k / unit_ > v) --k;
        return k / unit_ + 0.0;  // no −0
    }
    [[nodiscard]] double ceil(double v) const { return -floor(-v) + 0.0; }
    /// As a formatter rounds: by the double's exact value.
    [[nodiscard]] double round(double v) const {
        return std::strtod(fmt::format("{:.{}f}", v, decimals_).c_str(), nullptr) + 0.0;
    }
    /// The least number of the grid above v.
    [[nodiscard]] double above(double v) const { return (std::round(floor(v) * unit_) + 1) / unit_; }

private:
    int decimals_;
    double unit_;
};

bool ascending(std::span<const double> bounds, std::span<const double> like) {
    for (std::size_t i = 1; i < bounds.size(); ++i)
        if (like[i] == like[i - 1] ? bounds[i] < bounds[i - 1] : bounds[i] <= bounds[i - 1]) return false;
    return true;
}

/// The number of the grid nearest to the bound that leaves all values on their side of it.
std::optional<double> cut_on(const Grid& grid, double bound, std::span<const double> sorted) {
    const auto next = std::ranges::lower_bound(sorted, bound);
    double cut = grid.round(bound);
    if (next != sorted.end() && cut > *next) cut = grid.floor(*next);
    if (next != sorted.begin()) {
        const double below = *(next - 1);
        // Rounded, too, the value has to stay below: "14.96" must not read "15.0" in the class "<15.0".
        const double rounded = grid.round(below);
        if (cut <= below || cut <= rounded) cut = grid.above(std::max(below, rounded));
        if (cut <= below || cut <= rounded) return std::nullopt;
    }
    if (next != sorted.end() && cut > *next) return std::nullopt;
    return cut;
}

std::optional<std::vector<double>> written_on(const Grid& grid, std::span<const double> bounds,
                                              std::span<const double> sorted) {
    std::vector<double> written;
    written.push_back(grid.floor(bounds.front()));
    for (const double bound : bounds.subspan(1, bounds.size() - 2)) {
        const auto cut = cut_on(grid, bound, sorted);
        if (!cut) return std::nullopt;
        written.push_back(*cut);
    }
    written.push_back(grid.ceil(bounds.back()));
    return ascending(written, bounds) ? std::optional(written) : std::nullopt;
}

bool exactly_on(const Grid& grid, std::span<const double> bounds) {
    return std::ranges::all_of(bounds, [&](double b) { return grid.round(b) == b; });
}

/// Without values to go by; see class_labels().
WrittenBounds written_alone(std::span<const double> bounds) {
    const auto floored = [&](int decimals) {
        const Grid grid(decimals);
        WrittenBounds written{{}, decimals};
        for (const double b : bounds)
            written.bounds.push_back(grid.floor(b));
        written.bounds.back() = grid.ceil(bounds.back());
        return written;
    };
    int apart = 0;
    while (apart < most_decimals && !ascending(floored(apart).bounds, bounds))
        ++apart;
    for (int decimals = apart; decimals <= std::min(apart + 2, most_decimals); ++decimals)
        if (exactly_on(Grid(decimals), bounds)) return {{bounds.begin(), bounds.end()}, decimals};
    // One decimal more than telling them apart takes: a bound off by up to a class's width would be no bound at all.
    return floored(std::min(apart + 1, most_decimals));
}

/// "7", or "33.33" for a value that would take many decimals; no other class could claim it.
std::string lone_label(double value) {
    for (int decimals = 0; decimals <= 6; ++decimals)
        if (Grid(decimals).round(value) == value) return format_number(value + 0.0, decimals);
    return format_number(value);
}

}  // namespace

WrittenBounds written_bounds(std::span<const double> bounds, std::span<const double> sorted) {
    DIABAN_CHECK(bounds.size() >= 2);
    for (int decimals = 0; decimals <= most_decimals; ++decimals)
        if (auto written = written_on(Grid(decimals), bounds, sorted)) return {std::move(*written), decimals};
    return {{bounds.begin(), bounds.end()}, most_decimals};
}

std::vector<std::string> class_labels(const Classes& classes) {
    if (classes.count() == 0) return {};
    if (classes.count() == 1 && classes.bounds[0] == classes.bounds[1]) return {lone_label(classes.bounds[0])};
    const WrittenBounds written = classes.written.size() == classes.bounds.size()
                                      ? WrittenBounds{classes.written, classes.decimals}
                                      : written_alone(classes.bounds);
    const std::vector<double>& bounds = written.bounds;
    std::vector<std::string> labels;
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
        const std::string low = format_number(bounds[i], written.decimals);
        const std::string high = format_number(bounds[i + 1], written.decimals);
        const bool last = i + 2 == bounds.size();
        if (last && bounds[i] == bounds[i + 1])
            labels.push_back(low);
        else
            labels.push_back(fmt::format("{} – {}{}", low, last ? "" : "<", high));
    }
    return labels;
}

}  // namespace diaban
