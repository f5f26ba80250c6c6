// The left half of the crosswalk assistant: which data, to which units, and how the two correspond.
#include <algorithm>
#include <cfloat>

#include "base/i18n.h"
#include "ui/crosswalk/crosswalk_actions.h"
#include "ui/crosswalk/crosswalk_parts.h"
#include "ui/crosswalk/guess_carried.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

enum class How { pairs, names, area, points };

How how_of(const CorrespondenceOf& by) {
    if (std::holds_alternative<PairsOf>(by)) return How::pairs;
    if (std::holds_alternative<NamesOf>(by)) return How::names;
    return std::get<OverlayOf>(by).points.empty() ? How::area : How::points;
}

void heading(const char* words) {
    gap(8);
    text_in(fonts().medium, palette().text, words);
    gap(2);
}

/// A source of the workspace by its id, those that suit.
template <class Suits>
bool pick_source(const Session& session, const char* id, std::string& source, Suits suits) {
    bool changed = false;
    if (!begin_choice(id, source.empty() ? tr("choose") : source.c_str(), true)) return false;
    const auto offer = [&](const std::string& candidate) {
        const Dataset* data = dataset_of(session, candidate);
        if (data == nullptr || !suits(*data)) return;
        if (ImGui::Selectable(candidate.c_str(), candidate == source) && candidate != source) {
            source = candidate;
            changed = true;
        }
    };
    for (const Source& candidate : session.workspace().sources)
        if (!candidate.session_only) offer(candidate.id);
    ImGui::EndCombo();
    return changed;
}

bool is_table(const Dataset& data) {
    return !data.has_geometry();
}
bool is_areas(const Dataset& data) {
    return data.geometry.kind() == GeometryKind::polygon;
}
bool is_points(const Dataset& data) {
    return data.geometry.kind() == GeometryKind::point;
}

void data_rows(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    property(tr("Table"));
    std::string table = state.carried.data;
    if (pick_source(ui.session, "##table", table, is_table)) return choose_table(ui, table);
    const Dataset* data = dataset_of(ui.session, state.carried.data);
    property(tr("Its units"));
    if (pick_column("##key", data, state.carried.key)) guess_rules_again(ui);
    tooltip(tr("The column with the codes or names of the units that the table speaks of"));
    property(tr("Time"));
    if (pick_column("##time", data, state.carried.time_field, tr("none: one row a unit"))) guess_rules_again(ui);
}

void target_rows(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    const Workspace& workspace = ui.session.workspace();
    property(tr("Layer"));
    const Layer* layer = workspace.find_layer(state.layer);
    if (begin_choice("##layer", layer ? layer->name.c_str() : tr("choose"), true)) {
        for (const Layer& candidate : workspace.layers) {
            if (dataset_of(ui.session, candidate.source) == nullptr) continue;
            if (ImGui::Selectable((candidate.name + "###" + candidate.id).c_str(), candidate.id == state.layer) &&
                candidate.id != state.layer) {
                state.layer = candidate.id;
                state.layer_key =
                    guess_carrying(workspace, ui.session.datasets(), state.layer, state.carried.data).layer_key;
            }
        }
        ImGui::EndCombo();
    }
    layer = workspace.find_layer(state.layer);
    property(tr("Its units"));
    pick_column("##layer key", layer ? dataset_of(ui.session, layer->source) : nullptr, state.layer_key);
    tooltip(tr("The column of the layer to which the result is joined"));
}

void pairs_rows(Ui& ui, PairsOf& by) {
    CrosswalkState& state = ui.panels.crosswalk;
    property(tr("Pairs"));
    if (pick_source(ui.session, "##pairs", by.source, is_table)) {
        const Layer* layer = ui.session.workspace().find_layer(state.layer);
        by.columns = guess_pair_columns(*dataset_of(ui.session, by.source), dataset_of(ui.session, state.carried.data),
                                        state.carried.key, layer ? dataset_of(ui.session, layer->source) : nullptr);
    }
    const Dataset* pairs = dataset_of(ui.session, by.source);
    const auto column = [&](const char* words, const char* id, std::string& value, const char* none) {
        property(words);
        pick_column(id, pairs, value, none);
    };
    column(tr("Old unit"), "##from", by.columns.from, nullptr);
    column(tr("New unit"), "##to", by.columns.to, nullptr);
    column(tr("Share"), "##share", by.columns.share, tr("none: whole, or equal parts"));
    column(tr("Who says so"), "##source", by.columns.source, tr("none"));
    if (!begin_section(tr("More columns"), false)) return;
    column(tr("Old name"), "##from name", by.columns.from_name, tr("none"));
    column(tr("New name"), "##to name", by.columns.to_name, tr("none"));
    column(tr("Basis"), "##basis", by.columns.basis, tr("none"));
    column(tr("Corrected"), "##corrected", by.columns.corrected, tr("none"));
    column(tr("Named in"), "##mentions", by.columns.mentions, tr("none"));
    tooltip(tr("In how many pairs the old unit should be: others are reported"));
}

void names_rows(Ui& ui, NamesOf& by) {
    property(tr("New units"));
    pick_source(ui.session, "##names", by.source, [](const Dataset&) { return true; });
    const Dataset* units = dataset_of(ui.session, by.source);
    property(tr("Code or name"));
    pick_column("##id", units, by.columns.id);
    property(tr("Name"));
    pick_column("##name", units, by.columns.name, tr("none"));
    property(tr("Merged from"));
    pick_column("##list", units, by.columns.list);
    tooltip(tr("The column that lists the names of the old units: “Xã A, Xã B và một phần Xã C”"));
    property(tr("Unit above"));
    pick_column("##parent", units, by.columns.parent, tr("none"));
    tooltip(tr("Tells apart old units that bear the same name in different provinces"));
}

void overlay_rows(Ui& ui, OverlayOf& by, bool weighted) {
    const auto units = [&](const char* words, const char* id, std::string& source, std::string& key,
                           std::string& name) {
        property(words);
        ImGui::PushID(id);
        if (pick_source(ui.session, "##source", source, is_areas)) {
            const Table& table = dataset_of(ui.session, source)->table;
            key = guess_code_column(table);
            name = guess_name_column(table);
            if (key.empty()) key = name;
        }
        property(tr("Code or name"));
        pick_column("##id", dataset_of(ui.session, source), key);
        ImGui::PopID();
    };
    units(tr("Old units"), "old", by.old_units, by.old_id, by.old_name);
    units(tr("New units"), "new", by.new_units, by.new_id, by.new_name);
    if (!weighted) return;
    property(tr("Points"));
    if (pick_source(ui.session, "##points", by.points, is_points)) by.weight.clear();
    property(tr("Weight"));
    pick_column("##weight", dataset_of(ui.session, by.points), by.weight, tr("none: each point counts 1"));
}

/// What each way assumes, so that nobody takes an estimate for a fact.
const char* assumption_of(How how) {
    switch (how) {
        case How::pairs:
            return tr("A table says which unit went where. Without shares, a unit in several pairs is split equally.");
        case How::names:
            return tr("Each new unit lists what it was merged from. Units named more than once are split equally.");
        case How::area:
            return tr("Old boundaries over new ones: assumes that what is counted is spread evenly over the area.");
        case How::points:
            return tr(
                "By the points in each part, villages’ households say: assumes that what is counted follows them.");
    }
    return "";
}

void how_rows(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    const Session& session = ui.session;
    const std::vector<std::string> ways{tr("Pairs"), tr("Names"), tr("Area"), tr("Points")};
    const How before = how_of(state.carried.by);
    int now = static_cast<int>(before);
    if (segmented("how", ways, now)) {
        state.carried.corrections.clear();
        switch (static_cast<How>(now)) {
            case How::pairs:
                state.carried.by = guess_pairs(session.workspace(), session.datasets(), state.layer, state.carried.data,
                                               state.carried.key);
                break;
            case How::names:
                state.carried.by = guess_names(session.workspace(), session.datasets(), state.layer);
                break;
            case How::area:
            case How::points:
                state.carried.by = guess_overlay(session.workspace(), session.datasets(), state.layer, now == 3);
                break;
        }
    }
    gap(2);
    ImGui::PushFont(fonts().small);
    text_muted(assumption_of(how_of(state.carried.by)));
    ImGui::PopFont();
    gap(4);
    if (auto* pairs = std::get_if<PairsOf>(&state.carried.by)) pairs_rows(ui, *pairs);
    if (auto* names = std::get_if<NamesOf>(&state.carried.by)) names_rows(ui, *names);
    if (auto* overlay = std::get_if<OverlayOf>(&state.carried.by))
        overlay_rows(ui, *overlay, how_of(state.carried.by) == How::points);
    gap(4);
    checkbox(tr("The other way: from the new units to the old ones"), state.carried.reverse);
}

/// Which carried source is worked on: a new one, or one that is there.
void which(Ui& ui) {
    const Workspace& workspace = ui.session.workspace();
    if (workspace.carried.empty()) return;
    CrosswalkState& state = ui.panels.crosswalk;
    property(tr("Carried data"));
    std::string wanted;
    const std::string shown = state.editing.empty() ? std::string(tr("new")) : state.editing;
    if (begin_choice("##which", shown.c_str())) {
        if (ImGui::Selectable(tr("new"), state.editing.empty()) && !state.editing.empty()) wanted = "\n";
        for (const CarriedSource& carried : workspace.carried)
            if (ImGui::Selectable((carried.id + "###c" + carried.id).c_str(), carried.id == state.editing) &&
                carried.id != state.editing)
                wanted = carried.id;
        ImGui::EndCombo();
    }
    if (wanted == "\n") {
        begin_crosswalk(ui);
    } else if (!wanted.empty()) {
        edit_crosswalk(ui, wanted);
    }
}

}  // namespace

const Dataset* dataset_of(const Session& session, const std::string& source) {
    const auto it = session.datasets().find(source);
    return it == session.datasets().end() ? nullptr : it->second.get();
}

bool pick_column(const char* id, const Dataset* table, std::string& column, const char* none) {
    const std::string shown = !column.empty() ? column : none ? none : tr("choose a column");
    bool changed = false;
    if (!begin_choice(id, shown.c_str(), true)) return false;
    const auto offer = [&](const std::string& name, const char* words) {
        if (ImGui::Selectable((std::string(words) + "###c" + name).c_str(), column == name) && column != name) {
            column = name;
            changed = true;
        }
    };
    if (none) offer("", none);
    if (table != nullptr)
        for (const Column& c : table->table.columns())
            offer(c.name(), c.name().c_str());
    ImGui::EndCombo();
    return changed;
}

void crosswalk_form(Ui& ui) {
    which(ui);
    heading(tr("What is carried over"));
    data_rows(ui);
    heading(tr("Where it goes"));
    target_rows(ui);
    heading(tr("How the units correspond"));
    how_rows(ui);
}

}  // namespace diaban::ui
