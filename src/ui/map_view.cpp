#include "ui/map_view.h"

#include <algorithm>
#include <cmath>

#include "geo/measures.h"

namespace diaban::ui {

namespace {

/// Metres on a 96 dpi screen that one logical pixel is wide.
constexpr double pixel_metres = 0.0254 / 96;
/// Metres one degree is long at the equator, near enough for limits.
constexpr double degree_metres = 111'320;
constexpr double nearest_scale = 100;
constexpr double single_place_scale = 25'000;
constexpr double world_metres = 40'075'017;

PixelBox inside_margin(const Frame& frame) {
    const double margin = std::clamp(0.08 * std::min(frame.width, frame.height), 8.0, 64.0);
    return {margin, margin, std::max(1.0, frame.width - 2 * margin), std::max(1.0, frame.height - 2 * margin)};
}

}  // namespace

void MapView::resize(double width, double height, double pixel_ratio) {
    frame_.width = std::max(1.0, width);
    frame_.height = std::max(1.0, height);
    frame_.pixel_ratio = pixel_ratio;
}

void MapView::follow(Session& session, const Furniture& furniture) {
    // A picture for a room shows the same part of the world as the smaller one did.
    const bool other_text = furniture.text_scale != furniture_.text_scale;
    if (placed_ && moved_ && other_text) {
        set_units_per_pixel(frame_.units_per_pixel * std::hypot(placed_for_.width, placed_for_.height) /
                            std::hypot(frame_.width, frame_.height));
    }
    furniture_ = furniture;
    const Crs& now = session.crs();
    if (placed_ && !(now == crs_)) {
        // A workspace newly opened is placed below, whatever its CRS.
        if (opening_ == session.openings()) reproject(crs_, now);
    }
    crs_ = now;
    const bool fresh = opening_ != session.openings();
    if (fresh || !placed_) {
        opening_ = session.openings();
        placed_ = false;
        moved_ = false;
        if (!full_extent(session.workspace(), session.layers()).empty()) place(session, std::nullopt);
    }
    const bool other_size = placed_for_.width != frame_.width || placed_for_.height != frame_.height || other_text;
    if (placed_ && !moved_ && other_size) place(session, std::nullopt);
    placed_for_ = frame_;
    if (placed_ && moved_ && !(session.workspace().view.extent == frame_.extent())) {
        session.set_view({frame_.extent()});
    }
}

void MapView::place(Session& session, const std::optional<Box>& extent) {
    MapRequest request;
    request.width = frame_.width;
    request.height = frame_.height;
    request.pixel_ratio = frame_.pixel_ratio;
    request.furniture = furniture_;
    request.extent = extent;
    frame_ = resolve_frame(session.workspace(), session.layers(), request);
    placed_ = true;
}

double MapView::metres_per_unit() const {
    if (!crs_.known()) return 1;
    return crs_.geographic() ? degree_metres : std::max(1e-9, crs_.metres_per_unit());
}

void MapView::set_units_per_pixel(double wish) {
    const double nearest = nearest_scale * pixel_metres / metres_per_unit();
    const double farthest = world_metres / metres_per_unit() / std::min(frame_.width, frame_.height);
    frame_.units_per_pixel = std::clamp(wish, nearest, std::max(nearest, farthest));
}

void MapView::pan(double dx, double dy) {
    frame_.centre.x -= dx * frame_.units_per_pixel;
    frame_.centre.y += dy * frame_.units_per_pixel;
    moved_ = stirred_ = true;
}

void MapView::zoom_at(Pixel at, double factor) {
    if (!(factor > 0) || !std::isfinite(factor)) return;
    const Point before = frame_.to_map(at);
    set_units_per_pixel(frame_.units_per_pixel / factor);
    const Point after = frame_.to_map(at);
    frame_.centre.x += before.x - after.x;
    frame_.centre.y += before.y - after.y;
    moved_ = stirred_ = true;
}

void MapView::zoom_to(const Box& map_box) {
    if (map_box.empty()) return;
    if (map_box.width() > 0 || map_box.height() > 0) {
        frame_ = frame_.fitted(map_box, inside_margin(frame_));
        set_units_per_pixel(frame_.units_per_pixel);
    } else {
        frame_.centre = map_box.centre();
        set_units_per_pixel(std::min(frame_.units_per_pixel, single_place_scale * pixel_metres / metres_per_unit()));
    }
    moved_ = true;
}

void MapView::zoom_to_everything(Session& session) {
    const Box extent = full_extent(session.workspace(), session.layers());
    if (extent.empty()) return;
    session.set_view({});  // which is what an empty view means, also when the workspace is opened again
    place(session, extent);
    moved_ = false;
}

void MapView::zoom_to_layer(Session& session, const std::string& layer) {
    const LayerResultPtr result = session.layer(layer);
    if (result && result->shapes) zoom_to(result->shapes->box());
    if (result && result->picture) zoom_to(result->picture_box);
}

void MapView::zoom_to_selection(Session& session) {
    const LayerResultPtr result = session.layer(session.selection.layer_id);
    if (!result || !result->shapes) return;
    Box box;
    for (const uint32_t feature : session.selection.features) {
        if (feature < result->shapes->feature_count()) box.extend(result->shapes->box_of(feature));
    }
    zoom_to(box);
}

void MapView::reproject(const Crs& from, const Crs& to) {
    const auto transform = Transform::between(from, to);  // before crs_ changes, which `from` may be
    crs_ = to;
    if (!transform) {
        placed_ = false;
        return;
    }
    // The scale is kept at the centre, along the parallel: half a picture to either side is where it goes.
    const double half = frame_.width / 2 * frame_.units_per_pixel;
    const Point centre = transform->apply(frame_.centre);
    const Point west = transform->apply(Point{frame_.centre.x - half, frame_.centre.y});
    const Point east = transform->apply(Point{frame_.centre.x + half, frame_.centre.y});
    const double width = std::hypot(east.x - west.x, east.y - west.y);
    if (!std::isfinite(centre.x) || !std::isfinite(centre.y) || !std::isfinite(width) || width <= 0) {
        placed_ = false;  // the new CRS cannot hold what was looked at
        return;
    }
    frame_.centre = centre;
    set_units_per_pixel(width / frame_.width);
    moved_ = true;
}

std::optional<Point> MapView::lon_lat(Session& session, Pixel at) const {
    if (!placed_) return std::nullopt;
    const auto& to_degrees = session.to_degrees();
    if (!to_degrees) return std::nullopt;
    const Point p = to_degrees->apply(frame_.to_map(at));
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || std::abs(p.y) > 90) return std::nullopt;
    return p;
}

double MapView::scale_denominator(Session& session) const {
    // Over a hundred pixels round the centre: short enough to be of the centre, long enough to be exact.
    constexpr double half = 50;
    const Pixel middle{frame_.width / 2, frame_.height / 2};
    const auto west = lon_lat(session, {middle.x - half, middle.y});
    const auto east = lon_lat(session, {middle.x + half, middle.y});
    if (!west || !east) return 0;
    return geodesic_distance(*west, *east).value() / (2 * half) / pixel_metres;
}

double MapView::seconds_to_rest(const Session& session) const {
    if (stirred_) return rest_seconds;
    return moving_ ? std::max(0.0, moved_at_ + rest_seconds - session.seconds()) : -1;
}

const Scene& MapView::scene(Session& session, Theme theme, const Furniture& furniture) {
    follow(session, furniture);
    if (stirred_) {
        moved_at_ = session.seconds();
        moving_ = true;
        stirred_ = false;
    } else if (moving_) {
        moving_ = seconds_to_rest(session) > 0;
    }
    SceneKey key{session.content(), frame_,  theme, furniture, marked_ ? Selection() : session.selection,
                 marked_,           moving_, 0};
    if (scene_.unfinished) key.made = session.made();
    if (scene_key_ != key) {
        const uint64_t made = session.made();  // before: what is made meanwhile is looked at again
        MapRequest request;
        request.width = frame_.width;
        request.height = frame_.height;
        request.pixel_ratio = frame_.pixel_ratio;
        if (placed_) request.frame = frame_;
        request.furniture = furniture;
        request.theme = theme;
        request.selection = marked_ ? *marked_ : session.selection;
        request.moving = moving_;
        request.maker = session.maker;
        request.raster_maker = session.raster_maker;
        // Which features found no room is known of a view at rest; it is said until the next one.
        std::vector<Unlabelled> unlabelled = moving_ ? std::move(scene_.unlabelled) : std::vector<Unlabelled>();
        scene_ = derive(session.workspace(), session.datasets(), request, session.cache());
        if (!scene_.troubles.empty()) session.note(scene_.troubles);
        if (scene_.unlabelled.empty()) scene_.unlabelled = std::move(unlabelled);
        key.made = scene_.unfinished ? made : 0;
        scene_key_ = std::move(key);
        ++derived_;
    }
    return scene_;
}

}  // namespace diaban::ui
