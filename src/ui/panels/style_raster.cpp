// The style of a layer that is a raster: how far it steps back behind what lies on it.
#include "base/format.h"
#include "base/i18n.h"
#include "ui/panels/style_parts.h"

namespace diaban::ui {

namespace {

/// In percent either way; true while it changes.
bool share(const char* id, const char* words, double& value) {
    property(words);
    double percent = value * 100;
    if (!slider(id, percent, -100, 100, "%+.0f%%")) return false;
    value = percent / 100;
    return true;
}

}  // namespace

void raster_section(const Raster& raster, Style& style, StyleEdit& edit) {
    if (!begin_section(tr("Picture"))) return;
    RasterStyle now = style.raster.value_or(RasterStyle{});
    ImGui::PushID("raster");
    const auto note = [&](bool changed, const char* words, const char* id) {
        edit.note(changed, words, id);
        if (changed) style.raster = now;
    };
    note(share("##brightness", tr("Brightness"), now.brightness), tr("Change brightness"), "brightness");
    note(share("##contrast", tr("Contrast"), now.contrast), tr("Change contrast"), "contrast");
    property("");
    note(checkbox(tr("Grey"), now.greyscale), tr("Change colours"), "");
    tooltip(tr("Without its colours it steps back behind those of the map."));
    property("");
    note(checkbox(tr("Smooth"), now.smooth), tr("Change smoothing"), "");
    tooltip(tr("Between its pixels colours are interpolated; without, each pixel is seen as it is."));
    const RasterInfo& info = raster.info();
    gap(4);
    text_muted(info.driver + ", " + format_integer(info.width) + " × " + format_integer(info.height));
    ImGui::PopID();
}

}  // namespace diaban::ui
