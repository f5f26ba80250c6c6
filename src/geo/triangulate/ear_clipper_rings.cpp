// The ear clipper's ring of nodes: read from the polygon, its holes joined to the outline by bridges.
#include <algorithm>
#include <cmath>

#include "geo/orientation.h"
#include "geo/planar.h"
#include "geo/triangulate/ear_clipper.h"

namespace diaban {

namespace {

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// Counter-clockwise or not; points that are not finite are passed over.
bool runs_counter_clockwise(std::span<const Point> ring) {
    if (const double area = signed_area(ring); std::isfinite(area)) return area >= 0;
    std::vector<Point> usable;
    std::ranges::copy_if(ring, std::back_inserter(usable), finite);
    return signed_area(usable) >= 0;
}

}  // namespace

uint32_t EarClipper::insert_after(uint32_t node, Point at, uint32_t index) {
    const auto added = static_cast<uint32_t>(nodes_.size());
    Node fresh;
    fresh.at = at;
    fresh.index = index;
    fresh.prev = node == none ? added : node;
    fresh.next = node == none ? added : nodes_[node].next;
    nodes_.push_back(fresh);
    nodes_[nodes_[added].prev].next = added;
    nodes_[nodes_[added].next].prev = added;
    ++alive_;
    return added;
}

void EarClipper::unlink(uint32_t node) {
    Node& gone = nodes_[node];
    gone.alive = false;
    leave_grid(node);
    nodes_[gone.prev].next = gone.next;
    nodes_[gone.next].prev = gone.prev;
    if (start_ == node) start_ = gone.next;
    --alive_;
}

/// A node of the new ring, or none when it has fewer than three points of its own.
uint32_t EarClipper::load_ring(const Geometry& polygons, uint32_t ring, bool counter_clockwise) {
    const auto points = polygons.ring(ring);
    const uint32_t first_index = polygons.ring_offsets()[ring];
    const std::size_t size_before = nodes_.size();
    const uint32_t alive_before = alive_;
    const bool forwards = runs_counter_clockwise(points) == counter_clockwise;
    uint32_t last = none;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::size_t from = forwards ? i : points.size() - 1 - i;
        const Point p = points[from];
        if (!finite(p) || (last != none && nodes_[last].at == p)) continue;
        last = insert_after(last, p, first_index + static_cast<uint32_t>(from));
    }
    while (last != none && nodes_[last].next != last && nodes_[nodes_[last].next].at == nodes_[last].at) {
        const uint32_t closing = last;
        last = nodes_[last].prev;
        unlink(closing);
    }
    if (alive_ - alive_before >= 3) return last;
    nodes_.resize(size_before);
    alive_ = alive_before;
    return none;
}

int EarClipper::turn(uint32_t node) const {
    const Node& n = nodes_[node];
    return orientation(nodes_[n.prev].at, n.at, nodes_[n.next].at);
}

void EarClipper::drop_straight_nodes() {
    // A node without a turn, spikes included, bounds no area; without it its neighbours may have none either.
    uint32_t node = start_;
    for (uint32_t unchanged = 0; alive_ >= 3 && unchanged < alive_;) {
        if (turn(node) == 0) {
            const uint32_t before = nodes_[node].prev;
            unlink(node);
            node = before;
            unchanged = 0;
        } else {
            node = nodes_[node].next;
            ++unchanged;
        }
    }
}

/// Whether the way from a node to p begins inside the polygon.
bool EarClipper::wedge_holds(uint32_t node, Point p) const {
    const Node& n = nodes_[node];
    const int from = orientation(nodes_[n.prev].at, n.at, p), to = orientation(n.at, nodes_[n.next].at, p);
    return turn(node) > 0 ? from > 0 && to > 0 : from > 0 || to > 0;
}

std::size_t EarClipper::strip_of(double y) const {
    const double strip = (y - strips_from_) * strips_per_unit_;
    return strip > 0 ? std::min(static_cast<std::size_t>(strip), strips_.size() - 1) : 0;
}

/// As many strips as keep their members to about four times the nodes, however long the edges are.
void EarClipper::build_strips() {
    Box box;
    double climbs = 0;
    for (const Node& n : nodes_) {
        box.extend(n.at);
        climbs += std::abs(nodes_[n.next].at.y - n.at.y);
    }
    const auto size = static_cast<double>(nodes_.size());
    const double count = climbs > 0 ? std::clamp(3 * size * box.height() / climbs, 1.0, size) : 1;
    for (auto& strip : strips_)
        strip.clear();
    strips_.resize(static_cast<std::size_t>(count));
    strips_from_ = box.min_y;
    strips_per_unit_ = box.height() > 0 ? static_cast<double>(strips_.size()) / box.height() : 0;
    uint32_t node = start_;
    do {
        enter_strips(node);
        node = nodes_[node].next;
    } while (node != start_);
}

void EarClipper::enter_strips(uint32_t node) {
    const auto [low, high] = std::minmax(nodes_[node].at.y, nodes_[nodes_[node].next].at.y);
    for (std::size_t strip = strip_of(low), last = strip_of(high); strip <= last; ++strip)
        strips_[strip].push_back(node);
}

/// Rings that touch, and earlier bridges, put several nodes in one place: the one whose wedge holds `to`, else any.
uint32_t EarClipper::with_room_towards(Point at, Point to) const {
    uint32_t some = none;
    for (const uint32_t node : strips_[strip_of(at.y)]) {
        if (nodes_[node].at != at) continue;
        if (wedge_holds(node, to)) return node;
        if (some == none) some = node;
    }
    return some;
}

/// Eberly's step 5: the ray west from the hole's leftmost node meets `edge` (a node and its next) at x. Its western end
/// is in sight unless nodes lie in the triangle between; then the one nearest to the ray is.
uint32_t EarClipper::seen_from(uint32_t leftmost, uint32_t edge, double x) const {
    const Point from = nodes_[leftmost].at, hit{x, from.y};
    const Point a = nodes_[edge].at, b = nodes_[nodes_[edge].next].at;
    const Point end = a.x < b.x ? a : b;
    Point best = end;
    const int side = end.y < from.y ? 1 : -1;  // of the ray, looking west: 1 is left, or south
    const auto [low, high] = std::minmax(end.y, from.y);
    for (std::size_t strip = strip_of(low), last = strip_of(high); strip <= last; ++strip)
        for (const uint32_t node : strips_[strip]) {
            const Point p = nodes_[node].at;
            if (p.x < end.x || p.x >= from.x || p.y < low || p.y > high || p == best) continue;
            const bool within = orientation(from, hit, p) * side >= 0 && orientation(hit, end, p) * side >= 0 &&
                                orientation(end, from, p) * side >= 0;
            if (!within) continue;
            const int nearer = -orientation(from, best, p) * side;
            if (nearer > 0 || (nearer == 0 && p.x > best.x)) best = p;
        }
    return with_room_towards(best, from);
}

/// The node of the ring to join the hole to; none when the hole does not lie in the polygon.
uint32_t EarClipper::find_bridge(uint32_t leftmost) const {
    const Point h = nodes_[leftmost].at;
    uint32_t nearest = none;
    double nearest_x = 0;
    bool nearest_down = false;
    for (const uint32_t node : strips_[strip_of(h.y)]) {
        const Point a = nodes_[node].at, b = nodes_[nodes_[node].next].at;
        if (a == h) return with_room_towards(h, nodes_[nodes_[leftmost].next].at);
        // A counter-clockwise outline has its inside east of the edges that run down.
        const bool down = a.y > h.y && b.y <= h.y, up = b.y > h.y && a.y <= h.y;
        if (!down && !up) continue;
        // From the lower end, so that the two sides of a bridge are met at the very same place.
        const Point low = down ? b : a, high = down ? a : b;
        if (orientation(low, high, h) > 0) continue;
        const double x = std::min(low.x + (h.y - low.y) / (high.y - low.y) * (high.x - low.x), h.x);
        if (nearest == none || x > nearest_x || (x == nearest_x && down && !nearest_down))
            nearest = node, nearest_x = x, nearest_down = down;
    }
    return nearest == none || !nearest_down ? none : seen_from(leftmost, nearest, nearest_x);
}

/// Cuts the ring open at the bridge and leads it round the hole: there along the bridge, and back along it.
void EarClipper::join_hole(uint32_t leftmost) {
    const uint32_t bridge = find_bridge(leftmost);
    if (bridge == none) {
        // Not inside: its nodes are left out of the ring.
        uint32_t size = 0, node = leftmost;
        do {
            nodes_[node].alive = false;
            ++size;
            node = nodes_[node].next;
        } while (node != leftmost);
        alive_ -= size;
        return;
    }
    const uint32_t back = insert_after(bridge, nodes_[bridge].at, nodes_[bridge].index);
    const uint32_t last = nodes_[leftmost].prev;
    nodes_[bridge].next = leftmost;
    nodes_[leftmost].prev = bridge;
    nodes_[last].next = back;
    nodes_[back].prev = last;
    if (nodes_[leftmost].at == nodes_[bridge].at)
        unlink(leftmost);  // they touch: the bridge has no length
    else
        insert_after(last, nodes_[leftmost].at, nodes_[leftmost].index);
    // The edges that changed hands, and the hole's own; where the bridge's first node was entered before, it stays.
    for (uint32_t node = bridge; node != back; node = nodes_[node].next)
        enter_strips(node);
    enter_strips(back);
}

}  // namespace diaban
