#include "data/sheet/workbook.h"

#include <cmath>

#include "base/text.h"

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

void put_cell(Sheet& sheet, std::size_t row, std::size_t column, Cell cell) {
    if (cell.kind == Cell::Kind::blank) return;
    if (sheet.rows.size() <= row) sheet.rows.resize(row + 1);
    auto& cells = sheet.rows[row];
    if (cells.size() <= column) cells.resize(column + 1);
    cells[column] = std::move(cell);
}

void trim_sheet(Sheet& sheet) {
    for (auto& row : sheet.rows)
        while (!row.empty() && row.back().kind == Cell::Kind::blank)
            row.pop_back();
    while (!sheet.rows.empty() && sheet.rows.back().empty())
        sheet.rows.pop_back();
}

}  // namespace diaban
