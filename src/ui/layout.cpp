#include "ui/layout.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <utility>

#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/map_canvas.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

// Logical pixels.
constexpr float menu_height = 42;
constexpr float strip_height = 36;
constexpr float status_height = 28;
constexpr float splitter = 5;
constexpr double narrowest_panel = 200;
constexpr double lowest_drawer = 120;
/// The map keeps at least this much of the window, whatever the splitters say.
constexpr double least_map_width = 320;
constexpr double least_map_height = 200;

constexpr ImGuiWindowFlags fixed = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_NoBringToFrontOnFocus;

void put_next(const ScreenRect& place) {
    ImGui::SetNextWindowPos({place.x, place.y});
    ImGui::SetNextWindowSize({place.width, place.height});
}

template <class Content>
void panel(const char* id, const ScreenRect& place, Content&& content) {
    put_next(place);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(12), px(10)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin(id, nullptr, fixed);
    ImGui::PopStyleVar(3);
    content();
    ImGui::End();
}

/// A bar to drag between two parts; returns by how many logical pixels it was dragged.
double splitter_bar(const char* id, const ScreenRect& place, bool upright) {
    put_next(place);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin(id, nullptr, fixed | ImGuiWindowFlags_NoScrollbar);
    ImGui::PopStyleVar(4);
    ImGui::InvisibleButton("##bar", {std::max(1.0F, place.width), std::max(1.0F, place.height)});
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (lit) ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    const Rgba colour = lit ? palette().accent : palette().line;
    const float thick = lit ? px(2) : std::max(1.0F, px(1));
    const ImVec2 middle{place.x + place.width / 2, place.y + place.height / 2};
    const ImVec2 from = upright ? ImVec2{middle.x - thick / 2, place.y} : ImVec2{place.x, middle.y - thick / 2};
    const ImVec2 to = upright ? ImVec2{middle.x + thick / 2, place.y + place.height}
                              : ImVec2{place.x + place.width, middle.y + thick / 2};
    ImGui::GetWindowDrawList()->AddRectFilled(from, to, to_u32(colour));
    double moved = 0;
    if (ImGui::IsItemActive()) {
        moved = static_cast<double>(upright ? ImGui::GetIO().MouseDelta.x : ImGui::GetIO().MouseDelta.y);
    }
    ImGui::End();
    return moved / static_cast<double>(px(1));
}

void inspector(Ui& ui) {
    const std::vector<std::string> tabs{tr("Style"), tr("Feature"), tr("Labels"), tr("Query")};
    int current = static_cast<int>(ui.panels.inspector);
    if (segmented("##inspector", tabs, current)) ui.panels.inspector = static_cast<Inspector>(current);
    gap(6);
    ImGui::BeginChild("##inspected");
    switch (ui.panels.inspector) {
        case Inspector::style:
            style_panel(ui);
            break;
        case Inspector::feature:
            feature_panel(ui);
            break;
        case Inspector::labels:
            labels_panel(ui);
            break;
        case Inspector::query:
            query_panel(ui);
            break;
    }
    ImGui::EndChild();
}

void drawer(Ui& ui) {
    switch (ui.panels.drawer) {
        case Drawer::table:
            table_panel(ui);
            break;
        case Drawer::ranking:
            ranking_panel(ui);
            break;
        case Drawer::match:
            match_panel(ui);
            break;
        case Drawer::problems:
            problems_panel(ui);
            break;
        case Drawer::diagnostics:
            diagnostics_panel(ui);
            break;
        case Drawer::sql:
            sql_panel(ui);
            break;
        case Drawer::none:
            break;
    }
}

void dialogs(Ui& ui) {
    import_assistant(ui);
    crosswalk_assistant(ui);
    database_dialog(ui);
    basemap_dialog(ui);
    password_dialog(ui);
    file_dialog(ui);
    command_palette(ui);
    shortcuts_dialog(ui);
    unsaved_dialog(ui);
    frame_times(ui);
    toasts(ui);
}

void take_keys(Ui& ui) {
    const bool modal = ui.panels.ask_unsaved || ui.panels.palette_open || ui.panels.shortcuts_open ||
                       ui.panels.crosswalk.open || ui.panels.database.open || ui.panels.basemap.open ||
                       ui.session.password_wanted || ui.session.import.open ||
                       ui.panels.dialog.purpose != FileDialogState::Purpose::none;
    const bool typing = ImGui::GetIO().WantTextInput;
    ui.pressed = std::exchange(ui.keys, {});
    for (const KeyPress& press : std::vector<KeyPress>(ui.pressed)) {
        if (press.alt) continue;
        // Esc in a field of a panel gives the text back as it was: ImGui's own doing.
        if (press.key == GLFW_KEY_ESCAPE && typing && !modal) continue;
        // A dialog has all keys but the one that leaves it (and F1 that closes its own).
        const bool leaves = press.key == GLFW_KEY_ESCAPE || (press.key == GLFW_KEY_F1 && ui.panels.shortcuts_open);
        if (modal && !leaves) continue;
        run_key(ui, press.key, press.ctrl, press.shift, typing);
    }
}

/// Sizes that fit the window: nothing is clipped, and the map keeps its share.
void fit(LayoutState& layout, const PanelState& panels, double width, double height) {
    const double sides = width - least_map_width - 2 * splitter;
    const double left = panels.layers_open ? layout.left_width : 0;
    const double right = panels.inspector_open ? layout.right_width : 0;
    layout.left_width = std::clamp(layout.left_width, narrowest_panel, std::max(narrowest_panel, sides - right));
    layout.right_width = std::clamp(layout.right_width, narrowest_panel, std::max(narrowest_panel, sides - left));
    const double rows = height - menu_height - strip_height - status_height - splitter - least_map_height;
    layout.drawer_height = std::clamp(layout.drawer_height, lowest_drawer, std::max(lowest_drawer, rows));
}

void draw_panels(Ui& ui, const ImVec2 size) {
    LayoutState& layout = ui.layout;
    const bool drawer_open = ui.panels.drawer != Drawer::none;
    fit(layout, ui.panels, static_cast<double>(size.x / px(1)), static_cast<double>(size.y / px(1)));
    const float top = px(menu_height);
    const float bottom = size.y - px(status_height);
    const float drawer_height = drawer_open ? px(static_cast<float>(layout.drawer_height)) : 0;
    const float strip_top = bottom - drawer_height - px(strip_height);
    const float left = ui.panels.layers_open ? px(static_cast<float>(layout.left_width)) : 0;
    const float right = ui.panels.inspector_open ? px(static_cast<float>(layout.right_width)) : 0;
    const float map_left = left > 0 ? left + px(splitter) : 0;
    const float map_right = right > 0 ? size.x - right - px(splitter) : size.x;
    const float map_bottom = drawer_open ? strip_top - px(splitter) : strip_top;

    layout.map = {map_left, top, map_right - map_left, map_bottom - top};
    map_canvas(ui, layout.map);
    menu_bar(ui, {0, 0, size.x, top});
    if (left > 0) {
        panel("##layers", {0, top, left, map_bottom - top}, [&] { layers_panel(ui); });
        layout.left_width += splitter_bar("##split_left", {left, top, px(splitter), map_bottom - top}, true);
    }
    if (right > 0) {
        panel("##inspector_panel", {size.x - right, top, right, map_bottom - top}, [&] { inspector(ui); });
        layout.right_width -= splitter_bar("##split_right", {map_right, top, px(splitter), map_bottom - top}, true);
    }
    if (drawer_open) {
        layout.drawer_height -= splitter_bar("##split_drawer", {0, map_bottom, size.x, px(splitter)}, false);
    }
    drawer_strip(ui, {0, strip_top, size.x, px(strip_height)});
    if (drawer_open) panel("##drawer", {0, bottom - drawer_height, size.x, drawer_height}, [&] { drawer(ui); });
    status_bar(ui, {0, bottom, size.x, px(status_height)});
}

}  // namespace

Furniture Ui::furniture() const {
    Furniture furniture;
    furniture.labels = labels;
    furniture.text_scale = mode == Mode::present ? 1.6 : 1;
    return furniture;
}

std::vector<int64_t> years(Session& session) {
    std::vector<int64_t> all;
    for (const LayerResultPtr& layer : session.layers()) {
        if (!layer->features || layer->features->times().size() < 2) continue;
        const auto& times = layer->features->times();
        all.insert(all.end(), times.begin(), times.end());
    }
    std::ranges::sort(all);
    const auto rest = std::ranges::unique(all);
    all.erase(rest.begin(), rest.end());
    return all;
}

void draw_frame(Ui& ui) {
    if (ui.applied_theme != ui.theme || ui.applied_scale != ui.scale) {
        apply_theme(ui.theme, ui.scale);
        ui.applied_theme = ui.theme;
        ui.applied_scale = ui.scale;
    }
    if (!ui.dropped.empty()) {
        auto dropped = std::exchange(ui.dropped, {});
        if (ui.session.import.open) {
            ui.session.begin_import(dropped);
        } else {
            request_open(ui, std::move(dropped));
        }
    }
    take_keys(ui);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    if (ui.mode == Mode::present) {
        ui.layout.map = {0, 0, size.x, size.y};
        map_canvas(ui, ui.layout.map);
    } else {
        draw_panels(ui, size);
    }
    dialogs(ui);
}

double seconds_to_next_frame(Ui& ui) {
    constexpr double blink = 0.2;
    constexpr double progress = 0.1;
    constexpr double toast_life = 12;
    double next = ImGui::GetIO().WantTextInput ? blink : -1;
    if (const double rest = ui.map.seconds_to_rest(ui.session); rest >= 0)
        next = next < 0 ? rest : std::min(next, rest);
    if (ui.session.jobs().busy()) next = next < 0 ? progress : std::min(next, progress);
    const double now = ui.session.seconds();
    for (const Message& message : ui.session.messages()) {
        if (now - message.shown_at < toast_life) next = next < 0 ? progress : std::min(next, progress);
    }
    return next;
}

}  // namespace diaban::ui
