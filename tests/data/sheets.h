// Sheets for tests, written as one would see them.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "data/sheet/interpret.h"
#include "data/sheet/sheet.h"

namespace diaban {

/// "" is a blank cell; a number is a spreadsheet's number cell.
using Shown = std::variant<std::string, double>;

inline Sheet sheet_of(const std::vector<std::vector<Shown>>& rows) {
    Sheet sheet;
    for (const auto& row : rows) {
        auto& cells = sheet.rows.emplace_back();
        for (const Shown& shown : row)
            cells.push_back(std::holds_alternative<double>(shown) ? number_cell(std::get<double>(shown))
                                                                  : text_cell(std::get<std::string>(shown)));
    }
    return sheet;
}

/// One column under the heading `name`.
inline Sheet column_of(const std::string& name, const std::vector<Shown>& cells) {
    std::vector<std::vector<Shown>> rows{{name, std::string("x")}};
    for (const Shown& cell : cells)
        rows.push_back({cell, std::string("word")});
    return sheet_of(rows);
}

inline Interpreted interpreted(const Sheet& sheet, const ImportOptions& options = {}) {
    return interpret(sheet, options, {.file = "t.xlsx", .layer = {}, .field = {}, .row = {}});
}

inline std::vector<std::string> names_of(const Table& table) {
    std::vector<std::string> names;
    for (const Column& column : table.columns())
        names.push_back(column.name());
    return names;
}

/// "(null)" for null; empty when there is no such column.
inline std::vector<std::string> texts_of(const Table& table, const std::string& name) {
    std::vector<std::string> texts;
    const Column* column = table.find(name);
    for (std::size_t row = 0; column && row < column->size(); ++row)
        texts.push_back(column->is_null(row) ? "(null)" : column->text(row));
    return texts;
}

}  // namespace diaban
