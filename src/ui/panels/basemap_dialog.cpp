// Adding a basemap: a file, or an address of map tiles as a provider publishes it. None is suggested: whose tiles may
// be used, and under which conditions, is between the user and the provider.
#include <GLFW/glfw3.h>

#include <cfloat>

#include "base/i18n.h"
#include "base/text.h"
#include "data/raster/tile_address.h"
#include "ui/commands.h"
#include "ui/dialog_keys.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

/// Nothing is fetched for it: opening an address only understands it.
Expected<void> add_address(Ui& ui) {
    BasemapState& state = ui.panels.basemap;
    Source source;
    source.path = trim(state.address);
    source.attribution = trim(state.attribution);
    source.import.max_zoom = state.max_zoom;
    const auto service = gdal_tile_service(source.path.string(), state.max_zoom, {});
    if (!service) return tl::make_unexpected(service.error());
    Progress progress;
    auto dataset = read_source(source, progress);
    if (!dataset) return tl::make_unexpected(dataset.error());
    ui.session.add_sources({{source, *dataset}});
    return {};
}

void address_rows(BasemapState& state) {
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-FLT_MIN);
    if (ImGui::InputTextWithHint("##address", "https://…/{z}/{x}/{y}.png", &state.address)) state.error.clear();
    gap(4);
    property(tr("Deepest zoom"));
    integer_stepper("##zoom", state.max_zoom, 0, 24);
    tooltip(tr("The largest number for {z} that the server has pictures for."));
    property(tr("Attribution"));
    ImGui::InputTextWithHint("##attribution", tr("whom every picture has to name"), &state.attribution);
}

}  // namespace

void basemap_dialog(Ui& ui) {
    BasemapState& state = ui.panels.basemap;
    if (!state.open) return;
    if (!begin_modal((std::string(tr("Add basemap")) + "###basemap").c_str(), 560, 0)) return;
    text_in(fonts().medium, palette().text, tr("Address of map tiles"));
    text_muted(tr("As the provider of the map publishes it; its conditions of use hold for you."));
    gap(4);
    address_rows(state);
    if (!state.error.empty()) notice(palette().error, icon::alert_circle, state.error);
    dialog_line();
    const bool file = button(tr("A file instead…"));
    tooltip(tr("A GeoTIFF, a picture with a world file, MBTiles …"));
    ImGui::SameLine(ImGui::GetContentRegionMax().x - px(96 + 8 + 96), 0);
    const bool cancel = button(tr("Cancel"), true, px(96)) || key_pressed(ui, GLFW_KEY_ESCAPE);
    ImGui::SameLine(0, px(8));
    const bool ready = !trim(state.address).empty();
    const bool go = primary_button(tr("Add"), px(96)) || key_pressed(ui, GLFW_KEY_ENTER);
    bool done = cancel || file;
    if (!done && go && ready) {
        const auto added = add_address(ui);
        done = added.has_value();
        if (!added) state.error = to_text(added.error());
    }
    if (done) {
        state = {};
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
    if (file) run_command(ui, "workspace.add");
}

}  // namespace diaban::ui
