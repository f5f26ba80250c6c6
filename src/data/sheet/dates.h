// Dates as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace diaban {

constexpr int64_t milliseconds_a_day = 86400000;

struct Moment {
    int64_t days = 0;                     ///< since 1970-01-01
    std::optional<int64_t> milliseconds;  ///< since midnight, where a time was written
    bool operator==(const Moment&) const = default;
};

/// "2025-07-01", "2025/7/1", "2025-07-01T08:30:00", with a blank for the T and a "Z" behind; an offset such as "+07:00"
/// is taken into account. Nothing for what is no date of the calendar.
[[nodiscard]] std::optional<Moment> parse_iso_date(std::string_view text);

enum class DateOrder { day_first, month_first };

/// "1/7/2025", "01-07-2025", "1.7.2025", with an optional time behind a blank. A year has four digits.
[[nodiscard]] std::optional<Moment> parse_date(std::string_view text, DateOrder order);

}  // namespace diaban
