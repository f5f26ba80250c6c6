#include <numeric>

#include "data/read/read_attributes.h"
#include "data/sheet/type_column.h"

namespace diaban {

std::vector<Column> infer_types(std::vector<Column> columns, const Place& where, Diagnostics& diagnostics) {
    for (Column& column : columns) {
        if (column.type() != ColumnType::text) continue;
        std::vector<Cell> cells;
        cells.reserve(column.size());
        for (std::size_t row = 0; row < column.size(); ++row)
            cells.push_back(text_cell(column.text(row)));
        ColumnCells input{column.name(), column.name(), {}};
        for (const Cell& cell : cells)
            input.cells.push_back(&cell);
        std::vector<int64_t> rows(cells.size());
        std::iota(rows.begin(), rows.end(), int64_t{1});
        TypedColumn typed = type_column(input, rows, {}, where);
        diagnostics.insert(diagnostics.end(), typed.diagnostics.begin(), typed.diagnostics.end());
        column = std::move(typed.column);
    }
    return columns;
}

}  // namespace diaban
