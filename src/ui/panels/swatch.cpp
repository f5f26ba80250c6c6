#include "ui/panels/swatch.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/icons.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

/// The colours that stand for a fill: one, or those of its classes from low to high.
std::vector<Rgba> fill_colours(const Style& style, const LayerResult& result) {
    if (const auto* single = std::get_if<SingleFill>(&style.fill)) return {single->colour};
    if (std::holds_alternative<GraduatedFill>(style.fill)) return result.class_colours;
    if (std::holds_alternative<CategorisedFill>(style.fill)) {
        auto colours = result.category_colours;
        if (colours.size() > 4) colours.resize(4);
        return colours;
    }
    return {};
}

void draw_hatch(const Hatch& hatch, ImVec2 from, ImVec2 to) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(from, to, true);
    const float reach = (to.x - from.x) + (to.y - from.y);
    const auto slope = static_cast<float>(std::tan(hatch.angle.value() * std::numbers::pi / 180));
    const ImVec2 middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
    for (float shift = -reach; shift <= reach; shift += px(4)) {
        // Steep and flat hatches alike are drawn as lines through points of the box's diagonal.
        const ImVec2 at{middle.x + shift, middle.y};
        draw.AddLine({at.x - reach, at.y + reach * slope}, {at.x + reach, at.y - reach * slope}, to_u32(hatch.colour),
                     px(1));
        if (hatch.crossed)
            draw.AddLine({at.x - reach, at.y - reach * slope}, {at.x + reach, at.y + reach * slope},
                         to_u32(hatch.colour), px(1));
    }
    draw.PopClipRect();
}

void draw_polygon_swatch(const Layer& layer, const LayerResult& result, ImVec2 from, ImVec2 to) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const auto colours = fill_colours(layer.style, result);
    if (!colours.empty()) draw_ramp(from, to, colours);
    if (layer.style.hatch) draw_hatch(*layer.style.hatch, from, to);
    const Rgba edge = layer.style.outline ? layer.style.outline->colour : palette().muted;
    draw.AddRect(from, to, to_u32(edge, 0.8F), px(3));
    if (layer.style.circles) {
        const ImVec2 centre{(from.x + to.x) / 2, (from.y + to.y) / 2};
        draw.AddCircleFilled(centre, (to.y - from.y) * 0.38F, to_u32(layer.style.circles->fill));
    }
}

void draw_line_swatch(const Stroke& stroke, ImVec2 from, ImVec2 to) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float y = (from.y + to.y) / 2;
    const float width = px(std::clamp(static_cast<float>(stroke.width.value()), 1.0F, 4.0F));
    const auto line = [&](float a, float b, Rgba colour, float thick) {
        draw.AddLine({a, y}, {b, y}, to_u32(colour), thick);
    };
    if (stroke.casing) line(from.x, to.x, *stroke.casing, width + px(2));
    if (stroke.dashes.empty()) return line(from.x, to.x, stroke.colour, width);
    bool on = true;
    std::size_t i = 0;
    for (float x = from.x; x < to.x; on = !on, ++i) {
        const float dash = px(std::max(1.0F, static_cast<float>(stroke.dashes[i % stroke.dashes.size()]) * 0.6F));
        if (on) line(x, std::min(x + dash, to.x), stroke.colour, width);
        x += dash;
    }
}

}  // namespace

void draw_marker(MarkerShape shape, ImVec2 c, float r, Rgba fill, Rgba outline) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    std::vector<ImVec2> points;
    switch (shape) {
        case MarkerShape::circle:
        case MarkerShape::village:
        case MarkerShape::sanitation:
            draw.AddCircleFilled(c, r, to_u32(fill));
            draw.AddCircle(c, r, to_u32(outline), 0, px(1));
            return;
        case MarkerShape::square:
            points = {{c.x - r, c.y - r}, {c.x + r, c.y - r}, {c.x + r, c.y + r}, {c.x - r, c.y + r}};
            break;
        case MarkerShape::triangle:
            points = {{c.x, c.y - r}, {c.x + r, c.y + r * 0.8F}, {c.x - r, c.y + r * 0.8F}};
            break;
        case MarkerShape::diamond:
            points = {{c.x, c.y - r}, {c.x + r, c.y}, {c.x, c.y + r}, {c.x - r, c.y}};
            break;
        case MarkerShape::shelter:
            points = {{c.x, c.y - r},
                      {c.x + r, c.y - r * 0.1F},
                      {c.x + r, c.y + r},
                      {c.x - r, c.y + r},
                      {c.x - r, c.y - r * 0.1F}};
            break;
        case MarkerShape::post:
            draw.AddLine({c.x - r, c.y - r}, {c.x - r, c.y + r}, to_u32(fill), px(1.5F));
            points = {{c.x - r, c.y - r}, {c.x + r, c.y - r * 0.4F}, {c.x - r, c.y + r * 0.3F}};
            break;
    }
    draw.AddConvexPolyFilled(points.data(), static_cast<int>(points.size()), to_u32(fill));
    draw.AddPolyline(points.data(), static_cast<int>(points.size()), to_u32(outline), ImDrawFlags_Closed, px(1));
}

void draw_swatch(const Layer& layer, const LayerResultPtr& result, ImVec2 from, ImVec2 to) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    if (result && result->picture) {
        const float width = text_width(icon::image_area);
        draw_text({(from.x + to.x - width) / 2, (from.y + to.y - ImGui::GetFontSize()) / 2}, palette().muted,
                  icon::image_area);
        return;
    }
    if (!result || !result->features) {
        draw.AddRect(from, to, to_u32(palette().line), px(3));
        return;
    }
    switch (result->features->base().geometry.kind()) {
        case GeometryKind::polygon:
            draw_polygon_swatch(layer, *result, from, to);
            break;
        case GeometryKind::line:
            draw_line_swatch(layer.style.outline.value_or(Stroke{}), from, to);
            break;
        case GeometryKind::point: {
            const auto colours = fill_colours(layer.style, *result);
            const Rgba colour = colours.empty() ? palette().muted : colours[colours.size() / 2];
            const ImVec2 centre{(from.x + to.x) / 2, (from.y + to.y) / 2};
            const Rgba fill = layer.style.circles ? layer.style.circles->fill : colour;
            draw_marker(layer.style.circles ? MarkerShape::circle : layer.style.marker.shape, centre,
                        (to.y - from.y) * 0.44F, fill, layer.style.marker.outline);
            break;
        }
        case GeometryKind::none:
            draw.AddRect(from, to, to_u32(palette().line), px(3));
            break;
    }
}

}  // namespace diaban::ui
