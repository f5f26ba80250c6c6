// A sheet with its text as Unicode: what the search for the table and the typing of columns work on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/encoding/detect.h"
#include "data/import_options.h"
#include "data/sheet/sheet.h"

namespace diaban {

class Grid {
public:
    /// Refers to the sheet, which has to outlive it. An unknown id in options.encoding counts as none.
    Grid(const Sheet& sheet, const ImportOptions& options);

    [[nodiscard]] std::size_t row_count() const { return sheet_.rows.size(); }
    [[nodiscard]] std::size_t width() const { return encodings_.size(); }
    [[nodiscard]] std::size_t width_of(std::size_t row) const { return sheet_.rows[row].size(); }
    /// Null where there is nothing.
    [[nodiscard]] const Cell* at(std::size_t row, std::size_t column) const;
    /// Its text on one line, trimmed; empty where there is nothing.
    [[nodiscard]] std::string text(std::size_t row, std::size_t column) const;
    [[nodiscard]] std::size_t filled(std::size_t row) const;
    /// The row's first cells, for telling which it is.
    [[nodiscard]] std::string row_text(std::size_t row) const;
    [[nodiscard]] const std::vector<MergedCells>& merged() const { return sheet_.merged; }
    /// Told from all cells of the column, headings included; where those leave it open, from the other columns.
    [[nodiscard]] const EncodingGuess& encoding(std::size_t column) const { return encodings_[column]; }
    /// A sentence about the column of this name; empty where its encoding is clear.
    [[nodiscard]] std::string encoding_question(std::size_t column, const std::string& name) const;

private:
    /// Those beyond ASCII.
    [[nodiscard]] std::vector<std::string> telling_cells(std::size_t column) const;
    void settle_ambiguous();
    void repair(std::size_t column);

    const Sheet& sheet_;
    std::vector<EncodingGuess> encodings_;
    std::vector<std::vector<Cell>> repaired_;  ///< by column; empty where nothing had to be repaired
};

}  // namespace diaban
