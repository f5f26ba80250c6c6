#include <GLFW/glfw3.h>

#include <algorithm>
#include <cfloat>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"
#include "ui/panels/swatch.h"

namespace diaban::ui {

namespace {

/// Why a layer has no features, in words; empty while it is still being read.
std::string failure(Session& session, const Layer& layer) {
    const Source* source = session.workspace().find_source(layer.source);
    for (const Diagnostic& d : session.diagnostics()) {
        if (d.kind != DiagnosticKind::layer_failed) continue;
        const bool ours = d.where.layer == layer.name || d.where.layer == layer.id || d.where.layer == layer.source ||
                          (source && !d.where.file.empty() &&
                           (d.where.file == to_utf8(source->path) || d.where.file == to_utf8(source->path.filename())));
        if (ours) return to_text(d);
    }
    return session.jobs().busy() ? std::string() : std::string(tr("This layer could not be read."));
}

void open_dialog(Ui& ui, FileDialogState::Purpose purpose) {
    if (!run_command(ui, purpose == FileDialogState::Purpose::add ? "workspace.add" : "workspace.open"))
        ui.panels.dialog.purpose = purpose;
}

void start_renaming(Ui& ui, const Layer& layer) {
    ui.panels.layers = {.renaming = layer.id, .name = layer.name, .focus_name = true};
}

/// The copy lies above its model and is what is worked on next.
void duplicate(Session& session, const std::string& id) {
    const std::string copied = unused_id(session.workspace(), id);
    session.edit(tr("Duplicate layer"), [&](Workspace& workspace) {
        const auto at = std::ranges::find(workspace.layers, id, &Layer::id);
        if (at == workspace.layers.end()) return;
        Layer copy = *at;
        copy.id = copied;
        copy.name += std::string(" ") + tr("(copy)");
        workspace.layers.insert(at, std::move(copy));
    });
    if (session.workspace().find_layer(copied)) session.active_layer = copied;
}

void context_menu(Ui& ui, const Layer& layer) {
    Session& session = ui.session;
    if (ImGui::MenuItem(tr("Zoom to layer"))) ui.map.zoom_to_layer(session, layer.id);
    if (ImGui::MenuItem(tr("Rename"), "F2")) start_renaming(ui, layer);
    if (ImGui::MenuItem(tr("Duplicate"))) return duplicate(session, layer.id);
    if (ImGui::MenuItem(tr("Show in the legend"), nullptr, layer.in_legend)) {
        return session.edit(tr("Legend entry"), [id = layer.id](Workspace& workspace) {
            if (Layer* changed = workspace.find_layer(id)) changed->in_legend = !changed->in_legend;
        });
    }
    if (ImGui::MenuItem(tr("Quiet background"), nullptr, layer.background)) {
        return session.edit(tr("Background layer"), [id = layer.id](Workspace& workspace) {
            if (Layer* changed = workspace.find_layer(id)) changed->background = !changed->background;
        });
    }
    tooltip(tr("Background layers are neither selected nor counted."));
    ImGui::Separator();
    if (ImGui::MenuItem(tr("Import settings…"))) return ui.session.begin_import_settings(layer.source);
    tooltip(tr("How the file is understood: its header, numbers, encoding and coordinate system"));
    for (const Join& join : std::vector<Join>(layer.joins)) {
        const std::string label = std::string(tr("Import settings of the table")) + " " + join.source + "…";
        if (ImGui::MenuItem(label.c_str())) return ui.session.begin_import_settings(join.source);
    }
    if (!layer.joins.empty() && ImGui::MenuItem(tr("Match report"))) {
        ui.session.active_layer = layer.id;
        ui.panels.drawer = Drawer::match;
    }
    ImGui::Separator();
    if (ImGui::MenuItem(tr("Remove"))) return session.remove_layer(layer.id);
}

void name_field(Ui& ui, const Layer& layer, float width) {
    LayersState& state = ui.panels.layers;
    if (state.focus_name) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(width);
    const bool entered = ImGui::InputText("##name", &state.name,
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    const bool left = !state.focus_name && ImGui::IsItemDeactivated();
    state.focus_name = false;
    if (!entered && !left) return;
    const bool given_up = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
    const std::string name = trim(state.name);
    state.renaming.clear();
    if (!given_up && !name.empty() && name != layer.name) ui.session.rename_layer(layer.id, name);
}

/// What a row asks for once the list is drawn: changes in mid-list would pull the rug from under the loop.
struct Moved {
    std::string layer;
    std::size_t to = 0;
};

/// Where a layer dragged over this row would go, with a line that shows it.
void drop_target(const Workspace& workspace, std::size_t row, ImVec2 from, ImVec2 to, std::optional<Moved>& moved) {
    if (!ImGui::BeginDragDropTarget()) return;
    const auto flags = ImGuiDragDropFlags_AcceptBeforeDelivery | ImGuiDragDropFlags_AcceptNoDrawDefaultRect;
    if (const ImGuiPayload* payload = ImGui::AcceptDragDropPayload("diaban.layer", flags)) {
        const std::size_t dragged = *static_cast<const std::size_t*>(payload->Data);
        const bool below = ImGui::GetMousePos().y > (from.y + to.y) / 2;
        const std::size_t gap_at = row + (below ? 1 : 0);
        const float y = below ? to.y : from.y;
        ImGui::GetWindowDrawList()->AddLine({from.x, y}, {to.x, y}, to_u32(palette().accent), px(2));
        if (payload->IsDelivery() && dragged < workspace.layers.size())
            moved = Moved{workspace.layers[dragged].id, gap_at > dragged ? gap_at - 1 : gap_at};
    }
    ImGui::EndDragDropTarget();
}

/// The count, or what is wrong, at the row's right end; returns where it begins.
float right_end(Ui& ui, const Layer& layer, const LayerResultPtr& result, ImVec2 row_from, ImVec2 row_to) {
    ImFont* font = fonts().small;
    const float y = (row_from.y + row_to.y - font->FontSize) / 2;
    const auto at_right = [&](const std::string& shown, Rgba colour) {
        const float left = row_to.x - px(8) - text_width(shown, font);
        draw_text({left, y}, colour, shown, font);
        return left;
    };
    if (result && result->features) {
        const int64_t all = result->features->count();
        const int64_t shown = result->shown_count;
        const bool partly = !layer.filter.empty() && shown != all;
        return at_right(partly ? format_integer(shown) + " / " + format_integer(all) : format_integer(all),
                        palette().muted);
    }
    if (result && result->picture) return row_to.x - px(8);  // nothing of it is counted
    const std::string why = failure(ui.session, layer);
    const float left = at_right(why.empty() ? "…" : icon::alert, why.empty() ? palette().muted : palette().warning);
    ImGui::SetCursorScreenPos({row_to.x - px(28), row_from.y});
    ImGui::Dummy({px(28), row_to.y - row_from.y});
    tooltip(why.empty() ? std::string(tr("Being read …")) : why);
    return left;
}

/// True when the workspace changed and the loop has to stop.
bool layer_row(Ui& ui, std::size_t row, std::optional<Moved>& moved) {
    Session& session = ui.session;
    const uint64_t revision = session.revision();
    const Workspace& workspace = session.workspace();
    const Layer layer = workspace.layers[row];
    const LayerResultPtr result = session.layer(layer.id);
    const Layer* shown = shown_layer(session);
    const bool active = shown && shown->id == layer.id;

    ImGui::PushID(layer.id.c_str());
    const float height = px(32);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 to{from.x + ImGui::GetContentRegionAvail().x, from.y + height};
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    if (row_selectable("##row", active, ImGuiSelectableFlags_AllowDoubleClick | ImGuiSelectableFlags_AllowItemOverlap,
                       {0, height})) {
        session.active_layer = layer.id;
        session.touch();
        if (ImGui::IsMouseDoubleClicked(0)) start_renaming(ui, layer);
    }
    if (ImGui::BeginDragDropSource(ImGuiDragDropFlags_SourceNoDisableHover)) {
        ImGui::SetDragDropPayload("diaban.layer", &row, sizeof row);
        text(layer.name);
        ImGui::EndDragDropSource();
    }
    drop_target(workspace, row, from, to, moved);
    if (ImGui::BeginPopupContextItem("menu")) {
        context_menu(ui, layer);
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
    const ImVec2 after = ImGui::GetCursorScreenPos();

    const float button = ImGui::GetFrameHeight();
    ImGui::SetCursorScreenPos({from.x + px(2), from.y + (height - button) / 2});
    if (icon_button("eye", layer.visible ? icon::eye : icon::eye_off, layer.visible ? tr("Hide") : tr("Show")))
        session.set_visible(layer.id, !layer.visible);

    const float swatch_x = from.x + px(2) + button + px(4);
    draw_swatch(layer, result, {swatch_x, from.y + px(9)}, {swatch_x + px(22), to.y - px(9)});
    const float name_x = swatch_x + px(30);
    if (ui.panels.layers.renaming == layer.id) {
        ImGui::SetCursorScreenPos({name_x - px(4), from.y + (height - button) / 2});
        name_field(ui, layer, to.x - name_x);
    } else {
        const float name_width = right_end(ui, layer, result, from, to) - px(8) - name_x;
        ImFont* font = active ? fonts().medium : fonts().regular;
        ImGui::PushFont(font);
        const std::string cut = cut_to(layer.name, name_width);
        ImGui::PopFont();
        draw_text({name_x, from.y + (height - font->FontSize) / 2}, layer.visible ? palette().text : palette().muted,
                  cut, font);
        if (cut != layer.name && ImGui::IsMouseHoveringRect({name_x, from.y}, {name_x + name_width, to.y}) &&
            ImGui::IsWindowHovered())
            ImGui::SetTooltip("%s", layer.name.c_str());
    }
    ImGui::SetCursorScreenPos(after);
    ImGui::PopID();
    return session.revision() != revision;
}

void header(Ui& ui) {
    ImGui::AlignTextToFramePadding();
    text_in(fonts().medium, palette().text, tr("Layers"));
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - ImGui::GetFrameHeight(), 0);
    if (icon_button("add", icon::plus, with_key(tr("Add data"), "workspace.add")))
        open_dialog(ui, FileDialogState::Purpose::add);
}

/// What can be done with the active layer, at the foot of the panel.
void foot(Ui& ui, const std::string& id) {
    Session& session = ui.session;
    const Layer* found = session.workspace().find_layer(id);
    if (!found) return;
    const Layer layer = *found;
    ImGui::Separator();
    gap(4);
    property(tr("Opacity"));
    double percent = layer.opacity * 100;
    if (slider("##opacity", percent, 0, 100, "%.0f%%")) session.set_opacity(layer.id, percent / 100);
    if (ImGui::IsItemDeactivated()) session.seal();
    if (icon_button("zoom", icon::zoom_to, with_key(tr("Zoom to layer"), "view.zoom_layer")))
        ui.map.zoom_to_layer(session, layer.id);
    ImGui::SameLine(0, px(2));
    if (icon_button("rename", icon::pencil, tr("Rename  (F2)"))) start_renaming(ui, layer);
    ImGui::SameLine(0, px(2));
    if (icon_button("duplicate", icon::duplicate, tr("Duplicate"))) duplicate(session, layer.id);
    ImGui::SameLine(0, px(2));
    if (icon_button("remove", icon::remove, tr("Remove layer"))) session.remove_layer(layer.id);
    ImGui::SameLine(0, 0);
    const char* add = tr("Add…");
    const float width = text_width(add) + 2 * ImGui::GetStyle().FramePadding.x;
    ImGui::SetCursorPosX(ImGui::GetWindowContentRegionMax().x - width);
    if (button(add)) open_dialog(ui, FileDialogState::Purpose::add);
}

}  // namespace

void layers_panel(Ui& ui) {
    Session& session = ui.session;
    header(ui);
    if (session.workspace().layers.empty()) {
        if (session.jobs().busy()) return empty_state(icon::refresh, tr("Reading …"), session.jobs().status().title);
        empty_state(icon::layers, tr("No layers yet"), tr("Drop files here, or open the demo."));
        gap(8);
        if (primary_button(tr("Open…"), -FLT_MIN)) open_dialog(ui, FileDialogState::Purpose::open);
        return;
    }
    const float foot_height = 2 * ImGui::GetFrameHeightWithSpacing() + px(16);
    std::optional<Moved> moved;
    if (ImGui::BeginChild("list", {0, -foot_height})) {
        for (std::size_t row = 0; row < session.workspace().layers.size(); ++row)
            if (layer_row(ui, row, moved)) break;
        const Layer* active = shown_layer(session);
        const bool typing = ImGui::GetIO().WantTextInput;
        if (active && !typing && ImGui::IsWindowFocused() && ImGui::IsKeyPressed(GLFW_KEY_F2))
            start_renaming(ui, *active);
    }
    ImGui::EndChild();
    if (moved) session.move_layer(moved->layer, moved->to);
    if (const Layer* active = shown_layer(session)) foot(ui, active->id);
}

}  // namespace diaban::ui
