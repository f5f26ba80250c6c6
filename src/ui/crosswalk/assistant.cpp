// The crosswalk assistant: data of one set of units carried over to another, seen before anything is taken in.
#include <algorithm>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/crosswalk/crosswalk_actions.h"
#include "ui/crosswalk/crosswalk_parts.h"
#include "ui/dialog_keys.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

constexpr float form_width = 348;

bool working(const CrosswalkState& state) {
    return state.preview && state.preview->under_way();
}

/// The error of what is decided now; an older result is no comfort.
const Error* trouble(const CrosswalkState& state) {
    const bool failed = state.preview && state.preview->done && state.preview->error;
    return failed && state.preview->error->kind != ErrorKind::cancelled ? &*state.preview->error : nullptr;
}

bool can_apply(const CrosswalkState& state) {
    const bool ready =
        state.preview && state.preview->done && state.preview->data && state.preview->of == state.carried;
    return ready && (state.layer.empty() || !state.layer_key.empty());
}

std::size_t open_questions(const CrosswalkState& state) {
    return static_cast<std::size_t>(std::ranges::count_if(state.questions, [&](const auto& question) {
        return std::ranges::find(state.answered, question.column) == state.answered.end();
    }));
}

void tabs(CrosswalkState& state) {
    std::string columns = tr("Columns");
    if (const auto open = open_questions(state); open > 0)
        columns += "  " + format_integer(static_cast<int64_t>(open)) + " " + icon::help_circle_outline;
    const std::vector<std::string> names{tr("Pairs"), tr("Totals"), columns};
    int now = static_cast<int>(state.view);
    if (segmented("view", names, now, px(420))) state.view = static_cast<CrosswalkView>(now);
}

void result(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    tabs(state);
    gap(6);
    if (const Error* error = trouble(state)) {
        notice(palette().error, icon::alert_circle, to_text(*error));
        gap(4);
    }
    if (state.view == CrosswalkView::columns) return crosswalk_columns(ui);
    const std::string missing = what_is_missing(state);
    if (!missing.empty()) return empty_state(icon::swap_vertical, tr("Nothing to show yet"), missing);
    if (!state.shown) {
        if (working(state)) empty_state(icon::refresh, tr("Carrying over …"), "");
        return;
    }
    if (state.view == CrosswalkView::pairs) {
        crosswalk_pairs(ui);
    } else {
        crosswalk_totals(ui);
    }
}

/// "171 units become 54; 3 pairs rest on an assumption. All totals are kept."
std::string outcome(const CrosswalkState& state) {
    if (const std::string missing = what_is_missing(state); !missing.empty()) return missing;
    if (working(state)) return tr("Carrying over …");
    if (trouble(state) != nullptr || !state.shown) return tr("There is no result to apply.");
    if (state.layer_key.empty() && !state.layer.empty()) return tr("Choose the column of the layer to join to.");
    const Crosswalk& crosswalk = state.shown->data->crosswalk;
    const auto assumed =
        std::ranges::count_if(crosswalk.pairs, [](const Correspondence& pair) { return is_assumed(pair.basis); });
    std::string text =
        fmt::format(fmt::runtime(tr("{} units become {}.")), format_integer(std::ssize(crosswalk.from_units)),
                    format_integer(std::ssize(crosswalk.to_units)));
    if (assumed > 0)
        text += " " + fmt::format(fmt::runtime(tr_n("{} pair rests on an assumption.",
                                                    "{} pairs rest on an assumption.", static_cast<long>(assumed))),
                                  format_integer(assumed));
    return text;
}

void foot(Ui& ui, bool& cancel, bool& go) {
    const CrosswalkState& state = ui.panels.crosswalk;
    const float buttons = px(96 + 8 + 168);
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(outcome(state), ImGui::GetContentRegionAvail().x - buttons - px(16));
    ImGui::PopStyleColor();
    ImGui::SameLine(ImGui::GetContentRegionMax().x - buttons, 0);
    cancel = button(tr("Cancel"), true, px(96));
    tooltip(tr("Leaves everything as it was  (Esc)"));
    ImGui::SameLine(0, px(8));
    ImGui::BeginDisabled(!can_apply(state));
    go = primary_button(state.editing.empty() ? tr("Carry over") : tr("Apply"), px(168));
    ImGui::EndDisabled();
    tooltip(tr("Adds the carried data and joins them to the layer, in one step to undo  (Enter)"));
}

}  // namespace

void crosswalk_assistant(Ui& ui) {
    CrosswalkState& state = ui.panels.crosswalk;
    // A dialog that was asked for from here has the screen to itself; this one comes back when it is done.
    if (!state.open || ui.panels.ask_unsaved || ui.panels.dialog.purpose != FileDialogState::Purpose::none) return;
    follow_preview(ui);
    const std::string title =
        std::string(state.editing.empty() ? tr("Carry data over to other units") : tr("Carried data")) + "###crosswalk";
    if (!begin_modal(title.c_str(), 1160, 740)) return;
    const float below = dialog_foot_height();
    if (ImGui::BeginChild("form", {px(form_width), -below})) crosswalk_form(ui);
    ImGui::EndChild();
    ImGui::SameLine(0, px(20));
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    if (ImGui::BeginChild("result", {0, -below})) result(ui);
    ImGui::EndChild();
    ImGui::GetWindowDrawList()->AddLine({corner.x - px(10), corner.y}, {corner.x - px(10), ImGui::GetItemRectMax().y},
                                        to_u32(palette().line), std::max(1.0F, px(1)));
    dialog_line();
    bool cancel = false;
    bool go = false;
    foot(ui, cancel, go);
    if (escaped_dialog(ui)) {
        if (state.correcting) {
            state.correcting.reset();
        } else {
            cancel = true;
        }
    }
    if (entered_dialog(ui) && !state.correcting && can_apply(state)) go = true;
    if (cancel) {
        close_crosswalk(ui);
    } else if (go) {
        apply_crosswalk(ui);
    }
    if (!state.open) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

}  // namespace diaban::ui
