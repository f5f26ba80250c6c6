// Commands of the menus Workspace and Edit.
#include <GLFW/glfw3.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/file.h"
#include "base/i18n.h"
#include "ui/command_list.h"
#include "ui/icons.h"
#include "ui/panels/export_layer.h"
#include "ui/query/sections.h"
#include "ui/sql/sql_run.h"
#include "ui/tools/drawing.h"

namespace diaban::ui {

namespace {

using Purpose = FileDialogState::Purpose;

/// Beside the workspace, with a name to start from.
void open_dialog(Ui& ui, Purpose purpose, std::string file_name = {}) {
    FileDialogState& dialog = ui.panels.dialog;
    if (dialog.folder.empty()) {
        std::error_code none;
        dialog.folder =
            ui.session.file().empty() ? std::filesystem::current_path(none) : ui.session.file().parent_path();
    }
    dialog.file_name = std::move(file_name);
    dialog.filter.clear();
    dialog.purpose = purpose;
}

void save(Ui& ui) {
    if (ui.session.file().empty()) {
        open_dialog(ui, Purpose::save_workspace, "workspace.toml");
        return;
    }
    const auto saved = ui.session.save(ui.session.file());
    if (saved) {
        ui.session.say(Severity::note, std::string(tr("Saved")) + ": " + ui.session.file_name());
    } else {
        ui.session.say(saved.error());
    }
}

void select_all(Ui& ui) {
    const LayerResultPtr result = ui.session.layer(ui.session.active_layer);
    if (!result) return;
    std::vector<uint32_t> all;
    for (uint32_t f = 0; f < result->shown.size(); ++f) {
        if (result->shown[f] != 0) all.push_back(f);
    }
    ui.session.select(result->layer_id, all);
}

void invert_selection(Ui& ui) {
    const LayerResultPtr result = ui.session.layer(ui.session.active_layer);
    if (!result) return;
    const bool same = ui.session.selection.layer_id == result->layer_id;
    std::vector<uint32_t> others;
    for (uint32_t f = 0; f < result->shown.size(); ++f) {
        if (result->shown[f] != 0 && !(same && ui.session.selection.features.contains(f))) others.push_back(f);
    }
    ui.session.select(result->layer_id, others);
}

bool has_active_layer(Ui& ui) {
    return ui.session.workspace().find_layer(ui.session.active_layer) != nullptr;
}

/// The files behind the active layer and the tables joined to it.
void reload_layer(Ui& ui) {
    const Workspace& workspace = ui.session.workspace();
    const Layer* layer = workspace.find_layer(ui.session.active_layer);
    std::vector<std::string> wanted;
    const auto add = [&](const std::string& source) {
        for (const Source* file : workspace.files_behind(source))
            wanted.push_back(file->id);
    };
    add(layer->source);
    for (const Join& join : layer->joins)
        add(join.source);
    if (!wanted.empty()) ui.session.reload(std::move(wanted));
}

void begin_export(Ui& ui) {
    const Layer* layer = ui.session.workspace().find_layer(ui.session.active_layer);
    ExportState& exporting = ui.panels.exporting;
    exporting.layer = layer->id;
    exporting.rows = ExportRows::shown;
    std::string name = layer->name;
    std::ranges::replace_if(
        name, [](char c) { return c == '/' || c == '\\' || c == ':'; }, '_');
    open_dialog(ui, Purpose::export_layer, name + exporting.extension);
}

/// What Esc leaves, the nearest thing first.
void leave(Ui& ui) {
    PanelState& panels = ui.panels;
    if (panels.ask_unsaved) {
        stay_after_question(ui);
    } else if (panels.dialog.purpose != Purpose::none) {
        panels.dialog.purpose = Purpose::none;
    } else if (panels.palette_open) {
        panels.palette_open = false;
    } else if (panels.shortcuts_open) {
        panels.shortcuts_open = false;
    } else if (ui.session.import.open || panels.crosswalk.open || panels.database.open || panels.basemap.open ||
               ui.session.password_wanted) {
        // Its own keys: an open list or question goes first (import/assistant.cpp).
    } else if (panels.drawer == Drawer::sql && stop_sql(panels.sql)) {
        // A statement under way; what is selected stays.
    } else if (panels.inspector_open && panels.inspector == Inspector::query && stop_asking(ui)) {
        // A question under way.
    } else if (ui.gesture.kind != MapGesture::Kind::none) {
        ui.gesture = {};
    } else if (clear_drawing(ui)) {
        // Points, or what was drawn last; the tool stays.
    } else if (ui.mode == Mode::present) {
        ui.mode = ui.mode_before;
    } else if (ui.tool != Tool::pan) {
        ui.tool = Tool::pan;
    } else {
        panels.measure.drawn.reset();
        ui.session.clear_selection();
    }
}

}  // namespace

std::vector<Command> workspace_commands() {
    const char* menu = "Workspace";
    std::vector<Command> list;
    list.push_back({.id = "workspace.open",
                    .name = tr("Open…"),
                    .menu = menu,
                    .icon = icon::folder_outline,
                    .key = GLFW_KEY_O,
                    .ctrl = true,
                    .run = [](Ui& ui) { open_dialog(ui, Purpose::open); },
                    .while_typing = true});
    list.push_back({.id = "workspace.add",
                    .name = tr("Add data…"),
                    .menu = menu,
                    .icon = icon::folder_plus,
                    .key = GLFW_KEY_O,
                    .ctrl = true,
                    .shift = true,
                    .run = [](Ui& ui) { open_dialog(ui, Purpose::add); },
                    .while_typing = true});
    list.push_back({.id = "workspace.import",
                    .name = tr("Import data…"),
                    .menu = menu,
                    .icon = icon::download,
                    .key = GLFW_KEY_I,
                    .ctrl = true,
                    .run = [](Ui& ui) { open_dialog(ui, Purpose::import); },
                    .while_typing = true});
    list.push_back({.id = "workspace.import_settings",
                    .name = tr("Import settings of the layer…"),
                    .menu = menu,
                    .icon = icon::settings,
                    .enabled = has_active_layer,
                    .run = [](Ui& ui) {
                        const Layer* layer = ui.session.workspace().find_layer(ui.session.active_layer);
                        ui.session.begin_import_settings(layer->source);
                    }});
    list.push_back({.id = "workspace.add_from_database",
                    .name = tr("Add from database…"),
                    .menu = menu,
                    .icon = icon::harddisk,
                    .run = [](Ui& ui) { ui.panels.database.open = true; }});
    list.push_back({.id = "workspace.add_basemap",
                    .name = tr("Add basemap…"),
                    .menu = menu,
                    .icon = icon::image_area,
                    .key = GLFW_KEY_B,
                    .ctrl = true,
                    .run = [](Ui& ui) { ui.panels.basemap.open = true; }});
    list.push_back({.id = "workspace.reload_layer",
                    .name = tr("Reload data of the layer"),
                    .menu = menu,
                    .icon = icon::refresh,
                    .key = GLFW_KEY_R,
                    .ctrl = true,
                    .enabled = has_active_layer,
                    .run = reload_layer});
    list.push_back({.id = "workspace.reload",
                    .name = tr("Reload all data"),
                    .menu = menu,
                    .key = GLFW_KEY_R,
                    .ctrl = true,
                    .shift = true,
                    .enabled = [](Ui& ui) { return !ui.session.workspace().sources.empty(); },
                    .run = [](Ui& ui) { ui.session.reload({}); }});
    list.push_back({.id = "workspace.demo",
                    .name = tr("Open the demo"),
                    .menu = menu,
                    .icon = icon::map,
                    .enabled = [](Ui&) { return !program_data_dir().empty(); },
                    .run = [](Ui& ui) { request_open(ui, {program_data_dir() / "quang_ninh" / "demo.toml"}); }});
    list.push_back({.id = "workspace.save",
                    .name = tr("Save"),
                    .menu = menu,
                    .icon = icon::save,
                    .key = GLFW_KEY_S,
                    .ctrl = true,
                    .enabled = [](Ui& ui) { return ui.session.unsaved() || !ui.session.workspace().layers.empty(); },
                    .run = save,
                    .while_typing = true,
                    .separator_before = true});
    list.push_back({.id = "workspace.save_as",
                    .name = tr("Save as…"),
                    .menu = menu,
                    .key = GLFW_KEY_S,
                    .ctrl = true,
                    .shift = true,
                    .run =
                        [](Ui& ui) {
                            const bool untitled = ui.session.file().empty();
                            open_dialog(ui, Purpose::save_workspace,
                                        untitled ? "workspace.toml" : ui.session.file_name());
                        },
                    .while_typing = true});
    list.push_back({.id = "workspace.save_picture",
                    .name = tr("Save picture…"),
                    .menu = menu,
                    .icon = icon::image_area,
                    .key = GLFW_KEY_E,
                    .ctrl = true,
                    .enabled = [](Ui& ui) { return ui.map.placed(); },
                    .run =
                        [](Ui& ui) {
                            std::filesystem::path name = ui.session.file().stem();
                            if (name.empty()) name = "map";
                            name += ".png";
                            open_dialog(ui, Purpose::save_picture, to_utf8(name));
                        },
                    .while_typing = true,
                    .separator_before = true});
    list.push_back({.id = "workspace.export_layer",
                    .name = tr("Export layer…"),
                    .menu = menu,
                    .icon = icon::export_file,
                    .key = GLFW_KEY_E,
                    .ctrl = true,
                    .shift = true,
                    .enabled = [](Ui& ui) { return can_export(ui.session); },
                    .run = begin_export,
                    .while_typing = true});
    list.push_back({.id = "workspace.quit",
                    .name = tr("Quit"),
                    .menu = menu,
                    .key = GLFW_KEY_Q,
                    .ctrl = true,
                    .run = request_quit,
                    .while_typing = true,
                    .separator_before = true});
    return list;
}

std::vector<Command> edit_commands() {
    const char* menu = "Edit";
    std::vector<Command> list;
    list.push_back({.id = "edit.undo",
                    .name = tr("Undo"),
                    .menu = menu,
                    .icon = icon::undo,
                    .key = GLFW_KEY_Z,
                    .ctrl = true,
                    .enabled = [](Ui& ui) { return ui.session.history().can_undo(); },
                    .run = [](Ui& ui) { ui.session.undo(); }});
    list.push_back({.id = "edit.redo",
                    .name = tr("Redo"),
                    .menu = menu,
                    .icon = icon::redo,
                    .key = GLFW_KEY_Z,
                    .ctrl = true,
                    .shift = true,
                    .enabled = [](Ui& ui) { return ui.session.history().can_redo(); },
                    .run = [](Ui& ui) { ui.session.redo(); },
                    .also = {{GLFW_KEY_Y, true, false}}});
    list.push_back({.id = "edit.select_all",
                    .name = tr("Select all of the layer"),
                    .menu = menu,
                    .icon = icon::select,
                    .key = GLFW_KEY_A,
                    .ctrl = true,
                    .enabled = has_active_layer,
                    .run = select_all,
                    .separator_before = true});
    list.push_back({.id = "edit.invert_selection",
                    .name = tr("Invert selection"),
                    .menu = menu,
                    .key = GLFW_KEY_I,
                    .ctrl = true,
                    .shift = true,
                    .enabled = has_active_layer,
                    .run = invert_selection});
    list.push_back({.id = "edit.clear_selection",
                    .name = tr("Clear selection"),
                    .menu = menu,
                    .icon = icon::select_off,
                    .enabled = [](Ui& ui) { return !ui.session.selection.empty(); },
                    .run = [](Ui& ui) { ui.session.clear_selection(); }});
    list.push_back({.id = "edit.search",
                    .name = tr("Search commune, layer, command"),
                    .menu = menu,
                    .icon = icon::search,
                    .key = GLFW_KEY_K,
                    .ctrl = true,
                    .run =
                        [](Ui& ui) {
                            ui.panels.palette_text.clear();
                            ui.panels.palette_open = true;
                        },
                    .also = {{GLFW_KEY_F, true, false}, {GLFW_KEY_SLASH, false, false}},
                    .while_typing = true,
                    .separator_before = true});
    list.push_back(
        {.id = "edit.leave", .name = tr("Leave or clear"), .key = GLFW_KEY_ESCAPE, .run = leave, .while_typing = true});
    return list;
}

}  // namespace diaban::ui
