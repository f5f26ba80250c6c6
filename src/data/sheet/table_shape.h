// Where in a sheet the table is: its heading under titles, its rows, and what is not one of them.
#pragma once

#include <string>
#include <vector>

#include "data/import_options.h"
#include "data/import_report.h"
#include "data/sheet/grid.h"

namespace diaban {

struct TableShape {
    std::size_t header_row = 0;  ///< counted from 0; meaningless when header_rows is 0
    std::size_t header_rows = 0;
    std::vector<std::size_t> columns;  ///< of the sheet: those with a heading or a value
    std::vector<std::string> names;    ///< of each column, all different
    std::vector<std::string> headers;  ///< as in ColumnReport
    std::vector<std::size_t> rows;     ///< of the sheet, counted from 0: those of the table
    std::vector<LeftOutRow> left_out;  ///< all others, ascending
};

/// The heading is found by its place: a row at least half as wide as the widest, above the first row with numbers
/// (years and running numbers are none) and below the last blank row that has one under it; so titles, letterheads and
/// lines such as "Đơn vị tính: hộ" stay above. A row in which every cell is a number is no heading; where there is no
/// other, the table has none and its columns are called "column_1" ….
///
/// A heading has a second or third row where cells of the first head several columns (merged, or blank to their right)
/// and the next row only fills in under those (and units in brackets), where the next row holds nothing but units, or
/// where it leaves the first column blank and holds words that stand over numbers. The rows' texts are joined by " · ";
/// a cell merged downwards counts once. A row of column numbers below ("(1) (2) (3)", "A B 1 2") is left out as part of
/// the heading.
///
/// Left out below it: rows without a value; totals (see totals.h); notes. Notes are lines that begin with "Ghi chú",
/// "Nguồn", "Note", "Sumber" …, and everything narrow below the table behind a blank row or such a line (signatures).
[[nodiscard]] TableShape find_table(const Grid& grid, const ImportOptions& options);

// ── a part of it, for tests ──

/// Whether a line begins as notes, sources and signatures below a table do.
[[nodiscard]] bool is_note_label(std::string_view text);

}  // namespace diaban
