// The small dialogs: keys, and the question about unsaved changes.
#include <GLFW/glfw3.h>

#include <algorithm>

#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

void shortcut_row(const std::string& name, const std::string& keys) {
    ImGui::TableNextColumn();
    text_cut(name);
    ImGui::TableNextColumn();
    text_in(fonts().regular, palette().muted, keys);
}

/// Name, keys, three times: in the same places in each group.
bool begin_keys(const char* id) {
    if (!ImGui::BeginTable(id, 6)) return false;
    for (const float share : {3.0F, 2.0F, 3.0F, 2.0F, 3.0F, 2.0F})
        ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthStretch, share);
    return true;
}

/// A menu's commands with their keys, three pairs of columns a line.
void shortcut_group(const std::string& menu, const char* title) {
    std::vector<const Command*> group;
    for (const Command& command : commands())
        if (command.menu == menu && command.key != 0) group.push_back(&command);
    if (group.empty()) return;
    text_in(fonts().medium, palette().accent, title);
    if (begin_keys(title)) {
        for (const Command* command : group)
            shortcut_row(command->name, key_text(*command));
        ImGui::EndTable();
    }
    gap(8);
}

}  // namespace

void shortcuts_dialog(Ui& ui) {
    if (!ui.panels.shortcuts_open) return;
    if (!begin_modal((std::string(tr("Keys")) + "###keys").c_str(), 1000, 680)) return;
    if (ImGui::BeginChild("list", {0, -ImGui::GetFrameHeightWithSpacing() - px(4)})) {
        std::vector<std::string> menus;
        for (const Command& command : commands())
            if (!command.menu.empty() && std::ranges::find(menus, command.menu) == menus.end())
                menus.push_back(command.menu);
        for (const std::string& menu : menus)
            shortcut_group(menu, tr(menu.c_str()));
        shortcut_group("", tr("Further keys"));
        text_in(fonts().medium, palette().accent, tr("On the map"));
        if (begin_keys("map")) {
            shortcut_row(tr("Move"), tr("drag"));
            shortcut_row(tr("Zoom"), tr("wheel"));
            shortcut_row(tr("Select"), tr("click"));
            shortcut_row(tr("Add to the selection"), tr("Shift+click"));
            ImGui::EndTable();
        }
    }
    ImGui::EndChild();
    ImGui::SetCursorPosX(ImGui::GetContentRegionMax().x - px(96));
    const bool escaped = key_pressed(ui, GLFW_KEY_ESCAPE) || key_pressed(ui, GLFW_KEY_ENTER);
    if (button(tr("Close"), true, px(96)) || escaped) {
        ui.panels.shortcuts_open = false;
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
}

void unsaved_dialog(Ui& ui) {
    if (!ui.panels.ask_unsaved) return;
    if (!begin_modal((std::string(tr("Unsaved changes")) + "###unsaved").c_str(), 440, 0)) return;
    text_in(fonts().regular, palette().text,
            std::string(tr("Save the changes to")) + " “" + ui.session.file_name() + "”?");
    text_muted(tr("What is not saved is lost."));
    gap(12);
    enum class Answer { none, save, discard, stay } answer = Answer::none;
    if (button(tr("Don't save"), true, px(112))) answer = Answer::discard;
    ImGui::SameLine(ImGui::GetContentRegionMax().x - px(96) - px(112) - px(8), 0);
    if (button(tr("Cancel"), true, px(96)) || key_pressed(ui, GLFW_KEY_ESCAPE)) answer = Answer::stay;
    ImGui::SameLine(0, px(8));
    if (primary_button(tr("Save"), px(112)) || key_pressed(ui, GLFW_KEY_ENTER)) answer = Answer::save;
    if (answer != Answer::none) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    switch (answer) {
        case Answer::none:
            break;
        case Answer::discard:
            proceed_after_question(ui);
            break;
        case Answer::stay:
            stay_after_question(ui);
            break;
        case Answer::save: {
            // Without a file there is a name to be chosen first; the question comes back if that is given up.
            const bool named = !ui.session.file().empty();
            run_command(ui, "workspace.save");
            if (!named || ui.session.unsaved()) {
                stay_after_question(ui);
            } else {
                proceed_after_question(ui);
            }
            break;
        }
    }
}

}  // namespace diaban::ui
