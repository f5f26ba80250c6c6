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

/// Whether a spreadsheet's number format shows a date or a time: "dd/mm/yyyy", "[$-42A]d mmmm yyyy;@".
[[nodiscard]] bool is_date_format(std::string_view format);
[[nodiscard]] bool is_percent_format(std::string_view format);

/// Sets a cell, making room for it.
void put_cell(Sheet& sheet, std::size_t row, std::size_t column, Cell cell);
/// Leaves no blank row at the end, no blank cell at the end of a row.
void trim_sheet(Sheet& sheet);

}  // namespace diaban
