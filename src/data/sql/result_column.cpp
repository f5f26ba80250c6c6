#include <algorithm>
#include <bit>
#include <string_view>

#include "base/text.h"
#include "data/sheet/dates.h"
#include "data/sql/result.h"

namespace diaban::sql {

namespace {

enum Kind : uint8_t { none = 0, integer = 1, real = 2, text = 4, bytes = 8 };

/// As Column::text() writes them, so that a text that merely begins like one is none.
bool has_shape_of(std::string_view written, ColumnType type) {
    constexpr std::size_t date_length = 10, date_time_length = 20;
    if (type == ColumnType::date) return written.size() == date_length;
    return written.size() >= date_time_length && written[date_length] == 'T' && written.back() == 'Z';
}

std::string hexadecimal(std::string_view raw) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string written;
    for (const char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        written += digits[byte >> 4U];
        written += digits[byte & 15U];
    }
    return written;
}

}  // namespace

void ResultColumn::add_null() {
    kinds_.push_back(Kind::none);
    values_.push_back(0);
}

void ResultColumn::add(sqlite3_stmt* row, int index) {
    switch (sqlite3_column_type(row, index)) {
        case SQLITE_INTEGER:
            kinds_.push_back(Kind::integer);
            values_.push_back(sqlite3_column_int64(row, index));
            break;
        case SQLITE_FLOAT:
            kinds_.push_back(Kind::real);
            values_.push_back(std::bit_cast<int64_t>(sqlite3_column_double(row, index)));
            break;
        case SQLITE_TEXT:
            kinds_.push_back(Kind::text);
            values_.push_back(static_cast<int64_t>(texts_.size()));
            texts_.push_back(to_nfc(bytes_of(row, index)));
            break;
        case SQLITE_BLOB:
            kinds_.push_back(Kind::bytes);
            values_.push_back(static_cast<int64_t>(texts_.size()));
            texts_.push_back(hexadecimal(bytes_of(row, index)));
            break;
        default:
            return add_null();
    }
    seen_ |= kinds_.back();
}

std::vector<uint8_t> ResultColumn::present() const {
    std::vector<uint8_t> present(kinds_.size());
    std::ranges::transform(kinds_, present.begin(), [](uint8_t kind) { return kind == Kind::none ? 0 : 1; });
    return present;
}

Column ResultColumn::as_text(std::string name) const {
    std::vector<std::string> written(kinds_.size());
    for (std::size_t row = 0; row < kinds_.size(); ++row) {
        if (kinds_[row] == Kind::integer) written[row] = std::to_string(values_[row]);
        if (kinds_[row] == Kind::real)
            written[row] = Column("", ColumnType::real, std::vector{std::bit_cast<double>(values_[row])}).text(0);
        if (kinds_[row] == Kind::text || kinds_[row] == Kind::bytes)
            written[row] = texts_[static_cast<std::size_t>(values_[row])];
    }
    return {std::move(name), ColumnType::text, std::move(written), present()};
}

/// Nothing where a text is no such time.
std::optional<Column> ResultColumn::as_times(const std::string& name, ColumnType type) const {
    std::vector<int64_t> times(kinds_.size());
    for (std::size_t row = 0; row < kinds_.size(); ++row) {
        if (kinds_[row] == Kind::none) continue;
        const std::string& written = texts_[static_cast<std::size_t>(values_[row])];
        const auto moment = has_shape_of(written, type) ? parse_iso_date(written) : std::nullopt;
        if (!moment || moment->milliseconds.has_value() != (type == ColumnType::date_time)) return {};
        times[row] = type == ColumnType::date ? moment->days
                                              : moment->days * milliseconds_a_day + moment->milliseconds.value_or(0);
    }
    return Column(name, type, std::move(times), present());
}

std::optional<Column> ResultColumn::as_declared(const std::string& name) const {
    const std::string type = lower_case(declared_);
    if (type == "boolean" && only(Kind::integer) &&
        std::ranges::all_of(values_, [](int64_t value) { return value == 0 || value == 1; }))
        return Column(name, ColumnType::boolean, values_, present());
    if (type == "double" && seen_ == 0)
        return Column(name, ColumnType::real, std::vector<double>(kinds_.size()), present());
    if (type == "bigint" && seen_ == 0) return Column(name, ColumnType::integer, values_, present());
    if (!only(Kind::text)) return {};
    if (type == "text" || (type.empty() && seen_ == 0)) return as_text(name);
    // An expression over dates, such as max(opened), has no declared type: then what all its values are counts.
    for (const ColumnType time : {ColumnType::date, ColumnType::date_time}) {
        const bool declared = type == (time == ColumnType::date ? "date" : "datetime");
        if (!declared && !type.empty()) continue;
        if (auto column = as_times(name, time)) return column;
    }
    return {};
}

Column ResultColumn::finish(std::string name) && {
    if (auto column = as_declared(name)) return std::move(*column);
    if (seen_ == 0 || !only(Kind::integer | Kind::real)) return as_text(std::move(name));
    if (only(Kind::integer)) return {std::move(name), ColumnType::integer, std::move(values_), present()};
    std::vector<double> numbers(kinds_.size());
    for (std::size_t row = 0; row < kinds_.size(); ++row)
        numbers[row] =
            kinds_[row] == Kind::real ? std::bit_cast<double>(values_[row]) : static_cast<double>(values_[row]);
    return {std::move(name), ColumnType::real, std::move(numbers), present()};
}

}  // namespace diaban::sql
