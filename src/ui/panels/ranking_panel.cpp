#include <algorithm>
#include <cfloat>
#include <cmath>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/charts.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"
#include "ui/panels/ranking_csv.h"

namespace diaban::ui {

namespace {

bool ranks_by(const std::vector<Criterion>& criteria, const Measure& measure) {
    return std::ranges::any_of(criteria, [&](const Criterion& c) {
        return c.measure.numerator == measure.numerator && c.measure.denominator == measure.denominator;
    });
}

/// What the map shows already and these features have the columns for, the layer's own first: the values that a planner
/// most likely ranks by.
std::vector<Measure> suggestions(const Workspace& workspace, const Layer& layer, const Features& features) {
    std::vector<Measure> all = shown_measures(layer.style);
    for (const Layer& other : workspace.layers)
        if (other.source == layer.source) std::ranges::copy(shown_measures(other.style), std::back_inserter(all));
    std::vector<Measure> open;
    for (const Measure& measure : all) {
        const bool taken = ranks_by(workspace.criteria, measure) || std::ranges::any_of(open, [&](const Measure& m) {
                               return m.numerator == measure.numerator && m.denominator == measure.denominator;
                           });
        if (!taken && MeasureValues::bind(features, measure)) open.push_back(measure);
    }
    return open;
}

/// A first column that is worth comparing, for where the map suggests nothing.
Measure first_quantity(const Layer& layer, const Features& features, const std::vector<Criterion>& criteria) {
    for (const Field& field : fields_shown(layer, features)) {
        const Measure measure{.numerator = field.name()};
        if (is_quantity(field) && !ranks_by(criteria, measure)) return measure;
    }
    return {};
}

/// One criterion's settings; what changed is noted in `changed` (undo's words) and `merge`.
struct CriteriaEdit {
    std::string changed;
    std::string merge;
};

void criterion_rows(const Features& features, std::vector<Criterion>& criteria, std::size_t i, CriteriaEdit& edit) {
    Criterion& criterion = criteria[i];
    ImGui::PushID(static_cast<int>(i));
    const float side = ImGui::GetFrameHeight();
    ImGui::AlignTextToFramePadding();
    if (const auto bound = MeasureValues::bind(features, criterion.measure); !bound) {
        text_in(fonts().regular, palette().warning, icon::alert);
        tooltip(to_text(bound.error()));
        ImGui::SameLine(0, px(6));
    }
    ImGui::PushFont(fonts().medium);
    text_cut(measure_label(criterion.measure), ImGui::GetContentRegionAvail().x - 2 * side - px(12));
    ImGui::PopFont();
    ImGui::SameLine(ImGui::GetContentRegionMax().x - 2 * side - px(2), 0);
    if (icon_button("settings", icon::settings, tr("Choose the value"))) ImGui::OpenPopup("value");
    ImGui::SameLine(0, px(2));
    if (icon_button("remove", icon::close, tr("Remove criterion"))) {
        criteria.erase(criteria.begin() + static_cast<std::ptrdiff_t>(i));
        edit = {tr("Remove criterion"), ""};
        ImGui::PopID();
        return;
    }
    ImGui::SetNextWindowSize({px(340), 0});
    if (ImGui::BeginPopup("value")) {
        if (measure_rows(features, criterion.measure)) edit = {tr("Change criterion"), ""};
        property(tr("Name"));
        if (ImGui::InputText("##label", &criterion.measure.label))
            edit = {tr("Rename criterion"), "criteria/label/" + std::to_string(i)};
        ImGui::EndPopup();
    }
    property(tr("Weight"));
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - side - px(4));
    if (slider("##weight", criterion.weight, 0, 5, "%.1f"))
        edit = {tr("Change weight"), "criteria/weight/" + std::to_string(i)};
    ImGui::SameLine(0, px(4));
    const char* direction = criterion.more_is_worse ? icon::arrow_up : icon::arrow_down;
    const char* meaning = criterion.more_is_worse ? tr("A higher value comes first. Click to turn round.")
                                                  : tr("A lower value comes first. Click to turn round.");
    if (icon_button("direction", direction, meaning, true, true)) {
        criterion.more_is_worse = !criterion.more_is_worse;
        edit = {tr("Turn criterion round"), ""};
    }
    gap(10);
    ImGui::PopID();
}

void criteria_column(Ui& ui, const Layer& layer, const Features& features) {
    Session& session = ui.session;
    std::vector<Criterion> criteria = session.workspace().criteria;
    const std::vector<Criterion> before = criteria;
    CriteriaEdit edit;
    text_in(fonts().medium, palette().text, tr("Criteria"));
    gap(4);
    for (std::size_t i = 0; i < criteria.size(); ++i)
        criterion_rows(features, criteria, i, edit);
    if (criteria.empty()) text_muted(tr("What makes a unit come first? Add a value, weigh it against others."));
    const std::vector<Measure> offered = suggestions(session.workspace(), layer, features);
    for (std::size_t i = 0; i < offered.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        const std::string label = cut_to(measure_label(offered[i]), ImGui::GetContentRegionAvail().x - px(48));
        if (button((std::string(icon::plus) + "  " + label).c_str(), true, -FLT_MIN)) {
            criteria.push_back({.measure = offered[i]});
            edit = {tr("Add criterion"), ""};
        }
        tooltip(std::string(tr("Rank by what the map shows")) + ": " + measure_label(offered[i]));
        ImGui::PopID();
    }
    if (button(offered.empty() ? tr("Add criterion") : tr("Another value…"), true, -FLT_MIN)) {
        criteria.push_back({.measure = first_quantity(layer, features, criteria)});
        edit = {tr("Add criterion"), ""};
    }
    if (!edit.changed.empty() && criteria != before)
        session.edit(
            edit.changed, [&](Workspace& workspace) { workspace.criteria = criteria; }, edit.merge);
    if (ImGui::IsMouseReleased(0)) session.seal();
}

/// The criteria ask for columns that this layer has not: which, and the layers that have them all, a click each.
/// False when every column is there.
bool missing_columns(Session& session, const Layer& layer, const Features& features) {
    const std::vector<Criterion>& criteria = session.workspace().criteria;
    std::string names;
    for (const Criterion& criterion : criteria) {
        if (MeasureValues::bind(features, criterion.measure)) continue;
        names += (names.empty() ? "“" : ", “") + measure_label(criterion.measure) + "”";
    }
    if (names.empty()) return false;
    notice(palette().warning, icon::alert,
           std::string(tr("This layer has no values for")) + " " + names + ": " + layer.name);
    text_muted(tr("Choose other values on the left, or rank a layer that has them:"));
    gap(6);
    std::string chosen;
    for (const Layer& other : session.workspace().layers) {
        const LayerResultPtr result = session.layer(other.id);
        const bool fits = result && result->features && std::ranges::all_of(criteria, [&](const Criterion& c) {
                              return MeasureValues::bind(*result->features, c.measure).has_value();
                          });
        if (fits && button((other.name + "##" + other.id).c_str())) chosen = other.id;
    }
    if (!chosen.empty()) {
        session.active_layer = chosen;
        session.touch();
    }
    return true;
}

std::string criteria_key(const LayerResult& result) {
    return result.layer_id + '\n' + std::to_string(result.time);
}

/// Ranks again when the criteria, the year or the data changed.
void refresh(RankingState& state, const LayerResult& result, const std::vector<Criterion>& criteria) {
    const std::string key = criteria_key(result);
    if (state.ranked_of == result.features && state.key == key && state.criteria == criteria) return;
    state.ranked_of = result.features;
    state.key = key;
    state.criteria = criteria;
    state.ranked.clear();
    state.error.clear();
    if (criteria.empty()) return;
    if (auto ranked = rank(*result.features, criteria, result.time)) {
        state.ranked = std::move(*ranked);
    } else {
        state.error = to_text(ranked.error());
    }
}

void list_rows(Ui& ui, const Layer& layer, const LayerResult& result, const std::vector<Measure>& measures) {
    const RankingState& state = ui.panels.ranking;
    Session& session = ui.session;
    std::vector<std::optional<MeasureValues>> values;
    for (const Measure& measure : measures) {
        const auto bound = MeasureValues::bind(*result.features, measure);
        values.push_back(bound ? std::optional(*bound) : std::nullopt);
    }
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(state.ranked.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const Ranked& one = state.ranked[static_cast<std::size_t>(i)];
            const bool placed = std::isfinite(one.score);
            ImGui::TableNextRow();
            ImGui::PushID(static_cast<int>(one.feature));
            ImGui::TableSetColumnIndex(0);
            const bool selected =
                session.selection.layer_id == layer.id && session.selection.features.contains(one.feature);
            if (row_selectable(placed ? format_integer(one.rank).c_str() : "–", selected,
                               ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick)) {
                const bool add = ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeyShift;
                session.select(layer.id, {one.feature}, add ? Combine::add : Combine::replace);
                if (ImGui::IsMouseDoubleClicked(0)) ui.map.zoom_to_selection(session);
            }
            ImGui::TableSetColumnIndex(1);
            text_cut(feature_name(layer, *result.features, one.feature, result.time));
            ImGui::TableSetColumnIndex(2);
            score_bar(one.score, px(72), ImGui::GetTextLineHeight());
            ImGui::SameLine(0, px(8));
            text(format_number(one.score, 2));
            if (one.incomplete) {
                ImGui::SameLine(0, px(6));
                text_in(fonts().regular, palette().warning, icon::alert);
                tooltip(tr("A criterion has no value here: the score rests on the others."));
            }
            for (std::size_t m = 0; m < values.size(); ++m) {
                if (!ImGui::TableSetColumnIndex(static_cast<int>(m) + 3)) continue;
                const auto value = values[m] ? values[m]->value(one.feature, result.time) : std::nullopt;
                const bool about = value && values[m]->assumed_share(one.feature, result.time) > 0;
                const std::string shown = value ? (about ? "≈ " : "") + value_text(measures[m], *value) : "–";
                const float room = ImGui::GetContentRegionAvail().x;
                ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, room - text_width(shown)));
                text_in(fonts().regular, value ? palette().text : palette().muted, shown);
            }
            ImGui::PopID();
        }
    }
}

void list_column(Ui& ui, const Layer& layer, const LayerResult& result) {
    RankingState& state = ui.panels.ranking;
    std::vector<Measure> measures;
    for (const Criterion& criterion : state.criteria)
        measures.push_back(criterion.measure);
    if (measures.size() > 12) measures.resize(12);
    const std::string year =
        result.features->times().size() > 1 ? " · " + std::to_string(result.features->times()[result.time]) : "";
    ImGui::AlignTextToFramePadding();
    text_in(fonts().medium, palette().text, cut_to(layer.name + year, ImGui::GetContentRegionAvail().x - px(96)));
    ImGui::SameLine(ImGui::GetContentRegionMax().x - 2 * ImGui::GetFrameHeight() - px(2), 0);
    const auto name = [&](uint32_t f) { return feature_name(layer, *result.features, f, result.time); };
    const std::string& note = ui.session.workspace().note;
    if (icon_button("copy", icon::copy, tr("Copy the list as CSV"))) {
        ImGui::SetClipboardText(
            ranking_csv(*result.features, state.criteria, state.ranked, result.time, name, note).c_str());
        ui.session.say(Severity::note, tr("The list is on the clipboard."));
    }
    ImGui::SameLine(0, px(2));
    if (icon_button("export", icon::export_file, tr("Save the list as CSV"))) {
        ui.panels.dialog.purpose = FileDialogState::Purpose::save_text;
        ui.panels.dialog.file_name = "ranking.csv";
        ui.panels.dialog.text = ranking_csv(*result.features, state.criteria, state.ranked, result.time, name, note);
    }
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_ScrollX | ImGuiTableFlags_RowBg |
                       ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable | ImGuiTableFlags_NoSavedSettings |
                       ImGuiTableFlags_SizingFixedFit;
    if (!ImGui::BeginTable("ranked", 3 + static_cast<int>(measures.size()), flags)) return;
    ImGui::TableSetupScrollFreeze(2, 1);
    ImGui::TableSetupColumn(tr("Rank"), ImGuiTableColumnFlags_WidthFixed, px(44));
    ImGui::TableSetupColumn(tr("Name"), ImGuiTableColumnFlags_WidthFixed, px(150));
    ImGui::TableSetupColumn(tr("Priority"), ImGuiTableColumnFlags_WidthFixed, px(140));
    for (const Measure& measure : measures)
        ImGui::TableSetupColumn(measure_label(measure).c_str(), ImGuiTableColumnFlags_WidthFixed, px(120));
    ImGui::TableHeadersRow();
    list_rows(ui, layer, result, measures);
    ImGui::EndTable();
}

}  // namespace

void ranking_panel(Ui& ui) {
    const Layer* found = shown_layer(ui.session);
    const LayerResultPtr result = shown_result(ui.session);
    if (!found || !result || !result->features)
        return empty_state(icon::format_list_numbers, tr("Nothing to rank yet"), tr("Choose a layer on the left."));
    const Layer layer = *found;
    if (ImGui::BeginChild("criteria", {px(288), 0})) criteria_column(ui, layer, *result->features);
    ImGui::EndChild();
    ImGui::SameLine(0, px(16));
    RankingState& state = ui.panels.ranking;
    refresh(state, *result, ui.session.workspace().criteria);
    if (ImGui::BeginChild("list")) {
        if (missing_columns(ui.session, layer, *result->features)) {
            // said, with a way on
        } else if (!state.error.empty()) {
            notice(palette().error, icon::alert_circle, state.error);
        } else if (state.ranked.empty()) {
            empty_state(icon::format_list_numbers, tr("No ranking yet"),
                        tr("Add a criterion to rank the layer's units."));
        } else {
            list_column(ui, layer, *result);
        }
    }
    ImGui::EndChild();
}

}  // namespace diaban::ui
