// Every number that a user reads goes through here, so that one setting changes them all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace diaban {

/// How numbers are written. The default is English ("1,234.5"); Vietnamese is {",", "."}.
struct NumberStyle {
    std::string decimal = ".";
    std::string thousands = ",";
};

/// Set once at start-up, before any thread formats.
void set_number_style(NumberStyle style);

[[nodiscard]] std::string format_integer(int64_t value);

/// In two or three digits where it has more than four: "9,999", "12 k", "1.2 M", "35 M".
[[nodiscard]] std::string format_compact(int64_t value);

/// With exactly `decimals` digits after the point; "–" for NaN and infinities.
[[nodiscard]] std::string format_number(double value, int decimals);

/// With as few decimals as show the value to about four significant digits: 8, 23.4, 1,240, 0.056.
[[nodiscard]] std::string format_number(double value);

/// The smallest number of decimals (0–6) at which the values `step` apart look different: 5 → 0, 2.5 → 1, 0.01 → 2.
[[nodiscard]] int decimals_for_step(double step);

/// 0.2346 → "23.5%".
[[nodiscard]] std::string format_percent(double fraction, int decimals = 1);

/// "79 of 460".
[[nodiscard]] std::string format_count_of(int64_t part, int64_t whole);

/// "950 m", "12.4 km".
[[nodiscard]] std::string format_length_metres(double metres);

/// "950 m²", "0.056 m²", "12.4 km²" (from 0.1 km²).
[[nodiscard]] std::string format_area_square_metres(double square_metres);

/// "1:250,000".
[[nodiscard]] std::string format_scale(double denominator);

/// "21.5233°N 107.4021°E".
[[nodiscard]] std::string format_lon_lat(double lon, double lat);

}  // namespace diaban
