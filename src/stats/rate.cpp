#include "stats/rate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace diaban {

namespace {

template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
    double sum = 0;
    for (const double c : coefficients)
        sum = sum * x + c;
    return sum;
}

/// P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003): relative
/// error below 1.15e-9.
double acklam(double p) {
    constexpr std::array a{-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                           1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    constexpr std::array b{-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                           6.680131188771972e+01,  -1.328068155288572e+01, 1.0};
    constexpr std::array c{-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                           -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    constexpr std::array d{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00,
                           1.0};
    constexpr double tail = 0.02425;
    if (p < tail) {
        const double q = std::sqrt(-2 * std::log(p));
        return polynomial(c, q) / polynomial(d, q);
    }
    const double q = p - 0.5;
    const double r = q * q;
    return polynomial(a, r) * q / polynomial(b, r);
}

}  // namespace

std::optional<double> Rate::value() const {
    if (!(population > 0) || std::isnan(cases)) return std::nullopt;
    return cases / population;
}

double normal_quantile(double p) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (!(p >= 0 && p <= 1)) return std::numeric_limits<double>::quiet_NaN();
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    // The upper half by symmetry: 1 − Φ(x) would lose the digits that erfc keeps in the lower one.
    if (p > 0.5) return -normal_quantile(1 - p);
    const double x = acklam(p);
    const double error = 0.5 * std::erfc(-x / std::numbers::sqrt2) - p;
    const double step = error * std::sqrt(2 * std::numbers::pi) * std::exp(x * x / 2);
    if (!std::isfinite(step)) return x;
    return x - step / (1 + x * step / 2);
}

Interval wilson_interval(Rate rate, double confidence) {
    const auto value = rate.value();
    if (!value || !(confidence > 0 && confidence < 1)) return {};
    const double n = rate.population;
    const double p = std::clamp(*value, 0.0, 1.0);
    const double z = normal_quantile(0.5 + confidence / 2);
    const double centre = p + z * z / (2 * n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    // At the ends the bound is exact; rounding must not leave it beside.
    const double low = p == 0 ? 0 : (centre - half) / scale;
    const double high = p == 1 ? 1 : (centre + half) / scale;
    return {std::clamp(low, 0.0, 1.0), std::clamp(high, 0.0, 1.0)};
}

bool uncertain(Rate rate, double width) {
    const Interval interval = wilson_interval(rate);
    return interval.high - interval.low > width;
}

}  // namespace diaban
