#include <algorithm>
#include <cfloat>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/style_parts.h"

namespace diaban::ui {

namespace {

std::string likely_label(const Features& features) {
    for (const Field& field : features.fields())
        if (field.column().type() == ColumnType::text) return field.name();
    return features.fields().empty() ? std::string() : features.fields().front().name();
}

void pixels(const char* label, const char* id, Pixels& value, double low, double high, StyleEdit& edit,
            const char* words) {
    property(label);
    double number = value.value();
    if (!drag_number(id, number, 0.05, low, high, " px", 1)) return;
    value = Pixels(number);
    edit.note(true, words, id);
}

void label_rows(const Features& features, Labels& labels, StyleEdit& edit) {
    property(tr("Text"));
    edit.note(field_choice("##field", features, FieldsOf::all, labels.field), tr("Change label field"), "field");
    pixels(tr("Size"), "##size", labels.size, 6, 72, edit, tr("Change label size"));
    property(tr("Style"));
    if (icon_button("bold", icon::format_bold, tr("Bold"), true, labels.bold)) {
        labels.bold = !labels.bold;
        edit.note(true, tr("Bold labels"), "");
    }
    ImGui::SameLine(0, px(2));
    if (icon_button("italic", icon::format_italic, tr("Italic"), true, labels.italic)) {
        labels.italic = !labels.italic;
        edit.note(true, tr("Italic labels"), "");
    }
    ImGui::SameLine(0, px(8));
    edit.note(colour_button("colour", labels.colour, tr("Text colour")), tr("Change label colour"), "colour");
    property(tr("Halo"));
    edit.note(colour_button("halo", labels.halo, tr("Halo colour"), true), tr("Change halo"), "halo");
    ImGui::SameLine(0, px(8));
    ImGui::SetNextItemWidth(-FLT_MIN);
    double width = labels.halo_width.value();
    if (drag_number("##halo width", width, 0.02, 0, 8, " px", 1)) {
        labels.halo_width = Pixels(width);
        edit.note(true, tr("Change halo"), "halo_width");
    }
    property(tr("Callouts"));
    edit.note(checkbox("##callouts", labels.callouts), tr("Change callouts"), "");
    tooltip(tr("A leader line where the feature is too small for its name"));
    property(tr("Priority"));
    edit.note(integer_stepper("priority", labels.priority, -9, 9), tr("Change label priority"), "priority");
    tooltip(tr("Labels of a higher priority are placed first"));
}

void without_label(Ui& ui, const std::string& layer) {
    const Scene& scene = ui.map.scene(ui.session, ui.theme, ui.furniture());
    std::vector<Unlabelled> missing;
    std::ranges::copy_if(scene.unlabelled, std::back_inserter(missing),
                         [&](const Unlabelled& u) { return u.layer_id == layer; });
    if (!begin_section(tr("Without a label"))) return;
    if (missing.empty()) return text_muted(tr("Every feature in view has its label."));
    text_muted(format_integer(static_cast<int64_t>(missing.size())) + " " +
               tr("found no room at this scale. Click one to go there."));
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(missing.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const Unlabelled& one = missing[static_cast<std::size_t>(i)];
            if (ImGui::Selectable((one.text + "##" + std::to_string(one.feature)).c_str()))
                return zoom_to_features(ui, layer, {one.feature});
        }
    }
}

}  // namespace

void labels_panel(Ui& ui) {
    Session& session = ui.session;
    const Layer* found = shown_layer(session);
    const LayerResultPtr result = shown_result(session);
    if (!found || !result || !result->features)
        return empty_state(icon::label_outline, tr("Nothing to label yet"), tr("Choose a layer on the left."));
    const Layer layer = *found;
    ImGui::PushID(layer.id.c_str());
    ImGui::AlignTextToFramePadding();
    ImGui::PushFont(fonts().medium);
    text_cut(layer.name);
    ImGui::PopFont();
    Style style = layer.style;
    StyleEdit edit;
    bool shown = style.labels.has_value();
    property(tr("Labels"));
    if (checkbox("##labels", shown)) {
        style.labels = shown ? std::optional<Labels>(Labels{.field = likely_label(*result->features)}) : std::nullopt;
        edit.note(true, tr("Show or hide labels"), "");
    }
    if (style.labels) label_rows(*result->features, *style.labels, edit);
    if (!edit.label.empty() && style != layer.style)
        session.set_style(layer.id, style, edit.label, edit.key.empty() ? "" : "labels/" + layer.id + "/" + edit.key);
    if (ImGui::IsMouseReleased(0)) session.seal();
    if (style.labels) without_label(ui, layer.id);
    ImGui::PopID();
}

}  // namespace diaban::ui
