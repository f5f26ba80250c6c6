// The saved questions: which one this is, the others, saving.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cfloat>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "query/language/parse.h"
#include "query/language/words.h"
#include "ui/icons.h"
#include "ui/panels/parts.h"
#include "ui/query/chips.h"
#include "ui/query/find_parts.h"
#include "ui/query/saved_queries.h"

namespace diaban::ui {

namespace {

constexpr const char* name_popup = "name of the question";

/// A name to begin with: the words of the question, cut at a length that fits the list.
std::string proposed_name(const FindState& state) {
    const LayerNames names = [&](const std::string& id) { return layer_name(state, id); };
    std::string name = layer_name(state, state.draft.ask.layer);
    const std::string said = in_words(state.tree, names);
    if (!said.empty()) name += " " + said;
    constexpr std::size_t longest = 60;
    if (name.size() <= longest) return name;
    const std::size_t blank = name.rfind(' ', longest);
    return name.substr(0, blank == std::string::npos ? longest : blank) + "…";
}

/// Where a name is typed, for a new saved query or for one that is renamed. A name that exists is asked about.
void name_dialog(Ui& ui, FindState& state) {
    ImGui::SetNextWindowSize({px(290), 0});
    if (!begin_popup_at_item(name_popup)) return;
    const bool renaming = !state.renaming.empty();
    text_in(fonts().medium, palette().text, renaming ? tr("Rename the question") : tr("Save the question as"));
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-FLT_MIN);
    bool accepted = ImGui::InputTextWithHint("##name", tr("Name"), &state.name, ImGuiInputTextFlags_EnterReturnsTrue);
    const std::string name = trim(state.name);
    const SavedQuery* taken = named(ui.session, name, renaming ? state.renaming : std::string());
    if (taken != nullptr)
        notice(palette().warning, icon::alert,
               fmt::format(fmt::runtime(tr("There is a question “{}” already.")), taken->name));
    const bool can_replace = taken != nullptr && !renaming && std::holds_alternative<FeatureQuery>(taken->ask);
    if (can_replace && button(tr("Replace it"))) {
        save_over(ui, state, std::string(taken->id));
        ImGui::CloseCurrentPopup();
    }
    if (taken == nullptr) {
        ImGui::BeginDisabled(name.empty());
        accepted |= primary_button(renaming ? tr("Rename") : tr("Save"));
        ImGui::EndDisabled();
    }
    ImGui::SameLine();
    if (button(tr("Cancel")) || key_pressed(ui, GLFW_KEY_ESCAPE)) ImGui::CloseCurrentPopup();
    if (accepted && taken == nullptr && !name.empty()) {
        if (renaming) {
            rename_saved(ui, state.renaming, name);
        } else {
            save(ui, state, name);
        }
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
}

void list_of_questions(Ui& ui, FindState& state, const char* shown) {
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 4 * ImGui::GetFrameHeight() - px(8));
    if (!begin_choice("##saved", shown, true)) return;
    const auto questions = saved_questions(ui.session);
    if (ui.session.workspace().queries.empty()) text_muted(tr("No saved questions yet"));
    std::string chosen;
    float room = px(180);
    for (const SavedQuery* query : questions)
        room = std::clamp(text_width(query->name) + px(60), room, px(262));
    for (const SavedQuery* query : questions) {
        const bool now = query->id == state.saved;
        const auto hits = state.hit_counts.find(query->id);
        const std::string count = hits == state.hit_counts.end() ? "" : format_integer(int64_t{hits->second});
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const std::string name = cut_to(query->name, room - text_width(count, fonts().small) - px(12));
        if (ImGui::Selectable((name + "##" + query->id).c_str(), now, 0, {room, 0})) chosen = query->id;
        if (name != query->name) tooltip(query->name);
        if (!count.empty())
            draw_text({at.x + room - text_width(count, fonts().small), at.y}, palette().muted, count, fonts().small);
    }
    const Query own = FeatureQuery();
    const std::string elsewhere = query_entries(ui.session, &own, {});
    ImGui::Separator();
    if (ImGui::Selectable((std::string(icon::plus) + "  " + tr("New question")).c_str())) new_question(ui, state);
    ImGui::EndCombo();
    if (!chosen.empty()) open_saved(ui, state, chosen);
    if (!elsewhere.empty()) open_query(ui, elsewhere);
}

/// What the list's menu asks for; the name's popup cannot be opened inside of it.
bool menu(Ui& ui, FindState& state) {
    bool ask_name = false;
    if (!begin_popup_at_item("saved menu")) return false;
    const SavedQuery* query = ui.session.workspace().find_query(state.saved);
    const bool is_saved = query != nullptr;
    const auto item = [](const char* icon, const char* name, bool enabled) {
        return ImGui::MenuItem((std::string(icon) + "  " + name).c_str(), nullptr, false, enabled);
    };
    if (item(icon::save, tr("Save as…"), true)) {
        state.renaming.clear();
        state.name = proposed_name(state);
        ask_name = true;
    }
    if (item(icon::pencil, tr("Rename…"), is_saved)) {
        state.renaming = state.saved;
        state.name = query->name;
        ask_name = true;
    }
    if (item(icon::duplicate, tr("Duplicate"), is_saved)) duplicate_saved(ui, state, std::string(state.saved));
    if (item(icon::history, tr("Back to what was saved"), is_saved && dirty(ui.session, state)))
        open_saved(ui, state, std::string(state.saved));
    ImGui::Separator();
    if (item(icon::plus, tr("New question"), true)) new_question(ui, state);
    if (item(icon::remove, tr("Delete"), is_saved)) remove_saved(ui, state, std::string(state.saved));
    ImGui::EndPopup();
    return ask_name;
}

}  // namespace

void saved_bar(Ui& ui, FindState& state) {
    const SavedQuery* query = ui.session.workspace().find_query(state.saved);
    // Undo may have taken it away.
    if (query == nullptr) state.saved.clear();
    const bool changed = dirty(ui.session, state);
    std::string shown = query != nullptr ? query->name : tr("New question");
    if (changed) shown += " •";
    list_of_questions(ui, state, shown.c_str());
    tooltip(changed ? tr("Saved questions; the dot says that this one has changes that are not saved")
                    : tr("Saved questions"));
    ImGui::SameLine(0, px(2));
    if (icon_button("undo", icon::undo, tr("Undo within the question"), !state.past.empty())) undo(state);
    ImGui::SameLine(0, 0);
    if (icon_button("redo", icon::redo, tr("Redo within the question"), !state.future.empty())) redo(state);
    ImGui::SameLine(0, 0);
    bool ask_name = false;
    if (icon_button("save", icon::save, tr("Save the question with the workspace"), changed)) {
        if (query != nullptr) {
            save_over(ui, state, std::string(state.saved));
        } else {
            state.renaming.clear();
            state.name = proposed_name(state);
            ask_name = true;
        }
    }
    ImGui::SameLine(0, 0);
    if (icon_button("menu", icon::more, tr("Save as, rename, duplicate, delete"))) ImGui::OpenPopup("saved menu");
    ask_name |= menu(ui, state);
    if (ask_name) ImGui::OpenPopup(name_popup);
    name_dialog(ui, state);
}

}  // namespace diaban::ui
