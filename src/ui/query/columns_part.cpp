// Calculated columns of the question: what is counted around each hit, how far the nearest is.
#include <algorithm>
#include <cfloat>
#include <utility>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "query/language/parse.h"
#include "query/language/words.h"
#include "query/language/write.h"
#include "ui/icons.h"
#include "ui/query/find_parts.h"
#include "ui/query/rows.h"

namespace diaban::ui {

using namespace query;

namespace {

/// "sanitation", "sanitation_2": named after the layer that is counted, and free.
std::string free_name(const FindState& state, const std::string& wish) {
    const auto taken = [&](const std::string& name) {
        return std::ranges::find(state.draft.ask.columns, name, &AskedColumn::name) != state.draft.ask.columns.end();
    };
    std::string name = wish;
    for (int n = 2; taken(name); ++n)
        name = wish + "_" + std::to_string(n);
    return name;
}

struct NewColumn {
    std::string label, hint, name, value;
};

/// What is offered: of the layer that is likely meant; the chips then say which.
std::vector<NewColumn> offers(const FindState& state, const QueryLayer& layer) {
    const QueryLayer* target = likely_target(state.layers, layer);
    std::vector<NewColumn> list;
    if (target != nullptr) {
        Target of;
        of.layer = target->id;
        const std::string id = to_text(of);
        const bool area = layer.features->base().geometry.kind() == GeometryKind::polygon;
        const std::string where = area ? "" : " within 5 km";
        list.push_back({tr("Number of … in or near it"), {}, target->id, "count(" + id + where + ")"});
        if (area) list.push_back({tr("Density of …"), {}, target->id + "_density", "density(" + id + ")"});
        list.push_back({tr("Distance to the nearest …"), {}, target->id + "_distance", "distance(" + id + ")"});
        list.push_back({tr("Direction to the nearest …"), {}, target->id + "_direction", "direction(" + id + ")"});
        list.push_back({tr("Name of the nearest …"), {}, target->id + "_nearest", "nearest(" + id + ")"});
    }
    if (layer.features->base().geometry.kind() == GeometryKind::polygon)
        list.push_back({tr("Its area"), {}, "area", "area()"});
    if (layer.features->base().geometry.kind() == GeometryKind::line)
        list.push_back({tr("Its length"), {}, "length", "length()"});
    return list;
}

void add_column(FindState& state, const QueryLayer& layer) {
    if (ImGui::Button((std::string(icon::plus) + "  " + tr("Column")).c_str())) ImGui::OpenPopup("new column");
    tooltip(tr("Calculate something for each feature: a number nearby, a distance, an area"));
    if (!begin_popup_at_item("new column")) return;
    const std::vector<NewColumn> list = offers(state, layer);
    const auto options = [&] {
        std::vector<Option> shown;
        for (const NewColumn& column : list)
            shown.push_back({column.label, column.hint, {}, {}});
        return shown;
    };
    if (const auto chosen = option_list("columns", options, list.size(), state.search)) {
        Draft next = state.draft;
        next.ask.columns.push_back({free_name(state, list[*chosen].name), list[*chosen].value});
        change(state, std::move(next));
    }
    ImGui::EndPopup();
}

/// One column: its name, what it is made of, the way to be rid of it. True when it is to be removed.
bool column_row(Ui& ui, FindState& state, const QueryLayer& layer, std::size_t i) {
    AskedColumn column = state.draft.ask.columns[i];
    Rows rows{ui, state, {}, &layer, false, {}};
    ImGui::PushID(static_cast<int>(i));
    bool changed = text_entry(rows, "##name", tr("name"), column.name,
                              ImGui::GetContentRegionAvail().x - ImGui::GetFrameHeight() - px(4));
    tooltip(tr("The column's name"));
    ImGui::SameLine(0, px(4));
    const bool removed = icon_button("remove", icon::close, tr("Remove column"));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(4), px(4)});
    Flow flow(0);
    if (auto sum = parse_sum(column.value)) {
        if (sum_chips(rows, flow, *sum)) {
            column.value = to_text(*sum);
            changed = true;
        }
    } else {
        notice(palette().error, icon::alert_circle, to_text(sum.error()));
    }
    ImGui::PopStyleVar();
    // One that cannot be read has said so already.
    if (parse_sum(column.value) && troubled_column(state) == &state.draft.ask.columns[i])
        notice(palette().error, icon::alert_circle, to_text(*state.live.error()));
    gap(6);
    ImGui::PopID();
    if (changed && !trim(column.name).empty()) {
        Draft next = state.draft;
        next.ask.columns[i] = std::move(column);
        change(state, std::move(next), rows.merge);
        ui.session.touch();
    }
    return removed;
}

/// One step: columns of the same name take the place of the layer's own.
void to_layer(Ui& ui, const FindState& state) {
    ui.session.edit(tr("Add calculated columns"), [&](Workspace& workspace) {
        Layer* layer = workspace.find_layer(state.draft.ask.layer);
        if (layer == nullptr) return;
        for (const AskedColumn& column : state.draft.ask.columns) {
            std::erase_if(layer->columns, [&](const AskedColumn& old) { return old.name == column.name; });
            layer->columns.push_back(column);
        }
    });
}

}  // namespace

void columns_section(Ui& ui, FindState& state) {
    const QueryLayer* layer = asked_layer(state);
    if (layer == nullptr || !begin_section(tr("Columns"), !state.draft.ask.columns.empty())) return;
    ImGui::PushID("columns");
    std::optional<std::size_t> gone;
    for (std::size_t i = 0; i < state.draft.ask.columns.size(); ++i)
        if (column_row(ui, state, *layer, i)) gone = i;
    if (gone) {
        Draft next = state.draft;
        next.ask.columns.erase(next.ask.columns.begin() + static_cast<std::ptrdiff_t>(*gone));
        change(state, std::move(next));
    }
    add_column(state, *layer);
    if (!state.draft.ask.columns.empty()) {
        ImGui::SameLine();
        if (button(tr("Give them to the layer"))) to_layer(ui, state);
        tooltip(
            tr("The layer gets these columns: in its table, for its colours and labels; calculated anew when data "
               "change"));
    }
    ImGui::PopID();
}

}  // namespace diaban::ui
