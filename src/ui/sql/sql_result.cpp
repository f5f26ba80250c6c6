// What a statement brought: its rows as a table, what was noticed, and what can be done with them.
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "query/search.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/sql/sql_parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

constexpr std::size_t most_columns = 62;  // ImGui's tables hold 64, and one is the row's number

/// "3,321 rows with polygons, 0.12 s".
std::string summary(const SqlResult& result) {
    const auto rows = static_cast<int64_t>(result.dataset->size());
    std::string text = format_integer(rows) + " " + tr_n("row", "rows", static_cast<long>(rows));
    switch (result.dataset->geometry.kind()) {
        case GeometryKind::point:
            text += std::string(" ") + tr("with points");
            break;
        case GeometryKind::line:
            text += std::string(" ") + tr("with lines");
            break;
        case GeometryKind::polygon:
            text += std::string(" ") + tr("with polygons");
            break;
        case GeometryKind::none:
            break;
    }
    return text + ", " + format_number(std::max(result.seconds, 0.001), result.seconds < 1 ? 3 : 1) + " s";
}

/// As a spreadsheet takes it from the clipboard: columns between tabs.
std::string as_clipboard_text(const SqlResult& result) {
    const std::vector<Column>& columns = result.dataset->table.columns();
    std::string text;
    const auto add = [&](std::size_t c, std::string cell) {
        std::ranges::replace_if(
            cell, [](char letter) { return letter == '\t' || letter == '\n' || letter == '\r'; }, ' ');
        text += (c > 0 ? "\t" : "") + cell;
    };
    for (std::size_t c = 0; c < columns.size(); ++c)
        add(c, columns[c].name());
    text += '\n';
    for (const uint32_t row : result.order) {
        for (std::size_t c = 0; c < columns.size(); ++c)
            add(c, columns[c].text(row));
        text += '\n';
    }
    return text;
}

void save_popup(Ui& ui) {
    SqlState& state = ui.panels.sql;
    if (!ImGui::BeginPopup("sql save")) return;
    text_in(fonts().medium, palette().text, tr("Save the query"));
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(px(220));
    const bool entered =
        ImGui::InputTextWithHint("##name", tr("Its name"), &state.name, ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::SameLine(0, px(8));
    const bool named = !trim(state.name).empty();
    if ((primary_button(tr("Save")) || entered) && named) {
        (void)save_sql_query(ui, trim(state.name));
        ImGui::CloseCurrentPopup();
    }
    if (key_pressed(ui, GLFW_KEY_ESCAPE)) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

void begin_export(Ui& ui) {
    ui.panels.exporting.layer.clear();  // not a layer's features, but this result
    ui.panels.exporting.extension = ui.panels.sql.result->dataset->has_geometry() ? ".gpkg" : ".csv";
    ui.panels.dialog.purpose = FileDialogState::Purpose::export_layer;
    ui.panels.dialog.file_name = std::string(tr("result")) + ui.panels.exporting.extension;
}

void toolbar(Ui& ui) {
    const SqlResult& result = *ui.panels.sql.result;
    ImGui::AlignTextToFramePadding();
    text_in(fonts().medium, palette().text, summary(result));
    const bool shapes = result.dataset->has_geometry();
    const std::array<const char*, 3> words{shapes ? tr("As a layer") : tr("As a table"), tr("Save query…"),
                                           tr("Export…")};
    float width = ImGui::GetFrameHeight();
    for (const char* word : words)
        width += text_width(word) + 2 * ImGui::GetStyle().FramePadding.x + px(6);
    ImGui::SameLine(0, px(12));
    const float right = ImGui::GetContentRegionMax().x - width;
    if (right > ImGui::GetCursorPosX()) ImGui::SetCursorPosX(right);
    if (button(words[0])) shapes ? keep_sql_as_layer(ui) : keep_sql_as_table(ui);
    tooltip(shapes ? tr("A layer above the others, which is asked anew when its data change. One step to undo.")
                   : tr("Saved, and joined to the layer that its rows belong to. One step to undo."));
    ImGui::SameLine(0, px(6));
    if (button(words[1])) ImGui::OpenPopup("sql save");
    tooltip(tr("Under a name, with the workspace"));
    ImGui::SameLine(0, px(6));
    if (button(words[2])) begin_export(ui);
    ImGui::SameLine(0, px(6));
    if (icon_button("copy", icon::copy, tr("Copy all rows, for a spreadsheet")))
        ImGui::SetClipboardText(as_clipboard_text(result).c_str());
    save_popup(ui);
}

void notes(const SqlResult& result) {
    const Diagnostics& all = result.dataset->diagnostics;
    if (all.empty()) return;
    const Diagnostic& first = all.front();
    const bool bad = first.severity != Severity::note;
    std::string words = to_text(first);
    if (all.size() > 1) words += " +" + format_integer(static_cast<int64_t>(all.size()) - 1);
    text_in(fonts().regular, bad ? palette().warning : palette().muted, bad ? icon::alert : icon::information);
    ImGui::SameLine(0, px(6));
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(bad ? palette().warning : palette().muted));
    text_cut(words);
    ImGui::PopStyleColor();
    if (!ImGui::IsItemHovered()) return;
    std::string whole;
    for (const Diagnostic& one : all)
        whole += (whole.empty() ? "" : "\n") + to_text(one);
    tooltip(whole);
}

void sort(SqlResult& result, const std::vector<Field>& fields) {
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (!specs || !specs->SpecsDirty) return;
    specs->SpecsDirty = false;
    const auto column = specs->SpecsCount > 0 ? static_cast<std::size_t>(specs->Specs[0].ColumnUserID) : fields.size();
    const std::string wanted = column < fields.size() ? fields[column].name() : std::string();
    const bool descending = specs->SpecsCount > 0 && specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
    if (wanted == result.sort_field && descending == result.descending) return;
    result.sort_field = wanted;
    result.descending = descending;
    if (!wanted.empty()) {
        result.order = sorted_by(*result.rows, fields[column], 0, descending);
        return;
    }
    for (std::size_t row = 0; row < result.order.size(); ++row)
        result.order[row] = static_cast<uint32_t>(row);
}

float column_width(const Field& field, uint32_t rows) {
    constexpr uint32_t looked_at = 40;
    float width = text_width(field.name(), fonts().medium) + px(22);
    for (uint32_t row = 0; row < rows; row += std::max(1U, rows / looked_at))
        width = std::max(width, text_width(cell_text(field, row, 0)));
    return std::min(width + px(6), px(260));
}

void cell(const Field& field, uint32_t row) {
    const std::string shown = cell_text(field, row, 0);
    if (field.column().numeric()) {
        const float room = ImGui::GetContentRegionAvail().x - text_width(shown);
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, room));
    }
    const bool null = field.is_null(row, 0);
    if (null) ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    // A text of many lines would make its row as tall.
    text(shown.substr(0, shown.find('\n')));
    if (null) ImGui::PopStyleColor();
    if (shown.find('\n') != std::string::npos || ImGui::GetItemRectSize().x > ImGui::GetColumnWidth()) tooltip(shown);
}

void headers(const std::vector<Field>& fields) {
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    ImGui::TableSetColumnIndex(0);
    text_in(fonts().small, palette().muted, "#");
    for (std::size_t i = 0; i < fields.size(); ++i) {
        ImGui::TableSetColumnIndex(static_cast<int>(i) + 1);
        ImGui::PushID(static_cast<int>(i));
        ImGui::PushFont(fonts().medium);
        ImGui::TableHeader(fields[i].name().c_str());
        ImGui::PopFont();
        tooltip(fields[i].name() + "\n" + to_text(fields[i].column().type()));
        ImGui::PopID();
    }
}

void rows(const SqlResult& result, const std::vector<Field>& fields) {
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(result.order.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const uint32_t row = result.order[static_cast<std::size_t>(i)];
            ImGui::TableNextRow();
            ImGui::TableSetColumnIndex(0);
            text_in(fonts().small, palette().muted, format_integer(int64_t{row} + 1));
            for (std::size_t c = 0; c < fields.size(); ++c)
                if (ImGui::TableSetColumnIndex(static_cast<int>(c) + 1)) cell(fields[c], row);
        }
    }
}

void table(SqlResult& result) {
    std::vector<Field> fields = result.rows->fields();
    if (fields.size() > most_columns) fields.erase(fields.begin() + most_columns, fields.end());
    if (fields.empty()) return text_muted(tr("Shapes alone, without a column: “As a layer” shows them."));
    const auto flags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable |
                       ImGuiTableFlags_Reorderable | ImGuiTableFlags_Hideable | ImGuiTableFlags_Sortable |
                       ImGuiTableFlags_SortTristate | ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV |
                       ImGuiTableFlags_BordersOuter | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_SizingFixedFit;
    ImGui::PushID(static_cast<int>(result.number));
    if (ImGui::BeginTable("rows", static_cast<int>(fields.size()) + 1, flags)) {
        const uint32_t count = result.rows->count();
        ImGui::TableSetupColumn("#", ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoSort,
                                text_width(format_integer(int64_t{count}), fonts().small) + px(8));
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto numbers = fields[i].column().numeric() ? ImGuiTableColumnFlags_PreferSortDescending : 0;
            ImGui::TableSetupColumn(fields[i].name().c_str(), numbers | ImGuiTableColumnFlags_WidthFixed,
                                    column_width(fields[i], count), static_cast<ImGuiID>(i));
        }
        ImGui::TableSetupScrollFreeze(1, 1);
        headers(fields);
        sort(result, fields);
        rows(result, fields);
        ImGui::EndTable();
    }
    ImGui::PopID();
}

}  // namespace

void sql_result(Ui& ui) {
    SqlState& state = ui.panels.sql;
    if (!state.result)
        return empty_state(icon::table, tr("No result yet"), tr("Ctrl+Enter runs the statement. It can only read."));
    toolbar(ui);
    notes(*state.result);
    table(*state.result);
}

}  // namespace diaban::ui
