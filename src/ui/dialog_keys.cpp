#include "ui/dialog_keys.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>

#include "ui/panels/parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

bool list_open() {
    return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId);
}

}  // namespace

bool escaped_dialog(const Ui& ui) {
    if (!key_pressed(ui, GLFW_KEY_ESCAPE)) return false;
    if (!list_open()) return true;
    ImGui::ClosePopupToLevel(ImGui::GetCurrentContext()->BeginPopupStack.Size, true);
    return false;
}

bool entered_dialog(const Ui& ui) {
    if (list_open() || ImGui::GetIO().WantTextInput) return false;
    return key_pressed(ui, GLFW_KEY_ENTER) || key_pressed(ui, GLFW_KEY_KP_ENTER);
}

void dialog_line() {
    gap(6);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddLine(at, {at.x + ImGui::GetContentRegionAvail().x, at.y}, to_u32(palette().line),
                                        std::max(1.0F, px(1)));
    gap(8);
}

float dialog_foot_height() {
    return ImGui::GetFrameHeightWithSpacing() + px(14);
}

bool close_popup() {
    const int open = ImGui::GetCurrentContext()->OpenPopupStack.Size;
    if (open == 0) return false;
    ImGui::ClosePopupToLevel(open - 1, true);
    return true;
}

}  // namespace diaban::ui
