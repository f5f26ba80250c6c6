#include "geo/relate/outline_tree.h"

#include <algorithm>
#include <cmath>

#include "geo/ray.h"

namespace diaban {
namespace {

constexpr uint32_t edges_in_leaf = 16, nodes_in_node = 16;

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// Closed, and of finite coordinates alone.
bool is_clean(std::span<const Point> ring) {
    if (!ring.empty() && ring.front() != ring.back()) return false;
    // Infinity less itself is NaN too, and a sum keeps it; no branch in the loop.
    double x = 0, y = 0;
    for (const Point p : ring)
        x += p.x - p.x, y += p.y - p.y;
    return x == 0 && y == 0;
}

bool on_edge(Point a, Point b, Point p) {
    return p.x >= std::min(a.x, b.x) && p.x <= std::max(a.x, b.x) && p.y >= std::min(a.y, b.y) &&
           p.y <= std::max(a.y, b.y) && orientation(a, b, p) == 0;
}

}  // namespace

void OutlineTree::assign(const Geometry& polygons, uint32_t feature) {
    nodes_.clear();
    box_ = {};
    leaf_count_ = top_ = 0;
    if (polygons.kind() != GeometryKind::polygon) return;
    const auto rings = polygons.rings_of(feature);
    if (std::ranges::all_of(rings, [&](uint32_t ring) { return is_clean(polygons.ring(ring)); })) {
        points_ = polygons.points().data();
        for (const uint32_t ring : rings)
            add_ring(ring, polygons.ring_offsets()[ring], polygons.ring_offsets()[ring + 1]);
    } else {
        copy_clean(polygons, feature);
        points_ = clean_.data();
        for (uint32_t ring = 0; ring + 1 < clean_rings_.size(); ++ring)
            add_ring(ring, clean_rings_[ring], clean_rings_[ring + 1]);
    }
    leaf_count_ = static_cast<uint32_t>(nodes_.size());
    for (const Node& node : nodes_)
        box_.extend(node.box);
    add_levels();
}

void OutlineTree::copy_clean(const Geometry& polygons, uint32_t feature) {
    clean_.clear();
    clean_rings_.assign(1, 0);
    for (const uint32_t ring : polygons.rings_of(feature)) {
        const std::size_t first = clean_.size();
        std::ranges::copy_if(polygons.ring(ring), std::back_inserter(clean_), finite);
        if (clean_.size() > first && clean_.back() != clean_[first]) {
            const Point start = clean_[first];
            clean_.push_back(start);
        }
        clean_rings_.push_back(static_cast<uint32_t>(clean_.size()));
    }
}

void OutlineTree::add_ring(uint32_t ring, uint32_t begin, uint32_t end) {
    if (end - begin < 3) return;
    const uint32_t last = end - 1;
    const bool one = last - begin <= edges_in_leaf;
    for (uint32_t i = begin; i < last; i += edges_in_leaf) {
        const uint32_t count = std::min(edges_in_leaf, last - i);
        Box box;
        for (uint32_t k = i; k <= i + count; ++k)
            box.extend(points_[k]);
        nodes_.push_back({box, points_[i].y, points_[i + count].y, i, count, one ? whole_rings : ring});
    }
}

/// Nodes above nodes: of parts of one ring, which stay in its order, or of whole rings.
void OutlineTree::add_levels() {
    for (auto end = static_cast<uint32_t>(nodes_.size()); end - top_ > nodes_in_node;) {
        const uint32_t below = top_;
        top_ = end;
        for (uint32_t i = below; i < end;) {
            Node node{nodes_[i].box, nodes_[i].first_y, nodes_[i].last_y, i, 1, nodes_[i].ring};
            const bool starts_ring = i == below || nodes_[i - 1].ring != node.ring;
            for (++i; i < end && nodes_[i].ring == node.ring && node.count < nodes_in_node; ++i, ++node.count)
                node.box.extend(nodes_[i].box), node.last_y = nodes_[i].last_y;
            const bool ends_ring = i == end || nodes_[i].ring != node.ring;
            // Of whole rings both ends are anywhere, and the ray passes them an even number of times.
            if (node.ring == whole_rings) node.last_y = node.first_y;
            if (starts_ring && ends_ring) node.ring = whole_rings;
            nodes_.push_back(node);
        }
        end = static_cast<uint32_t>(nodes_.size());
    }
}

bool OutlineTree::contains(Point p) const {
    return box_.contains(p) && passes_oddly(top_, static_cast<uint32_t>(nodes_.size()), p);
}

bool OutlineTree::passes_oddly(uint32_t begin, uint32_t end, Point p) const {
    bool odd = false;
    for (uint32_t i = begin; i < end; ++i) {
        const Node& node = nodes_[i];
        if (p.y < node.box.min_y || p.y >= node.box.max_y || p.x >= node.box.max_x) continue;
        if (p.x < node.box.min_x)
            odd ^= (node.first_y > p.y) != (node.last_y > p.y);
        else if (!leaf(i))
            odd ^= passes_oddly(node.begin, node.begin + node.count, p);
        else
            for (uint32_t k = node.begin; k < node.begin + node.count; ++k)
                odd ^= ray_passes(points_[k], points_[k + 1], p);
    }
    return odd;
}

bool OutlineTree::on_border(uint32_t begin, uint32_t end, Point p) const {
    for (uint32_t i = begin; i < end; ++i) {
        const Node& node = nodes_[i];
        if (!node.box.contains(p)) continue;
        if (!leaf(i)) {
            if (on_border(node.begin, node.begin + node.count, p)) return true;
            continue;
        }
        for (uint32_t k = node.begin; k < node.begin + node.count; ++k)
            if (on_edge(points_[k], points_[k + 1], p)) return true;
    }
    return false;
}

Side OutlineTree::locate(Point p) const {
    const auto end = static_cast<uint32_t>(nodes_.size());
    if (!box_.contains(p)) return Side::outside;
    if (on_border(top_, end, p)) return Side::border;
    return passes_oddly(top_, end, p) ? Side::inside : Side::outside;
}

}  // namespace diaban
