#include "ui/tools/drawing.h"

#include <algorithm>
#include <cmath>

#include "ui/tools/drawn_shapes.h"

namespace diaban::ui {

namespace {

/// Logical pixels within which a click takes the first point of an outline, or a feature's corner.
constexpr double reach = 8;
/// A path drawn by hand may be simplified by this much.
constexpr double hand_tolerance = 0.75;
/// Features with more corners are not looked through while the pointer moves.
constexpr std::size_t most_corners = 100'000;

double apart(Pixel a, Pixel b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

bool is_outline(Tool tool) {
    return tool == Tool::measure_area || tool == Tool::select_polygon;
}

bool closes(const MeasureState& state, const MapPlaces& places, Pixel at) {
    return !state.done && is_outline(state.of) && state.points.size() >= 3 &&
           apart(places.pixel(state.points.front()), at) <= reach;
}

/// Of one feature on the map; none of a cluster, and of a feature with so many that it would hold up the pointer.
std::vector<Pixel> corners_of(Ui& ui, const Hover& hover) {
    const LayerResultPtr layer = ui.session.layer(hover.layer_id);
    if (hover.cluster || !layer || !layer->shapes) return {};
    const Geometry& source = layer->shapes->source();
    std::size_t count = 0;
    for (const uint32_t ring : source.rings_of(hover.feature))
        count += source.ring(ring).size();
    if (count > most_corners) return {};
    std::vector<Pixel> corners;
    const Geometry shape = layer->shapes->feature(hover.feature);
    for (const uint32_t ring : shape.rings_of(0))
        for (const Point p : shape.ring(ring))
            corners.push_back(ui.map.frame().to_pixel(p));
    return corners;
}

std::vector<Point> with_next(const MeasureState& state, std::optional<Point> next) {
    std::vector<Point> points = state.points;
    if (next && !state.done) points.push_back(*next);
    return points;
}

}  // namespace

bool measures(Tool tool) {
    return tool == Tool::measure_distance || tool == Tool::measure_area || tool == Tool::measure_bearing;
}

bool selects(Tool tool) {
    return tool == Tool::select_box || tool == Tool::select_lasso || tool == Tool::select_polygon ||
           tool == Tool::select_circle;
}

bool takes_points(Tool tool) {
    return measures(tool) || tool == Tool::select_polygon;
}

Combine combine_wanted(const Ui& ui, HeldKeys held) {
    if (!selects(ui.tool)) return held.ctrl ? Combine::add : Combine::replace;
    if (held.alt) return held.shift ? Combine::within : Combine::remove;
    return held.shift || held.ctrl ? Combine::add : ui.panels.measure.combine;
}

void follow_drawing(Ui& ui) {
    MeasureState& state = ui.panels.measure;
    if (state.opening != ui.session.openings()) {
        state.points.clear();
        state.done = false;
        state.drawn.reset();
        state.opening = ui.session.openings();
    }
    if (!takes_points(ui.tool)) {
        // What was measured stays on the map until it is cleared.
        if (state.of == Tool::select_polygon) state.points.clear();
        state.done = true;
    } else if (ui.tool != state.of) {
        // A path is an outline's beginning, and an outline a path.
        const auto of_many = [](Tool tool) { return tool == Tool::measure_distance || tool == Tool::measure_area; };
        if (!of_many(ui.tool) || !of_many(state.of)) {
            state.points.clear();
            state.done = false;
        }
        state.of = ui.tool;
    }
}

Pixel snapped(Ui& ui, Pixel at, bool free) {
    if (free || !takes_points(ui.tool)) return at;
    const MeasureState& state = ui.panels.measure;
    const MapPlaces places(ui.session, ui.map);
    if (closes(state, places, at)) return places.pixel(state.points.front());
    Pixel nearest = at;
    double least = reach;
    std::vector<Hover> seen;
    // Corners lie at the edge of things: what is just beside the pointer may have one.
    for (const double dx : {0.0, -0.6 * reach, 0.6 * reach}) {
        for (const double dy : {0.0, -0.6 * reach, 0.6 * reach}) {
            const auto hit = ui.map.pick(ui.session, {at.x + dx, at.y + dy});
            if (!hit || std::ranges::find(seen, *hit) != seen.end()) continue;
            seen.push_back(*hit);
            for (const Pixel corner : corners_of(ui, *hit))
                if (const double away = apart(corner, at); away <= least) nearest = corner, least = away;
        }
    }
    return nearest;
}

void add_point(Ui& ui, Pixel at, Combine how) {
    MeasureState& state = ui.panels.measure;
    const MapPlaces places(ui.session, ui.map);
    const Point p = places.degrees(at);
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return;
    if (measures(state.of) && !places.known()) return;
    if (closes(state, places, at)) return finish_points(ui, how);
    if (state.done) {
        state.points.clear();
        state.done = false;
    }
    state.points.push_back(p);
    if (state.of == Tool::measure_bearing && state.points.size() == 2) finish_points(ui, how);
    ui.session.touch();
}

void take_back_point(Ui& ui) {
    MeasureState& state = ui.panels.measure;
    if (!drawing(ui)) return;
    state.points.pop_back();
    ui.session.touch();
}

void finish_points(Ui& ui, Combine how) {
    MeasureState& state = ui.panels.measure;
    if (!drawing(ui)) return;
    // A double click gives its place twice.
    while (state.points.size() > 1 && state.points.back() == state.points[state.points.size() - 2])
        state.points.pop_back();
    const std::size_t least = is_outline(state.of) ? 3 : 2;
    if (state.points.size() < least) {
        state.points.clear();
    } else if (measures(state.of)) {
        state.done = true;
    } else {
        const MapPlaces places(ui.session, ui.map);
        std::vector<Point> ring;
        for (const Point p : state.points)
            ring.push_back(places.on_map(p));
        state.points.clear();
        ui.map.select_ring(ui.session, ring, how);
        state.drawn = drawn_ring(places, ring);
    }
    ui.session.touch();
}

bool drawing(const Ui& ui) {
    const MeasureState& state = ui.panels.measure;
    return takes_points(ui.tool) && ui.tool == state.of && !state.done && !state.points.empty();
}

void finish_box(Ui& ui, const PixelBox& box, Combine how) {
    ui.map.select_box(ui.session, box, how);
    ui.panels.measure.drawn = drawn_box(MapPlaces(ui.session, ui.map), ui.map.frame(), box);
}

void finish_lasso(Ui& ui, const std::vector<Pixel>& path, Combine how) {
    const std::vector<Pixel> lasso = simplified(path, hand_tolerance);
    if (lasso.size() < 3) return;
    std::vector<Point> ring;
    for (const Pixel p : lasso)
        ring.push_back(ui.map.frame().to_map(p));
    ui.map.select_lasso(ui.session, lasso, how);
    ui.panels.measure.drawn = drawn_ring(MapPlaces(ui.session, ui.map), ring);
}

void finish_circle(Ui& ui, Pixel centre, Pixel edge, Combine how) {
    const MapPlaces places(ui.session, ui.map);
    if (const auto circle = drawn_circle(places, centre, edge)) {
        ui.panels.measure.drawn = *circle;
        ui.map.select_ring(ui.session, outline_on_map(places, *circle), how);
    } else if (!places.known()) {
        std::vector<Point> ring;
        constexpr int corners = 360;
        const double radius = apart(centre, edge);
        for (int i = 0; i < corners; ++i) {
            const double turn = 2 * std::acos(-1.0) * i / corners;
            ring.push_back(
                ui.map.frame().to_map({centre.x + radius * std::cos(turn), centre.y + radius * std::sin(turn)}));
        }
        ui.map.select_ring(ui.session, std::move(ring), how);
    }
}

bool clear_drawing(Ui& ui) {
    MeasureState& state = ui.panels.measure;
    if (!state.points.empty()) {
        state.points.clear();
        state.done = false;
        return true;
    }
    if (!state.drawn || !selects(ui.tool) || ui.mode == Mode::present) return false;
    state.drawn.reset();
    return true;
}

MeasuredPath measured_path(const MeasureState& state, std::optional<Point> next) {
    return measure_path(with_next(state, next));
}

MeasuredArea measured_area(const MeasureState& state, std::optional<Point> next) {
    return measure_area(with_next(state, next));
}

std::string measured_words(const Ui& ui) {
    const MeasureState& state = ui.panels.measure;
    if (!measures(state.of)) return {};
    if (state.of == Tool::measure_area) return state.points.size() < 3 ? "" : in_words(measure_area(state.points));
    return state.points.size() < 2 ? "" : in_words(measure_path(state.points));
}

}  // namespace diaban::ui
