// The bottom: what the map is in, where the pointer is, how much is selected, what was noticed, what is being done.
#include <imgui.h>

#include <algorithm>
#include <string>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/layout.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

/// Flat text that can be clicked.
bool link(const char* id, const std::string& shown, Rgba colour, std::string_view tip) {
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(colour));
    ImGui::PushStyleColor(ImGuiCol_Button, ImVec4(0, 0, 0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    const bool clicked = ImGui::Button((shown + "###" + id).c_str());
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
    tooltip(tip);
    ImGui::SameLine(0, px(4));
    return clicked;
}

/// Text in a field at least `width` logical pixels wide, so that what follows does not jump.
void field(const std::string& shown, float width) {
    ImGui::SameLine(0, px(8));
    const float left = ImGui::GetCursorPosX();
    ImGui::AlignTextToFramePadding();
    text_in(fonts().small, palette().muted, shown);
    ImGui::SameLine(left + std::max(px(width), text_width(shown, fonts().small)), px(12));
}

Box degrees_of_data(Session& session) {
    Box box;
    for (const Layer& layer : session.workspace().layers) {
        const auto it = session.datasets().find(layer.source);
        if (!layer.background && it != session.datasets().end() && !it->second->is_raster())
            box.extend(it->second->lon_lat_box());
    }
    return box;
}

void crs_choice(Ui& ui) {
    const Crs& crs = ui.session.crs();
    if (link("crs", crs.known() ? crs.name() : tr("No coordinate system"), palette().text,
             tr("Coordinate system of the map; click to change it"))) {
        ImGui::OpenPopup("##crs_choices");
    }
    if (!ImGui::BeginPopup("##crs_choices")) return;
    text_muted(tr("Coordinate system of the map"));
    ImGui::Separator();
    if (ImGui::MenuItem(tr("Chosen from the data"), nullptr, ui.session.workspace().map_crs.empty())) {
        ui.session.set_map_crs("");
    }
    for (const Crs& choice : map_crs_choices(degrees_of_data(ui.session))) {
        const bool now = choice == crs;
        if (ImGui::MenuItem(choice.name().c_str(), choice.code().c_str(), now)) {
            ui.session.set_map_crs(choice.definition());
        }
    }
    ImGui::EndPopup();
}

std::string selection_text(Session& session) {
    const std::string id = session.selection.empty() ? session.active_layer : session.selection.layer_id;
    const LayerResultPtr result = session.layer(id);
    if (!result || session.selection.empty()) return tr("nothing selected");
    return format_count_of(static_cast<int64_t>(session.selection.features.size()), result->shown_count) + " " +
           tr("selected");
}

void notes(Ui& ui) {
    int64_t count = 0;
    bool serious = false;
    for (const Diagnostic& diagnostic : ui.session.diagnostics()) {
        ++count;
        serious = serious || diagnostic.severity == Severity::error;
    }
    const std::string shown = std::string(count > 0 ? icon::alert : icon::check) + " " + format_integer(count) + " " +
                              tr_n("note", "notes", static_cast<long>(count));
    const Rgba colour = serious ? palette().error : count > 0 ? palette().warning : palette().muted;
    if (link("notes", shown, colour, tr("Everything noticed about the data"))) {
        ui.panels.drawer = ui.panels.drawer == Drawer::diagnostics ? Drawer::none : Drawer::diagnostics;
    }
}

void job(Ui& ui, const ScreenRect& place) {
    const Jobs::Status status = ui.session.jobs().status();
    const std::string shown = status.stage.empty() ? status.title : status.stage;
    const float bar = px(120);
    const float right = place.x + place.width - px(12);
    const float button = px(22);
    const float bar_left = right - button - px(6) - bar;
    const std::string cut = cut_to(shown, px(280));
    ImGui::SetCursorScreenPos({bar_left - px(10) - text_width(cut, fonts().small), ImGui::GetCursorScreenPos().y});
    ImGui::AlignTextToFramePadding();
    text_in(fonts().small, palette().muted, cut);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float middle = place.y + place.height / 2;
    const ImVec2 from{bar_left, middle - px(2)};
    draw->AddRectFilled(from, {from.x + bar, middle + px(2)}, to_u32(palette().line), px(2));
    // Without a known end a third of the bar wanders.
    const float now = static_cast<float>(ui.session.seconds());
    const float share = status.fraction < 0 ? 0.3F : static_cast<float>(std::clamp(status.fraction, 0.0, 1.0));
    const float start = status.fraction < 0 ? (now - static_cast<float>(static_cast<int>(now))) * 0.7F : 0.0F;
    draw->AddRectFilled({from.x + bar * start, from.y}, {from.x + bar * (start + share), middle + px(2)},
                        to_u32(palette().accent), px(2));
    ImGui::SetCursorScreenPos({right - button, place.y + (place.height - ImGui::GetFrameHeight()) / 2});
    if (ImGui::SmallButton(icon::close)) ui.session.jobs().cancel_all();
    tooltip(tr("Stop reading"));
}

void at_the_right(const ScreenRect& place, Rgba colour, const std::string& shown) {
    const float width = text_width(shown, fonts().small);
    ImGui::SetCursorScreenPos({place.x + place.width - width - px(14), ImGui::GetCursorScreenPos().y});
    ImGui::AlignTextToFramePadding();
    text_in(fonts().small, colour, shown);
}

void saved_state(Ui& ui, const ScreenRect& place) {
    const bool unsaved = ui.session.unsaved();
    const std::string shown = unsaved ? tr("unsaved changes") : tr("saved");
    if (!unsaved && ui.session.file().empty()) return;
    const std::string all = std::string(unsaved ? "• " : "") + shown;
    at_the_right(place, unsaved ? palette().text : palette().muted, all);
}

}  // namespace

void status_bar(Ui& ui, const ScreenRect& place) {
    ImGui::SetNextWindowPos({place.x, place.y});
    ImGui::SetNextWindowSize({place.width, place.height});
    ImGui::PushFont(fonts().small);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), px(3)});
    const float top = (place.height - ImGui::GetFrameHeight()) / 2;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(8), top});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("##status", nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(4);
    ImGui::GetWindowDrawList()->AddLine({place.x, place.y}, {place.x + place.width, place.y}, to_u32(palette().line),
                                        std::max(1.0F, px(1)));
    crs_choice(ui);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ScreenRect& map = ui.layout.map;
    std::string where;
    if (mouse.x >= map.x && mouse.x < map.x + map.width && mouse.y >= map.y && mouse.y < map.y + map.height) {
        const double unit = static_cast<double>(px(1));
        const Pixel at{static_cast<double>(mouse.x - map.x) / unit, static_cast<double>(mouse.y - map.y) / unit};
        if (const auto p = ui.map.lon_lat(ui.session, at)) where = format_lon_lat(p->x, p->y);
    }
    field(where, 150);
    const double scale = ui.map.scale_denominator(ui.session);
    field(scale > 0 ? format_scale(scale) : std::string(), 74);
    field(selection_text(ui.session), 110);
    notes(ui);
    if (ui.session.jobs().busy()) {
        job(ui, place);
    } else if (ui.session.raster_maker != nullptr && !ui.session.raster_maker->idle()) {
        at_the_right(place, palette().muted, std::string(icon::image_area) + " " + tr("loading map pictures …"));
    } else {
        saved_state(ui, place);
    }
    ImGui::End();
    ImGui::PopStyleVar();
    ImGui::PopFont();
}

}  // namespace diaban::ui
