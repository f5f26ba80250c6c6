// The pairs of a crosswalk, each with its share, what that rests on and who says so; any of them can be corrected.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/crosswalk/crosswalk_table.h"
#include "ui/crosswalk/crosswalk_actions.h"
#include "ui/crosswalk/crosswalk_parts.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

std::string name_of(const std::map<std::string, std::string>& names, const std::string& id) {
    const auto known = names.find(id);
    return known == names.end() || known->second.empty() ? id : known->second;
}

std::string share_text(double share) {
    const double percent = share * 100;
    return format_number(percent, std::abs(percent - std::round(percent)) < 1e-9 ? 0 : 2) + "%";
}

std::vector<const Correspondence*> listed_pairs(const CrosswalkState& state) {
    std::vector<const Correspondence*> listed;
    for (const Correspondence& pair : state.shown->data->crosswalk.pairs) {
        if (state.assumed_only && !is_assumed(pair.basis)) continue;
        const std::string all = pair.from + " " + pair.to + " " + name_of(state.shown->from_names, pair.from) + " " +
                                name_of(state.shown->to_names, pair.to) + " " + pair.source;
        if (contains_folded(all, state.search)) listed.push_back(&pair);
    }
    return listed;
}

void toolbar(Ui& ui, std::size_t listed) {
    CrosswalkState& state = ui.panels.crosswalk;
    const auto& pairs = state.shown->data->crosswalk.pairs;
    const auto assumed =
        std::ranges::count_if(pairs, [](const Correspondence& pair) { return is_assumed(pair.basis); });
    search_field("search", tr("Find a unit"), state.search, px(200));
    ImGui::SameLine(0, px(10));
    checkbox(fmt::format("{}  {}###assumed", tr("Assumed only"), format_integer(assumed)).c_str(), state.assumed_only);
    tooltip(tr("Shares that nobody published: by area, by points, or equal"));
    ImGui::SameLine(0, px(14));
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted,
            format_count_of(static_cast<int64_t>(listed), static_cast<int64_t>(pairs.size())) + " " + tr("pairs"));
    ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::GetFrameHeight(), 0);
    if (icon_button("export", icon::export_file, tr("Save the pairs as CSV"))) {
        ui.panels.dialog.purpose = FileDialogState::Purpose::save_text;
        ui.panels.dialog.file_name = "correspondence.csv";
        ui.panels.dialog.text = to_csv(state.shown->data->crosswalk);
    }
}

void pair_row(CrosswalkState& state, const Correspondence& pair, std::size_t id) {
    ImGui::PushID(static_cast<int>(id));
    ImGui::TableNextRow();
    ImGui::TableSetColumnIndex(0);
    text_cut(name_of(state.shown->from_names, pair.from));
    ImGui::TableSetColumnIndex(1);
    text_cut(name_of(state.shown->to_names, pair.to));
    ImGui::TableSetColumnIndex(2);
    const std::string share = share_text(pair.share);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, ImGui::GetContentRegionAvail().x - text_width(share)));
    text_in(pair.share < 1 ? fonts().medium : fonts().regular, palette().text, share);
    ImGui::TableSetColumnIndex(3);
    const Rgba colour = is_assumed(pair.basis) ? palette().warning
                        : pair.corrected       ? palette().accent
                                               : palette().muted;
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(colour));
    text_cut(to_text(pair.basis));
    ImGui::PopStyleColor();
    ImGui::TableSetColumnIndex(4);
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(pair.source.empty() ? "–" : pair.source);
    ImGui::PopStyleColor();
    ImGui::TableSetColumnIndex(5);
    const bool typing = state.correcting && state.correcting->from == pair.from && state.correcting->to == pair.to;
    if (ImGui::SmallButton(icon::pencil)) {
        state.correcting = Correction{pair.from, pair.to, pair.share, pair.corrected ? pair.source : std::string()};
    }
    tooltip(typing ? tr("Being corrected below") : tr("Correct the share"));
    ImGui::PopID();
}

void list(CrosswalkState& state, const std::vector<const Correspondence*>& pairs, float height) {
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV |
                       ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("pairs", 6, flags, {0, height})) return;
    const auto column = [](const char* name, float share) {
        ImGui::TableSetupColumn(name, ImGuiTableColumnFlags_WidthStretch, share);
    };
    column(tr("From"), 3);
    column(tr("To"), 3);
    ImGui::TableSetupColumn(tr("Share"), ImGuiTableColumnFlags_WidthFixed, px(64));
    column(tr("Basis"), 1.8F);
    column(tr("Who says so"), 2.4F);
    ImGui::TableSetupColumn("##correct", ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoResize, px(26));
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableHeadersRow();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(pairs.size()));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            pair_row(state, *pairs[static_cast<std::size_t>(i)], static_cast<std::size_t>(i));
    ImGui::EndTable();
}

/// The share of one pair, and who says so: without that a correction is only another opinion.
void correction_rows(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    Correction& correction = *state.correcting;
    gap(4);
    text_cut(name_of(state.shown->from_names, correction.from) + "  " + icon::chevron_right + "  " +
             name_of(state.shown->to_names, correction.to));
    double percent = correction.share * 100;
    ImGui::SetNextItemWidth(px(92));
    if (ImGui::InputDouble("##share", &percent, 0, 0, "%.2f %%"))
        correction.share = std::clamp(std::isfinite(percent) ? percent : 0, 0.0, 100.0) / 100;
    tooltip(tr("The part of the old unit that went there; its other shares are scaled to what is left"));
    ImGui::SameLine(0, px(8));
    const bool already = std::ranges::any_of(state.carried.corrections, [&](const Correction& c) {
        return c.from == correction.from && c.to == correction.to;
    });
    const float buttons = px(96 + 8 + 88 + 8) + (already ? px(104) : 0);
    ImGui::SetNextItemWidth(std::max(px(80), ImGui::GetContentRegionAvail().x - buttons));
    ImGui::InputTextWithHint("##says", tr("who says so: commune office, 3 March 2026"), &correction.source);
    ImGui::SameLine(0, px(8));
    ImGui::BeginDisabled(trim(correction.source).empty());
    const bool take = primary_button(tr("Correct"), px(96));
    ImGui::EndDisabled();
    if (trim(correction.source).empty()) tooltip(tr("Say who says so first: it is shown beside the pair."));
    if (already) {
        ImGui::SameLine(0, px(8));
        if (button(tr("Take back"), true, px(96))) {
            take_back_share(state, correction.from, correction.to);
            state.correcting.reset();
            return;
        }
    }
    ImGui::SameLine(0, px(8));
    if (button(tr("Leave it"), true, px(88))) {
        state.correcting.reset();
        return;
    }
    if (!take) return;
    correction.source = trim(correction.source);
    correct_share(state, Correction(correction));
    state.correcting.reset();
}

}  // namespace

void crosswalk_pairs(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    if (!state.shown) return;
    const auto pairs = listed_pairs(state);
    toolbar(ui, pairs.size());
    const float below = state.correcting ? 2 * ImGui::GetFrameHeightWithSpacing() + px(10) : 0;
    list(state, pairs, -std::max(below, 1.0F));
    if (state.correcting) correction_rows(ui);
}

}  // namespace diaban::ui
