// MapView's answers to "what is here?".
#include <algorithm>
#include <functional>
#include <span>
#include <variant>

#include "scene/points/crowd_view.h"
#include "ui/map_view.h"

namespace diaban::ui {

namespace {

/// Logical pixels by which a pointer may miss a line or the edge of a mark.
constexpr double slack = 4;

bool can_be_picked(const Layer& layer, const LayerResultPtr& result) {
    return layer.visible && !layer.background && layer.opacity > 0 && result != nullptr && result->shapes != nullptr;
}

double tolerance_pixels(const Layer& layer, GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point: {
            const double radius = layer.style.marker.size.value() / 2;
            return std::max(radius, slack) + 1;
        }
        case GeometryKind::line:
            return slack + (layer.style.outline ? layer.style.outline->width.value() / 2 : 0.0);
        case GeometryKind::polygon:
        case GeometryKind::none:
            return 0;
    }
    return 0;
}

/// Polygons that let the layer below them be seen, and so be meant.
bool see_through(const Layer& layer, GeometryKind kind) {
    return kind == GeometryKind::polygon && std::holds_alternative<std::monostate>(layer.style.fill);
}

/// What is under the pointer of points that are shown as clusters.
std::optional<Hover> pick_clustered(const Layer& layer, const LayerResult& result, const Frame& frame, Point at) {
    if (auto cluster = cluster_at(*result.crowd, frame, at)) {
        const uint32_t first = result.crowd->order().feature(cluster->points.first);
        return Hover{layer.id, first, std::move(cluster)};
    }
    const double reach = tolerance_pixels(layer, GeometryKind::point);
    if (const auto lone = lone_point_at(*result.crowd, frame, at, reach)) return Hover{layer.id, lone->feature, {}};
    return std::nullopt;
}

using Find = std::function<std::vector<uint32_t>(const LayerResult&)>;

/// The layers to try, first the active one, then from the top.
void select_where(Session& session, const Find& find, Combine how) {
    const Workspace& workspace = session.workspace();
    const auto try_layer = [&](const Layer& layer) {
        const LayerResultPtr result = session.layer(layer.id);
        if (!can_be_picked(layer, result)) return false;
        const std::vector<uint32_t> hits = find(*result);
        if (hits.empty()) return false;
        session.select(layer.id, hits, how);
        return true;
    };
    if (how == Combine::remove || how == Combine::within) {
        const Layer* selected = workspace.find_layer(session.selection.layer_id);
        const bool hit = selected != nullptr && try_layer(*selected);
        if (!hit && how == Combine::within) session.clear_selection();
        return;
    }
    const Layer* active = workspace.find_layer(session.active_layer);
    if (active != nullptr && try_layer(*active)) return;
    for (const Layer& layer : workspace.layers) {
        if (layer.id != session.active_layer && try_layer(layer)) return;
    }
    if (how == Combine::replace) session.clear_selection();
}

}  // namespace

std::optional<Hover> MapView::pick(Session& session, Pixel at) const {
    if (!placed_) return std::nullopt;
    const Point p = frame_.to_map(at);
    std::optional<Hover> looked_through;
    for (const Layer& layer : session.workspace().layers) {
        const LayerResultPtr result = session.layer(layer.id);
        if (!can_be_picked(layer, result)) continue;
        const CrowdingMode crowding = crowding_in(layer, *result, frame_);
        if (crowding == CrowdingMode::density) continue;  // no point of it can be pointed at
        if (crowding == CrowdingMode::clusters) {
            if (auto hit = pick_clustered(layer, *result, frame_, p)) return hit;
            continue;
        }
        const double tolerance = tolerance_pixels(layer, result->shapes->kind()) * frame_.units_per_pixel;
        if (const auto hit = result->shapes->pick(p, tolerance, result->shown)) {
            const Hover found{layer.id, *hit, {}};
            if (!see_through(layer, result->shapes->kind())) return found;
            if (!looked_through) looked_through = found;
        }
    }
    return looked_through;
}

void MapView::open_cluster(Session& session, const Hover& hover) {
    const LayerResultPtr result = session.layer(hover.layer_id);
    if (!hover.cluster || !result || !result->crowd) return;
    const Box box = result->crowd->box(hover.cluster->points);
    // As wide on the screen as it can become: cells of clusters are wider, so it would stay one.
    constexpr double hardly_apart = 2;
    const double before = frame_.units_per_pixel;
    const Frame here = frame_;
    if (box.width() > 0 || box.height() > 0) {
        zoom_to(box);
        const double extent = std::max(box.width(), box.height()) / frame_.units_per_pixel;
        if (frame_.units_per_pixel < before && extent > hardly_apart) return;
        frame_ = here;
    }
    session.select(hover.layer_id, result->crowd->features(hover.cluster->points));
}

void MapView::select_box(Session& session, const PixelBox& box, Combine how) const {
    if (!placed_) return;
    Box map_box;
    map_box.extend(frame_.to_map({box.x, box.y}));
    map_box.extend(frame_.to_map({box.x + box.width, box.y + box.height}));
    select_where(
        session, [&](const LayerResult& r) { return r.shapes->select(map_box, r.shown); }, how);
}

void MapView::select_lasso(Session& session, const std::vector<Pixel>& lasso, Combine how) const {
    if (!placed_ || lasso.size() < 3) return;
    std::vector<Point> ring;
    ring.reserve(lasso.size() + 1);
    for (const Pixel& pixel : lasso)
        ring.push_back(frame_.to_map(pixel));
    select_ring(session, std::move(ring), how);
}

void MapView::select_ring(Session& session, std::vector<Point> ring, Combine how) const {
    if (!placed_ || ring.size() < 3) return;
    if (ring.front() != ring.back()) ring.push_back(ring.front());
    select_where(
        session, [&](const LayerResult& r) { return r.shapes->select(std::span<const Point>(ring), r.shown); }, how);
}

}  // namespace diaban::ui
