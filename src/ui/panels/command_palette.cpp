#include <GLFW/glfw3.h>

#include <algorithm>
#include <cfloat>
#include <set>
#include <utility>

#include "base/i18n.h"
#include "base/text.h"
#include "query/search.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/panels/palette_hits.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

constexpr std::size_t most_of_a_layer = 8;
constexpr std::size_t most_features = 30;  // of all layers together: what nobody scrolls through is not listed

/// 3 begins with it, 2 a word begins with it, 1 holds it somewhere, 0 not at all.
int quality(const std::string& folded_name, const std::string& folded) {
    if (folded_name.starts_with(folded)) return 3;
    if (folded_name.find(" " + folded) != std::string::npos) return 2;
    return folded_name.find(folded) != std::string::npos ? 1 : 0;
}

/// Areas before lines before points: who types a commune's name means the commune, not one of its 40 shelters.
int area_first(const LayerResult& result) {
    switch (result.features->base().geometry.kind()) {
        case GeometryKind::polygon:
            return 3;
        case GeometryKind::line:
            return 2;
        case GeometryKind::point:
            return 1;
        case GeometryKind::none:
            return 0;
    }
    return 0;
}

/// A place is listed once, however many layers show it and however many points bear its name.
void add_features(Session& session, const std::string& text, std::vector<PaletteHit>& hits) {
    const std::string folded = fold(text);
    std::vector<std::pair<int, std::string>> order;
    for (const Layer& layer : session.workspace().layers) {
        const LayerResultPtr result = session.layer(layer.id);
        if (layer.background || !result || !result->features) continue;
        const int rank = area_first(*result) * 4 + (layer.id == session.active_layer ? 2 : 0) + (layer.visible ? 1 : 0);
        order.emplace_back(rank, layer.id);
    }
    std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<int, std::string>::first);
    std::set<std::pair<std::string, std::string>> seen;
    std::size_t found = 0;
    for (const auto& [rank, id] : order) {
        const Layer& layer = *session.workspace().find_layer(id);
        const LayerResultPtr result = session.layer(id);
        std::size_t here = 0;
        for (const uint32_t feature : search(*result->features, text)) {
            const std::string name = feature_name(layer, *result->features, feature, result->time);
            if (!seen.insert({layer.source, name}).second) continue;
            if (++here > most_of_a_layer) break;
            if (++found > most_features) return;
            const int good = std::max(1, quality(fold(name), folded));
            hits.push_back({PaletteHit::Kind::feature, icon::map_marker, name, layer.name, id, feature,
                            good * 4 + area_first(*result)});
        }
    }
}

}  // namespace

std::vector<PaletteHit> palette_hits(Ui& ui, const std::string& typed) {
    const std::string text = trim(typed);
    const std::string folded = fold(text);
    std::vector<PaletteHit> hits;
    if (!folded.empty()) add_features(ui.session, text, hits);
    for (const Layer& layer : ui.session.workspace().layers) {
        if (const int q = folded.empty() ? 1 : quality(fold(layer.name), folded))
            hits.push_back({PaletteHit::Kind::layer, icon::layers, layer.name, tr("layer"), layer.id, 0, 4 * q});
    }
    for (const Command& command : commands()) {
        if (command.name.empty() || (command.enabled && !command.enabled(ui))) continue;
        if (const int q = folded.empty() ? 1 : quality(fold(command.name), folded))
            hits.push_back({PaletteHit::Kind::command, command.icon.empty() ? icon::chevron_right : command.icon,
                            command.name, key_text(command), command.id, 0, 4 * q});
    }
    std::ranges::stable_sort(hits, std::ranges::greater{}, &PaletteHit::quality);
    return hits;
}

void run_hit(Ui& ui, const PaletteHit& hit) {
    switch (hit.kind) {
        case PaletteHit::Kind::feature:
            ui.panels.inspector = Inspector::feature;
            ui.panels.inspector_open = true;
            zoom_to_features(ui, hit.id, {hit.feature});
            return;
        case PaletteHit::Kind::layer:
            ui.session.active_layer = hit.id;
            ui.session.touch();
            ui.map.zoom_to_layer(ui.session, hit.id);
            return;
        case PaletteHit::Kind::command:
            run_command(ui, hit.id);
            return;
    }
}

namespace {

/// True when clicked.
bool hit_row(const PaletteHit& hit, int id, bool now) {
    ImGui::PushID(id);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = px(28);
    const bool clicked = ImGui::Selectable("##hit", now, 0, {0, height});
    const float y = at.y + (height - ImGui::GetTextLineHeight()) / 2;
    draw_text({at.x + px(6), y}, now ? palette().accent : palette().muted, hit.icon);
    const float detail = text_width(hit.detail, fonts().small);
    draw_text({at.x + px(32), y}, palette().text, cut_to(hit.name, width - detail - px(60)));
    draw_text({at.x + width - detail - px(8), y + px(1)}, palette().muted, hit.detail, fonts().small);
    ImGui::PopID();
    return clicked;
}

}  // namespace

void command_palette(Ui& ui) {
    PanelState& panels = ui.panels;
    if (!panels.palette_open) return;
    constexpr const char* name = "###palette";
    if (!ImGui::IsPopupOpen(name)) {
        ImGui::OpenPopup(name);
        panels.palette_row = 0;
    }
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float width = std::min(px(560), screen.x - px(32));
    ImGui::SetNextWindowPos({(screen.x - width) / 2, px(48)});
    ImGui::SetNextWindowSize({width, 0});
    const auto flags = ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoTitleBar |
                       ImGuiWindowFlags_NoSavedSettings;
    if (!ImGui::BeginPopup(name, flags)) {  // clicked elsewhere
        panels.palette_open = false;
        return;
    }
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (search_field("text", tr("Search commune, layer, command"), panels.palette_text)) panels.palette_row = 0;
    const auto hits = palette_hits(ui, panels.palette_text);
    const int last = static_cast<int>(hits.size()) - 1;
    const int before = panels.palette_row;
    if (key_pressed(ui, GLFW_KEY_DOWN)) ++panels.palette_row;
    if (key_pressed(ui, GLFW_KEY_UP)) --panels.palette_row;
    panels.palette_row = std::clamp(panels.palette_row, 0, std::max(last, 0));
    const bool enter = key_pressed(ui, GLFW_KEY_ENTER) || key_pressed(ui, GLFW_KEY_KP_ENTER);
    std::optional<PaletteHit> chosen;
    if (enter && last >= 0) chosen = hits[static_cast<std::size_t>(panels.palette_row)];
    const float rows = std::clamp(static_cast<float>(hits.size()), 1.0F, 11.0F);
    if (ImGui::BeginChild("hits", {0, rows * (px(28) + ImGui::GetStyle().ItemSpacing.y)})) {
        if (hits.empty()) text_muted(std::string(tr("Nothing found for")) + " “" + panels.palette_text + "”.");
        for (int i = 0; i <= last; ++i) {
            if (hit_row(hits[static_cast<std::size_t>(i)], i, i == panels.palette_row))
                chosen = hits[static_cast<std::size_t>(i)];
            if (i == panels.palette_row && before != i) ImGui::SetScrollHereY(0.5F);
        }
    }
    ImGui::EndChild();
    if (chosen || key_pressed(ui, GLFW_KEY_ESCAPE)) {
        panels.palette_open = false;
        panels.palette_text.clear();
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
    if (chosen) run_hit(ui, *chosen);
}

}  // namespace diaban::ui
