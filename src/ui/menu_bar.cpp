// Menus, the modes, and the search box: the window's top.
#include <imgui.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

void menu_item(Ui& ui, const Command& command) {
    if (command.separator_before) ImGui::Separator();
    const bool enabled = !command.enabled || command.enabled(ui);
    const bool checked = command.checked && command.checked(ui);
    std::string name = command.name;
    if (command.id == "edit.undo" && enabled) name += ": " + ui.session.history().undo_label();
    if (command.id == "edit.redo" && enabled) name += ": " + ui.session.history().redo_label();
    // A column of its own for icons, so that names stand below each other with and without.
    const float left = ImGui::GetCursorPosX();
    if (!command.icon.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
        ImGui::TextUnformatted(command.icon.c_str());
        ImGui::PopStyleColor();
        ImGui::SameLine(left + px(24));
    } else {
        ImGui::SetCursorPosX(left + px(24));
    }
    if (ImGui::MenuItem(name.c_str(), key_text(command).c_str(), checked, enabled)) {
        run_command(ui, command.id);
    }
}

void menus(Ui& ui) {
    struct Menu {
        const char* id;
        const char* name;
    };
    const Menu all[] = {
        {"Workspace", tr("Workspace")}, {"Edit", tr("Edit")}, {"View", tr("View")}, {"Analyse", tr("Analyse")}};
    for (const Menu& menu : all) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(14), px(8)});
        const bool open = ImGui::BeginMenu((std::string(menu.name) + "###" + menu.id).c_str());
        ImGui::PopStyleVar();
        if (!open) continue;
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(8), px(8)});
        for (const Command& command : commands()) {
            if (command.menu == menu.id) menu_item(ui, command);
        }
        ImGui::PopStyleVar();
        ImGui::EndMenu();
    }
}

void mode_tabs(Ui& ui, const ScreenRect& place) {
    const std::vector<std::string> names{tr("Explore"), tr("Plan"), tr("Present")};
    const float width = px(252);
    ImGui::SetCursorScreenPos(
        {place.x + (place.width - width) / 2, place.y + (place.height - ImGui::GetFrameHeight()) / 2});
    int current = static_cast<int>(ui.mode);
    if (!segmented("##mode", names, current, width)) return;
    const Mode wanted = static_cast<Mode>(current);
    if (wanted == Mode::present) {
        run_command(ui, "view.present");
        return;
    }
    ui.mode = wanted;
    // Planning begins with the list; exploring goes back to the map alone.
    if (wanted == Mode::plan) {
        ui.panels.drawer = Drawer::ranking;
    } else if (ui.panels.drawer == Drawer::ranking) {
        ui.panels.drawer = Drawer::none;
    }
}

/// Looks like a field, opens the palette.
void search_box(Ui& ui, const ScreenRect& place) {
    const float width = px(276);
    const float height = px(28);
    const ImVec2 from{place.x + place.width - width - px(10), place.y + (place.height - height) / 2};
    const ImVec2 to{from.x + width, from.y + height};
    ImGui::SetCursorScreenPos(from);
    if (ImGui::InvisibleButton("##search", {width, height})) run_command(ui, "edit.search");
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(from, to, to_u32(palette().window), px(6));
    draw->AddRect(from, to, to_u32(hovered ? palette().accent : palette().line), px(6), 0, px(1));
    const float text_y = from.y + (height - ImGui::GetFontSize()) / 2;
    draw_text({from.x + px(8), text_y}, palette().muted, icon::search);
    const std::string key = key_text(*find_command("edit.search"));
    const float key_width = text_width(key, fonts().small);
    const std::string hint = cut_to(tr("commune, layer, command"), width - key_width - px(52));
    draw_text({from.x + px(32), text_y}, palette().muted, hint);
    draw_text({to.x - key_width - px(10), text_y + px(1)}, palette().muted, key, fonts().small);
}

}  // namespace

void menu_bar(Ui& ui, const ScreenRect& place) {
    ImGui::SetNextWindowPos({place.x, place.y});
    ImGui::SetNextWindowSize({place.width, place.height});
    const float padding = (place.height - ImGui::GetFontSize()) / 2;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(10), padding});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::PushStyleColor(ImGuiCol_MenuBarBg, to_vec(palette().panel));
    ImGui::Begin("##menu", nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_MenuBar);
    ImGui::PopStyleVar(4);
    const bool bar = ImGui::BeginMenuBar();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
    if (bar) {
        ImGui::SetCursorPosX(px(10));
        menus(ui);
        mode_tabs(ui, place);
        search_box(ui, place);
        ImGui::GetWindowDrawList()->AddLine({place.x, place.y + place.height - 1},
                                            {place.x + place.width, place.y + place.height - 1}, to_u32(palette().line),
                                            std::max(1.0F, px(1)));
        ImGui::EndMenuBar();
    }
    ImGui::End();
}

}  // namespace diaban::ui
