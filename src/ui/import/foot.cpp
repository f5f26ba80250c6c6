// The foot of the import assistant: what the button will do, and the keys that do the same.
#include <GLFW/glfw3.h>
#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cctype>
#include <functional>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"

namespace diaban::ui {

namespace {

/// What the button will do: "Adds 2 layers, joins 1 table".
std::string outcome(const Session& session) {
    int64_t layers = 0, joined = 0, loose = 0;
    bool settings = false;
    for (const ImportItem& item : session.import.items) {
        if (!item.take || !item.dataset) continue;
        settings = settings || !item.source.empty();
        if (!item.table_only()) {
            ++layers;
        } else if (item.joins && session.join_target(item.target) && !item.join.key.empty()) {
            ++joined;
        } else {
            ++loose;
        }
    }
    if (settings) return tr("Reads the file this way from now on; one step to undo.");
    std::string text;
    const auto add = [&](int64_t count, const char* one, const char* many) {
        if (count == 0) return;
        if (!text.empty()) text += ", ";
        text += fmt::format(fmt::runtime(tr_n(one, many, static_cast<long>(count))), format_integer(count));
    };
    add(layers, "adds {} layer", "adds {} layers");
    add(joined, "joins {} table", "joins {} tables");
    add(loose, "keeps {} table without joining it", "keeps {} tables without joining them");
    if (text.empty()) return tr("Nothing is ticked that could be imported.");
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text + ".";
}

bool can_import(const ImportState& state) {
    return std::ranges::any_of(state.items, [](const ImportItem& i) { return i.take && i.dataset; }) &&
           std::ranges::none_of(state.items, [](const ImportItem& i) { return i.take && i.reading.waiting(); });
}

void show_open_question(ImportState& state) {
    state.ask_open_questions = false;
    for (const ImportItem& item : state.items) {
        if (!item.take || open_questions(item).empty()) continue;
        state.shown = item.id;
        state.section = first_section(item);
        return;
    }
}

}  // namespace

void import_now(Ui& ui) {
    ImportState& state = ui.session.import;
    if (!can_import(state)) return;
    if (open_questions(state) > 0 && !state.ask_open_questions) {
        show_open_question(state);
        state.ask_open_questions = true;
        ui.session.touch();
        return;
    }
    ui.session.finish_import();
}

void import_foot(Ui& ui, bool& cancel, bool& go) {
    ImportState& state = ui.session.import;
    const int questions = open_questions(state);
    state.ask_open_questions = state.ask_open_questions && questions > 0;
    ImGui::AlignTextToFramePadding();
    const float buttons = px(96 + 8 + 168);
    const float room = ImGui::GetContentRegionAvail().x - buttons - px(16);
    if (state.ask_open_questions) {
        text_in(fonts().regular, palette().warning, icon::help_circle_outline);
        ImGui::SameLine(0, px(6));
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().warning));
        text_cut(fmt::format(fmt::runtime(tr_n("{} question is open. Import with the cautious reading?",
                                               "{} questions are open. Import with the cautious reading?", questions)),
                             questions),
                 room - px(24));
        ImGui::PopStyleColor();
    } else {
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
        text_cut(outcome(ui.session), room);
        ImGui::PopStyleColor();
    }
    ImGui::SameLine(ImGui::GetContentRegionMax().x - buttons, 0);
    cancel = button(tr("Cancel"), true, px(96));
    tooltip(tr("Leaves everything as it was  (Esc)"));
    ImGui::SameLine(0, px(8));
    const bool settings = !state.items.empty() && !state.items.front().source.empty();
    const char* verb = state.ask_open_questions ? tr("Import anyway") : settings ? tr("Apply") : tr("Import");
    ImGui::BeginDisabled(!can_import(state));
    go = primary_button(verb, px(168));
    ImGui::EndDisabled();
    tooltip(tr("Takes in what is ticked, in one step  (Enter)"));
}

void import_keys(Ui& ui, bool& cancel, bool& go) {
    ImportState& state = ui.session.import;
    const bool list_open = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId);
    if (key_pressed(ui, GLFW_KEY_ESCAPE)) {
        if (list_open) {
            ImGui::ClosePopupToLevel(ImGui::GetCurrentContext()->BeginPopupStack.Size, true);
        } else if (state.ask_open_questions) {
            state.ask_open_questions = false;
        } else {
            cancel = true;
        }
    }
    if (list_open || ImGui::GetIO().WantTextInput) return;
    if (key_pressed(ui, GLFW_KEY_ENTER) || key_pressed(ui, GLFW_KEY_KP_ENTER)) go = true;
    // Up and down go through the list, left and right through the sections.
    const auto step = [](auto& range, auto& current, auto key_of, int by) {
        const auto at = std::ranges::find(range, current, key_of);
        if (at == range.end()) return;
        const auto next = std::clamp<std::ptrdiff_t>(at - range.begin() + by, 0, std::ssize(range) - 1);
        current = key_of(range[static_cast<std::size_t>(next)]);
    };
    const int rows = (key_pressed(ui, GLFW_KEY_DOWN) ? 1 : 0) - (key_pressed(ui, GLFW_KEY_UP) ? 1 : 0);
    if (rows != 0) {
        step(state.items, state.shown, std::mem_fn(&ImportItem::id), rows);
        if (const ImportItem* item = state.find(state.shown)) state.section = first_section(*item);
    }
    const int across = (key_pressed(ui, GLFW_KEY_RIGHT) ? 1 : 0) - (key_pressed(ui, GLFW_KEY_LEFT) ? 1 : 0);
    if (const ImportItem* item = state.find(state.shown); item && across != 0) {
        const std::vector<ImportSection> sections = sections_of(*item);
        step(sections, state.section, std::identity(), across);
    }
}

}  // namespace diaban::ui
