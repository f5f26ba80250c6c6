#include "data/sheet/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/extent.h"

namespace diaban {

namespace {

/// Letters of a number format that are read: not those in quotes, in brackets ("[Red]", "[$-42A]") or behind "\\", "_"
/// and "*".
std::string bare_format(std::string_view format) {
    std::string bare;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '"' || c == '[') {
            const std::size_t end = format.find(c == '"' ? '"' : ']', i + 1);
            // "[h]:mm" is a time that may pass 24 hours.
            if (c == '[' && end != std::string_view::npos && end == i + 2) bare += format[i + 1];
            i = end == std::string_view::npos ? format.size() : end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == ';') {
            break;  // what follows is for negative numbers, zero and text
        } else {
            bare += c;
        }
    }
    return bare;
}

/// Cells that may be set aside where `written` cells are in the file. A sheet with headings and few values is fine.
std::size_t cells_allowed(std::size_t written) {
    constexpr std::size_t always = 10'000'000, each = 100;
    return always + each * written;
}
std::size_t text_allowed(std::size_t written) {
    constexpr std::size_t always = 512'000'000, each = 100;
    return always + each * written;
}

}  // namespace

bool is_date_format(std::string_view format) {
    const std::string bare = bare_format(format);
    if (bare == "General" || bare.find_first_of("0#?") != std::string::npos) {
        // "mm:ss.0" shows tenths of seconds.
        return lower_case(bare).find("ss.0") != std::string::npos;
    }
    return bare.find_first_of("yYdDhHmMsS") != std::string::npos;
}

bool is_percent_format(std::string_view format) {
    return bare_format(format).find('%') != std::string::npos;
}

Cell cell_from_serial_day(double serial, bool from_1904) {
    constexpr double milliseconds_a_day = 86400000.0;
    constexpr double last_day = 2958465;  // 9999-12-31
    if (!(serial >= 0 && serial < last_day + 1)) return number_cell(serial);
    // 1970-01-01 is day 25569 of the 1900 system, which has a 29 February 1900 as day 60, and day 24107 of the other.
    const double days = from_1904 ? serial - 24107 : serial - (serial < 60 ? 25568 : 25569);
    if (days == std::floor(days)) return date_cell(static_cast<int64_t>(days));
    // Times are kept to about a millisecond; what was typed as a second comes back as that second.
    const double milliseconds = std::round(days * milliseconds_a_day);
    return date_time_cell(static_cast<int64_t>(milliseconds));
}

double in_percent(double fraction) {
    const std::string digits = fmt::format("{:.15g}", fraction * 100);
    double percent = fraction * 100;
    std::from_chars(digits.data(), digits.data() + digits.size(), percent);
    return percent;
}

void Room::put(Sheet& sheet, std::size_t row, std::size_t column, Cell cell) {
    if (cell.kind == Cell::Kind::blank || outside_ || exceeded_) return;
    outside_ = row >= most_rows || column >= most_columns;
    if (outside_) return;
    const std::size_t wide = row < sheet.rows.size() ? sheet.rows[row].size() : 0;
    set_aside_ += (row < sheet.rows.size() ? 0 : row + 1 - sheet.rows.size()) + (column < wide ? 0 : column + 1 - wide);
    text_bytes_ += cell.text.size();
    exceeded_ = set_aside_ > cells_allowed(written_) || text_bytes_ > text_allowed(written_);
    if (exceeded_) return;
    if (sheet.rows.size() <= row) sheet.rows.resize(row + 1);
    auto& cells = sheet.rows[row];
    if (cells.size() <= column) cells.resize(column + 1);
    cells[column] = std::move(cell);
}

Expected<void> Room::check(const Place& where) const {
    if (outside_)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("a cell lies outside of the {} rows and {} columns that a spreadsheet "
                                                "can have")),
                                format_integer(most_rows), format_integer(most_columns)),
                    where, tr("Get the file again, or export it anew from the program that made it."));
    if (exceeded_)
        return fail(ErrorKind::bad_input,
                    tr("its cells repeat so often, or lie so far apart, that they are too many to "
                       "be read"),
                    where, tr("Delete what stands far outside of the table, or save the table to a file of its own."));
    return {};
}

Expected<void> check_extent(const Sheet& sheet, const Place& where) {
    std::size_t width = 0, filled = 0, rows = 0;
    for (const auto& row : sheet.rows) {
        const auto values = std::ranges::count_if(row, [](const Cell& cell) { return cell.kind != Cell::Kind::blank; });
        width = std::max(width, row.size());
        filled += static_cast<std::size_t>(values);
        rows += values > 0 ? 1U : 0U;
    }
    if (width <= Room::most_columns) return check_extent(rows, width, filled, where);
    return fail(ErrorKind::bad_input,
                fmt::format(fmt::runtime(tr("it has more than {} columns")), format_integer(Room::most_columns)), where,
                tr("Check which character separates its columns, and whether rows and columns are swapped."));
}

void trim_sheet(Sheet& sheet) {
    for (auto& row : sheet.rows)
        while (!row.empty() && row.back().kind == Cell::Kind::blank)
            row.pop_back();
    while (!sheet.rows.empty() && sheet.rows.back().empty())
        sheet.rows.pop_back();
}

}  // namespace diaban
