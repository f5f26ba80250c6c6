#include "scene/map_items.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "base/trace.h"
#include "scene/points/crowd_items.h"

namespace diaban {
namespace {

constexpr Rgba transparent{0, 0, 0, 0};
/// More features than these are marked as one area: tinted, with a line around them, not around each.
constexpr std::size_t most_outlined = 200;

struct DrawnLayer {
    const Layer& layer;
    const LayerResultPtr& shared;
    const DetailPtr& detail;
    std::size_t index;  // in the workspace
    const LayerResult& result = *shared;
};

/// A member of a result, kept alive by it.
template <class T>
std::shared_ptr<const T> part_of(const LayerResultPtr& result, const T& member) {
    return {result, &member};
}

bool in_frame(const Frame& frame, Point at, double reach) {
    const Pixel p = frame.to_pixel(at);
    return p.x >= -reach && p.y >= -reach && p.x <= frame.width + reach && p.y <= frame.height + reach;
}

/// Those of the layer that are selected and shown.
std::vector<uint32_t> selected_of(const ViewContext& view, const DrawnLayer& drawn) {
    std::vector<uint32_t> selected;
    const Selection& selection = view.request.selection;
    if (selection.layer_id != drawn.layer.id) return selected;
    const std::vector<uint8_t>& shown = drawn.result.shown;
    std::ranges::copy_if(selection.features, std::back_inserter(selected),
                         [&](uint32_t f) { return f < shown.size() && shown[f] != 0; });
    return selected;
}

FeatureColours tinted(const FeatureColours& colours, const std::vector<uint32_t>& features, Rgba tint) {
    constexpr double strength = 0.45;
    auto out = std::make_shared<std::vector<Rgba>>(*colours);
    for (const uint32_t f : features) {
        Rgba& colour = (*out)[f];
        // Where nothing is filled, the tint alone, as strong as it is over a fill.
        colour = colour.a == 0 ? tint.with_alpha(strength) : mix(colour, tint, strength);
    }
    return out;
}

FeatureColours colours_of(const DrawnLayer& drawn, const ColoursKey& key) {
    auto colours = std::make_shared<std::vector<Rgba>>();
    colours->reserve(drawn.result.shown.size());
    for (uint32_t f = 0; f < drawn.result.shown.size(); ++f)
        colours->push_back(themed(feature_colour(drawn.layer, drawn.result, f), key.theme, key.background));
    return colours;
}

void add_polygons(const ViewContext& view, const DrawnLayer& drawn, DeriveCache::Entries& cache,
                  std::vector<MapItem>& out) {
    const Style& style = drawn.layer.style;
    FillItem fill{.detail = drawn.detail, .hatch = style.hatch, .opacity = drawn.layer.opacity};
    const ColoursKey key{drawn.shared, style.fill, style.no_data, view.request.theme, drawn.layer.background};
    fill.colours = cache.colours.get(key, [&] { return colours_of(drawn, key); });
    if (const auto selected = selected_of(view, drawn); selected.size() > most_outlined)
        fill.colours = tinted(fill.colours, selected, view.colours().accent);
    const bool visible = std::any_of(fill.colours->begin(), fill.colours->end(), [](Rgba c) { return c.a > 0; });
    if (style.hatch) {
        fill.hatched = part_of(drawn.shared, drawn.result.shown);
    } else if (visible && drawn.result.assumed_count > 0) {
        fill.hatch = assumed_hatch;
        fill.hatched = part_of(drawn.shared, drawn.result.assumed);
    }
    if (visible || style.hatch) out.emplace_back(std::move(fill));
}

void add_stroke(const ViewContext& view, const DrawnLayer& drawn, std::vector<MapItem>& out) {
    if (!drawn.layer.style.outline) return;
    Stroke stroke = *drawn.layer.style.outline;
    stroke.colour = themed(stroke.colour, view.request.theme, drawn.layer.background);
    if (stroke.casing) stroke.casing = themed(*stroke.casing, view.request.theme, drawn.layer.background);
    const bool all = drawn.result.shown_count == drawn.result.shown.size();
    out.emplace_back(StrokeItem{drawn.detail, std::move(stroke),
                                all ? nullptr : part_of(drawn.shared, drawn.result.shown), drawn.layer.opacity});
}

/// Of marks whose middles fall on the same device pixel only the one on top: what it leaves of the others is their
/// edges' antialiasing.
void keep_topmost(const Frame& frame, std::vector<Symbol>& symbols) {
    constexpr std::size_t few = 20'000;
    if (symbols.size() <= few) return;
    const double margin = 64;  // marks beyond the picture's edge reach into it
    const auto columns = static_cast<std::size_t>((frame.width + 2 * margin) * frame.pixel_ratio) + 1;
    const auto rows = static_cast<std::size_t>((frame.height + 2 * margin) * frame.pixel_ratio) + 1;
    std::vector<uint8_t> taken(columns * rows, 0);
    const auto covered = [&](const Symbol& symbol) {
        const Pixel p = frame.to_pixel(symbol.at);
        const double x = (p.x + margin) * frame.pixel_ratio;
        const double y = (p.y + margin) * frame.pixel_ratio;
        if (!(x >= 0 && y >= 0)) return false;
        const auto column = static_cast<std::size_t>(x);
        const auto row = static_cast<std::size_t>(y);
        if (column >= columns || row >= rows) return false;
        return std::exchange(taken[row * columns + column], uint8_t{1}) != 0;
    };
    const auto gone = std::remove_if(symbols.rbegin(), symbols.rend(), covered);
    symbols.erase(symbols.begin(), gone.base());
}

std::vector<Symbol> markers_of(const Frame& frame, const DrawnLayer& drawn, const std::vector<uint32_t>& features) {
    const Marker& marker = drawn.layer.style.marker;
    std::vector<Symbol> out;
    for (const uint32_t f : features) {
        if (drawn.result.shown[f] == 0) continue;
        for (const Point at : drawn.result.shapes->points_of(f)) {
            const double radius = marker.size.value() / 2;
            if (!in_frame(frame, at, radius + marker.outline_width.value())) continue;
            out.push_back({at, marker.shape, radius, feature_colour(drawn.layer, drawn.result, f), marker.outline,
                           marker.outline_width.value(), f});
        }
    }
    keep_topmost(frame, out);
    return out;
}

bool has_circle(const LayerResult& result, uint32_t feature) {
    return result.circle_values[feature] > 0 && std::isfinite(result.anchors[feature].x);
}

// Big ones first, so that small ones stay visible.
void sort_by_size(const LayerResult& result, std::vector<uint32_t>& features) {
    std::erase_if(features, [&](uint32_t f) { return f >= result.circle_values.size() || !has_circle(result, f); });
    std::sort(features.begin(), features.end());
    std::stable_sort(features.begin(), features.end(),
                     [&](uint32_t a, uint32_t b) { return result.circle_values[a] > result.circle_values[b]; });
}

// Those whose circle may be seen, the largest first: of few in view these are sorted, else all are, once.
std::vector<uint32_t> features_with_circles(const Frame& frame, const DrawnLayer& drawn, DeriveCache::Entries& cache) {
    const ProportionalCircles& circles = *drawn.layer.style.circles;
    const double reach = (circles.max_radius.value() + circles.outline_width.value()) * frame.units_per_pixel;
    const Box view = frame.extent().grown(reach);
    const Box& all_of_it = drawn.result.shapes->box();
    const bool all_in_view =
        view.contains({all_of_it.min_x, all_of_it.min_y}) && view.contains({all_of_it.max_x, all_of_it.max_y});
    if (!all_in_view) {
        std::vector<uint32_t> seen = drawn.result.shapes->index().query(view);
        if (4 * seen.size() < drawn.result.circle_values.size()) {
            sort_by_size(drawn.result, seen);
            return seen;
        }
    }
    return cache.circles.get(drawn.shared, [&] {
        std::vector<uint32_t> all(drawn.result.circle_values.size());
        std::iota(all.begin(), all.end(), 0U);
        sort_by_size(drawn.result, all);
        return all;
    });
}

std::vector<Symbol> circles_of(const Frame& frame, const DrawnLayer& drawn, DeriveCache::Entries& cache) {
    const ProportionalCircles& circles = *drawn.layer.style.circles;
    std::vector<Symbol> out;
    for (const uint32_t f : features_with_circles(frame, drawn, cache)) {
        const Point at = drawn.result.anchors[f];
        const double radius =
            circle_radius(drawn.result.circle_values[f], drawn.result.circle_max, circles.max_radius.value());
        if (!in_frame(frame, at, radius + circles.outline_width.value())) continue;
        out.push_back(
            {at, MarkerShape::circle, radius, circles.fill, circles.outline, circles.outline_width.value(), f});
    }
    return out;
}

void add_layer(const ViewContext& view, const DrawnLayer& drawn, DeriveCache::Entries& cache,
               std::vector<MapItem>& out) {
    const GeometryKind kind = drawn.result.shapes->kind();
    if (kind == GeometryKind::polygon) add_polygons(view, drawn, cache, out);
    if (kind == GeometryKind::polygon || kind == GeometryKind::line) add_stroke(view, drawn, out);
    if (view.mode_of(drawn.index) != CrowdingMode::markers) return add_crowd(view, drawn.index, out);
    std::vector<Symbol> symbols;
    if (drawn.layer.style.circles && !drawn.result.anchors.empty()) {
        symbols = circles_of(view.frame, drawn, cache);
    } else if (kind == GeometryKind::point) {
        const Box seen = view.frame.extent().grown(drawn.layer.style.marker.size.value() * view.frame.units_per_pixel);
        symbols = markers_of(view.frame, drawn, drawn.result.shapes->index().query(seen));
    }
    if (!symbols.empty()) out.emplace_back(SymbolItem{std::move(symbols), drawn.layer.opacity});
}

// Features of one layer, over everything: outlines, or their marks again on a larger disc.
void add_highlight(const ViewContext& view, const DrawnLayer& drawn, const std::vector<uint32_t>& features,
                   const Stroke& stroke, DeriveCache::Entries& cache, std::vector<MapItem>& out) {
    if (features.empty()) return;
    if (drawn.result.shapes->kind() != GeometryKind::point) {
        auto shown = std::make_shared<std::vector<uint8_t>>(drawn.result.shown.size(), uint8_t{0});
        for (const uint32_t f : features) {
            (*shown)[f] = 1;
        }
        const bool many = features.size() > most_outlined;
        Stroke line = stroke;
        if (many) line.width = Pixels(0.6 * line.width.value()), line.casing.reset();
        out.emplace_back(StrokeItem{drawn.detail, std::move(line), std::move(shown), 1,
                                    many && drawn.result.shapes->kind() == GeometryKind::polygon});
        return;
    }
    SymbolItem item;
    std::vector<Symbol> marks;
    if (view.mode_of(drawn.index) == CrowdingMode::clusters) {
        marks = crowd_symbols_of(view, drawn.index, features);
    } else if (drawn.layer.style.circles && !drawn.result.anchors.empty()) {
        const std::set<uint32_t> wanted(features.begin(), features.end());
        for (const Symbol& circle : circles_of(view.frame, drawn, cache)) {
            if (wanted.contains(circle.feature)) marks.push_back(circle);
        }
    } else {
        marks = markers_of(view.frame, drawn, features);
    }
    for (const Symbol& mark : marks) {
        Symbol disc = mark;
        disc.shape = MarkerShape::circle;
        disc.radius += 2 + stroke.width.value();
        disc.fill = stroke.colour;
        disc.outline = stroke.casing.value_or(transparent);
        disc.outline_width = stroke.casing_width.value();
        item.symbols.push_back(disc);
        item.symbols.push_back(mark);
    }
    if (!item.symbols.empty()) out.emplace_back(std::move(item));
}

void add_highlights(const ViewContext& view, DeriveCache::Entries& cache, std::vector<MapItem>& out) {
    const ThemeColours& colours = view.colours();
    const Stroke hover_stroke{colours.hover, Pixels(1.6), {}, colours.hover_casing, Pixels(1.2)};
    const Stroke selection_stroke{colours.accent, Pixels(2.8), {}, Rgba{255, 255, 255, 235}, Pixels(1.4)};
    for (const bool selecting : {false, true}) {
        for (std::size_t i = 0; i < view.layers.size(); ++i) {
            const Layer& layer = view.workspace.layers[i];
            const LayerResult& result = *view.layers[i];
            if (!layer.visible || result.features == nullptr) continue;
            const DrawnLayer drawn{layer, view.layers[i], view.details[i], i};
            std::vector<uint32_t> features;
            const auto& hover = view.request.hover;
            if (selecting)
                features = selected_of(view, drawn);
            else if (hover && hover->layer_id == layer.id && hover->feature < result.shown.size() &&
                     result.shown[hover->feature] != 0)
                features.push_back(hover->feature);
            add_highlight(view, drawn, features, selecting ? selection_stroke : hover_stroke, cache, out);
        }
    }
}

}  // namespace

double circle_radius(double value, double largest, double max_radius) {
    if (!(value > 0) || !(largest > 0)) return 0;
    return max_radius * std::sqrt(value / largest);
}

Rgba feature_colour(const Layer& layer, const LayerResult& result, uint32_t feature) {
    struct Colour {
        const Layer& layer;
        const LayerResult& result;
        int place;
        Rgba operator()(const std::monostate&) const { return transparent; }
        Rgba operator()(const SingleFill& fill) const { return fill.colour; }
        Rgba operator()(const CategorisedFill&) const { return classed(result.category_colours); }
        Rgba operator()(const GraduatedFill&) const { return classed(result.class_colours); }
        [[nodiscard]] Rgba classed(const std::vector<Rgba>& colours) const {
            if (place < 0 || static_cast<std::size_t>(place) >= colours.size()) return layer.style.no_data;
            return colours[static_cast<std::size_t>(place)];
        }
    };
    if (result.class_of[feature] == -2) return transparent;
    return std::visit(Colour{layer, result, result.class_of[feature]}, layer.style.fill);
}

Rgba ground_colour(const ViewContext& view, Point at) {
    Rgba ground = view.colours().background;
    for (std::size_t i = view.layers.size(); i-- > 0;) {
        const Layer& layer = view.workspace.layers[i];
        const LayerResult& result = *view.layers[i];
        if (!layer.visible || result.features == nullptr || result.shapes->kind() != GeometryKind::polygon) continue;
        if (std::holds_alternative<std::monostate>(layer.style.fill)) continue;
        const auto f = result.shapes->pick(at, 0, result.shown);
        if (!f) continue;
        const Rgba fill = themed(feature_colour(layer, result, *f), view.request.theme, layer.background);
        ground = mix(ground, fill.with_alpha(1), fill.a / 255.0 * layer.opacity);
    }
    return ground;
}

std::vector<DetailPtr> choose_details(const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                                      const MapRequest& request, const Frame& frame, bool& unfinished) {
    const Stage stage("derive/details");
    std::vector<DetailPtr> out(layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const LayerResult& result = *layers[i];
        if (!workspace.layers[i].visible || workspace.layers[i].opacity <= 0 || result.shapes == nullptr) continue;
        const GeometryKind kind = result.shapes->kind();
        if (kind != GeometryKind::polygon && kind != GeometryKind::line) continue;
        const double pixel = frame.units_per_pixel / frame.pixel_ratio;
        MapShapes::Choice choice = result.shapes->detail(frame.extent(), pixel, request.maker);
        out[i] = std::move(choice.detail);
        unfinished = unfinished || !choice.finished;
    }
    return out;
}

std::vector<MapItem> make_map_items(const ViewContext& view, DeriveCache::Entries& cache) {
    const Stage stage("derive/items");
    std::vector<MapItem> out;
    for (std::size_t i = view.layers.size(); i-- > 0;) {
        const Layer& layer = view.workspace.layers[i];
        const LayerResult& result = *view.layers[i];
        if (i < view.pictures.size()) out.insert(out.end(), view.pictures[i].begin(), view.pictures[i].end());
        if (!layer.visible || layer.opacity <= 0 || result.features == nullptr) continue;
        add_layer(view, {layer, view.layers[i], view.details[i], i}, cache, out);
    }
    add_highlights(view, cache, out);
    return out;
}

}  // namespace diaban
