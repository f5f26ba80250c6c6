#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/examples.h"
#include "data/read/read_attributes.h"

namespace diaban {

namespace {

enum class Shape { blank, integer, real, zero_led, other };

bool digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <class T>
bool parse(std::string_view text, T& value) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size();
}

/// A code such as 06838, or a telephone number: digits that lose something when read as a number.
bool leading_zero(std::string_view unsigned_text) {
    return unsigned_text.size() > 1 && unsigned_text[0] == '0' && unsigned_text[1] >= '0' && unsigned_text[1] <= '9';
}

Shape shape_of(std::string_view text) {
    if (text.empty()) return Shape::blank;
    const std::string_view magnitude = text.front() == '-' ? text.substr(1) : text;
    if (leading_zero(magnitude)) return Shape::zero_led;
    if (digits(magnitude)) {
        int64_t value = 0;
        return parse(text, value) ? Shape::integer : Shape::other;
    }
    // "12E4" is more likely a code than a number; "1.2e4" and "1e-05" are written by programs.
    const auto exponent = magnitude.find_first_of("eE");
    if (exponent != std::string_view::npos && magnitude.find('.') == std::string_view::npos &&
        magnitude.find_first_of("+-") == std::string_view::npos)
        return Shape::other;
    double value = 0;
    const bool starts_like_number = !magnitude.empty() && (digits(magnitude.substr(0, 1)) || magnitude[0] == '.');
    return starts_like_number && parse(text, value) && std::isfinite(value) ? Shape::real : Shape::other;
}

struct Tally {
    std::size_t integers = 0, reals = 0, zero_led = 0, others = 0;
    std::optional<int64_t> first_other;
    Examples examples;

    [[nodiscard]] std::size_t numbers() const { return integers + reals; }
    [[nodiscard]] bool all_numbers() const { return numbers() > 0 && zero_led == 0 && others == 0; }
    /// So many numbers that the rest looks like a slip.
    [[nodiscard]] bool nearly_all_numbers() const { return zero_led == 0 && others > 0 && numbers() >= 4 * others; }
};

Tally tally(const std::vector<std::string>& cells) {
    Tally result;
    for (std::size_t row = 0; row < cells.size(); ++row) {
        switch (shape_of(cells[row])) {
            case Shape::blank:
                break;
            case Shape::integer:
                ++result.integers;
                break;
            case Shape::real:
                ++result.reals;
                break;
            case Shape::zero_led:
                ++result.zero_led;
                break;
            case Shape::other:
                if (result.others++ == 0) result.first_other = static_cast<int64_t>(row) + 1;
                result.examples.add(cells[row]);
                break;
        }
    }
    return result;
}

template <class T>
Column to_numbers(const Column& column, ColumnType type, const std::vector<std::string>& cells,
                  std::vector<uint8_t> present) {
    std::vector<T> values(cells.size());
    for (std::size_t row = 0; row < cells.size(); ++row)
        if (!cells[row].empty()) parse(cells[row], values[row]);
    return {column.name(), type, std::move(values), std::move(present)};
}

}  // namespace

std::vector<Column> infer_types(std::vector<Column> columns, const Place& where, Diagnostics& diagnostics) {
    for (Column& column : columns) {
        if (column.type() != ColumnType::text) continue;
        std::vector<std::string> cells(column.size());
        std::vector<uint8_t> present(column.size());
        for (std::size_t row = 0; row < cells.size(); ++row) {
            cells[row] = trim(column.text(row));
            present[row] = cells[row].empty() ? 0 : 1;
        }
        const Tally counts = tally(cells);
        if (counts.all_numbers() && counts.reals == 0) {
            column = to_numbers<int64_t>(column, ColumnType::integer, cells, std::move(present));
        } else if (counts.all_numbers()) {
            column = to_numbers<double>(column, ColumnType::real, cells, std::move(present));
        } else {
            if (counts.nearly_all_numbers()) {
                Place place = where;
                place.field = column.name();
                place.row = counts.first_other;
                diagnostics.push_back(
                    {DiagnosticKind::other, Severity::warning, place, static_cast<int64_t>(counts.others),
                     fmt::format(fmt::runtime(tr("the field stays text, though all its other values are numbers: {}")),
                                 counts.examples.text())});
            }
            column = Column(column.name(), ColumnType::text, std::move(cells), std::move(present));
        }
    }
    return columns;
}

}  // namespace diaban
