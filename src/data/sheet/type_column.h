// From the cells of one column to a typed Column: the column decides, from all its cells; nothing is guessed cell by
// cell.
//
// In this order:
//  - no cell has a value: text without values;
//  - codes (whole numbers under a heading that says so: "Mã xã", "code", "NIK"; of equal length under "id"; any column
//    in which a whole number begins with 0; telephone numbers): text as written, a spreadsheet's number without ".0";
//  - only yes and no (of a spreadsheet): boolean;
//  - dates, nearly all: date, or date_time when a cell has a time. "3/4/2025" is read day first unless the column shows
//    that months come first; where nothing shows it, a note says so;
//  - numbers, nearly all: integer when all are whole, else real. The cells show how they are written ("1.234,5",
//    "0.25"); when they contradict each other the column stays text with a diagnostic, and when every one that matters
//    could be read in two ways ("1.234", "5.678") it stays text and asks, unless the user has said it, or the heading
//    says that they are degrees ("lon", "Vĩ độ"), which thousands cannot be;
//  - text, with a note naming what is none where most cells are numbers all the same.
// "Nearly all": at least four in five of the cells that have a value. The others become null, each is listed in
// ColumnReport::unread, and one diagnostic (unreadable_value) names the first. "-", "…", "n/a" and the like are no
// value in columns of numbers and dates, and text elsewhere.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/import_report.h"
#include "data/sheet/sheet.h"
#include "data/table.h"

namespace diaban {

struct ColumnCells {
    std::string name;
    std::string header;              ///< as in ColumnReport
    std::vector<const Cell*> cells;  ///< a row each; text is Unicode already; null where a short row has none
};

struct TypedColumn {
    Column column;
    ColumnReport report;
    Diagnostics diagnostics;
};

/// The user's decisions on how numbers are written.
struct DecidedNumbers {
    NumberConvention here = NumberConvention::automatic;           ///< for this column, whatever it seems to hold
    NumberConvention where_unclear = NumberConvention::automatic;  ///< for columns that would ask
};

/// `rows` are the cells' rows in the file, counted from 1.
[[nodiscard]] TypedColumn type_column(const ColumnCells& input, std::span<const int64_t> rows, DecidedNumbers decided,
                                      const Place& where);

/// Whether a column's name says that it holds codes or telephone numbers, which are no numbers.
[[nodiscard]] bool names_codes(std::string_view name);

}  // namespace diaban
