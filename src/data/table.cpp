#include "data/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/error.h"
#include "base/i18n.h"

namespace diaban {

namespace {

/// 2^63: the first double above every int64.
constexpr double int64_end = 9223372036854775808.0;

bool fits(ColumnType type, const Column::Values& values) {
    switch (type) {
        case ColumnType::boolean:
        case ColumnType::integer:
        case ColumnType::date:
        case ColumnType::date_time:
            return std::holds_alternative<std::vector<int64_t>>(values);
        case ColumnType::real:
            return std::holds_alternative<std::vector<double>>(values);
        case ColumnType::text:
            return std::holds_alternative<std::vector<std::string>>(values);
    }
    return false;
}

std::size_t size_of(const Column::Values& values) {
    return std::visit([](const auto& v) { return v.size(); }, values);
}

/// The shortest text that reads back as the same number, without an exponent where people would not write one.
std::string real_to_text(double value) {
    if (!std::isfinite(value)) return {};
    const double magnitude = std::abs(value);
    const bool plain = magnitude == 0 || (magnitude >= 1e-5 && magnitude < 1e16);
    std::array<char, 64> buffer{};
    const auto end = plain
                         ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed)
                         : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

std::string date_to_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string date_time_to_text(int64_t milliseconds) {
    const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(milliseconds)};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(at - day);
    std::string text = fmt::format("{}T{:02}:{:02}:{:02}", date_to_text(day), time.hours().count(),
                                   time.minutes().count(), time.seconds().count());
    if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
    return text + "Z";
}

}  // namespace

Column::Column(std::string name, ColumnType type, Values values, std::vector<uint8_t> present)
    : name_(std::move(name)), type_(type), values_(std::move(values)), present_(std::move(present)) {
    DIABAN_CHECK(fits(type_, values_));
    DIABAN_CHECK(size_of(values_) == present_.size());
}

Column::Column(std::string name, ColumnType type, Values values) : name_(std::move(name)), type_(type) {
    present_.assign(size_of(values), 1);
    values_ = std::move(values);
    DIABAN_CHECK(fits(type_, values_));
}

std::size_t Column::null_count() const {
    return static_cast<std::size_t>(std::count(present_.begin(), present_.end(), uint8_t{0}));
}

std::optional<double> Column::number(std::size_t row) const {
    if (is_null(row)) return {};
    if (type_ == ColumnType::integer || type_ == ColumnType::boolean)
        return static_cast<double>(std::get<std::vector<int64_t>>(values_)[row]);
    if (type_ != ColumnType::real) return {};
    const double value = std::get<std::vector<double>>(values_)[row];
    return std::isnan(value) ? std::optional<double>() : value;
}

std::optional<int64_t> Column::integer(std::size_t row) const {
    if (is_null(row)) return {};
    if (const auto* integers = std::get_if<std::vector<int64_t>>(&values_)) return (*integers)[row];
    if (const auto* reals = std::get_if<std::vector<double>>(&values_)) {
        const double value = (*reals)[row];
        if (std::trunc(value) == value && value >= -int64_end && value < int64_end) return static_cast<int64_t>(value);
    }
    return {};
}

std::string Column::text(std::size_t row) const {
    if (is_null(row)) return {};
    if (type_ == ColumnType::text) return std::get<std::vector<std::string>>(values_)[row];
    if (type_ == ColumnType::real) return real_to_text(std::get<std::vector<double>>(values_)[row]);
    const int64_t value = std::get<std::vector<int64_t>>(values_)[row];
    switch (type_) {
        case ColumnType::boolean:
            return value != 0 ? "true" : "false";
        case ColumnType::date:
            return date_to_text(std::chrono::sys_days(std::chrono::days(value)));
        case ColumnType::date_time:
            return date_time_to_text(value);
        case ColumnType::integer:
        case ColumnType::real:
        case ColumnType::text:
            break;
    }
    return std::to_string(value);
}

Table::Table(std::vector<Column> columns, std::size_t rows) : columns_(std::move(columns)), rows_(rows) {
    std::set<std::string_view> names;
    for (const Column& column : columns_) {
        DIABAN_CHECK(column.size() == rows_);
        DIABAN_CHECK(names.insert(column.name()).second);
    }
}

const Column* Table::find(std::string_view name) const {
    const auto it = std::find_if(columns_.begin(), columns_.end(), [&](const Column& c) { return c.name() == name; });
    return it == columns_.end() ? nullptr : &*it;
}

std::string to_text(ColumnType type) {
    switch (type) {
        case ColumnType::boolean:
            return tr("yes or no");
        case ColumnType::integer:
            return tr("whole number");
        case ColumnType::real:
            return tr("number");
        case ColumnType::text:
            return tr("text");
        case ColumnType::date:
            return tr("date");
        case ColumnType::date_time:
            return tr("date and time");
    }
    return {};
}

}  // namespace diaban
