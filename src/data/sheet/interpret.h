// From a sheet to a typed table, with a report of everything that was decided on the way. Pure: the same sheet and
// options give the same table.
#pragma once

#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "data/import_options.h"
#include "data/import_report.h"
#include "data/sheet/sheet.h"
#include "data/table.h"

namespace diaban {

struct Interpreted {
    Table table;
    ImportReport report;
    Diagnostics diagnostics;         ///< their rows are the file's
    std::vector<int64_t> file_rows;  ///< of each row of the table, counted from 1 as in the file
};

/// Finds the table (table_shape.h), tells each column's encoding (data/encoding) and type (type_column.h), and turns
/// wide year columns into rows on request (long_form.h). Text in cells merged over several rows counts for each of
/// them. A sheet without a value gives an empty table.
///
/// ImportReport: rows_in_file is sheet.rows.size(), and is the rows of the table (before it is turned into long form)
/// and `left_out` together. Columns are those of the file. Questions ask about number conventions, naming what other
/// columns of the file show without letting it decide, and about encodings. Totals left out are a diagnostic too.
///
/// A column is known to options.numbers by its name in the table.
[[nodiscard]] Interpreted interpret(const Sheet& sheet, const ImportOptions& options, const Place& where);

}  // namespace diaban
