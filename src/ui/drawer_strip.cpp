// The strip between map and drawer: which drawer is open, the map's tools, and which year is shown.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/tools/drawing.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

struct Tab {
    const char* id;
    Drawer drawer;
};
constexpr std::array tabs{Tab{"analyse.table", Drawer::table}, Tab{"analyse.ranking", Drawer::ranking},
                          Tab{"analyse.match", Drawer::match}, Tab{"analyse.problems", Drawer::problems},
                          Tab{"analyse.sql", Drawer::sql},     Tab{"analyse.diagnostics", Drawer::diagnostics}};
constexpr float tab_padding = 10, tab_gap = 2;

std::string tab_text(const Command& command, bool named) {
    return named ? command.icon + "  " + command.name : command.icon;
}

/// Of all tabs with their names.
float tabs_width() {
    float width = 0;
    for (const Tab& tab : tabs)
        width += text_width(tab_text(*find_command(tab.id), true), fonts().medium) + px(2 * tab_padding + tab_gap);
    return width;
}

/// `named`: with its name, where there is room for those of all.
void drawer_tab(Ui& ui, const char* id, Drawer drawer, bool named) {
    const Command* command = find_command(id);
    const bool open = ui.panels.drawer == drawer;
    const std::string shown = tab_text(*command, named);
    ImGui::PushFont(open ? fonts().medium : fonts().regular);
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(open ? palette().text : palette().muted));
    ImGui::PushStyleColor(ImGuiCol_Button, ImVec4(0, 0, 0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    if (ImGui::Button((shown + "###" + id).c_str())) run_command(ui, id);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
    ImGui::PopFont();
    tooltip(command->name + " (" + key_text(*command) + ")");
    if (open) {
        const ImVec2 from = ImGui::GetItemRectMin();
        const ImVec2 to = ImGui::GetItemRectMax();
        const float bottom = ImGui::GetWindowPos().y + ImGui::GetWindowHeight();
        ImGui::GetWindowDrawList()->AddRectFilled({from.x + px(8), bottom - px(2.5F)}, {to.x - px(8), bottom},
                                                  to_u32(palette().accent), px(1));
    }
    ImGui::SameLine(0, px(tab_gap));
}

void tool_button(Ui& ui, const char* id, bool on) {
    const Command* command = find_command(id);
    const bool enabled = !command->enabled || command->enabled(ui);
    const std::string tip = command->name + " (" + key_text(*command) + ")";
    if (icon_button(id, command->icon.c_str(), tip, enabled, on)) run_command(ui, id);
    ImGui::SameLine(0, px(2));
}

constexpr std::array tool_ids{"view.tool_pan",     "view.tool_box",    "view.tool_lasso",
                              "view.tool_polygon", "view.tool_circle", "analyse.measure_distance"};
constexpr std::array zoom_ids{"view.zoom_in", "view.zoom_out", "view.zoom_everything", "view.zoom_selection"};

float tools_width() {
    return static_cast<float>(tool_ids.size()) * (ImGui::GetFrameHeight() + px(2));
}

/// Tools and, where there is room for it, zoom, below the middle of the map: over it they would lie on the picture's
/// own furniture. `right` is where the years begin.
void tools(Ui& ui, const ScreenRect& place, float right) {
    const float side = ImGui::GetFrameHeight();
    const float each = side + px(2);
    const float line = px(15);
    const float zoom_width = line + static_cast<float>(zoom_ids.size()) * each;
    // Clear of the tabs at the left, whatever the panels' widths.
    const float first = ImGui::GetCursorScreenPos().x + px(12);
    const bool zooms = first + tools_width() + zoom_width <= right;
    const float width = tools_width() + (zooms ? zoom_width : 0);
    const float middle = ui.layout.map.x + ui.layout.map.width / 2;
    const float left = std::max(std::min(middle - width / 2, right - width), first);
    const float top = place.y + (place.height - side) / 2;
    ImGui::SetCursorScreenPos({left, top});
    for (const char* id : tool_ids) {
        const Command* command = find_command(id);
        // One button for all that measures; which is chosen in the bar on the map.
        tool_button(ui, id, command->checked(ui) || (command->id == tool_ids.back() && measures(ui.tool)));
    }
    if (!zooms) return;
    const float x = left + tools_width() + line / 2 - px(1);
    ImGui::GetWindowDrawList()->AddLine({x, place.y + px(10)}, {x, place.y + place.height - px(10)},
                                        to_u32(palette().line), std::max(1.0F, px(1)));
    ImGui::SetCursorScreenPos({left + tools_width() + line, top});
    for (const char* id : zoom_ids)
        tool_button(ui, id, false);
}

/// Where the years are on the strip: as wide as there are, with room for the first and the last beside them.
struct YearsPlace {
    float left = 0, width = 0;  ///< of the line
    float room_from = 0;        ///< with the first year's text
};

YearsPlace years_place(const std::vector<int64_t>& all, const ScreenRect& place) {
    YearsPlace years;
    years.width = px(std::clamp(static_cast<float>(all.size()) * 44.0F, 132.0F, 300.0F));
    years.left = place.x + place.width - px(58) - years.width;
    years.room_from = years.left - text_width(std::to_string(all.front()), fonts().small) - px(24);
    return years;
}

/// Stops on a line, one a year; dragging or clicking goes to the nearest.
void year_slider(Ui& ui, const std::vector<int64_t>& all, const ScreenRect& place) {
    const int64_t latest = all.back();
    const int64_t now = ui.session.workspace().time.value_or(latest);
    const float middle = place.y + place.height / 2;
    const YearsPlace years = years_place(all, place);
    const float left = years.left;
    const float wide = years.width;
    const float right = left + wide;
    const float small_y = middle - fonts().small->FontSize / 2;
    const std::string first = std::to_string(all.front());
    if (now != all.front()) {
        draw_text({left - text_width(first, fonts().small) - px(12), small_y}, palette().muted, first, fonts().small);
    }
    if (now != latest) {
        draw_text({right + px(12), small_y}, palette().muted, std::to_string(latest), fonts().small);
    }

    ImGui::SetCursorScreenPos({left - px(8), place.y + px(2)});
    ImGui::InvisibleButton("##year", {wide + px(16), place.height - px(4)});
    const double span = std::max<double>(1, static_cast<double>(all.size() - 1));
    if (ImGui::IsItemActive()) {
        const double share = static_cast<double>((ImGui::GetIO().MousePos.x - left) / wide);
        const double nearest = std::clamp(std::round(share * span), 0.0, span);
        const int64_t wanted = all[static_cast<std::size_t>(nearest)];
        if (wanted != now) ui.session.set_time(wanted);
    }
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (ImGui::IsItemDeactivated()) ui.session.seal();
    tooltip(tr("Year shown ([ and ])"));

    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({left, middle - px(1)}, {right, middle + px(1)}, to_u32(palette().line));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const float x = left + wide * static_cast<float>(static_cast<double>(i) / span);
        if (all[i] == now) {
            // The year itself stands in the knob.
            const std::string shown = std::to_string(now);
            const float half = text_width(shown, fonts().small) / 2 + px(7);
            draw->AddRectFilled({x - half, middle - px(10)}, {x + half, middle + px(10)}, to_u32(palette().accent),
                                px(10));
            if (lit) {
                draw->AddRect({x - half - px(2), middle - px(12)}, {x + half + px(2), middle + px(12)},
                              to_u32(palette().accent, 0.4F), px(12), 0, px(2));
            }
            draw_text({x - half + px(7), small_y}, palette().accent_text, shown, fonts().small);
        } else {
            draw->AddCircleFilled({x, middle}, px(3.5F), to_u32(palette().muted));
        }
    }
}

}  // namespace

void drawer_strip(Ui& ui, const ScreenRect& place) {
    ImGui::SetNextWindowPos({place.x, place.y});
    ImGui::SetNextWindowSize({place.width, place.height});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(tab_padding), px(5)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(6), (place.height - ImGui::GetFrameHeight()) / 2});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("##strip", nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(4);
    const float line = std::max(1.0F, px(1));
    ImGui::GetWindowDrawList()->AddLine({place.x, place.y}, {place.x + place.width, place.y}, to_u32(palette().line),
                                        line);
    const std::vector<int64_t> all = years(ui.session);
    const float right = all.empty() ? place.x + place.width - px(12) : years_place(all, place).room_from;
    // The tools must not run into the years: names give way first.
    const bool named = place.x + px(6) + tabs_width() + px(12) + tools_width() <= right;
    for (const Tab& tab : tabs)
        drawer_tab(ui, tab.id, tab.drawer, named);
    tools(ui, place, right);
    if (!all.empty()) year_slider(ui, all, place);
    ImGui::End();
    ImGui::PopStyleVar();
}

}  // namespace diaban::ui
