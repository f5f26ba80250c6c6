// The columns of a table: what each was taken for, and how its numbers are written where that is not certain.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/format.h"
#include "base/i18n.h"
#include "data/sheet/numbers.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

namespace {

constexpr std::size_t sample_count = 3;

/// The first cells of a column as they stand in the file, where they are still known.
std::vector<std::string> samples(const ImportItem& item, const ColumnReport& report, std::size_t position) {
    std::vector<std::string> cells;
    const auto take = [&](const std::string& cell) {
        if (!cell.empty() && cells.size() < sample_count) cells.push_back(cell);
    };
    const ImportReport& all = *item.report();
    const auto first = static_cast<std::size_t>(std::max<int64_t>(0, all.header_row + all.header_rows - 1));
    for (std::size_t row = first; row < all.head.size(); ++row) {
        const auto out = std::ranges::find(all.left_out, static_cast<int64_t>(row) + 1, &LeftOutRow::row);
        if (out == all.left_out.end() && position < all.head[row].size()) take(all.head[row][position]);
    }
    // An undecided column is text: as it stands in the file.
    const Column* column = item.dataset->table.find(report.name);
    for (std::size_t row = 0; column && cells.empty() && row < column->size() && row < 50; ++row)
        take(column->text(row));
    return cells;
}

/// "1.234 → 1,234": what a convention makes of the first cells; "–" for what it cannot read.
std::string made_of(const std::vector<std::string>& cells, NumberConvention convention) {
    std::string shown;
    for (const std::string& cell : cells) {
        if (!shown.empty()) shown += ",   ";
        const std::optional<Number> number = parse_number(cell, convention);
        shown += cell + " → " + (number ? format_number(number->value) : std::string("–"));
    }
    return shown;
}

const char* in_words(NumberConvention convention) {
    switch (convention) {
        case NumberConvention::automatic:
            return "";
        case NumberConvention::point_decimal:
            return tr("decimal point: 1,234.5");
        case NumberConvention::comma_decimal:
            return tr("decimal comma: 1.234,5");
    }
    return "";
}

/// Both conventions with what each would make of the column; a choice reads the file again.
void convention_choice(Ui& ui, ImportItem& item, const ColumnReport& column, const std::vector<std::string>& cells) {
    const auto chosen = item.options.numbers.find(column.name);
    const auto now = chosen == item.options.numbers.end() ? NumberConvention::automatic : chosen->second;
    for (const NumberConvention convention : {NumberConvention::comma_decimal, NumberConvention::point_decimal}) {
        ImGui::PushID(static_cast<int>(convention));
        const bool on = now == convention;
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(22));
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(3), px(2)});
        const bool pressed = ImGui::RadioButton(in_words(convention), on);
        ImGui::PopStyleVar();
        if (pressed && !on) {
            item.options.numbers[column.name] = convention;
            decided(ui, item);
        }
        ImGui::SameLine(px(300));
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
        text_cut(made_of(cells, convention));
        ImGui::PopStyleColor();
        ImGui::PopID();
    }
    if (now == NumberConvention::automatic) return;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(22));
    if (ImGui::SmallButton(tr("Leave it to the column"))) {
        item.options.numbers.erase(column.name);
        decided(ui, item);
    }
}

std::string numbers_of(const ColumnReport& column) {
    std::string shown = in_words(column.convention);
    if (column.ambiguous) shown = tr("to be decided");
    if (column.percent) shown += std::string(shown.empty() ? "" : "; ") + tr("bore “%”");
    return shown;
}

void unread_cells(const ColumnReport& column) {
    if (column.unread.empty()) return;
    const auto count = std::ssize(column.unread);
    text_in(fonts().regular, palette().warning,
            fmt::format(fmt::runtime(tr_n("{} cell not read", "{} cells not read", static_cast<long>(count))),
                        format_integer(count)));
    std::string list;
    for (std::size_t i = 0; i < column.unread.size() && i < 20; ++i)
        list += (i ? "\n" : "") +
                fmt::format(fmt::runtime(tr("row {}: “{}”")), column.unread[i].row, column.unread[i].text);
    if (count > 20) list += "\n…";
    tooltip(list);
}

void column_row(Ui& ui, ImportItem& item, const ColumnReport& column, std::size_t position) {
    ImGui::TableNextRow();
    ImGui::TableSetColumnIndex(0);
    text_cut(column.name);
    if (!column.header.empty() && column.header != column.name) tooltip(column.header);
    ImGui::TableSetColumnIndex(1);
    text_in(fonts().regular, palette().muted, to_text(column.type));
    ImGui::TableSetColumnIndex(2);
    text_in(fonts().regular, column.ambiguous ? palette().warning : palette().muted, numbers_of(column));
    ImGui::TableSetColumnIndex(3);
    std::string first;
    for (const std::string& cell : samples(item, column, position))
        first += (first.empty() ? "" : "  ·  ") + cell;
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(first);
    ImGui::PopStyleColor();
    ImGui::TableSetColumnIndex(4);
    unread_cells(column);
    // A convention told wrong can be put right for any column of numbers.
    ImGui::TableSetColumnIndex(5);
    const bool settable = !column.ambiguous && !item.options.numbers.contains(column.name) &&
                          (column.convention != NumberConvention::automatic || !column.unread.empty());
    if (settable && icon_button("set", icon::pencil, tr("Say how its numbers are written"))) {
        const bool comma = column.convention == NumberConvention::comma_decimal;
        item.options.numbers[column.name] = comma ? NumberConvention::point_decimal : NumberConvention::comma_decimal;
        decided(ui, item);
    }
}

/// Of a dataset whose reading says nothing about its columns.
void plain_columns(const Table& table) {
    for (const Column& column : table.columns()) {
        ImGui::TableNextRow();
        ImGui::TableSetColumnIndex(0);
        text_cut(column.name());
        ImGui::TableSetColumnIndex(1);
        text_in(fonts().regular, palette().muted, to_text(column.type()));
        ImGui::TableSetColumnIndex(3);
        std::string first;
        for (std::size_t row = 0; row < column.size() && row < sample_count; ++row)
            first += (first.empty() ? "" : "  ·  ") + column.text(row);
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
        text_cut(first);
        ImGui::PopStyleColor();
    }
}

}  // namespace

void columns_that_ask(Ui& ui, ImportItem& item) {
    if (!item.report()) return;
    const std::vector<ColumnReport> columns = item.report()->columns;
    const std::vector<Question> questions = open_questions(item);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const ColumnReport& column = columns[i];
        const auto asked = std::ranges::find_if(questions, [&](const Question& q) {
            return q.kind == Question::Kind::number_convention && q.column == column.name;
        });
        if (asked == questions.end() && !column.ambiguous && !item.options.numbers.contains(column.name)) continue;
        ImGui::PushID(static_cast<int>(i));
        if (asked != questions.end()) {
            notice(palette().warning, icon::help_circle_outline, asked->text);
        } else {
            text_in(fonts().medium, palette().text, column.header.empty() ? column.name : column.header);
        }
        convention_choice(ui, item, column, samples(item, column, i));
        gap(10);
        ImGui::PopID();
    }
}

void columns_list(Ui& ui, ImportItem& item) {
    const bool reported = item.report() && !item.report()->columns.empty();
    const auto flags = ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX;
    if (!ImGui::BeginTable("columns", 6, flags)) return;
    ImGui::TableSetupColumn(tr("Column"), ImGuiTableColumnFlags_WidthStretch, 3);
    ImGui::TableSetupColumn(tr("Taken as"), ImGuiTableColumnFlags_WidthStretch, 2);
    ImGui::TableSetupColumn(tr("Numbers"), ImGuiTableColumnFlags_WidthStretch, 2.6F);
    ImGui::TableSetupColumn(tr("First cells"), ImGuiTableColumnFlags_WidthStretch, 4);
    ImGui::TableSetupColumn("##unread", ImGuiTableColumnFlags_WidthStretch, 2);
    ImGui::TableSetupColumn("##set", ImGuiTableColumnFlags_WidthFixed, ImGui::GetFrameHeight());
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (int c = 0; c < 4; ++c) {
        ImGui::TableSetColumnIndex(c);
        text_in(fonts().small, palette().muted, ImGui::TableGetColumnName(c));
    }
    if (reported) {
        const std::vector<ColumnReport> columns = item.report()->columns;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            ImGui::PushID(static_cast<int>(i));
            column_row(ui, item, columns[i], i);
            ImGui::PopID();
        }
    } else {
        plain_columns(item.dataset->table);
    }
    ImGui::EndTable();
}

}  // namespace diaban::ui
