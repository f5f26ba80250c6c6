// Spreadsheets and text tables as they stand in the file: cells, row by row, before anything is understood.
//
//     auto sheets = read_sheets("SDD 2024.xlsx", {}, progress);   // one Sheet a worksheet; a text file is one Sheet
//
// Formats: XLSX and ODS (their XML, so that each cell keeps its own type, merged cells stay known and rows keep their
// numbers), XLS (FreeXL), and text with separators. What a file is, is told from its first bytes: a text table or an
// XLSX that is called ".xls" is read as what it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/progress.h"
#include "data/import_options.h"

namespace diaban {

struct Cell {
    enum class Kind : uint8_t { blank, text, number, boolean, date, date_time };

    Kind kind = Kind::blank;
    bool percent = false;  ///< a number that the spreadsheet shows with "%": `value` is the 12.5 of "12.5%"
    double value = 0;      ///< number; boolean: 0 or 1; date: days since 1970-01-01; date_time: milliseconds since then
    std::string text;      ///< as it stands in the file; a number's shortest form, without thousands separators

    bool operator==(const Cell&) const = default;
};

[[nodiscard]] Cell blank_cell();
/// Text; blank when there is nothing but white space.
[[nodiscard]] Cell text_cell(std::string text);
[[nodiscard]] Cell number_cell(double value);
[[nodiscard]] Cell percent_cell(double shown);
[[nodiscard]] Cell boolean_cell(bool value);
[[nodiscard]] Cell date_cell(int64_t days);
[[nodiscard]] Cell date_time_cell(int64_t milliseconds);

/// Cells that the spreadsheet shows as one; all but the first are blank. Counted from 0.
struct MergedCells {
    std::size_t row = 0, column = 0;
    std::size_t rows = 1, columns = 1;
    bool operator==(const MergedCells&) const = default;
};

/// rows[i] is the file's row i + 1: blank rows and columns in front of a table are there. In a text file a row is a
/// record, so that a line break in quotes does not count. Rows may differ in length; after the last row with a value
/// there are none.
struct Sheet {
    std::string name;    ///< empty for a text file
    std::string format;  ///< "CSV" for any text file, "XLSX", "ODS", "XLS"
    std::vector<std::vector<Cell>> rows;
    std::vector<MergedCells> merged;
    std::string encoding;     ///< of a text file where its bytes say it ("utf-8", "utf-16le" …); empty: not known yet
    std::string separator;    ///< of a text file
    Diagnostics diagnostics;  ///< what was wrong with its form
    bool operator==(const Sheet&) const = default;
};

/// Whether a path's extension is one of those that read_sheets is for: csv, tsv, psv, txt, tab, xlsx, xlsm, xls, ods.
[[nodiscard]] bool is_sheet_file(const std::filesystem::path& path);

/// All worksheets in the file's order, those without a value too (with no rows).
/// Errors (bad_input): the file is missing, cannot be read, is empty, is damaged, or holds nothing like a table
/// (a .txt file whose lines do not fall into columns); cancelled.
[[nodiscard]] Expected<std::vector<Sheet>> read_sheets(const std::filesystem::path& path, const ImportOptions& options,
                                                       Progress& progress);

}  // namespace diaban
