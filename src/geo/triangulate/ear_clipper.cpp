#include "geo/triangulate/ear_clipper.h"

#include <algorithm>

#include "geo/orientation.h"

namespace diaban {

void EarClipper::clip(const Geometry& polygons, uint32_t part, std::vector<uint32_t>& triangles) {
    triangles_ = &triangles;
    nodes_.clear();
    holes_.clear();
    alive_ = reflex_ = 0;
    start_ = none;

    for (const uint32_t ring : polygons.rings_of_part(part)) {
        const bool outer = start_ == none;
        uint32_t node = load_ring(polygons, ring, outer);
        if (outer && node == none) return;
        if (outer) {
            start_ = node;
            continue;
        }
        if (node == none) continue;
        uint32_t leftmost = node;
        for (uint32_t n = nodes_[node].next; n != node; n = nodes_[n].next) {
            const Point p = nodes_[n].at, best = nodes_[leftmost].at;
            if (p.x < best.x || (p.x == best.x && p.y < best.y)) leftmost = n;
        }
        holes_.push_back(leftmost);
    }
    // From the west, so that each hole's ray west meets only what is joined already.
    std::ranges::sort(holes_, [&](uint32_t a, uint32_t b) {
        const Point pa = nodes_[a].at, pb = nodes_[b].at;
        if (pa.x != pb.x) return pa.x < pb.x;
        return pa.y != pb.y ? pa.y < pb.y : a < b;
    });
    if (!holes_.empty()) build_strips();
    for (const uint32_t hole : holes_)
        join_hole(hole);

    drop_straight_nodes();
    if (alive_ < 3) return;
    build_grid();
    round_.clear();
    next_round_.clear();
    round_number_ = 0;
    patience_ = 20 * static_cast<int64_t>(alive_) + 10'000;
    enqueue_all();
    for (int pinnings = 0;;) {
        clip_ears();
        if (alive_ < 3) return;
        // A valid polygon comes this far only where a ring touches an edge of another between its ends.
        if (pinnings++ < 4 && pin_touched_edges()) continue;
        if (clip_one_loosely()) continue;
        clip_what_is_left();
        return;
    }
}

void EarClipper::enqueue(uint32_t node) {
    if (nodes_[node].queued) return;
    nodes_[node].queued = true;
    next_round_.push_back(node);
}

void EarClipper::enqueue_all() {
    uint32_t node = start_;
    do {
        enqueue(node);
        node = nodes_[node].next;
    } while (node != start_);
}

bool EarClipper::blocks(uint32_t other, uint32_t node, Test test) const {
    const Node& ear = nodes_[node];
    const Point a = nodes_[ear.prev].at, b = ear.at, c = nodes_[ear.next].at, q = nodes_[other].at;
    if (q == a || q == c) return false;
    if (test == Test::loose) return orientation(a, b, q) > 0 && orientation(b, c, q) > 0 && orientation(c, a, q) > 0;
    if (q == b) {
        // Another ring touches the ear's tip: its edges may run into the ear though none of its nodes lies there.
        const auto runs_in = [&](Point p) { return orientation(a, b, p) > 0 && orientation(b, c, p) > 0; };
        return runs_in(nodes_[nodes_[other].prev].at) || runs_in(nodes_[nodes_[other].next].at);
    }
    return orientation(a, b, q) >= 0 && orientation(b, c, q) >= 0 && orientation(c, a, q) >= 0;
}

bool EarClipper::is_ear(uint32_t node, Test test) const {
    const Node& ear = nodes_[node];
    const Point triangle[] = {nodes_[ear.prev].at, ear.at, nodes_[ear.next].at};
    return !any_reflex_in(triangle, [&](uint32_t other) { return blocks(other, node, test); });
}

void EarClipper::cut(uint32_t node, bool emit) {
    const uint32_t before = nodes_[node].prev, after = nodes_[node].next;
    if (emit) triangles_->insert(triangles_->end(), {nodes_[before].index, nodes_[node].index, nodes_[after].index});
    unlink(node);
    if (alive_ < 3) return;
    for (const uint32_t neighbour : {before, after}) {
        if (nodes_[neighbour].cell != none && turn(neighbour) > 0) leave_grid(neighbour);
        enqueue(neighbour);
    }
}

void EarClipper::clip_ears() {
    while (!next_round_.empty()) {
        round_.swap(next_round_);
        next_round_.clear();
        ++round_number_;
        if (reflex_when_built_ > 64 && reflex_ < reflex_when_built_ / 4 && alive_ >= 3) build_grid();
        for (const uint32_t node : round_) {
            Node& n = nodes_[node];
            if (n.alive && n.round > round_number_) {
                next_round_.push_back(node);
                continue;
            }
            n.queued = false;
            if (!n.alive || alive_ < 3) continue;
            const int t = turn(node);
            if (t == 0 && !n.pinned) {
                cut(node, false);
            } else if (t > 0 && is_ear(node, Test::strict)) {
                const uint32_t after = n.next;
                cut(node, true);
                // Every other node at most in one round: a fan of slivers around one node would reach far in the grid.
                nodes_[after].round = round_number_ + 1;
            }
        }
    }
}

/// Where a ring touches the middle of an edge, the edge must end there for its triangles to end there too.
bool EarClipper::pin_touched_edges() {
    uint32_t allowed = alive_ + 16;
    bool pinned = false;
    uint32_t node = start_;
    const uint32_t edges = alive_;
    for (uint32_t i = 0; i < edges; ++i) {
        const uint32_t next = nodes_[node].next;
        // Each pin cuts the edge; what is left of it after the pin is looked at again.
        for (uint32_t from = node; from != next && allowed > 0;) {
            const Point a = nodes_[from].at, b = nodes_[nodes_[from].next].at;
            Box box;
            box.extend(a), box.extend(b);
            uint32_t touching = none;
            const bool found = any_reflex_near(box, [&](uint32_t other) {
                const Point q = nodes_[other].at;
                if (q == a || q == b || !box.contains(q) || orientation(a, b, q) != 0) return false;
                touching = other;
                return true;
            });
            if (!found) {
                from = nodes_[from].next;
                continue;
            }
            const uint32_t pin = insert_after(from, nodes_[touching].at, nodes_[touching].index);
            nodes_[pin].pinned = true;
            pinned = true;
            --allowed;
        }
        node = next;
    }
    if (!pinned) return false;
    build_grid();
    enqueue_all();
    return true;
}

bool EarClipper::clip_one_loosely() {
    uint32_t node = start_;
    for (uint32_t i = 0; i < alive_ && patience_ > 0; ++i, --patience_) {
        const int t = turn(node);
        if (t == 0 || (t > 0 && is_ear(node, Test::loose))) {
            start_ = nodes_[node].next;
            cut(node, t > 0);
            return true;
        }
        node = nodes_[node].next;
    }
    return false;
}

void EarClipper::clip_what_is_left() {
    uint32_t node = start_;
    for (uint32_t unchanged = 0; alive_ >= 3 && unchanged < alive_;) {
        const int t = turn(node);
        if (t < 0) {
            node = nodes_[node].next;
            ++unchanged;
            continue;
        }
        const uint32_t before = nodes_[node].prev;
        cut(node, t > 0);
        node = before;
        unchanged = 0;
    }
    for (const uint32_t n : next_round_)
        nodes_[n].queued = false;
    next_round_.clear();
}

}  // namespace diaban
