#include "geo/planar.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/ray.h"

namespace diaban {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Twice the signed area of a, b, c: positive when they turn left.
double cross(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// Edges of a ring, or of a path that is not closed; `body` returns false to stop. A single point is an edge to itself.
template <class Body>
bool each_edge(std::span<const Point> path, const Body& body) {
    if (path.size() == 1) return body(path[0], path[0]);
    for (std::size_t i = 1; i < path.size(); ++i)
        if (!body(path[i - 1], path[i])) return false;
    return true;
}

bool on_segment(Point p, Point a, Point b) {
    return p.x >= std::min(a.x, b.x) && p.x <= std::max(a.x, b.x) && p.y >= std::min(a.y, b.y) &&
           p.y <= std::max(a.y, b.y);
}

int sign(double v) {
    return (v > 0) - (v < 0);
}

/// Closed segments: touching is meeting.
bool segments_meet(Point a, Point b, Point c, Point d) {
    const int abc = sign(cross(a, b, c)), abd = sign(cross(a, b, d));
    const int cda = sign(cross(c, d, a)), cdb = sign(cross(c, d, b));
    if (abc * abd < 0 && cda * cdb < 0) return true;
    return (abc == 0 && on_segment(c, a, b)) || (abd == 0 && on_segment(d, a, b)) ||
           (cda == 0 && on_segment(a, c, d)) || (cdb == 0 && on_segment(b, c, d));
}

Box box_of_points(std::span<const Point> points) {
    Box box;
    for (const Point p : points)
        box.extend(p);
    return box;
}

Box box_of_edge(Point a, Point b) {
    Box box;
    box.extend(a), box.extend(b);
    return box;
}

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// The lasso's own edges near `box`, its last point joined to its first.
std::vector<std::pair<Point, Point>> lasso_edges(std::span<const Point> ring, const Box& box) {
    std::vector<std::pair<Point, Point>> edges;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
        if (box_of_edge(a, b).intersects(box)) edges.emplace_back(a, b);
    }
    return edges;
}

}  // namespace

double signed_area(std::span<const Point> ring) {
    if (ring.size() < 3) return 0;
    // About the first point: projected coordinates are large, and their products would swallow small areas.
    const Point o = ring[0];
    double twice = 0;
    for (std::size_t i = 2; i < ring.size(); ++i)
        twice += (ring[i - 1].x - o.x) * (ring[i].y - o.y) - (ring[i].x - o.x) * (ring[i - 1].y - o.y);
    return twice / 2;
}

double area(const Geometry& geometry, uint32_t feature) {
    if (geometry.kind() != GeometryKind::polygon) return 0;
    double sum = 0;
    for (const uint32_t part : geometry.parts_of(feature)) {
        const auto rings = geometry.rings_of_part(part);
        for (const uint32_t ring : rings) {
            const double its = std::abs(signed_area(geometry.ring(ring)));
            sum += ring == *rings.begin() ? its : -its;
        }
    }
    return sum;
}

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double length2 = dx * dx + dy * dy;
    if (!(length2 > 0)) return std::hypot(p.x - a.x, p.y - a.y);
    const double t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0);
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

bool ring_contains(std::span<const Point> ring, Point p) {
    if (!finite(p)) return false;
    // Round the ring from its last coordinate: an edge from a place to itself is never passed.
    const auto last = std::ranges::find_if(ring.rbegin(), ring.rend(), finite);
    if (last == ring.rend()) return false;
    bool inside = false;
    Point before = *last;
    for (const Point corner : ring) {
        if (!finite(corner)) continue;
        inside ^= ray_passes(before, corner, p);
        before = corner;
    }
    return inside;
}

bool contains(const Geometry& polygons, uint32_t feature, Point p) {
    if (polygons.kind() != GeometryKind::polygon || !finite(p)) return false;
    bool inside = false;
    for (const uint32_t ring : polygons.rings_of(feature))
        inside ^= ring_contains(polygons.ring(ring), p);
    return inside;
}

double distance(const Geometry& geometry, uint32_t feature, Point p) {
    if (contains(geometry, feature, p)) return 0;
    double nearest = infinity;
    for (const uint32_t ring : geometry.rings_of(feature))
        each_edge(geometry.ring(ring), [&](Point a, Point b) {
            const double d = distance_to_segment(p, a, b);
            if (d < nearest) nearest = d;
            return true;
        });
    return nearest;
}

bool intersects(const Geometry& geometry, uint32_t feature, std::span<const Point> ring) {
    if (ring.empty()) return false;
    const Box box = geometry.box_of(feature), reach = box_of_points(ring);
    if (!box.intersects(reach)) return false;
    const auto edges = lasso_edges(ring, box);
    for (const uint32_t r : geometry.rings_of(feature)) {
        // A path that no edge of the lasso meets is wholly inside or wholly outside: one point of it tells.
        const auto path = geometry.ring(r);
        if (!path.empty() && ring_contains(ring, path[0])) return true;
        const bool apart = each_edge(path, [&](Point a, Point b) {
            const Box here = box_of_edge(a, b);
            if (!here.intersects(reach)) return true;
            return std::ranges::none_of(edges, [&](const auto& e) {
                return box_of_edge(e.first, e.second).intersects(here) && segments_meet(a, b, e.first, e.second);
            });
        });
        if (!apart) return true;
    }
    return contains(geometry, feature, ring[0]);
}

bool intersects(const Geometry& geometry, uint32_t feature, const Box& box) {
    if (box.empty() || !box.intersects(geometry.box_of(feature))) return false;
    for (const Point p : geometry.points_of(feature))
        if (box.contains(p)) return true;
    if (geometry.kind() == GeometryKind::point) return false;
    const Point corners[] = {
        {box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}};
    return intersects(geometry, feature, corners);
}

}  // namespace diaban
