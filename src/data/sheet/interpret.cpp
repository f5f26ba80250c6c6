#include "data/sheet/interpret.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/format.h"
#include "base/i18n.h"
#include "base/parallel.h"
#include "base/text.h"
#include "data/examples.h"
#include "data/sheet/grid.h"
#include "data/sheet/long_form.h"
#include "data/sheet/numbers.h"
#include "data/sheet/table_shape.h"
#include "data/sheet/type_column.h"

namespace diaban {

namespace {

std::vector<std::vector<std::string>> head_of(const Grid& grid) {
    constexpr std::size_t most_rows = 20;
    std::vector<std::vector<std::string>> head(std::min(most_rows, grid.row_count()));
    for (std::size_t row = 0; row < head.size(); ++row)
        for (std::size_t column = 0; column < grid.width(); ++column)
            head[row].push_back(grid.text(row, column));
    return head;
}

/// Text that was changed is worth a word, with an example.
Diagnostic encoding_note(const EncodingGuess& guess, const std::vector<const Cell*>& cells, const Place& where) {
    const auto changed = std::ranges::count_if(cells, [](const Cell* cell) {
        return cell && std::ranges::any_of(cell->text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    });
    std::string words = to_text(guess.encoding);
    // VISCII's "ã" looks the same before and after.
    const auto sample = std::ranges::find_if(guess.samples, [](const TextSample& s) { return s.before != s.after; });
    if (sample != guess.samples.end()) words += fmt::format(", {} → {}", to_nfc(sample->before), sample->after);
    // Perhaps it was the heading alone.
    return {DiagnosticKind::text_repaired, Severity::note, where, std::max<int64_t>(1, changed), std::move(words)};
}

/// A text that the spreadsheet shows once over several rows is the text of each. Numbers stay where they are written:
/// a sum over merged rows would be counted several times.
void fill_merged(const Grid& grid, const TableShape& shape, std::size_t column, std::vector<const Cell*>& cells) {
    for (const MergedCells& merged : grid.merged()) {
        if (merged.column != column || merged.rows < 2) continue;
        const Cell* shown = grid.at(merged.row, column);
        if (!shown || shown->kind != Cell::Kind::text) continue;
        const auto first = std::ranges::lower_bound(shape.rows, merged.row);
        if (first == shape.rows.end() || *first != merged.row) continue;
        for (auto row = first; row != shape.rows.end() && *row < merged.row + merged.rows; ++row) {
            const Cell*& cell = cells[static_cast<std::size_t>(row - shape.rows.begin())];
            if (!cell) cell = shown;
        }
    }
}

/// Bytes that mean nothing in the column's encoding show as U+FFFD.
void note_unreadable_text(TypedColumn& typed, const std::vector<int64_t>& file_rows, const Place& where) {
    if (typed.column.type() != ColumnType::text) return;
    Examples examples;
    Place place = where;
    place.field = typed.report.name;
    const auto& texts = std::get<std::vector<std::string>>(typed.column.values());
    for (std::size_t row = 0; row < texts.size(); ++row) {
        if (texts[row].find("\ufffd") == std::string::npos) continue;
        if (examples.count() == 0) place.row = file_rows[row];
        examples.add(texts[row]);
    }
    if (examples.count() > 0)
        typed.diagnostics.push_back(
            {DiagnosticKind::text_encoding, Severity::warning, place, examples.count(), examples.text()});
}

NumberConvention convention_for(const ImportOptions& options, const std::string& column) {
    const auto decided = options.numbers.find(column);
    return decided == options.numbers.end() ? NumberConvention::automatic : decided->second;
}

Place place_of(Place where, const std::string& column) {
    where.field = column;
    return where;
}

std::vector<TypedColumn> type_columns(const Grid& grid, const TableShape& shape, const std::vector<int64_t>& file_rows,
                                      const ImportOptions& options, const Place& where) {
    std::vector<std::optional<TypedColumn>> typed(shape.columns.size());
    parallel_for(typed.size(), [&](std::size_t i) {
        ColumnCells input{shape.names[i], shape.headers[i], {}};
        input.cells.reserve(shape.rows.size());
        for (const std::size_t row : shape.rows)
            input.cells.push_back(grid.at(row, shape.columns[i]));
        fill_merged(grid, shape, shape.columns[i], input.cells);
        typed[i] =
            type_column(input, file_rows, {convention_for(options, input.name), convention_for(options, "*")}, where);
        note_unreadable_text(*typed[i], file_rows, where);
        const EncodingGuess& guess = grid.encoding(shape.columns[i]);
        if (!guess.repairs()) return;
        typed[i]->report.encoding = to_id(guess.encoding);
        typed[i]->report.samples = guess.samples;
        typed[i]->diagnostics.push_back(encoding_note(guess, input.cells, place_of(where, input.name)));
    });
    std::vector<TypedColumn> columns;
    for (auto& column : typed)
        columns.push_back(std::move(*column));
    return columns;
}

/// "“tỷ lệ” writes a decimal comma": what the other columns show, for whoever decides.
std::string evidence_elsewhere(const std::vector<TypedColumn>& columns) {
    std::string evidence;
    for (const NumberConvention convention : {NumberConvention::point_decimal, NumberConvention::comma_decimal}) {
        std::string names;
        std::size_t count = 0;
        for (const TypedColumn& column : columns) {
            if (column.report.convention != convention || ++count > 3) continue;
            names += fmt::format("{}“{}”", names.empty() ? "" : ", ", column.report.name);
        }
        if (names.empty()) continue;
        const char* words = convention == NumberConvention::point_decimal
                                ? tr("elsewhere in the table there are decimal points ({})")
                                : tr("elsewhere in the table there are decimal commas ({})");
        evidence += (evidence.empty() ? "" : "; ") + fmt::format(fmt::runtime(words), names);
    }
    return evidence.empty() ? tr("no other column of the table shows which") : evidence;
}

/// "“SDD”: is “1.234” 1234 or 1.234? …"
Question number_question(const TypedColumn& column, const std::vector<TypedColumn>& all) {
    std::string example;
    for (std::size_t row = 0; row < column.column.size() && example.empty(); ++row)
        if (look_at_number(column.column.text(row)).writing == Writing::either) example = column.column.text(row);
    std::string whole = example, broken = example;
    std::erase_if(whole, [](char c) { return c == '.' || c == ','; });
    std::ranges::replace(broken, ',', '.');
    return {Question::Kind::number_convention, column.report.name,
            fmt::format(fmt::runtime(tr("“{}”: does “{}” mean {} or {}? It stays text until you say; {}.")),
                        column.report.name, example, whole, broken, evidence_elsewhere(all))};
}

std::vector<Question> questions_of(const Grid& grid, const TableShape& shape, const std::vector<TypedColumn>& columns) {
    std::vector<Question> questions;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].report.ambiguous) questions.push_back(number_question(columns[i], columns));
        std::string encoding = grid.encoding_question(shape.columns[i], columns[i].report.name);
        if (!encoding.empty())
            questions.push_back({Question::Kind::encoding, columns[i].report.name, std::move(encoding)});
    }
    return questions;
}

/// "Tổng cộng" of "Tổng cộng; 300; 200", "I Hạ Long" of "I; Hạ Long; 300".
std::string label_of(const std::string& row) {
    const std::size_t end = row.find(';');
    if (end == std::string::npos || end > 4) return row.substr(0, end);
    return row.substr(0, end) + row.substr(end + 1, row.find(';', end + 1) - end - 1);
}

/// Columns that the file calls by the same name bear different ones in the table.
void note_renamed(const TableShape& shape, const Place& where, Diagnostics& diagnostics) {
    Examples renamed;
    for (std::size_t i = 0; i < shape.names.size(); ++i)
        if (!shape.headers[i].empty() && shape.names[i] != to_nfc(shape.headers[i]))
            renamed.add(fmt::format("{} → {}", to_nfc(shape.headers[i]), shape.names[i]));
    if (renamed.count() == 0) return;
    diagnostics.push_back(
        {DiagnosticKind::other, Severity::note, where, renamed.count(),
         fmt::format(fmt::runtime(tr("columns of the same name are told apart: {}")), renamed.text())});
}

/// Cells to the right of the heading of a text file come from a separator too many as a rule.
void note_overlong_rows(const Grid& grid, const TableShape& shape, const Place& where, Diagnostics& diagnostics) {
    const auto last = std::ranges::find_if(shape.headers.rbegin(), shape.headers.rend(),
                                           [](const std::string& header) { return !header.empty(); });
    if (last == shape.headers.rbegin() || last == shape.headers.rend()) return;
    const std::size_t headed = shape.columns[static_cast<std::size_t>(shape.headers.rend() - last) - 1] + 1;
    Examples rows;
    Place place = where;
    for (const std::size_t row : shape.rows) {
        bool beyond = false;
        for (std::size_t column = headed; column < grid.width() && !beyond; ++column)
            beyond = grid.at(row, column) != nullptr;
        if (!beyond) continue;
        if (rows.count() == 0) place.row = static_cast<int64_t>(row) + 1;
        rows.add(grid.row_text(row));
    }
    if (rows.count() == 0 || static_cast<std::size_t>(rows.count()) * 2 > shape.rows.size()) return;
    diagnostics.push_back(
        {DiagnosticKind::other, Severity::warning, place, rows.count(),
         fmt::format(
             fmt::runtime(tr_n("{} row has more cells than the heading; a separator in a text may have cut it: {}",
                               "{} rows have more cells than the heading; separators in texts may have cut them: {}",
                               static_cast<long>(rows.count()))),
             format_integer(rows.count()), rows.text())});
}

/// Totals are the one kind of left-out row that somebody may have wanted.
void note_totals(const TableShape& shape, const Place& where, Diagnostics& diagnostics) {
    Examples totals;
    Place place = where;
    for (const LeftOutRow& row : shape.left_out) {
        if (row.why != LeftOutRow::Why::total) continue;
        if (totals.count() == 0) place.row = row.row;
        totals.add(label_of(row.text));
    }
    if (totals.count() == 0) return;
    diagnostics.push_back({DiagnosticKind::totals_left_out, Severity::note, place, totals.count(), totals.text()});
}

void note_ambiguous(const TypedColumn& column, const Place& where, Diagnostics& diagnostics) {
    if (!column.report.ambiguous) return;
    Place place = where;
    place.field = column.report.name;
    diagnostics.push_back({DiagnosticKind::undecided, Severity::warning, place, 1,
                           tr("the field stays text: whether its points or commas are thousands or decimals has to be "
                              "said")});
}

}  // namespace

Interpreted interpret(const Sheet& sheet, const ImportOptions& options, const Place& where) {
    const Grid grid(sheet, options);
    TableShape shape = find_table(grid, options);
    Interpreted result;
    for (const std::size_t row : shape.rows)
        result.file_rows.push_back(static_cast<int64_t>(row) + 1);
    result.diagnostics = sheet.diagnostics;

    std::vector<TypedColumn> typed = type_columns(grid, shape, result.file_rows, options, where);
    ImportReport& report = result.report;
    report.encoding = sheet.encoding;
    report.separator = sheet.separator;
    report.header_row = shape.header_rows > 0 ? static_cast<int64_t>(shape.header_row) + 1 : 0;
    report.header_rows = static_cast<int>(shape.header_rows);
    report.rows_in_file = static_cast<int64_t>(sheet.rows.size());
    report.head = head_of(grid);
    report.questions = questions_of(grid, shape, typed);
    note_totals(shape, where, result.diagnostics);
    note_renamed(shape, where, result.diagnostics);
    if (!sheet.separator.empty()) note_overlong_rows(grid, shape, where, result.diagnostics);
    report.left_out = std::move(shape.left_out);

    std::vector<Column> columns;
    for (TypedColumn& column : typed) {
        note_ambiguous(column, where, result.diagnostics);
        result.diagnostics.insert(result.diagnostics.end(), column.diagnostics.begin(), column.diagnostics.end());
        report.columns.push_back(std::move(column.report));
        columns.push_back(std::move(column.column));
    }
    result.table = Table(std::move(columns), shape.rows.size());
    report.year_groups = find_year_groups(result.table);
    if (options.long_form.empty() || report.year_groups.empty()) return result;
    LongForm longer = to_long_form(result.table, report.year_groups, options.long_form);
    std::vector<int64_t> rows;
    for (const std::size_t row : longer.from_rows)
        rows.push_back(result.file_rows[row]);
    result.table = std::move(longer.table);
    result.file_rows = std::move(rows);
    return result;
}

}  // namespace diaban
