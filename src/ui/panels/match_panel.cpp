// What became of each row of a joined table and of each feature. Suggestions wait here for a yes, which the workspace
// remembers.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cfloat>

#include "base/format.h"
#include "base/i18n.h"
#include "data/join/match_report.h"
#include "ui/icons.h"
#include "ui/panels/match_decisions.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

struct Filter {
    MatchFilter filter;
    const char* name;
    std::size_t count;
};

std::array<Filter, 6> filters(const MatchReport& report) {
    const auto count = [&](MatchState state) { return report.count(state); };
    return {{{MatchFilter::all, tr("All"), report.rows.size()},
             {MatchFilter::suggested, tr("Suggested"), count(MatchState::suggested)},
             {MatchFilter::ambiguous, tr("Ambiguous"), count(MatchState::ambiguous)},
             {MatchFilter::unmatched, tr("Unmatched"),
              count(MatchState::unmatched) + count(MatchState::refused) + count(MatchState::no_key) +
                  count(MatchState::no_time)},
             {MatchFilter::without_row, tr("Units without a row"), report.features_without_row.size()},
             {MatchFilter::duplicates, tr("Duplicates"), count(MatchState::duplicate)}}};
}

bool listed(MatchFilter filter, MatchState state) {
    switch (filter) {
        case MatchFilter::all:
            return true;
        case MatchFilter::suggested:
            return state == MatchState::suggested;
        case MatchFilter::ambiguous:
            return state == MatchState::ambiguous;
        case MatchFilter::unmatched:
            return state == MatchState::unmatched || state == MatchState::refused || state == MatchState::no_key ||
                   state == MatchState::no_time;
        case MatchFilter::without_row:
            return false;
        case MatchFilter::duplicates:
            return state == MatchState::duplicate;
    }
    return false;
}

void refresh(MatchPanelState& state, const std::shared_ptr<const Features>& features, const MatchReport& report) {
    if (state.rows_of == features && state.rows_join == report.name && state.rows_filter == state.filter) return;
    if (state.rows_of != features || state.rows_join != report.name) state.picks.clear();
    state.rows_of = features;
    state.rows_join = report.name;
    state.rows_filter = state.filter;
    state.rows.clear();
    if (state.filter == MatchFilter::without_row) {
        state.rows = report.features_without_row;
        return;
    }
    for (uint32_t row = 0; row < report.rows.size(); ++row)
        if (listed(state.filter, report.rows[row].state)) state.rows.push_back(row);
}

Rgba colour_of(MatchState state) {
    switch (state) {
        case MatchState::matched:
            return palette().good;
        case MatchState::unmatched:
            return palette().error;
        case MatchState::refused:
            return palette().muted;
        case MatchState::suggested:
        case MatchState::ambiguous:
        case MatchState::duplicate:
        case MatchState::no_key:
        case MatchState::no_time:
            return palette().warning;
    }
    return palette().muted;
}

// ── a row ───────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string score_text(double score) {
    return format_percent(score, 0);
}

/// The candidate that a yes would take: the one picked, else a suggestion's first. An ambiguous name has none by
/// itself.
std::optional<uint32_t> candidate(const MatchPanelState& state, const MatchReport& report, uint32_t row) {
    const auto picked = state.picks.find(report.rows[row].key);
    if (picked != state.picks.end()) return picked->second;
    const std::vector<Suggestion>& suggestions = report.key_of(row).suggestions;
    if (suggestions.empty() || report.rows[row].state == MatchState::ambiguous) return std::nullopt;
    return suggestions.front().feature;
}

void candidate_choice(MatchPanelState& state, const MatchReport& report, uint32_t row, float width) {
    const std::vector<Suggestion>& suggestions = report.key_of(row).suggestions;
    const auto label = [&](const Suggestion& s) {
        const FeatureLabel& feature = report.features[s.feature];
        std::string shown = feature.name;
        if (!feature.id.empty() && feature.id != feature.name) shown += "  " + feature.id;
        return shown + "   " + score_text(s.score);
    };
    const std::optional<uint32_t> now = candidate(state, report, row);
    std::string shown = tr("which one?");
    for (const Suggestion& suggestion : suggestions)
        if (now == suggestion.feature) shown = label(suggestion);
    ImGui::SetNextItemWidth(width);
    if (!begin_choice("##candidate", shown.c_str())) return;
    for (const Suggestion& suggestion : suggestions) {
        ImGui::PushID(static_cast<int>(suggestion.feature));
        if (ImGui::Selectable(label(suggestion).c_str(), now == suggestion.feature))
            state.picks[report.rows[row].key] = suggestion.feature;
        ImGui::PopID();
    }
    ImGui::EndCombo();
}

/// Yes and no for what waits, and the way back from what was decided.
void decision(Ui& ui, const MatchOf& of, uint32_t row) {
    MatchPanelState& state = ui.panels.match;
    const RowMatch& match = of.report->rows[row];
    if (match.state == MatchState::suggested || match.state == MatchState::ambiguous) {
        candidate_choice(state, *of.report, row, px(300));
        const std::optional<uint32_t> now = candidate(state, *of.report, row);
        ImGui::SameLine(0, px(6));
        if (button(tr("Yes"), now.has_value())) confirm_match(ui.session, of, row, *now);
        tooltip(tr("This row belongs to this unit; remembered in the workspace."));
        ImGui::SameLine(0, px(4));
        if (button(tr("No"))) refuse_match(ui.session, of, row);
        tooltip(tr("This row belongs to no unit of the layer."));
        return;
    }
    std::string names;
    for (const uint32_t feature : of.report->key_of(row).features)
        names += (names.empty() ? "" : ", ") + of.report->features[feature].name;
    ImGui::AlignTextToFramePadding();
    const bool decided = match.rule == MatchRule::confirmed || match.state == MatchState::refused;
    if (!names.empty()) text_cut(names, decided ? px(300) : 0);
    if (decided) {
        if (!names.empty()) ImGui::SameLine(0, px(8));
        if (button(tr("Take back"))) take_back_match(ui.session, of, row);
        tooltip(tr("Forgets what was said about this row"));
    }
    const Selection& selection = ui.session.selection;
    if (match.state == MatchState::unmatched && selection.layer_id == of.layer && selection.features.size() == 1) {
        const uint32_t selected = *selection.features.begin();
        const std::string label = fmt::format(fmt::runtime(tr("It is {}")), of.report->features[selected].name);
        if (button(label.c_str())) confirm_match(ui.session, of, row, selected);
        tooltip(tr("Joins this row to the unit that is selected on the map."));
    }
}

/// The features that a row speaks of: its own, else its candidates.
std::vector<uint32_t> features_of(const MatchReport& report, uint32_t row) {
    const MatchKey& key = report.key_of(row);
    if (!key.features.empty()) return key.features;
    std::vector<uint32_t> features;
    for (const Suggestion& suggestion : key.suggestions)
        features.push_back(suggestion.feature);
    return features;
}

/// The whole row can be clicked: what it speaks of is selected on the map.
void selectable_row(Ui& ui, const std::string& layer, const std::vector<uint32_t>& features) {
    const bool selected =
        ui.session.selection.layer_id == layer && !features.empty() &&
        std::ranges::all_of(features, [&](uint32_t f) { return ui.session.selection.features.contains(f); });
    const float start = ImGui::GetCursorPosX();
    const auto flags = ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick |
                       ImGuiSelectableFlags_AllowItemOverlap;
    if (row_selectable("##row", selected, flags, {0, ImGui::GetFrameHeight()}) && !features.empty()) {
        ui.session.select(layer, features);
        if (ImGui::IsMouseDoubleClicked(0)) zoom_to_features(ui, layer, features);
    }
    ImGui::SameLine(0, 0);
    ImGui::SetCursorPosX(start);
}

void table_row(Ui& ui, const MatchOf& of, uint32_t row) {
    const RowMatch& match = of.report->rows[row];
    ImGui::TableSetColumnIndex(0);
    selectable_row(ui, of.layer, features_of(*of.report, row));
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, format_integer(int64_t{row} + 1));
    ImGui::TableSetColumnIndex(1);
    ImGui::AlignTextToFramePadding();
    const std::string& words = of.report->key_of(row).words;
    text_cut(words.empty() ? std::string("–") : words);
    ImGui::TableSetColumnIndex(2);
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, colour_of(match.state), to_text(match.state));
    ImGui::TableSetColumnIndex(3);
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(match.rule == MatchRule::none ? std::string() : to_text(match.rule));
    ImGui::PopStyleColor();
    ImGui::TableSetColumnIndex(4);
    decision(ui, of, row);
}

void feature_row(Ui& ui, const MatchOf& of, uint32_t feature) {
    ImGui::TableSetColumnIndex(0);
    selectable_row(ui, of.layer, {feature});
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, "–");
    ImGui::TableSetColumnIndex(1);
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, of.report->features[feature].id);
    ImGui::TableSetColumnIndex(2);
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().warning, tr("no row"));
    ImGui::TableSetColumnIndex(4);
    ImGui::AlignTextToFramePadding();
    text_cut(of.report->features[feature].name);
}

// ── the panel ───────────────────────────────────────────────────────────────────────────────────────────────────────

void filter_choice(MatchPanelState& state, const MatchReport& report) {
    std::vector<std::string> names;
    float width = 0;
    for (const Filter& filter : filters(report)) {
        names.push_back(std::string(filter.name) + "  " + format_integer(static_cast<int64_t>(filter.count)));
        width += text_width(names.back()) + px(22);
    }
    int now = static_cast<int>(state.filter);
    width = std::min(width, ImGui::GetContentRegionAvail().x - px(320));
    if (segmented("filter", names, now, width)) state.filter = static_cast<MatchFilter>(now);
}

void accept_all(Ui& ui, const MatchOf& of) {
    MatchPanelState& state = ui.panels.match;
    const int64_t count = suggestions_from(*of.report, state.least_score);
    if (of.report->count(MatchState::suggested) == 0) return;
    ImGui::SameLine(0, px(16));
    const std::string label = fmt::format(fmt::runtime(tr("Accept {} with at least")), format_integer(count));
    if (button((label + "###accept").c_str(), count > 0)) accept_suggestions(ui.session, of, state.least_score);
    tooltip(tr("Says yes to every row's likeliest suggestion that is at least so alike; one step to undo."));
    ImGui::SameLine(0, px(4));
    double percent = state.least_score * 100;
    ImGui::SetNextItemWidth(px(64));
    if (drag_number("##least", percent, 0.5, 50, 100, "%")) state.least_score = percent / 100;
    tooltip(tr("How alike a suggestion has to be"));
}

void toolbar(Ui& ui, const Layer& layer, const MatchOf& of) {
    MatchPanelState& state = ui.panels.match;
    if (layer.joins.size() > 1) {
        std::vector<std::string> names;
        int now = 0;
        for (const Join& join : layer.joins) {
            if (join.source == of.source) now = static_cast<int>(names.size());
            names.push_back(join.source);
        }
        ImGui::SetNextItemWidth(px(170));
        if (choice("##join", names, now)) state.source = names[static_cast<std::size_t>(now)];
        tooltip(tr("Which of the layer's tables"));
        ImGui::SameLine(0, px(12));
    }
    filter_choice(state, *of.report);
    accept_all(ui, of);
    ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::GetFrameHeight(), 0);
    if (icon_button("export", icon::export_file, tr("Save as CSV"))) {
        ui.panels.dialog.purpose = FileDialogState::Purpose::save_text;
        ui.panels.dialog.file_name = "match.csv";
        ui.panels.dialog.text = to_csv(*of.report);
    }
    text_muted(summary(*of.report) + ".");
}

void rows_table(Ui& ui, const MatchOf& of) {
    const MatchPanelState& state = ui.panels.match;
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_BordersOuterH |
                       ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX;
    if (!ImGui::BeginTable("match", 5, flags)) return;
    ImGui::TableSetupColumn(tr("Row"), ImGuiTableColumnFlags_WidthFixed, px(56));
    ImGui::TableSetupColumn(tr("Key"), ImGuiTableColumnFlags_WidthStretch, 3);
    ImGui::TableSetupColumn(tr("State"), ImGuiTableColumnFlags_WidthFixed, px(120));
    ImGui::TableSetupColumn(tr("Found"), ImGuiTableColumnFlags_WidthStretch, 2);
    ImGui::TableSetupColumn(tr("Unit"), ImGuiTableColumnFlags_WidthStretch, 5);
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (int c = 0; c < 5; ++c) {
        ImGui::TableSetColumnIndex(c);
        text_in(fonts().small, palette().muted, ImGui::TableGetColumnName(c));
    }
    const std::vector<uint32_t> rows = state.rows;
    const bool features = state.filter == MatchFilter::without_row;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const uint32_t row = rows[static_cast<std::size_t>(i)];
            ImGui::TableNextRow();
            ImGui::PushID(static_cast<int>(row));
            features ? feature_row(ui, of, row) : table_row(ui, of, row);
            ImGui::PopID();
        }
    }
    ImGui::EndTable();
}

}  // namespace

void match_panel(Ui& ui) {
    Session& session = ui.session;
    MatchPanelState& state = ui.panels.match;
    const Layer* found = shown_layer(session);
    const LayerResultPtr result = shown_result(session);
    if (!found || !result || !result->features)
        return empty_state(icon::table, tr("No layer to report on"), tr("Choose a layer on the left."));
    const Layer layer = *found;
    if (layer.joins.empty())
        return empty_state(icon::table, tr("No table is joined to this layer"),
                           tr("Import a table: what became of each of its rows is told here."));
    const bool known = std::ranges::find(layer.joins, state.source, &Join::source) != layer.joins.end();
    if (!known) state.source = layer.joins.front().source;
    // Decisions change the workspace while the rows are drawn; the report stays what it is in this frame.
    const std::shared_ptr<const Features> features = result->features;
    const MatchReport* report = features->match_report(state.source);
    if (!report)
        return empty_state(icon::alert, tr("This table could not be joined"),
                           tr("Diagnostics say why; its columns can be chosen anew in its import settings."));
    refresh(state, features, *report);
    const MatchOf of{layer.id, state.source, report};
    toolbar(ui, layer, of);
    refresh(state, features, *report);  // the toolbar may have changed what is asked for
    rows_table(ui, of);
}

}  // namespace diaban::ui
