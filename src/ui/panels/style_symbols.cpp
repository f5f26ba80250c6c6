// The style panel's further sections: outlines, hatching, markers and circles.
#include <algorithm>

#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/panels/style_parts.h"
#include "ui/panels/swatch.h"

namespace diaban::ui {

namespace {

bool pixels_row(const char* label, const char* id, Pixels& value, double low, double high) {
    property(label);
    double number = value.value();
    if (!drag_number(id, number, 0.05, low, high, " px", 1)) return false;
    value = Pixels(number);
    return true;
}

struct DashKind {
    const char* name;
    std::vector<double> dashes;
};

std::vector<DashKind> dash_kinds() {
    return {{tr("Solid"), {}},
            {tr("Dashed"), {6, 4}},
            {tr("Dotted"), {1.5, 3}},
            {tr("Dash and dot"), {8, 3, 2, 3}},
            {tr("Boundary"), {10, 3, 2, 3, 2, 3}}};
}

void dash_row(Stroke& stroke, StyleEdit& edit) {
    const auto kinds = dash_kinds();
    std::vector<std::string> names;
    for (const auto& kind : kinds)
        names.emplace_back(kind.name);
    const auto found = std::ranges::find(kinds, stroke.dashes, &DashKind::dashes);
    int now = found == kinds.end() ? -1 : static_cast<int>(found - kinds.begin());
    property(tr("Dashes"));
    if (choice("##dashes", names, now, tr("Own pattern"))) {
        stroke.dashes = kinds[static_cast<std::size_t>(now)].dashes;
        edit.note(true, tr("Change dashes"), "dashes");
    }
}

void casing_rows(Stroke& stroke, StyleEdit& edit) {
    bool cased = stroke.casing.has_value();
    property(tr("Casing"));
    if (checkbox("##casing", cased)) {
        stroke.casing = cased ? std::optional<Rgba>(Rgba{255, 255, 255, 255}) : std::nullopt;
        if (stroke.casing_width.value() <= 0) stroke.casing_width = Pixels(1.5);
        edit.note(true, tr("Change casing"), "");
    }
    tooltip(tr("A wider line below, so that it reads on any ground"));
    if (!stroke.casing) return;
    ImGui::SameLine(0, px(8));
    edit.note(colour_button("casing colour", *stroke.casing, tr("Casing colour"), true), tr("Change casing colour"),
              "casing_colour");
    edit.note(pixels_row(tr("Casing width"), "##casing width", stroke.casing_width, 0, 8), tr("Change casing width"),
              "casing_width");
}

}  // namespace

void outline_section(GeometryKind kind, Style& style, StyleEdit& edit) {
    if (!begin_section(kind == GeometryKind::line ? tr("Line") : tr("Outline"))) return;
    ImGui::PushID("outline");
    bool shown = style.outline.has_value();
    property(tr("Shown"));
    if (checkbox("##shown", shown)) {
        style.outline = shown ? std::optional<Stroke>(Stroke{}) : std::nullopt;
        edit.note(true, tr("Change outline"), "");
    }
    if (style.outline) {
        Stroke& stroke = *style.outline;
        ImGui::SameLine(0, px(8));
        edit.note(colour_button("colour", stroke.colour, tr("Line colour"), true), tr("Change line colour"),
                  "outline_colour");
        edit.note(pixels_row(tr("Width"), "##width", stroke.width, 0.1, 20), tr("Change line width"), "outline_width");
        dash_row(stroke, edit);
        casing_rows(stroke, edit);
    }
    ImGui::PopID();
}

void hatch_section(Style& style, StyleEdit& edit) {
    if (!begin_section(tr("Hatching"), style.hatch.has_value())) return;
    ImGui::PushID("hatch");
    bool shown = style.hatch.has_value();
    property(tr("Shown"));
    if (checkbox("##shown", shown)) {
        style.hatch = shown ? std::optional<Hatch>(Hatch{}) : std::nullopt;
        edit.note(true, tr("Change hatching"), "");
    }
    if (style.hatch) {
        Hatch& hatch = *style.hatch;
        ImGui::SameLine(0, px(8));
        edit.note(colour_button("colour", hatch.colour, tr("Hatch colour"), true), tr("Change hatch colour"),
                  "hatch_colour");
        edit.note(pixels_row(tr("Width"), "##width", hatch.width, 0.2, 8), tr("Change hatch width"), "hatch_width");
        edit.note(pixels_row(tr("Spacing"), "##spacing", hatch.spacing, 2, 40), tr("Change hatch spacing"),
                  "hatch_spacing");
        property(tr("Angle"));
        double angle = hatch.angle.value();
        if (drag_number("##angle", angle, 0.5, -90, 90, "°")) {
            hatch.angle = Degrees(angle);
            edit.note(true, tr("Change hatch angle"), "hatch_angle");
        }
        property(tr("Crossed"));
        edit.note(checkbox("##crossed", hatch.crossed), tr("Change hatching"), "");
    }
    ImGui::PopID();
}

void marker_section(Style& style, StyleEdit& edit) {
    if (!begin_section(tr("Marker"))) return;
    ImGui::PushID("marker");
    Marker& marker = style.marker;
    std::vector<std::string> names;
    for (const MarkerShape shape : marker_shapes())
        names.push_back(to_text(shape));
    const auto found = std::ranges::find(marker_shapes(), marker.shape);
    auto now = static_cast<int>(found - marker_shapes().begin());
    property(tr("Shape"));
    if (choice("##shape", names, now)) {
        marker.shape = marker_shapes()[static_cast<std::size_t>(now)];
        edit.note(true, tr("Change marker"), "");
    }
    edit.note(pixels_row(tr("Size"), "##size", marker.size, 2, 64), tr("Change marker size"), "marker_size");
    property(tr("Edge"));
    edit.note(colour_button("edge", marker.outline, tr("Edge colour"), true), tr("Change marker edge"), "marker_edge");
    edit.note(pixels_row(tr("Edge width"), "##edge width", marker.outline_width, 0, 6), tr("Change marker edge"),
              "marker_edge_width");
    ImGui::PopID();
}

void crowding_section(Style& style, StyleEdit& edit) {
    if (!begin_section(tr("Many points"))) return;
    ImGui::PushID("crowding");
    Crowding& crowding = style.crowding;
    std::vector<std::string> names;
    for (const CrowdingMode mode : crowding_modes())
        names.push_back(to_text(mode));
    auto now = static_cast<int>(std::ranges::find(crowding_modes(), crowding.mode) - crowding_modes().begin());
    property(tr("Shown as"));
    if (choice("##mode", names, now)) {
        crowding.mode = crowding_modes()[static_cast<std::size_t>(now)];
        edit.note(true, tr("Change how many points are shown"), "");
    }
    tooltip(tr(
        "Automatic: markers while few are in view, else clusters. Clusters: one circle, with their number, for those "
        "near each other. Density surface: how many there are to the square kilometre."));
    if (crowding.mode == CrowdingMode::density) {
        edit.note(pixels_row(tr("Radius"), "##crowding radius", crowding.radius, 4, 200), tr("Change density radius"),
                  "crowding_radius");
        tooltip(tr("How far a point has weight: larger is smoother"));
        property(tr("Colours"));
        if (ramp_picker("crowding ramp", crowding.ramp, {RampKind::sequential}, 7, crowding.reversed)) {
            edit.note(true, tr("Change density colours"), "crowding_ramp");
        }
        property(tr("Reversed"));
        edit.note(checkbox("##crowding reversed", crowding.reversed), tr("Change density colours"), "");
    }
    ImGui::PopID();
}

void circles_section(const LayerResult& result, Style& style, StyleEdit& edit) {
    if (!begin_section(tr("Proportional circles"), style.circles.has_value())) return;
    ImGui::PushID("circles");
    bool shown = style.circles.has_value();
    property(tr("Shown"));
    if (checkbox("##shown", shown)) {
        if (shown) {
            ProportionalCircles circles;
            for (const Field& field : result.features->fields())
                if (circles.measure.numerator.empty() && field.column().numeric())
                    circles.measure.numerator = field.name();
            style.circles = circles;
        } else {
            style.circles.reset();
        }
        edit.note(true, tr("Change circles"), "");
    }
    if (style.circles) {
        ProportionalCircles& circles = *style.circles;
        ImGui::SameLine(0, px(8));
        edit.note(colour_button("fill", circles.fill, tr("Circle colour"), true), tr("Change circle colour"),
                  "circle_fill");
        edit.note(measure_rows(*result.features, circles.measure), tr("Change circles' value"), "circle_measure");
        edit.note(pixels_row(tr("Largest"), "##radius", circles.max_radius, 3, 120), tr("Change circle size"),
                  "circle_radius");
        property(tr("Edge"));
        edit.note(colour_button("edge", circles.outline, tr("Edge colour"), true), tr("Change circle edge"),
                  "circle_edge");
    }
    ImGui::PopID();
}

}  // namespace diaban::ui
