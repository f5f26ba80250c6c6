// The readers of spreadsheet formats, behind read_sheets().
#pragma once

#include <string>
#include <vector>

#include "base/progress.h"
#include "data/sheet/sheet.h"

namespace diaban {

/// `path` is a file of the disk or one of GDAL's names. Errors: damaged (bad_input), cancelled.
[[nodiscard]] Expected<std::vector<Sheet>> read_xlsx(const std::string& path, Progress& progress);
[[nodiscard]] Expected<std::vector<Sheet>> read_ods(const std::string& path, Progress& progress);
[[nodiscard]] Expected<std::vector<Sheet>> read_xls(const std::string& path, Progress& progress);

/// A spreadsheet's serial day (1900 system: 1 is 1900-01-01, 60 the day that never was) as a date, or a date with a
/// time where it has a fraction.
[[nodiscard]] Cell cell_from_serial_day(double serial, bool from_1904);

/// A fraction as the percentage that the spreadsheet shows, without the dirt of binary fractions: 0.07 is 7, not
/// 7.000000000000001.
[[nodiscard]] double in_percent(double fraction);

/// Whether a spreadsheet's number format shows a date or a time: "dd/mm/yyyy", "[$-42A]d mmmm yyyy;@".
[[nodiscard]] bool is_date_format(std::string_view format);
[[nodiscard]] bool is_percent_format(std::string_view format);

/// How much of the memory the cells of one file may take up. Blank cells in front of others need room too, and a format
/// that writes a repeated cell or text once can ask for any amount of it: what is set aside has to be in proportion to
/// what is written.
class Room {
public:
    static constexpr std::size_t most_rows = 1048576, most_columns = 16384;  ///< of any spreadsheet program

    /// Sets a cell, making room for it and those in front of it; without room, does nothing but remember it.
    void put(Sheet& sheet, std::size_t row, std::size_t column, Cell cell);
    /// Once for each cell that the file writes out, however often it is repeated.
    void count_written() { ++written_; }
    [[nodiscard]] bool left() const { return !outside_ && !exceeded_; }
    /// An error once anything has been without room.
    [[nodiscard]] Expected<void> check(const Place& where) const;

private:
    std::size_t written_ = 0, set_aside_ = 0, text_bytes_ = 0;
    bool outside_ = false, exceeded_ = false;
};

/// An error for a sheet with more columns than any program has, or with rows too blank for their number (see
/// data/extent.h).
[[nodiscard]] Expected<void> check_extent(const Sheet& sheet, const Place& where);

/// Leaves no blank row at the end, no blank cell at the end of a row.
void trim_sheet(Sheet& sheet);

}  // namespace diaban
