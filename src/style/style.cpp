#include "style/style.h"

#include <fmt/format.h>

#include <array>

#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

namespace {

/// A layer's colours before anyone has chosen any: a quiet fill that others can be read over, and its darker kin for
/// outlines, lines and markers.
struct Hue {
    Rgba soft;
    Rgba strong;
};

/// Neighbours in the list differ in hue and in lightness, so that they stay apart for colour-blind eyes.
constexpr std::array<Hue, 8> hues{{
    {{243, 229, 203, 255}, {160, 100, 30, 255}},  // sand, first: land that stands out from the sea
    {{201, 219, 232, 255}, {44, 104, 150, 255}},  // blue
    {{205, 228, 206, 255}, {46, 116, 74, 255}},   // green
    {{226, 212, 233, 255}, {115, 70, 145, 255}},  // violet
    {{245, 211, 205, 255}, {180, 62, 51, 255}},   // brick
    {{198, 228, 228, 255}, {20, 118, 124, 255}},  // teal
    {{239, 234, 190, 255}, {131, 116, 18, 255}},  // olive
    {{243, 210, 226, 255}, {163, 49, 107, 255}},  // rose
}};

struct ShapeName {
    MarkerShape shape;
    std::string_view id;
    const char* text;
};

constexpr std::array<ShapeName, 8> shape_names{{
    {MarkerShape::circle, "circle", "Circle"},
    {MarkerShape::square, "square", "Square"},
    {MarkerShape::triangle, "triangle", "Triangle"},
    {MarkerShape::diamond, "diamond", "Diamond"},
    {MarkerShape::shelter, "shelter", "Shelter"},
    {MarkerShape::sanitation, "sanitation", "Sanitation"},
    {MarkerShape::post, "post", "Post"},
    {MarkerShape::village, "village", "Village"},
}};

const ShapeName& name_of(MarkerShape shape) {
    for (const ShapeName& name : shape_names)
        if (name.shape == shape) return name;
    throw std::logic_error("a MarkerShape out of range");
}

std::optional<Labels> default_labels(const Dataset& dataset, const Hue& hue) {
    // Names of many points would hide the points; they are for polygons, and for points that are few.
    constexpr std::size_t few_points = 200;
    const GeometryKind kind = dataset.geometry.kind();
    if (kind == GeometryKind::line || (kind == GeometryKind::point && dataset.size() > few_points)) return std::nullopt;
    const std::string field = guess_name_column(dataset.table);
    if (field.empty()) return std::nullopt;
    Labels labels;
    labels.field = field;
    if (kind == GeometryKind::point) {
        labels.size = Pixels(11);
        labels.colour = mix(hue.strong, {0, 0, 0, 255}, 0.4);
        labels.callouts = false;
    }
    return labels;
}

}  // namespace

Style default_style(const Dataset& dataset, std::size_t index) {
    const Hue& hue = hues[index % hues.size()];
    Style style;
    if (dataset.is_raster()) {
        style.raster = RasterStyle{};
        return style;
    }
    switch (dataset.geometry.kind()) {
        case GeometryKind::none:
            return style;
        case GeometryKind::polygon:
            style.fill = SingleFill{hue.soft};
            style.outline = Stroke{.colour = mix(hue.strong, hue.soft, 0.25), .width = Pixels(0.8)};
            break;
        case GeometryKind::line:
            style.fill = std::monostate{};
            style.outline = Stroke{.colour = hue.strong, .width = Pixels(1.8)};
            break;
        case GeometryKind::point: {
            style.fill = SingleFill{hue.strong};
            style.outline = std::nullopt;
            // Thousands of points read as a pattern, not as things one by one.
            const bool many = dataset.size() > 1000;
            style.marker.size = Pixels(many ? 5 : 9);
            style.marker.outline_width = Pixels(many ? 0.5 : 1);
            break;
        }
    }
    style.labels = default_labels(dataset, hue);
    return style;
}

std::string to_id(MarkerShape shape) {
    return std::string(name_of(shape).id);
}

Expected<MarkerShape> marker_shape_from_id(std::string_view id) {
    std::vector<std::string> ids;
    for (const ShapeName& name : shape_names) {
        if (name.id == id) return name.shape;
        ids.emplace_back(name.id);
    }
    const std::string nearest = nearest_word(id, ids);
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no marker “{}”")), id), {},
                nearest.empty() ? fmt::format(fmt::runtime(tr("Choose one of {}.")), fmt::join(ids, ", "))
                                : fmt::format(fmt::runtime(tr("Did you mean “{}”?")), nearest));
}

std::string to_text(MarkerShape shape) {
    return tr(name_of(shape).text);
}

const std::vector<MarkerShape>& marker_shapes() {
    static const std::vector<MarkerShape> all = [] {
        std::vector<MarkerShape> shapes;
        for (const ShapeName& name : shape_names)
            shapes.push_back(name.shape);
        return shapes;
    }();
    return all;
}

}  // namespace diaban
