#include "base/format.h"

#include <fmt/format.h>

#include <cmath>

#include "base/i18n.h"

namespace diaban {

namespace {

NumberStyle style;

/// Sign and digits of fmt's output, with this style's separators and a true minus sign.
std::string with_separators(std::string plain) {
    const bool negative = plain.starts_with('-');
    if (negative) plain.erase(0, 1);
    // "-0.0" is what rounding leaves of a tiny negative number; it is no number that people write.
    const bool zero = plain.find_first_not_of("0.") == std::string::npos;
    const auto point = plain.find('.');
    std::string whole = plain.substr(0, point);
    for (std::size_t at = whole.size(); at > 3;) {
        at -= 3;
        whole.insert(at, style.thousands);
    }
    std::string text = negative && !zero ? "−" + whole : whole;
    if (point != std::string::npos) text += style.decimal + plain.substr(point + 1);
    return text;
}

}  // namespace

void set_number_style(NumberStyle chosen) {
    style = std::move(chosen);
}

std::string format_integer(int64_t value) {
    return with_separators(fmt::format("{}", value));
}

std::string format_compact(int64_t value) {
    constexpr int64_t thousand = 1000;
    constexpr int64_t million = 1'000'000;
    const int64_t size = std::abs(value);
    if (size < 10 * thousand) return format_integer(value);
    if (size < million - thousand / 2) {
        return fmt::format(fmt::runtime(tr("{} k")), format_integer((value + (value < 0 ? -500 : 500)) / thousand));
    }
    const double millions = static_cast<double>(value) / million;
    const bool tenths = std::abs(millions) < 9.95 && std::abs(std::remainder(millions, 1)) >= 0.05;
    return fmt::format(fmt::runtime(tr("{} M")), format_number(millions, tenths ? 1 : 0));
}

std::string format_number(double value, int decimals) {
    if (!std::isfinite(value)) return "–";
    return with_separators(fmt::format("{:.{}f}", value, decimals));
}

std::string format_number(double value) {
    if (!std::isfinite(value)) return "–";
    const double magnitude = std::abs(value);
    if (magnitude == 0) return "0";
    const int exponent = static_cast<int>(std::floor(std::log10(magnitude)));
    // Four significant digits, but never the whole part rounded away.
    int decimals = magnitude >= 1000 ? 0 : 3 - exponent;
    if (decimals > 9) decimals = 9;
    std::string plain = fmt::format("{:.{}f}", value, decimals);
    if (plain.find('.') != std::string::npos) {
        plain.erase(plain.find_last_not_of('0') + 1);
        if (plain.ends_with('.')) plain.pop_back();
    }
    return with_separators(plain);
}

int decimals_for_step(double step) {
    step = std::abs(step);
    if (!std::isfinite(step) || step == 0) return 0;
    for (int decimals = 0; decimals < 6; ++decimals) {
        const double scaled = step * std::pow(10, decimals);
        if (scaled >= 1 && std::abs(scaled - std::round(scaled)) < 1e-6 * scaled) return decimals;
        if (scaled >= 100) return decimals;
    }
    return 6;
}

std::string format_percent(double fraction, int decimals) {
    if (!std::isfinite(fraction)) return "–";
    return format_number(fraction * 100, decimals) + "%";
}

std::string format_count_of(int64_t part, int64_t whole) {
    return fmt::format(fmt::runtime(tr("{} of {}")), format_integer(part), format_integer(whole));
}

std::string format_length_metres(double metres) {
    if (!std::isfinite(metres)) return "–";
    if (std::abs(metres) < 1) return format_number(metres, 2) + " m";
    if (std::abs(metres) < 999.5) return format_number(metres, 0) + " m";
    const double km = metres / 1000;
    return format_number(km, std::abs(km) < 99.95 && std::abs(km - std::round(km)) > 0.005 ? 1 : 0) + " km";
}

std::string format_area_square_metres(double square_metres) {
    if (!std::isfinite(square_metres)) return "–";
    if (std::abs(square_metres) < 1e5) return format_number(square_metres) + " m²";
    return format_number(square_metres / 1e6) + " km²";
}

std::string format_scale(double denominator) {
    if (!std::isfinite(denominator) || denominator <= 0) return "–";
    // Three significant digits say all that a reader can use.
    const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(denominator)) - 2));
    return "1:" + format_number(std::round(denominator / unit) * unit, 0);
}

std::string format_lon_lat(double lon, double lat) {
    if (!std::isfinite(lon) || !std::isfinite(lat)) return "–";
    if (std::abs(lon) > 180) lon = std::remainder(lon, 360.0);
    return fmt::format("{}°{} {}°{}", format_number(std::abs(lat), 4), lat < 0 ? "S" : "N",
                       format_number(std::abs(lon), 4), lon < 0 ? "W" : "E");
}

}  // namespace diaban
