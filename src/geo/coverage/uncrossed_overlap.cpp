#include "geo/coverage/uncrossed_overlap.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "geo/planar.h"

namespace diaban {
namespace {

bool before(Point a, Point b) {
    return std::tie(a.x, a.y) < std::tie(b.x, b.y);
}

/// Twice the signed area of a, b, c: positive when they turn left.
double cross(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// An edge with the polygon's inside on its left.
struct Edge {
    Point from;
    Point to;
    bool follows = false;  ///< it begins where the edge before it in the list ends
    enum class Shared { no, same_way, opposite } shared = Shared::no;

    [[nodiscard]] double min_x() const { return std::min(from.x, to.x); }
    [[nodiscard]] double max_x() const { return std::max(from.x, to.x); }
    [[nodiscard]] double min_y() const { return std::min(from.y, to.y); }
    [[nodiscard]] double max_y() const { return std::max(from.y, to.y); }
    [[nodiscard]] Point lower() const { return before(from, to) ? from : to; }
    [[nodiscard]] Point upper() const { return before(from, to) ? to : from; }
};
using Edges = std::vector<Edge>;

/// The feature's edges that may reach into the window.
Edges edges_in(const Geometry& geometry, uint32_t feature, const Box& window) {
    Edges edges;
    for (const uint32_t part : geometry.parts_of(feature)) {
        bool outer = true;
        for (const uint32_t r : geometry.rings_of_part(part)) {
            const auto ring = geometry.ring(r);
            const bool forward = (signed_area(ring) > 0) == outer;
            outer = false;
            std::size_t last = ring.size();
            for (std::size_t i = 1; i < ring.size(); ++i) {
                const std::size_t at = forward ? i : ring.size() - i;
                const Edge edge{forward ? ring[at - 1] : ring[at], forward ? ring[at] : ring[at - 1]};
                if (edge.from == edge.to) continue;
                if (edge.max_x() < window.min_x || edge.min_x() > window.max_x || edge.max_y() < window.min_y ||
                    edge.min_y() > window.max_y)
                    continue;
                edges.push_back(edge);
                edges.back().follows = last + 1 == i;
                last = i;
            }
        }
    }
    return edges;
}

/// Marks the edges that both have; false when either has one twice.
bool mark_shared(Edges& a, Edges& b) {
    struct Key {
        Point lower, upper;
        Edge* edge;
        bool of_a;
    };
    std::vector<Key> keys;
    keys.reserve(a.size() + b.size());
    for (Edge& edge : a)
        keys.push_back({edge.lower(), edge.upper(), &edge, true});
    for (Edge& edge : b)
        keys.push_back({edge.lower(), edge.upper(), &edge, false});
    const auto less = [](const Key& k, const Key& l) {
        return std::tie(k.lower.x, k.lower.y, k.upper.x, k.upper.y) <
               std::tie(l.lower.x, l.lower.y, l.upper.x, l.upper.y);
    };
    std::sort(keys.begin(), keys.end(), less);
    for (std::size_t i = 0; i < keys.size();) {
        std::size_t end = i + 1;
        while (end < keys.size() && keys[end].lower == keys[i].lower && keys[end].upper == keys[i].upper)
            ++end;
        if (end - i > 2 || (end - i == 2 && keys[i].of_a == keys[i + 1].of_a)) return false;
        if (end - i == 2) {
            const bool same = keys[i].edge->from == keys[i + 1].edge->from;
            keys[i].edge->shared = keys[i + 1].edge->shared = same ? Edge::Shared::same_way : Edge::Shared::opposite;
        }
        i = end;
    }
    return true;
}

bool on_segment(Point p, const Edge& e) {
    return p.x >= e.min_x() && p.x <= e.max_x() && p.y >= e.min_y() && p.y <= e.max_y();
}

/// Whether two different edges meet anywhere but at a vertex that both have.
bool cross_or_touch(const Edge& e, const Edge& f) {
    const double e_from = cross(e.from, e.to, f.from), e_to = cross(e.from, e.to, f.to);
    const double f_from = cross(f.from, f.to, e.from), f_to = cross(f.from, f.to, e.to);
    const auto touches = [](double turn, Point p, const Edge& edge) {
        return turn == 0 && p != edge.from && p != edge.to && on_segment(p, edge);
    };
    if (touches(e_from, f.from, e) || touches(e_to, f.to, e) || touches(f_from, e.from, f) || touches(f_to, e.to, f))
        return true;
    return ((e_from > 0) != (e_to > 0)) && ((f_from > 0) != (f_to > 0)) && e_from != 0 && e_to != 0 && f_from != 0 &&
           f_to != 0 && e.from != f.from && e.from != f.to && e.to != f.from && e.to != f.to;
}

std::vector<const Edge*> unshared_by_x(const Edges& edges) {
    std::vector<const Edge*> list;
    for (const Edge& edge : edges)
        if (edge.shared == Edge::Shared::no) list.push_back(&edge);
    std::sort(list.begin(), list.end(), [](const Edge* e, const Edge* f) { return e->min_x() < f->min_x(); });
    return list;
}

/// A sweep from west to east over the edges that are not shared.
bool any_crossing(const Edges& a, const Edges& b) {
    const auto as = unshared_by_x(a), bs = unshared_by_x(b);
    std::vector<const Edge*> open_a, open_b;
    const auto meets_any = [](const Edge& edge, std::vector<const Edge*>& open) {
        std::erase_if(open, [&](const Edge* other) { return other->max_x() < edge.min_x(); });
        return std::any_of(open.begin(), open.end(), [&](const Edge* other) {
            return other->min_y() <= edge.max_y() && other->max_y() >= edge.min_y() && cross_or_touch(edge, *other);
        });
    };
    for (std::size_t i = 0, j = 0; i < as.size() || j < bs.size();) {
        const bool take_a = j == bs.size() || (i < as.size() && as[i]->min_x() <= bs[j]->min_x());
        const Edge* edge = take_a ? as[i++] : bs[j++];
        if (meets_any(*edge, take_a ? open_b : open_a)) return true;
        (take_a ? open_a : open_b).push_back(edge);
    }
    return false;
}

std::vector<Point> vertices_of(const Edges& edges) {
    std::vector<Point> points;
    for (const Edge& edge : edges)
        points.push_back(edge.from), points.push_back(edge.to);
    std::sort(points.begin(), points.end(), before);
    return points;
}

double green(const Edge& edge, Point origin) {
    return ((edge.from.x - origin.x) * (edge.to.y - origin.y) - (edge.to.x - origin.x) * (edge.from.y - origin.y)) / 2;
}

/// The integral over the unshared edges that lie inside the other polygon. Between two vertices that lie on the other
/// outline a run of edges is all inside or all outside, so its longest edge decides for it.
double integral_inside(const Edges& edges, const std::vector<Point>& breaks, const Geometry& other, uint32_t feature,
                       Point origin) {
    double sum = 0;
    for (std::size_t i = 0; i < edges.size();) {
        if (edges[i].shared != Edge::Shared::no) {
            ++i;
            continue;
        }
        double run = 0, longest = -1;
        Point middle;
        std::size_t end = i;
        do {
            const Edge& edge = edges[end++];
            run += green(edge, origin);
            const double length = std::hypot(edge.to.x - edge.from.x, edge.to.y - edge.from.y);
            if (length > longest) {
                longest = length;
                middle = {edge.from.x + (edge.to.x - edge.from.x) / 2, edge.from.y + (edge.to.y - edge.from.y) / 2};
            }
        } while (end < edges.size() && edges[end].follows && edges[end].shared == Edge::Shared::no &&
                 !std::binary_search(breaks.begin(), breaks.end(), edges[end].from, before));
        if (contains(other, feature, middle)) sum += run;
        i = end;
    }
    return sum;
}

/// Whether both are the same, ring by ring and coordinate by coordinate.
bool identical(const Geometry& a, uint32_t feature_a, const Geometry& b, uint32_t feature_b) {
    return std::ranges::equal(a.parts_of(feature_a), b.parts_of(feature_b), [&](uint32_t part_a, uint32_t part_b) {
        return std::ranges::equal(
            a.rings_of_part(part_a), b.rings_of_part(part_b),
            [&](uint32_t ring_a, uint32_t ring_b) { return std::ranges::equal(a.ring(ring_a), b.ring(ring_b)); });
    });
}

}  // namespace

std::optional<double> uncrossed_overlap(const Geometry& a, uint32_t feature_a, const Geometry& b, uint32_t feature_b) {
    const Box box_a = a.box_of(feature_a), box_b = b.box_of(feature_b);
    const Box window{std::max(box_a.min_x, box_b.min_x), std::max(box_a.min_y, box_b.min_y),
                     std::min(box_a.max_x, box_b.max_x), std::min(box_a.max_y, box_b.max_y)};
    if (window.empty()) return 0;
    if (box_a == box_b && identical(a, feature_a, b, feature_b)) return area(a, feature_a);
    Edges edges_a = edges_in(a, feature_a, window), edges_b = edges_in(b, feature_b, window);
    if (!mark_shared(edges_a, edges_b) || any_crossing(edges_a, edges_b)) return {};
    const Point origin = window.centre();
    double sum = integral_inside(edges_a, vertices_of(edges_b), b, feature_b, origin) +
                 integral_inside(edges_b, vertices_of(edges_a), a, feature_a, origin);
    for (const Edge& edge : edges_a)
        if (edge.shared == Edge::Shared::same_way) sum += green(edge, origin);
    // An area that cannot be betrays polygons that are not valid.
    const double most = window.width() * window.height();
    if (!(sum >= -1e-9 * most && sum <= most * (1 + 1e-9))) return {};
    return std::max(0.0, sum);
}

}  // namespace diaban
