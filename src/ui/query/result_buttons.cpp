// What can be made of the hits: a selection, a filter, a layer, rows of the table, a file.
#include <algorithm>
#include <utility>

#include "base/i18n.h"
#include "base/text.h"
#include "query/language/edit.h"
#include "query/language/parse.h"
#include "query/language/words.h"
#include "query/language/write.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/query/chips.h"
#include "ui/query/find_parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

/// The layer's filter with the question's condition on top: exactly the hits.
std::string filter_of_hits(const FindState& state, const Layer& layer) {
    const std::string& where = state.draft.ask.where;
    if (layer.filter.empty() || layer.filter == where) return where;
    const auto old = parse_condition(layer.filter);
    if (!old) return where;
    return to_text(query::joined(*old, {}, query::Joint::all_of, state.tree));
}

/// A question that looks at its own layer again cannot be that layer's filter; empty where it can. Nothing is
/// evaluated.
std::string why_no_filter(Ui& ui, const FindState& state) {
    const QueryLayer* layer = asked_layer(state);
    if (layer == nullptr) return {};
    const auto can = can_ask(state.tree, state.layers, *layer, *ui.session.query_cache(), true);
    if (can) return {};
    return to_text(can.error()) + "\n" + tr("Select what was found, or make a layer of it.");
}

void as_filter(Ui& ui, const FindState& state) {
    ui.session.edit(tr("Filter by the question"), [&](Workspace& workspace) {
        if (Layer* layer = workspace.find_layer(state.draft.ask.layer)) layer->filter = filter_of_hits(state, *layer);
    });
}

/// What the hits are called: the saved question's name, else the layer and its condition.
std::string hits_name(const Session& session, const FindState& state) {
    if (const SavedQuery* query = session.workspace().find_query(state.saved)) return query->name;
    const LayerNames names = [&](const std::string& id) { return layer_name(state, id); };
    return layer_name(state, state.draft.ask.layer) + " " + in_words(state.tree, names);
}

/// A layer above, of the same data, that shows the hits alone.
void as_layer(Ui& ui, const FindState& state) {
    std::string made;
    ui.session.edit(tr("Layer of the hits"), [&](Workspace& workspace) {
        const auto layer = std::ranges::find(workspace.layers, state.draft.ask.layer, &Layer::id);
        if (layer == workspace.layers.end()) return;
        Layer hits = *layer;
        hits.name = hits_name(ui.session, state);
        hits.id = unused_id(workspace, hits.name);
        hits.filter = filter_of_hits(state, *layer);
        hits.columns.insert(hits.columns.end(), state.draft.ask.columns.begin(), state.draft.ask.columns.end());
        hits.visible = true;
        made = hits.id;
        workspace.layers.insert(layer, std::move(hits));
    });
    if (!made.empty()) ui.session.active_layer = made;
}

void show_table(Ui& ui, const FindState& state) {
    select_hits(ui, state, Combine::replace);
    ui.panels.drawer = Drawer::table;
    ui.panels.table.only_selected = true;
    ui.panels.table.search.clear();
}

void export_hits(Ui& ui, const FindState& state) {
    select_hits(ui, state, Combine::replace);
    run_command(ui, "workspace.export_layer");
    ui.panels.exporting.rows = ExportRows::selected;
}

void select_menu(Ui& ui, const FindState& state) {
    if (!begin_popup_at_item("how")) return;
    const auto item = [&](const char* name, Combine how) {
        if (ImGui::MenuItem(name)) select_hits(ui, state, how);
    };
    item(tr("Select only these"), Combine::replace);
    item(tr("Add to the selection"), Combine::add);
    item(tr("Remove from the selection"), Combine::remove);
    item(tr("Look within the selection"), Combine::within);
    ImGui::EndPopup();
}

}  // namespace

std::vector<uint32_t> found_features(const Answer& answer) {
    std::vector<uint32_t> found;
    found.reserve(answer.hits.count);
    for (uint32_t f = 0; f < answer.hits.kept.size(); ++f)
        if (answer.hits.kept[f] != 0) found.push_back(f);
    return found;
}

void select_hits(Ui& ui, const FindState& state, Combine how) {
    // What is still asked, or was stopped, is not what the sentence says.
    if (!state.live.answered()) return;
    const auto& answer = state.live.good();
    ui.session.select(answer->layer, found_features(*answer), how);
    ui.session.touch();
}

void result_buttons(Ui& ui, FindState& state) {
    const bool some = state.live.answered() && state.live.good()->hits.count > 0;
    const bool asked = !state.draft.ask.where.empty() && state.live.answered();
    gap(8);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(4), px(4)});
    ImGui::BeginDisabled(!some);
    if (primary_button(tr("Select"))) select_hits(ui, state, Combine::replace);
    ImGui::EndDisabled();
    tooltip(tr("Select what was found  (Ctrl+Enter)"));
    ImGui::SameLine(0, 0);
    if (icon_button("how", icon::chevron_down, tr("Add to, remove from or look within the selection"), some))
        ImGui::OpenPopup("how");
    select_menu(ui, state);
    ImGui::SameLine();
    const std::string circle = asked ? why_no_filter(ui, state) : std::string();
    if (button(tr("As filter"), asked && circle.empty())) as_filter(ui, state);
    tooltip(circle.empty() ? tr("The layer shows only what was found, and follows the question's layers") : circle);
    ImGui::SameLine();
    if (button(tr("As layer"), asked)) as_layer(ui, state);
    tooltip(tr("A layer of its own above: a copy with the same look, whose filter is this question"));
    if (button(tr("Table"), some)) show_table(ui, state);
    tooltip(tr("Select what was found and list it in the table"));
    ImGui::SameLine();
    if (button(tr("Export…"), some)) export_hits(ui, state);
    tooltip(tr("Write what was found to a file"));
    ImGui::PopStyleVar();
}

}  // namespace diaban::ui
