#include "ui/query/coverage_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <numeric>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/coverage_work.h"

namespace diaban::ui {

namespace {

std::string number(double value) {
    return std::abs(value - std::round(value)) < 1e-6 ? format_integer(std::llround(value)) : format_number(value);
}

void share_bar(double share) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = px(10);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(from, {from.x + width, from.y + height}, to_u32(palette().warning, 0.55F), px(3));
    const float reached = width * static_cast<float>(share);
    if (reached > 0)
        draw.AddRectFilled(from, {from.x + std::max(reached, px(2)), from.y + height}, to_u32(palette().accent), px(3));
    ImGui::Dummy({width, height});
    tooltip(tr("Reached, and not reached"));
}

void total(Ui& ui, const CoverageState& state) {
    const CoverageShare& all = state.answer.total;
    gap(8);
    if (all.total > 0) {
        text_in(fonts().large, palette().text, format_percent(all.covered / all.total));
        ImGui::SameLine(0, px(8));
        const float drop = (fonts().large->FontSize - fonts().regular->FontSize) * 0.8F;
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + drop);
        text_in(fonts().regular, palette().muted, tr("reached"));
        share_bar(all.covered / all.total);
    } else {
        text_in(fonts().large, palette().muted, "–");
        text_muted(tr("Nobody is asked about: there is no share."));
    }
    text(fmt::format(fmt::runtime(tr("{0} of {1} {2}")), number(all.covered), number(all.total), counted(ui, state)));
    const std::string places = format_count_of(all.total_count - all.covered_count, all.total_count);
    text_muted(state.basis_of.weight.empty() ? fmt::format(fmt::runtime(tr("Not reached: {}.")), places)
                                             : fmt::format(fmt::runtime(tr("Not reached: {0}, in {1} places.")),
                                                           number(all.total - all.covered), places));
    if (state.light != CoverageLight::none && state.lit_count > 0 && too_many_to_mark(state))
        text_muted(fmt::format(fmt::runtime(tr("Too many to mark on the map: {}. Zoom in to see which.")),
                               format_integer(int64_t{state.lit_in_view})));
    for (const Diagnostic& note : state.basis->notes)
        notice(palette().warning, icon::alert, to_text(note));
}

// ── the list ──

struct Row {
    std::string name;
    double first = 0, second = 0;  ///< what the two columns of numbers are sorted by
};

Row row_of(const CoverageState& state, uint32_t i) {
    if (state.list == CoverageList::facilities)
        return {state.facility_names[i], state.answer.reached_by[i], state.answer.alone[i]};
    const CoverageShare& share = state.answer.by_area[i];
    return {state.area_names[i], share.total - share.covered, share.total > 0 ? share.covered / share.total : -1};
}

/// Areas with somebody in them; facilities that are asked for.
bool listed(const CoverageState& state, uint32_t i) {
    return state.list == CoverageList::areas ? state.answer.by_area[i].total_count > 0 : state.basis->offered[i] != 0;
}

void refresh_rows(CoverageState& state) {
    const bool areas = state.list == CoverageList::areas;
    const std::string key = fmt::format("{}{}{}", areas, state.column, state.descending);
    if (state.rows_key == key) return;
    state.rows_key = key;
    state.rows.clear();
    const auto count = static_cast<uint32_t>(areas ? state.answer.by_area.size() : state.answer.reached_by.size());
    for (uint32_t i = 0; i < count; ++i)
        if (listed(state, i)) state.rows.push_back(i);
    const auto before = [&](uint32_t a, uint32_t b) {
        if (state.column == 0) {
            const auto& names = areas ? state.area_names : state.facility_names;
            return compare_vietnamese(names[a], names[b]) < 0;
        }
        const Row left = row_of(state, a), right = row_of(state, b);
        return state.column == 1 ? left.first < right.first : left.second < right.second;
    };
    std::ranges::stable_sort(state.rows,
                             [&](uint32_t a, uint32_t b) { return state.descending ? before(b, a) : before(a, b); });
}

void take_sorting(CoverageState& state) {
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (!specs || !specs->SpecsDirty || specs->SpecsCount == 0) return;
    state.column = static_cast<int>(specs->Specs[0].ColumnUserID);
    state.descending = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
    specs->SpecsDirty = false;
}

void right_aligned(const std::string& shown) {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, ImGui::GetContentRegionAvail().x - text_width(shown)));
    text(shown);
}

void list_row(Ui& ui, const CoverageState& state, uint32_t i) {
    const bool areas = state.list == CoverageList::areas;
    const Row row = row_of(state, i);
    const std::string layer = areas ? state.basis->by : state.basis->facilities;
    ImGui::PushID(static_cast<int>(i));
    ImGui::TableNextRow();
    ImGui::TableSetColumnIndex(0);
    const float start = ImGui::GetCursorPosX();
    const Selection& selected = ui.session.selection;
    const bool on = selected.layer_id == layer && selected.features.contains(i);
    if (row_selectable("##row", on, ImGuiSelectableFlags_SpanAllColumns)) zoom_to_features(ui, layer, {i});
    if (areas) {
        const CoverageShare& share = state.answer.by_area[i];
        tooltip(fmt::format(fmt::runtime(tr("{0}: {1} of {2} reached, {3} places")), row.name, number(share.covered),
                            number(share.total), format_count_of(share.covered_count, share.total_count)));
    }
    ImGui::SameLine(0, 0);
    ImGui::SetCursorPosX(start);
    text_cut(row.name);
    ImGui::TableSetColumnIndex(1);
    right_aligned(number(row.first));
    ImGui::TableSetColumnIndex(2);
    right_aligned(!areas ? number(row.second) : row.second < 0 ? "–" : format_percent(row.second));
    ImGui::PopID();
}

void list(Ui& ui, CoverageState& state) {
    gap(6);
    if (!state.basis->by.empty()) {
        const std::vector<std::string> kinds{tr("Areas"), tr("Facilities")};
        int now = static_cast<int>(state.list);
        if (segmented("##list", kinds, now)) state.list = static_cast<CoverageList>(now);
    }
    const bool areas = state.list == CoverageList::areas;
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_Sortable | ImGuiTableFlags_RowBg |
                       ImGuiTableFlags_BordersOuter | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable(areas ? "areas" : "facilities", 3, flags, {0, px(208)})) return;
    const auto prefer = ImGuiTableColumnFlags_PreferSortDescending;
    ImGui::TableSetupColumn(tr("Name"), ImGuiTableColumnFlags_WidthStretch, 1, 0);
    ImGui::TableSetupColumn(areas ? tr("Not reached") : tr("Reached"),
                            ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_DefaultSort | prefer, px(98), 1);
    ImGui::TableSetupColumn(areas ? tr("Share") : tr("It alone"), ImGuiTableColumnFlags_WidthFixed | prefer, px(60), 2);
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableHeadersRow();
    take_sorting(state);
    refresh_rows(state);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(state.rows.size()));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            list_row(ui, state, state.rows[static_cast<std::size_t>(i)]);
    ImGui::EndTable();
    text_muted(areas ? tr("Click an area to see it on the map.")
                     : tr("“It alone”: what nobody would reach without it."));
}

void buttons(Ui& ui, const CoverageState& state) {
    gap(6);
    const float half = (ImGui::GetContentRegionAvail().x - px(6)) / 2;
    const bool any = state.answer.total.covered_count < state.answer.total.total_count;
    if (button(tr("Select the gap"), any, half)) select_gap(ui);
    tooltip(tr("All that are not reached"));
    ImGui::SameLine(0, px(6));
    if (button(tr("Gap as layer"), any, half)) gap_as_layer(ui);
    tooltip(tr("A layer of all that are not reached, which follows the data. It is saved as a query."));
    if (button(tr("List as layer"), true, half)) list_as_layer(ui);
    tooltip(tr("The areas or facilities with these numbers, for this session. Export the layer to keep it."));
    ImGui::SameLine(0, px(6));
    if (button(tr("List as CSV"), true, half)) list_as_csv(ui);
    gap(6);
    text_muted(state.sentence);
    if (icon_button("copy", icon::copy, tr("Copy the sentence"))) {
        ImGui::SetClipboardText(state.sentence.c_str());
        ui.session.say(Severity::note, tr("The sentence is on the clipboard."));
    }
}

}  // namespace

std::string counted(Ui& ui, const CoverageState& state) {
    const std::string& weight = state.basis_of.weight;
    const auto column = weight_column(weight);
    if (!weight.empty()) return column ? field_label(*column) : weight;
    const Layer* layer = ui.session.workspace().find_layer(state.basis->demand);
    return layer != nullptr ? layer->name : std::string();
}

void coverage_result(Ui& ui) {
    CoverageState& state = ui.panels.coverage;
    if (!state.basis || state.answer_of != state.basis) return;
    total(ui, state);
    list(ui, state);
    buttons(ui, state);
}

}  // namespace diaban::ui
