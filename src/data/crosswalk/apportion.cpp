#include "data/crosswalk/apportion.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace diaban {
namespace {

/// Quotas nearer than this to a whole number are that number: 0.29 × 100 has to be 29, not 28.999….
constexpr long double rounding_error = 1e-9L;

long double sum_of(std::span<const double> shares) {
    long double sum = 0;
    for (const double share : shares) {
        DIABAN_CHECK(share >= 0 && std::isfinite(share));
        sum += static_cast<long double>(share);
    }
    DIABAN_CHECK(sum > 0);
    return sum;
}

std::vector<std::size_t> by_remainder(std::span<const long double> remainders, std::span<const double> shares) {
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        // Remainders that differ by less than a quota's rounding are equal, or a tie would be decided by noise.
        const auto step_a = std::llround(remainders[a] / rounding_error);
        const auto step_b = std::llround(remainders[b] / rounding_error);
        return step_a != step_b ? step_a > step_b : shares[a] > shares[b];
    });
    return order;
}

}  // namespace

std::vector<int64_t> apportion(int64_t value, std::span<const double> shares) {
    const long double sum = sum_of(shares);
    // The magnitude of the least int64 has no int64 of its own.
    const uint64_t size = value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
    std::vector<uint64_t> parts;
    std::vector<long double> remainders;
    uint64_t given = 0;
    for (const double share : shares) {
        const long double quota = static_cast<long double>(size) * (static_cast<long double>(share) / sum);
        const long double whole = std::floor(quota + rounding_error);
        // Huge numbers round up: never give more than there is.
        const uint64_t part = std::min(static_cast<uint64_t>(whole), size - given);
        parts.push_back(part);
        remainders.push_back(share > 0 ? std::max(0.0L, quota - whole) : -1.0L);
        given += part;
    }
    const auto order = by_remainder(remainders, shares);
    const auto receivers =
        static_cast<std::size_t>(std::count_if(shares.begin(), shares.end(), [](double share) { return share > 0; }));
    for (std::size_t i = 0; given < size; ++i, ++given)
        ++parts[order[i % receivers]];
    std::vector<int64_t> result;
    for (const uint64_t part : parts)
        result.push_back(static_cast<int64_t>(value < 0 ? uint64_t{0} - part : part));
    return result;
}

std::vector<double> divide(double value, std::span<const double> shares) {
    const auto sum = static_cast<double>(sum_of(shares));
    const auto largest = static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) - shares.begin());
    std::vector<double> parts;
    double others = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        parts.push_back(i == largest ? 0 : value * (shares[i] / sum));
        others += parts.back();
    }
    parts[largest] = value - others;
    return parts;
}

}  // namespace diaban
