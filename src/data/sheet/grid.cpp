#include "data/sheet/grid.h"

#include <algorithm>

#include "base/parallel.h"
#include "base/text.h"

namespace diaban {

namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string on_one_line(std::string_view text) {
    std::string line;
    bool blank_due = false;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            blank_due = !line.empty();
            continue;
        }
        if (blank_due) line += ' ';
        blank_due = false;
        line += c;
    }
    return line;
}

}  // namespace

Grid::Grid(const Sheet& sheet, const ImportOptions& options) : sheet_(sheet) {
    std::size_t width = 0;
    for (const auto& row : sheet.rows)
        width = std::max(width, row.size());
    encodings_.resize(width);
    repaired_.resize(width);
    // Row by row, as a sheet is wide for the sake of few rows sometimes: which columns have to be looked at.
    std::vector<uint8_t> beyond_ascii(width);
    for (const auto& row : sheet.rows)
        for (std::size_t column = 0; column < row.size(); ++column)
            if (!is_ascii(row[column].text)) beyond_ascii[column] = 1;
    parallel_for(width, [&](std::size_t column) {
        if (!beyond_ascii[column]) return;
        const auto cells = telling_cells(column);
        const auto forced = options.encoding.empty() ? std::nullopt : forced_encoding(options.encoding, cells);
        encodings_[column] = forced ? *forced : detect_encoding(cells);
    });
    settle_ambiguous();
    parallel_for(width, [&](std::size_t column) {
        if (beyond_ascii[column]) repair(column);
    });
}

std::vector<std::string> Grid::telling_cells(std::size_t column) const {
    std::vector<std::string> cells;
    for (const auto& row : sheet_.rows)
        if (column < row.size() && !is_ascii(row[column].text)) cells.push_back(row[column].text);
    return cells;
}

/// Most columns of a file were typed with the same font: what most of the clear ones are in decides the others.
void Grid::settle_ambiguous() {
    const EncodingGuess* prior = nullptr;
    std::ptrdiff_t most = 0;
    for (const EncodingGuess& one : encodings_) {
        if (!one.repairs() || one.ambiguous) continue;
        const auto same = std::ranges::count_if(encodings_, [&](const EncodingGuess& other) {
            return !other.ambiguous && other.encoding == one.encoding && other.via_latin1 == one.via_latin1;
        });
        if (same > most) {
            prior = &one;
            most = same;
        }
    }
    if (!prior) return;
    const EncodingGuess of_most = *prior;
    for (std::size_t column = 0; column < encodings_.size(); ++column) {
        EncodingGuess& guess = encodings_[column];
        if (!guess.ambiguous) continue;
        guess = detect_encoding(telling_cells(column), &of_most);
        if (guess.encoding == of_most.encoding && guess.via_latin1 == of_most.via_latin1) guess.ambiguous = false;
    }
}

std::string Grid::encoding_question(std::size_t column, const std::string& name) const {
    if (!encodings_[column].ambiguous) return {};
    return question_text(encodings_[column], name, telling_cells(column));
}

void Grid::repair(std::size_t column) {
    const EncodingGuess& guess = encodings_[column];
    auto& repaired = repaired_[column];
    repaired.resize(sheet_.rows.size());
    for (std::size_t row = 0; row < repaired.size(); ++row) {
        if (column >= sheet_.rows[row].size()) continue;
        repaired[row] = sheet_.rows[row][column];
        if (!is_ascii(repaired[row].text)) repaired[row].text = repair_text(repaired[row].text, guess);
    }
}

const Cell* Grid::at(std::size_t row, std::size_t column) const {
    if (row >= sheet_.rows.size() || column >= sheet_.rows[row].size()) return nullptr;
    const Cell& cell = repaired_[column].empty() ? sheet_.rows[row][column] : repaired_[column][row];
    return cell.kind == Cell::Kind::blank ? nullptr : &cell;
}

std::string Grid::text(std::size_t row, std::size_t column) const {
    const Cell* cell = at(row, column);
    return cell ? trim(on_one_line(cell->text)) : std::string();
}

std::size_t Grid::filled(std::size_t row) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(sheet_.rows[row], [](const Cell& cell) { return cell.kind != Cell::Kind::blank; }));
}

std::string Grid::row_text(std::size_t row) const {
    constexpr std::size_t most_cells = 4;
    std::string text;
    std::size_t cells = 0;
    for (std::size_t column = 0; column < sheet_.rows[row].size() && cells < most_cells; ++column) {
        if (!at(row, column)) continue;
        text += (cells++ ? "; " : "") + this->text(row, column);
    }
    return text;
}

}  // namespace diaban
