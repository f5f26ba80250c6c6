// Which features: the question as a sentence of rows, its words, its text.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cfloat>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "query/language/parse.h"
#include "query/language/words.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/find_parts.h"
#include "ui/query/rows.h"
#include "ui/query/sections.h"

namespace diaban::ui {

using namespace query;

namespace {

void take_layer(Ui& ui, FindState& state, const QueryLayer& layer) {
    Draft next = state.draft;
    next.ask.layer = layer.id;
    // Its columns are another layer's: a condition on them would be an error at once.
    if (layer.id != state.draft.ask.layer) next.ask = {layer.id, {}, {}};
    change(state, std::move(next));
    ui.session.touch();
}

void year_chip(FindState& state, Flow& flow, const QueryLayer& layer) {
    const auto& times = layer.features->times();
    if (times.size() < 2) return;
    const int64_t now = times[time_of(state, layer)];
    const std::string shown =
        state.draft.time ? std::to_string(*state.draft.time) : fmt::format(fmt::runtime(tr("{}, as shown")), now);
    word(flow, tr("in"));
    const auto options = [&] {
        std::vector<Option> list{
            {tr("The year shown"),
             std::to_string(times[layer.features->time_index(state.draft.time ? std::nullopt : state.layers.time)]),
             {},
             {}}};
        for (const int64_t time : times)
            list.push_back({std::to_string(time), {}, {}, {}});
        return list;
    };
    const auto chosen = choice_chip(flow, "year", ChipKind::value, shown,
                                    tr("Which year's figures: the one that the map shows, or always the same"), options,
                                    state.draft.time ? shown : tr("The year shown"), state.search);
    if (!chosen) return;
    Draft next = state.draft;
    next.time = *chosen == 0 ? std::nullopt : std::optional(times[*chosen - 1]);
    change(state, std::move(next));
}

void find_line(Ui& ui, FindState& state) {
    const auto layers = layers_with(state.layers);
    const QueryLayer* now = asked_layer(state);
    Flow flow(0);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(4), px(4)});
    word(flow, tr("Find"));
    const std::string shown = now != nullptr ? now->name : tr("Choose a layer");
    const auto options = [&] {
        std::vector<Option> list;
        for (const QueryLayer* layer : layers)
            list.push_back({layer->name, format_integer(int64_t{layer->features->count()}), {}, {}});
        return list;
    };
    if (const auto chosen = choice_chip(flow, "layer", ChipKind::name, shown, tr("The layer whose features are asked"),
                                        options, shown, state.search))
        take_layer(ui, state, *layers[*chosen]);
    if (now != nullptr) year_chip(state, flow, *now);
    word(flow, state.tree.keeps_all() ? "" : tr("that…"));
    ImGui::PopStyleVar();
}

/// "6 of 54", or what is going on instead.
void total(Ui& ui, FindState& state) {
    const bool waiting = state.live.waiting();
    const Answer* answer = state.live.good().get();
    const float top = ImGui::GetCursorPosY();
    if (answer != nullptr) {
        const std::string shown = format_count_of(int64_t{answer->hits.count}, int64_t{answer->asked_count});
        const bool stale = !state.live.answered();
        text_in(fonts().large, stale ? palette().muted : palette().text, shown);
    } else {
        text_in(fonts().large, palette().muted, waiting ? tr("Asking…") : "–");
    }
    const ImVec2 after = ImGui::GetCursorPos();
    if (waiting) {
        ImGui::SetCursorPos({ImGui::GetContentRegionMax().x - 2 * ImGui::GetFrameHeight(), top});
        if (icon_button("stop", icon::close_circle, tr("Stop asking (Esc); the last answer stays"))) stop_asking(ui);
    }
    if (state.live.stopped()) {
        ImGui::SetCursorPos({ImGui::GetContentRegionMax().x - 2 * ImGui::GetFrameHeight(), top});
        if (icon_button("again", icon::refresh, tr("It was stopped: ask again"))) state.live.ask_again();
    }
    ImGui::SetCursorPos({ImGui::GetContentRegionMax().x - ImGui::GetFrameHeight(), top});
    if (icon_button("text", icon::format_text, tr("The question as text"), true, state.text_open))
        state.text_open = !state.text_open;
    ImGui::SetCursorPos(after);
}

/// An error that no row could be found for.
void general_error(const FindState& state, const std::optional<Path>& troubled) {
    if (!state.live.error() || troubled) return;
    notice(palette().error, icon::alert_circle, to_text(*state.live.error()));
}

void words(const FindState& state) {
    const LayerNames names = [&](const std::string& id) { return layer_name(state, id); };
    const std::string said = layer_name(state, state.draft.ask.layer) + " " + in_words(state.tree, names);
    const Answer* answer = state.live.answered() ? state.live.good().get() : nullptr;
    const std::string& whole = answer != nullptr && !answer->sentence.empty() ? answer->sentence : said;
    gap(6);
    ImGui::PushTextWrapPos(ImGui::GetContentRegionMax().x - px(28));
    const float top = ImGui::GetCursorPosY();
    text(said);
    ImGui::PopTextWrapPos();
    tooltip(whole);
    const ImVec2 after = ImGui::GetCursorPos();
    ImGui::SetCursorPos({ImGui::GetContentRegionMax().x - px(24), top - px(3)});
    if (icon_button("copy", icon::copy, tr("Copy the whole sentence: what, where, when, from which file")))
        ImGui::SetClipboardText(whole.c_str());
    ImGui::SetCursorPos(after);
}

void rows_of_question(Ui& ui, FindState& state, const QueryLayer& layer, const std::optional<Path>& troubled) {
    Rows rows{ui, state, {}, &layer, true, troubled};
    Condition tree = state.tree;
    const Hits* hits = state.live.answered() ? &state.live.good()->hits : nullptr;
    if (condition_rows(rows, tree, hits)) {
        change_where(state, tree, rows.merge);
        ui.session.touch();
    }
    if (ImGui::IsMouseReleased(0)) state.merge.clear();
}

void keys(Ui& ui, FindState& state) {
    for (const KeyPress& press : ui.pressed) {
        const bool enter = press.key == GLFW_KEY_ENTER || press.key == GLFW_KEY_KP_ENTER;
        if (enter && press.ctrl) select_hits(ui, state, Combine::replace);
        // While something is typed Esc is no command's; else it is one that stops the question (stop_asking()).
        if (press.key == GLFW_KEY_ESCAPE && ImGui::GetIO().WantTextInput) stop_asking(ui);
    }
}

}  // namespace

bool stop_asking(Ui& ui) {
    const auto& state = ui.panels.query.find;
    if (ui.panels.query.kind != QueryKind::find || !state || !state->live.waiting()) return false;
    state->live.cancel();
    ui.session.touch();
    return true;
}

void find_section(Ui& ui) {
    FindState& state = find_state(ui);
    follow(ui, state);
    if (layers_with(state.layers).empty())
        return empty_state(icon::search, tr("Nothing to ask yet"), tr("Add a layer with data first."));
    ImGui::PushID("find");
    saved_bar(ui, state);
    gap(4);
    find_line(ui, state);
    const QueryLayer* layer = asked_layer(state);
    std::optional<Path> troubled;
    if (const auto& error = state.live.error(); error && error_position(*error) > 0)
        troubled = part_written_at(state.tree, error_position(*error));
    if (layer != nullptr) {
        total(ui, state);
        gap(4);
        text_form(state);
        if (state.live.answered() && state.live.good()->hits.count > most_marked && !state.tree.keeps_all())
            text_muted(fmt::format(fmt::runtime(tr("More than {} are not marked on the map; they can be selected.")),
                                   format_integer(int64_t{most_marked})));
    }
    if (layer != nullptr && state.broken) {
        gap(4);
        text_muted(tr("This question cannot be read as it is saved. Mend its text, or begin anew."));
    } else if (layer != nullptr) {
        rows_of_question(ui, state, *layer, troubled);
        general_error(state, troubled);
        if (state.tree.keeps_all()) {
            gap(4);
            text_muted(tr("Nothing is asked yet: every feature is found. Add a condition, or write one as text."));
        } else {
            words(state);
        }
        result_buttons(ui, state);
        columns_section(ui, state);
    } else {
        notice(palette().error, icon::alert_circle,
               ui.session.workspace().find_layer(state.draft.ask.layer) != nullptr
                   ? tr("The data of this question's layer could not be read. Mend that, or choose another layer.")
                   : tr("The layer of this question is not there. Choose another one."));
    }
    keys(ui, state);
    ImGui::PopID();
}

}  // namespace diaban::ui
