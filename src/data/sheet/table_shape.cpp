#include "data/sheet/table_shape.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "data/sheet/header.h"
#include "data/sheet/numbers.h"
#include "data/sheet/totals.h"
#include "data/sheet/type_column.h"
#include "data/unique_names.h"

namespace diaban {

namespace {

using Why = LeftOutRow::Why;

std::string joined(const std::vector<std::string>& texts) {
    std::string text;
    for (const std::string& part : texts)
        text += (text.empty() ? "" : " · ") + part;
    return text;
}

/// "Số hộ" and "hộ nghèo"; a name of its own for each column, whatever the file says.
void name_columns(const Grid& grid, const Heading& heading, std::size_t first_row, TableShape& shape) {
    // Row by row: a sheet may be a million rows of which the last alone reaches far to the right.
    std::vector<bool> any_value(grid.width());
    for (std::size_t row = first_row; row < grid.row_count(); ++row)
        for (std::size_t column = 0; column < grid.width_of(row); ++column)
            any_value[column] = any_value[column] || grid.at(row, column);
    UniqueNames names;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        const std::string header = joined(heading_texts(grid, heading, column));
        if (header.empty() && !any_value[column]) continue;
        const std::string name = header.empty() ? fmt::format("column_{}", column + 1) : to_nfc(header);
        shape.columns.push_back(column);
        shape.names.push_back(names.take(name));
        shape.headers.push_back(header);
    }
}

struct RowFacts {
    std::size_t filled = 0;
    bool numbers = false;
    std::string first_text;
};

RowFacts facts_of(const Grid& grid, std::size_t row) {
    RowFacts facts;
    for (std::size_t column = 0; column < grid.width(); ++column) {
        const Cell* cell = grid.at(row, column);
        if (!cell) continue;
        if (facts.filled++ == 0) facts.first_text = grid.text(row, column);
        facts.numbers =
            facts.numbers || cell->kind != Cell::Kind::text || look_at_number(cell->text).writing != Writing::none;
    }
    return facts;
}

/// The first of the rows at the end that are notes; the row count when there are none.
std::size_t first_note_row(const Grid& grid, std::size_t first_row, std::size_t columns) {
    std::size_t notes_from = grid.row_count();
    for (std::size_t row = grid.row_count(); row-- > first_row;) {
        if (grid.filled(row) == 0) {
            // What lies between here and the end is narrow: behind a blank row that makes it notes.
            if (row + 1 < grid.row_count()) notes_from = row + 1;
            continue;
        }
        const RowFacts facts = facts_of(grid, row);
        const bool narrow = !facts.numbers && facts.filled <= 2 && facts.filled < columns;
        if (!narrow) break;
        if (is_note_label(facts.first_text)) notes_from = row;
    }
    return notes_from;
}

Why why_above(const Grid& grid, std::size_t row) {
    return grid.filled(row) == 0 ? Why::empty : Why::title;
}

}  // namespace

TableShape find_table(const Grid& grid, const ImportOptions& options) {
    TableShape shape;
    const Heading heading = find_heading(grid, options);
    shape.header_row = heading.row;
    shape.header_rows = heading.rows;
    std::size_t row = 0;
    const auto leave_out = [&](Why why) {
        shape.left_out.push_back({static_cast<int64_t>(row) + 1, why, grid.row_text(row)});
    };
    for (; row < std::min(heading.row, grid.row_count()); ++row)
        leave_out(why_above(grid, row));
    const std::size_t below = heading.row + heading.rows + (heading.numbered ? 1 : 0);
    for (; row < std::min(below, grid.row_count()); ++row)
        leave_out(Why::header);
    name_columns(grid, heading, row, shape);
    std::vector<std::size_t> code_columns;
    for (std::size_t i = 0; i < shape.columns.size(); ++i)
        if (names_codes(shape.names[i])) code_columns.push_back(shape.columns[i]);

    const std::size_t notes = first_note_row(grid, row, shape.columns.size());
    std::vector<std::size_t> totals;
    if (!options.keep_totals) totals = total_rows(grid, row, std::min(notes, grid.row_count()), code_columns);
    for (; row < grid.row_count(); ++row) {
        if (grid.filled(row) == 0)
            leave_out(Why::empty);
        else if (row >= notes)
            leave_out(Why::note);
        else if (std::ranges::binary_search(totals, row))
            leave_out(Why::total);
        else
            shape.rows.push_back(row);
    }
    return shape;
}

}  // namespace diaban
