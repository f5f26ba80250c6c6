#include "ui/tools/drawn_shapes.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "geo/earth/geodesics.h"
#include "geo/measures.h"
#include "geo/planar.h"

namespace diaban::ui {

namespace {

/// Corners of a circle's outline: off by less than a hundred-thousandth of its radius.
constexpr int circle_corners = 720;

std::vector<Point> corners_of(const Box& box) {
    return {{box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
}

/// Whether each corner of one ring is within a pixel of some corner of the other.
bool same_corners(const MapPlaces& places, const Box& box, std::span<const Point> ring) {
    return std::ranges::all_of(corners_of(box), [&](Point corner) {
        const Pixel at = places.pixel(corner);
        return std::ranges::any_of(ring, [&](Point p) {
            const Pixel other = places.pixel(p);
            return std::hypot(at.x - other.x, at.y - other.y) < 1;
        });
    });
}

void keep_beyond(std::span<const Pixel> path, std::size_t first, std::size_t last, double tolerance,
                 std::vector<bool>& kept) {
    const auto point = [&](std::size_t i) { return Point{path[i].x, path[i].y}; };
    double most = tolerance;
    std::size_t farthest = 0;
    for (std::size_t i = first + 1; i < last; ++i) {
        const double away = distance_to_segment(point(i), point(first), point(last));
        if (away > most) most = away, farthest = i;
    }
    if (farthest == 0) return;
    kept[farthest] = true;
    keep_beyond(path, first, farthest, tolerance, kept);
    keep_beyond(path, farthest, last, tolerance, kept);
}

}  // namespace

std::optional<query::DrawnShape> drawn_box(const MapPlaces& places, const Frame& frame, const PixelBox& box) {
    const std::vector<Point> corners{frame.to_map({box.x, box.y}), frame.to_map({box.x + box.width, box.y}),
                                     frame.to_map({box.x + box.width, box.y + box.height}),
                                     frame.to_map({box.x, box.y + box.height})};
    auto shape = drawn_ring(places, corners);
    if (!shape) return shape;
    const auto& ring = std::get<query::DrawnPolygon>(*shape).degrees;
    Box degrees;
    for (const Point p : ring)
        degrees.extend(p);
    const bool straight = ring.size() == 4 && places.ring_on_map(corners_of(degrees)).size() == 4;
    if (straight && same_corners(places, degrees, ring)) return query::DrawnBox{degrees};
    return shape;
}

std::optional<query::DrawnShape> drawn_ring(const MapPlaces& places, std::span<const Point> map) {
    if (!places.known() || map.size() < 3) return std::nullopt;
    const auto on_earth = [&](Point p) { return std::isfinite(places.degrees_of(p).x); };
    if (!std::ranges::all_of(map, on_earth)) return std::nullopt;
    query::DrawnPolygon polygon{places.ring_in_degrees(map)};
    for (Point& p : polygon.degrees)
        p = places.rounded(p);
    const auto doubled = std::ranges::unique(polygon.degrees);
    polygon.degrees.erase(doubled.begin(), doubled.end());
    if (polygon.degrees.size() < 3) return std::nullopt;
    return polygon;
}

std::optional<query::DrawnCircle> drawn_circle(const MapPlaces& places, Pixel centre, Pixel edge) {
    const Point middle = places.degrees(centre);
    const Point through = places.degrees(edge);
    if (!places.known() || !std::isfinite(middle.x) || !std::isfinite(through.x)) return std::nullopt;
    const Point rounded = places.rounded(middle);
    const double metres = geodesic_distance(rounded, through).value();
    const bool far = metres >= 1000;
    // The coarsest of 1, 0.1, 0.01 … that is no more than a pixel.
    const double pixel = places.metres_per_pixel() / (far ? 1000 : 1);
    const double one = std::pow(10, std::clamp(std::ceil(-std::log10(std::max(pixel, 1e-6))), 0.0, 3.0));
    const double value = std::round(metres / (far ? 1000 : 1) * one) / one;
    if (!(value > 0)) return std::nullopt;
    return query::DrawnCircle{rounded, {value, far ? query::LengthUnit::kilometre : query::LengthUnit::metre}};
}

std::vector<Point> outline_on_map(const MapPlaces& places, const query::DrawnShape& shape) {
    struct Outline {
        std::vector<Point> operator()(const query::DrawnBox& box) const { return corners_of(box.degrees); }
        std::vector<Point> operator()(const query::DrawnPolygon& polygon) const { return polygon.degrees; }
        std::vector<Point> operator()(const query::DrawnCircle& circle) const {
            return geodesic_circle(circle.centre, circle.radius.metres(), circle_corners);
        }
    };
    return places.ring_on_map(std::visit(Outline{}, shape));
}

std::vector<Pixel> simplified(std::span<const Pixel> path, double tolerance) {
    if (path.size() < 3) return {path.begin(), path.end()};
    std::vector<bool> kept(path.size(), false);
    kept.front() = kept.back() = true;
    keep_beyond(path, 0, path.size() - 1, tolerance, kept);
    std::vector<Pixel> rest;
    for (std::size_t i = 0; i < path.size(); ++i)
        if (kept[i]) rest.push_back(path[i]);
    return rest;
}

}  // namespace diaban::ui
