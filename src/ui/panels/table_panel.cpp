#include <algorithm>
#include <cfloat>

#include "base/format.h"
#include "base/i18n.h"
#include "query/search.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

constexpr int most_columns = 63;  // ImGui's tables hold 64, and one is the row's number

/// What `rows` depends on besides the features themselves.
std::string rows_key(const TableState& state, const LayerResult& result, const Selection& selection) {
    std::string key = state.search + '\n' + state.sort_field + (state.descending ? "-" : "+") +
                      std::to_string(result.time) + '\n' + result.layer_id;
    if (state.only_selected) {
        key += "\nselected";
        for (const uint32_t f : selection.features)
            key += ' ' + std::to_string(f);
    }
    return key;
}

/// The rows to list, in order: those found, those selected, sorted. Features that the filter leaves out stay in the
/// table, muted: a row that vanishes could not be looked up.
void refresh_rows(TableState& state, const LayerResult& result, const Selection& selection) {
    std::string key = rows_key(state, result, selection);
    if (state.rows_of == result.features && state.key == key) return;
    const Features& features = *result.features;
    std::vector<uint8_t> wanted(features.count(), state.search.empty() ? 1 : 0);
    std::vector<uint32_t> found;
    if (!state.search.empty()) {
        found = search(features, state.search);
        for (const uint32_t f : found)
            wanted[f] = 1;
    }
    if (state.only_selected) {
        const bool here = selection.layer_id == result.layer_id;
        for (uint32_t f = 0; f < features.count(); ++f)
            if (!here || !selection.features.contains(f)) wanted[f] = 0;
    }
    std::vector<uint32_t> order;
    if (const auto field = features.field(state.sort_field); field && !state.sort_field.empty()) {
        order = sorted_by(features, *field, result.time, state.descending);
    } else if (!state.search.empty()) {
        order = std::move(found);  // the best hit first
    } else {
        order.resize(features.count());
        for (uint32_t f = 0; f < features.count(); ++f)
            order[f] = f;
    }
    std::erase_if(order, [&](uint32_t f) { return wanted[f] == 0; });
    state.rows = std::move(order);
    state.key = std::move(key);
    state.rows_of = result.features;
}

void select_row(Ui& ui, const LayerResult& result, std::size_t row) {
    TableState& state = ui.panels.table;
    Session& session = ui.session;
    const uint32_t feature = state.rows[row];
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyShift && state.anchor) {
        const auto from = std::ranges::find(state.rows, *state.anchor);
        if (from != state.rows.end()) {
            auto first = static_cast<std::size_t>(from - state.rows.begin());
            auto last = row;
            if (first > last) std::swap(first, last);
            session.select(result.layer_id,
                           std::vector<uint32_t>(state.rows.begin() + static_cast<std::ptrdiff_t>(first),
                                                 state.rows.begin() + static_cast<std::ptrdiff_t>(last) + 1),
                           io.KeyCtrl ? Combine::add : Combine::replace);
            state.last_selected = feature;
            return;
        }
    }
    if (io.KeyCtrl) {
        session.toggle(result.layer_id, feature);
    } else {
        session.select(result.layer_id, {feature});
    }
    state.anchor = feature;
    state.last_selected = feature;  // clicked here: no need to scroll to it
}

void cell(const Field& field, uint32_t feature, std::size_t time, bool left_out) {
    const std::string shown = cell_text(field, feature, time);
    if (field.column().numeric()) {
        const float room = ImGui::GetContentRegionAvail().x;
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, room - text_width(shown)));
    }
    const bool muted = left_out || field.is_null(feature, time);
    if (muted) ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text(shown);
    if (muted) ImGui::PopStyleColor();
}

void take_sorting(TableState& state, const std::vector<Field>& fields) {
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (!specs || !specs->SpecsDirty) return;
    state.sort_field.clear();
    if (specs->SpecsCount > 0) {
        const ImGuiTableColumnSortSpecs& spec = specs->Specs[0];
        const auto column = static_cast<std::size_t>(spec.ColumnUserID);
        if (column < fields.size()) state.sort_field = fields[column].name();
        state.descending = spec.SortDirection == ImGuiSortDirection_Descending;
    }
    specs->SpecsDirty = false;
}

/// Headers: the column's name, and below it, quietly, the joined table that it is from.
void headers(const std::vector<Field>& fields) {
    const bool joined =
        std::ranges::any_of(fields, [](const Field& field) { return field.name().find('.') != std::string::npos; });
    const float line = ImGui::GetTextLineHeight();
    const float height = line + (joined ? fonts().small->FontSize : 0) + 2 * ImGui::GetStyle().CellPadding.y;
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, height);
    for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
        ImGui::TableSetColumnIndex(i);
        const Field& field = fields[static_cast<std::size_t>(i)];
        ImGui::PushID(i);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float room = ImGui::GetContentRegionAvail().x;
        ImGui::PushFont(fonts().medium);
        ImGui::TableHeader(field.column().name().c_str());
        ImGui::PopFont();
        tooltip(field_label(field.name()) + "\n" + to_text(field.column().type()));
        if (const auto dot = field.name().find('.'); dot != std::string::npos) {
            ImGui::PushFont(fonts().small);
            const std::string table = cut_to(field.name().substr(0, dot), room);
            ImGui::PopFont();
            draw_text({at.x, at.y + line}, palette().muted, table, fonts().small);
        }
        ImGui::PopID();
    }
}

float column_width(const Field& field, uint32_t count, std::size_t time) {
    float width = text_width(field.column().name(), fonts().medium) + px(22);
    const uint32_t step = std::max(1U, count / 40);
    for (uint32_t f = 0; f < count; f += step)
        width = std::max(width, text_width(cell_text(field, f, time)));
    return std::min(width + px(6), px(220));
}

void rows(Ui& ui, const LayerResult& result, const std::vector<Field>& fields) {
    TableState& state = ui.panels.table;
    const Selection& selection = ui.session.selection;
    const bool here = selection.layer_id == result.layer_id;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(state.rows.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const auto row = static_cast<std::size_t>(i);
            const uint32_t feature = state.rows[row];
            ImGui::TableNextRow();
            ImGui::PushID(static_cast<int>(feature));
            const bool left_out = !result.shown.empty() && result.shown[feature] == 0;
            ImGui::TableSetColumnIndex(0);
            const bool selected = here && selection.features.contains(feature);
            const float start = ImGui::GetCursorPosX();
            if (row_selectable("##row", selected,
                               ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick)) {
                select_row(ui, result, row);
                if (ImGui::IsMouseDoubleClicked(0)) zoom_to_features(ui, result.layer_id, {feature});
            }
            ImGui::SameLine(0, 0);
            ImGui::SetCursorPosX(start);
            for (int c = 0; c < static_cast<int>(fields.size()); ++c)
                if (ImGui::TableSetColumnIndex(c))
                    cell(fields[static_cast<std::size_t>(c)], feature, result.time, left_out);
            ImGui::PopID();
        }
    }
}

/// When the selection changed elsewhere (on the map, say), its first row is brought into view.
void follow_selection(TableState& state, const Selection& selection, const std::string& layer, float row_height) {
    if (selection.layer_id != layer || selection.features.empty()) {
        state.last_selected.reset();
        return;
    }
    if (state.last_selected && selection.features.contains(*state.last_selected)) return;
    const auto at = std::ranges::find_if(state.rows, [&](uint32_t f) { return selection.features.contains(f); });
    state.last_selected = *selection.features.begin();
    if (at == state.rows.end()) return;
    state.last_selected = *at;
    const auto row = static_cast<float>(at - state.rows.begin());
    ImGui::SetScrollY(std::max(0.0F, row * row_height - ImGui::GetWindowHeight() / 2 + row_height));
}

void toolbar(Ui& ui, const Layer& layer, const LayerResult& result) {
    TableState& state = ui.panels.table;
    search_field("search", tr("Find in table"), state.search, px(220));
    ImGui::SameLine(0, px(8));
    checkbox(tr("Only selected"), state.only_selected);
    ImGui::SameLine(0, px(16));
    const Selection& selection = ui.session.selection;
    const auto selected = selection.layer_id == layer.id ? static_cast<int64_t>(selection.features.size()) : int64_t{0};
    const auto listed = static_cast<int64_t>(state.rows.size());
    const int64_t all = result.features->count();
    std::string summary = listed == all ? format_integer(all) : format_count_of(listed, all);
    summary += std::string(" ") + tr_n("row", "rows", static_cast<long>(all));
    if (selected > 0) summary += ", " + format_integer(selected) + " " + tr("selected");
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, summary);
    if (result.features->times().size() > 1) {
        ImGui::SameLine(0, px(16));
        ImGui::AlignTextToFramePadding();
        text_in(fonts().regular, palette().muted, std::to_string(result.features->times()[result.time]));
    }
    const std::string name = cut_to(layer.name, px(240));
    ImGui::SameLine(0, 0);
    const float at = ImGui::GetContentRegionMax().x - text_width(name, fonts().medium);
    if (at > ImGui::GetCursorPosX() + px(16)) {
        ImGui::SetCursorPosX(at);
        ImGui::AlignTextToFramePadding();
        text_in(fonts().medium, palette().text, name);
    } else {
        ImGui::NewLine();
    }
}

}  // namespace

void table_panel(Ui& ui) {
    Session& session = ui.session;
    const Layer* found = shown_layer(session);
    const LayerResultPtr result = shown_result(session);
    if (!found || !result || !result->features)
        return empty_state(icon::table, tr("No table to show"), tr("Choose a layer on the left."));
    const Layer layer = *found;
    TableState& state = ui.panels.table;
    refresh_rows(state, *result, session.selection);
    toolbar(ui, layer, *result);
    refresh_rows(state, *result, session.selection);  // the toolbar may have changed what is asked for
    std::vector<Field> fields = fields_shown(layer, *result->features);
    if (fields.size() > most_columns) fields.erase(fields.begin() + most_columns, fields.end());
    if (fields.empty()) return text_muted(tr("This layer has no columns."));

    // A table's own memory (widths, sorting) hangs on its id, so each layer's is its own.
    ImGui::PushID(layer.id.c_str());
    const auto flags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable |
                       ImGuiTableFlags_Reorderable | ImGuiTableFlags_Hideable | ImGuiTableFlags_Sortable |
                       ImGuiTableFlags_SortTristate | ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV |
                       ImGuiTableFlags_BordersOuter | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_SizingFixedFit;
    if (ImGui::BeginTable("table", static_cast<int>(fields.size()), flags, {0, 0})) {
        const uint32_t count = result->features->count();
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const float width = ImGui::IsWindowAppearing() ? column_width(fields[i], count, result->time) : 0;
            const auto column = fields[i].column().numeric() ? ImGuiTableColumnFlags_PreferSortDescending : 0;
            ImGui::TableSetupColumn(fields[i].name().c_str(), column | ImGuiTableColumnFlags_WidthFixed, width,
                                    static_cast<ImGuiID>(i));
        }
        ImGui::TableSetupScrollFreeze(1, 1);
        headers(fields);
        take_sorting(state, fields);
        refresh_rows(state, *result, session.selection);
        follow_selection(state, session.selection, layer.id,
                         ImGui::GetTextLineHeight() + 2 * ImGui::GetStyle().CellPadding.y);
        rows(ui, *result, fields);
        ImGui::EndTable();
    }
    ImGui::PopID();
    if (state.rows.empty() && !state.search.empty()) {
        // Said over the empty table, which fills the panel.
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() - px(64));
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(16));
        text_muted(std::string(tr("Nothing found for")) + " “" + state.search + "”.");
    }
}

}  // namespace diaban::ui
