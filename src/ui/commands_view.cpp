// Commands of the menus View and Analyse, and the keys that move the map and step the year.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "base/i18n.h"
#include "base/trace.h"
#include "ui/command_list.h"
#include "ui/crosswalk/crosswalk_actions.h"
#include "ui/icons.h"
#include "ui/layout.h"

namespace diaban::ui {

namespace {

/// One step of the zoom keys and buttons, and of the arrow keys (logical pixels).
constexpr double zoom_step = 1.5;
constexpr double pan_step = 80;

Pixel middle(const Ui& ui) {
    return {ui.map.frame().width / 2, ui.map.frame().height / 2};
}

bool placed(Ui& ui) {
    return ui.map.placed();
}

void toggle_drawer(Ui& ui, Drawer drawer) {
    ui.panels.drawer = ui.panels.drawer == drawer ? Drawer::none : drawer;
}

void toggle_inspector(Ui& ui, Inspector inspector) {
    const bool shown = ui.panels.inspector_open && ui.panels.inspector == inspector;
    ui.panels.inspector_open = !shown;
    ui.panels.inspector = inspector;
}

void toggle_presentation(Ui& ui) {
    if (ui.mode == Mode::present) {
        ui.mode = ui.mode_before;
    } else {
        ui.mode_before = ui.mode;
        ui.mode = Mode::present;
    }
}

void toggle_frame_times(Ui& ui) {
    ui.panels.frame_times_open = !ui.panels.frame_times_open;
    set_tracing(ui.panels.frame_times_open || ui.always_traced);
}

void save_slowest_frame(Ui& ui) {
    const std::optional<FrameTime> slowest = slowest_frame();
    if (!slowest) return;
    ui.panels.dialog.purpose = FileDialogState::Purpose::save_trace;
    ui.panels.dialog.file_name = "slow-frame.json";
    ui.panels.dialog.text = trace_json(std::span(&*slowest, 1));
}

void step_year(Ui& ui, int by) {
    const std::vector<int64_t> all = years(ui.session);
    if (all.empty()) return;
    const int64_t now = ui.session.workspace().time.value_or(all.back());
    const auto it = std::ranges::lower_bound(all, now);
    const auto at = std::clamp<std::ptrdiff_t>(it - all.begin() + by, 0, std::ssize(all) - 1);
    ui.session.set_time(all[static_cast<std::size_t>(at)]);
}

bool can_check_boundaries(Ui& ui) {
    const Workspace& workspace = ui.session.workspace();
    const Layer* layer = workspace.find_layer(ui.session.active_layer);
    const Source* source = layer ? workspace.find_source(layer->source) : nullptr;
    if (source == nullptr || source->session_only) return false;
    const auto data = ui.session.datasets().find(source->id);
    return data != ui.session.datasets().end() && data->second->geometry.kind() == GeometryKind::polygon;
}

void check_boundaries(Ui& ui) {
    ui.panels.drawer = Drawer::problems;
    ui.session.check_boundaries(ui.session.active_layer);
}

/// In a presentation the arrows turn the years; elsewhere they move the map.
Command arrow(const char* id, const char* name, int key, double dx, double dy, int year) {
    return {.id = id, .name = name, .key = key, .enabled = placed, .run = [dx, dy, year](Ui& ui) {
                if (ui.mode == Mode::present && year != 0) {
                    step_year(ui, year);
                } else {
                    ui.map.pan(dx * pan_step, dy * pan_step);
                }
            }};
}

std::vector<Command> looking_commands(const char* menu) {
    std::vector<Command> list;
    list.push_back({.id = "view.zoom_in",
                    .name = tr("Zoom in"),
                    .menu = menu,
                    .icon = icon::plus,
                    .key = GLFW_KEY_EQUAL,
                    .enabled = placed,
                    .run = [](Ui& ui) { ui.map.zoom_at(middle(ui), zoom_step); },
                    .also = {{GLFW_KEY_EQUAL, false, true}, {GLFW_KEY_KP_ADD, false, false}}});
    list.push_back({.id = "view.zoom_out",
                    .name = tr("Zoom out"),
                    .menu = menu,
                    .icon = icon::minus,
                    .key = GLFW_KEY_MINUS,
                    .enabled = placed,
                    .run = [](Ui& ui) { ui.map.zoom_at(middle(ui), 1 / zoom_step); },
                    .also = {{GLFW_KEY_KP_SUBTRACT, false, false}}});
    list.push_back({.id = "view.zoom_everything",
                    .name = tr("Show everything"),
                    .menu = menu,
                    .icon = icon::arrow_expand_all,
                    .key = GLFW_KEY_HOME,
                    .run = [](Ui& ui) { ui.map.zoom_to_everything(ui.session); },
                    .also = {{GLFW_KEY_0, false, false}, {GLFW_KEY_KP_0, false, false}}});
    list.push_back({.id = "view.zoom_selection",
                    .name = tr("Zoom to selection"),
                    .menu = menu,
                    .icon = icon::zoom_to,
                    .key = GLFW_KEY_F,
                    .enabled = [](Ui& ui) { return !ui.session.selection.empty(); },
                    .run = [](Ui& ui) { ui.map.zoom_to_selection(ui.session); }});
    list.push_back({.id = "view.zoom_layer",
                    .name = tr("Zoom to layer"),
                    .menu = menu,
                    .key = GLFW_KEY_F,
                    .shift = true,
                    .enabled = [](Ui& ui) { return ui.session.layer(ui.session.active_layer) != nullptr; },
                    .run = [](Ui& ui) { ui.map.zoom_to_layer(ui.session, ui.session.active_layer); }});
    return list;
}

std::vector<Command> tool_commands(const char* menu) {
    std::vector<Command> list;
    const auto tool = [&](const char* id, const char* name, const char* picture, int key, Tool which) {
        list.push_back(tool_command(id, name, menu, picture, key, which));
        list.back().separator_before = which == Tool::pan;
    };
    tool("view.tool_pan", tr("Move the map"), icon::cursor_move, GLFW_KEY_V, Tool::pan);
    tool("view.tool_box", tr("Select with a box"), icon::select, GLFW_KEY_B, Tool::select_box);
    tool("view.tool_lasso", tr("Select with a lasso"), icon::lasso, GLFW_KEY_G, Tool::select_lasso);
    tool("view.tool_polygon", tr("Select with a polygon"), icon::draw_polygon, GLFW_KEY_Y, Tool::select_polygon);
    tool("view.tool_circle", tr("Select with a circle"), icon::vector_circle, GLFW_KEY_C, Tool::select_circle);
    return list;
}

std::vector<Command> window_commands(const char* menu) {
    std::vector<Command> list;
    list.push_back({.id = "view.labels",
                    .name = tr("Labels"),
                    .menu = menu,
                    .icon = icon::label_outline,
                    .key = GLFW_KEY_L,
                    .checked = [](Ui& ui) { return ui.labels; },
                    .run = [](Ui& ui) { ui.labels = !ui.labels; },
                    .separator_before = true});
    list.push_back({.id = "view.dark",
                    .name = tr("Dark theme"),
                    .menu = menu,
                    .icon = icon::theme_light_dark,
                    .key = GLFW_KEY_D,
                    .checked = [](Ui& ui) { return ui.theme == Theme::dark; },
                    .run = [](Ui& ui) { ui.theme = ui.theme == Theme::dark ? Theme::light : Theme::dark; }});
    list.push_back({.id = "view.layers",
                    .name = tr("Layers panel"),
                    .menu = menu,
                    .icon = icon::layers,
                    .key = GLFW_KEY_1,
                    .checked = [](Ui& ui) { return ui.panels.layers_open; },
                    .run = [](Ui& ui) { ui.panels.layers_open = !ui.panels.layers_open; },
                    .separator_before = true});
    const auto inspector = [&](const char* id, const char* name, const char* picture, int key, Inspector which) {
        list.push_back({.id = id,
                        .name = name,
                        .menu = menu,
                        .icon = picture,
                        .key = key,
                        .checked = [which](Ui& ui) { return ui.panels.inspector_open && ui.panels.inspector == which; },
                        .run = [which](Ui& ui) { toggle_inspector(ui, which); }});
    };
    inspector("view.style", tr("Style panel"), icon::palette, GLFW_KEY_2, Inspector::style);
    inspector("view.feature", tr("Feature panel"), icon::map_marker, GLFW_KEY_3, Inspector::feature);
    inspector("view.label_panel", tr("Labels panel"), icon::format_text, GLFW_KEY_4, Inspector::labels);
    inspector("view.query", tr("Query panel"), icon::search, GLFW_KEY_5, Inspector::query);
    list.back().also = {{GLFW_KEY_Q, false, false}};
    list.push_back({.id = "view.present",
                    .name = tr("Presentation"),
                    .menu = menu,
                    .icon = icon::presentation,
                    .key = GLFW_KEY_F5,
                    .checked = [](Ui& ui) { return ui.mode == Mode::present; },
                    .run = toggle_presentation,
                    .also = {{GLFW_KEY_SPACE, false, false}},
                    .separator_before = true});
    list.push_back({.id = "view.frame_times",
                    .name = tr("Frame times"),
                    .menu = menu,
                    .icon = icon::chart_bar,
                    .key = GLFW_KEY_F3,
                    .checked = [](Ui& ui) { return ui.panels.frame_times_open; },
                    .run = toggle_frame_times,
                    .while_typing = true});
    list.push_back({.id = "view.save_slowest_frame",
                    .name = tr("Save trace of the slowest frame…"),
                    .menu = menu,
                    .enabled = [](Ui&) { return slowest_frame().has_value(); },
                    .run = save_slowest_frame});
    list.push_back({.id = "view.shortcuts",
                    .name = tr("Keyboard shortcuts"),
                    .menu = menu,
                    .icon = icon::keyboard,
                    .key = GLFW_KEY_F1,
                    .run = [](Ui& ui) { ui.panels.shortcuts_open = !ui.panels.shortcuts_open; },
                    .while_typing = true});
    return list;
}

}  // namespace

std::vector<Command> view_commands() {
    const char* menu = "View";
    std::vector<Command> list = looking_commands(menu);
    for (auto part : {tool_commands(menu), window_commands(menu)})
        list.insert(list.end(), part.begin(), part.end());
    return list;
}

std::vector<Command> analyse_commands() {
    const char* menu = "Analyse";
    std::vector<Command> list;
    const auto drawer = [&](const char* id, const char* name, const char* picture, int key, Drawer which) {
        list.push_back({.id = id,
                        .name = name,
                        .menu = menu,
                        .icon = picture,
                        .key = key,
                        .checked = [which](Ui& ui) { return ui.panels.drawer == which; },
                        .run = [which](Ui& ui) { toggle_drawer(ui, which); }});
    };
    drawer("analyse.table", tr("Table"), icon::table, GLFW_KEY_T, Drawer::table);
    drawer("analyse.ranking", tr("Ranking"), icon::format_list_numbers, GLFW_KEY_R, Drawer::ranking);
    drawer("analyse.match", tr("Match report"), icon::check, GLFW_KEY_M, Drawer::match);
    drawer("analyse.problems", tr("Problems"), icon::vector_polygon, GLFW_KEY_P, Drawer::problems);
    drawer("analyse.diagnostics", tr("Diagnostics"), icon::alert, GLFW_KEY_N, Drawer::diagnostics);
    drawer("analyse.sql", tr("SQL"), icon::file_document, GLFW_KEY_S, Drawer::sql);
    list.push_back({.id = "analyse.check_boundaries",
                    .name = tr("Check boundaries"),
                    .menu = menu,
                    .icon = icon::check,
                    .enabled = can_check_boundaries,
                    .run = check_boundaries,
                    .separator_before = true});
    list.push_back(
        {.id = "analyse.carry_over",
         .name = tr("Carry data over to other units…"),
         .menu = menu,
         .icon = icon::swap_vertical,
         .enabled = [](Ui& ui) { return ui.session.workspace().find_layer(ui.session.active_layer) != nullptr; },
         .run = begin_crosswalk});
    list.push_back({.id = "analyse.edit_carried",
                    .name = tr("Edit carried data…"),
                    .menu = menu,
                    .enabled = [](Ui& ui) { return !carried_to_edit(ui).empty(); },
                    .run = [](Ui& ui) { edit_crosswalk(ui, carried_to_edit(ui)); }});
    for (auto& command : measure_commands(menu))
        list.push_back(std::move(command));
    list.push_back({.id = "analyse.year_before",
                    .name = tr("Year before"),
                    .menu = menu,
                    .icon = icon::chevron_left,
                    .key = GLFW_KEY_LEFT_BRACKET,
                    .enabled = [](Ui& ui) { return !years(ui.session).empty(); },
                    .run = [](Ui& ui) { step_year(ui, -1); },
                    .separator_before = true});
    list.push_back({.id = "analyse.year_after",
                    .name = tr("Year after"),
                    .menu = menu,
                    .icon = icon::chevron_right,
                    .key = GLFW_KEY_RIGHT_BRACKET,
                    .enabled = [](Ui& ui) { return !years(ui.session).empty(); },
                    .run = [](Ui& ui) { step_year(ui, 1); }});
    list.push_back(arrow("map.left", tr("Move the map left"), GLFW_KEY_LEFT, 1, 0, -1));
    list.push_back(arrow("map.right", tr("Move the map right"), GLFW_KEY_RIGHT, -1, 0, 1));
    list.push_back(arrow("map.up", tr("Move the map up"), GLFW_KEY_UP, 0, 1, 0));
    list.push_back(arrow("map.down", tr("Move the map down"), GLFW_KEY_DOWN, 0, -1, 0));
    return list;
}

}  // namespace diaban::ui
