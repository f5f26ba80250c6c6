#include "geo/spatial_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>

#include "base/parallel.h"
#include "geo/hilbert.h"

namespace diaban {
namespace {

constexpr std::size_t fan_out = 16;

struct Placed {
    uint32_t along;
    uint32_t item;
};

/// By `along`, ties left as they were: eleven bits at a time, the lowest first.
void sort_along(std::vector<Placed>& placed) {
    constexpr uint32_t bits = 11;
    constexpr std::size_t heaps = std::size_t{1} << bits;
    std::vector<Placed> other(placed.size());
    for (uint32_t shift = 0; shift < 32; shift += bits) {
        std::array<std::size_t, heaps + 1> next{};
        const auto heap = [shift](const Placed& p) { return std::size_t{p.along >> shift} & (heaps - 1); };
        for (const Placed& p : placed)
            ++next[heap(p) + 1];
        for (std::size_t i = 0; i < heaps; ++i)
            next[i + 1] += next[i];
        for (const Placed& p : placed)
            other[next[heap(p)]++] = p;
        placed.swap(other);
    }
}

/// The order in which `boxes` fill nodes.
std::vector<Placed> packing_order(const std::vector<Box>& boxes) {
    Box middles;
    for (const Box& box : boxes)
        middles.extend(box.centre());
    constexpr double last = 65535;
    const double across = middles.width() > 0 ? last / middles.width() : 0;
    const double up = middles.height() > 0 ? last / middles.height() : 0;
    // Boxes that end where doubles do have no place within another.
    const auto cell = [](double place) { return place >= 0 && place <= last ? static_cast<uint32_t>(place) : 0U; };
    std::vector<Placed> order(boxes.size());
    parallel_ranges(boxes.size(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const Point at = boxes[i].centre();
            order[i] = {along_hilbert(cell((at.x - middles.min_x) * across), cell((at.y - middles.min_y) * up)),
                        static_cast<uint32_t>(i)};
        }
    });
    sort_along(order);
    return order;
}

double distance_to(const Box& box, Point p) {
    const double dx = std::max({box.min_x - p.x, 0.0, p.x - box.max_x});
    const double dy = std::max({box.min_y - p.y, 0.0, p.y - box.max_y});
    return std::hypot(dx, dy);
}

std::vector<Box> boxes_of(const Geometry& geometry) {
    std::vector<Box> boxes(geometry.feature_count());
    parallel_for(boxes.size(), [&](std::size_t f) {
        const auto feature = static_cast<uint32_t>(f);
        if (geometry.has_geometry(feature)) boxes[f] = geometry.box_of(feature);
    });
    return boxes;
}

}  // namespace

SpatialIndex::SpatialIndex(const Geometry& geometry) : SpatialIndex(boxes_of(geometry)) {}

SpatialIndex::SpatialIndex(std::span<const Box> all) {
    std::vector<Box> boxes;
    std::vector<uint32_t> items;
    boxes.reserve(all.size());
    items.reserve(all.size());
    for (uint32_t f = 0; f < all.size(); ++f) {
        if (all[f].empty()) continue;
        items.push_back(f);
        boxes.push_back(all[f]);
    }
    if (items.empty()) return;
    const std::vector<Placed> order = packing_order(boxes);
    items_.reserve(items.size());
    boxes_.reserve(items.size());
    for (const Placed& p : order) {
        items_.push_back(items[p.item]);
        boxes_.push_back(boxes[p.item]);
    }

    // Leaves first, then each level above the last; neighbours on the curve share a node.
    const auto group = [this](std::size_t first, std::size_t last, bool leaf, auto&& box_at) {
        for (std::size_t i = first; i < last; i += fan_out) {
            const std::size_t n = std::min(fan_out, last - i);
            Node node{{}, static_cast<uint32_t>(i), static_cast<uint32_t>(n), leaf};
            for (std::size_t j = i; j < i + n; ++j)
                node.box.extend(box_at(j));
            nodes_.push_back(node);
        }
    };
    nodes_.reserve(items_.size() / (fan_out - 1) + 32);
    group(0, items_.size(), true, [&](std::size_t i) -> const Box& { return boxes_[i]; });
    for (std::size_t first = 0, last = nodes_.size(); last - first > 1;) {
        group(first, last, false, [&](std::size_t i) -> const Box& { return nodes_[i].box; });
        first = last;
        last = nodes_.size();
    }
    root_ = static_cast<uint32_t>(nodes_.size() - 1);
}

std::vector<uint32_t> SpatialIndex::query(const Box& box) const {
    std::vector<uint32_t> found;
    if (nodes_.empty() || box.empty()) return found;
    std::vector<uint32_t> open{root_};
    while (!open.empty()) {
        const Node node = nodes_[open.back()];
        open.pop_back();
        if (!node.box.intersects(box)) continue;
        for (uint32_t i = node.first; i < node.first + node.count; ++i) {
            if (!node.leaf)
                open.push_back(i);
            else if (boxes_[i].intersects(box))
                found.push_back(items_[i]);
        }
    }
    std::ranges::sort(found);
    return found;
}

std::optional<uint32_t> SpatialIndex::nearest(
    Point p, double reach, const std::function<std::optional<double>(uint32_t feature)>& distance) const {
    std::optional<uint32_t> best;
    if (nodes_.empty() || !std::isfinite(p.x) || !std::isfinite(p.y)) return best;
    // Nearest box first (Hjaltason & Samet 1999): what is farther than the best so far is never opened.
    struct Open {
        double away;
        uint32_t node;
        bool operator<(const Open& o) const { return away > o.away; }
    };
    std::priority_queue<Open> open;
    double least = reach;
    open.push({distance_to(nodes_[root_].box, p), root_});
    while (!open.empty() && open.top().away <= least) {
        const Node node = nodes_[open.top().node];
        open.pop();
        for (uint32_t i = node.first; i < node.first + node.count; ++i) {
            const double away = distance_to(node.leaf ? boxes_[i] : nodes_[i].box, p);
            if (!(away <= least)) continue;
            if (!node.leaf) {
                open.push({away, i});
                continue;
            }
            if (away == least && best && *best > items_[i]) continue;
            const std::optional<double> exact = distance(items_[i]);
            if (!exact || !(*exact <= least)) continue;
            if (*exact == least && best && *best > items_[i]) continue;
            best = items_[i];
            least = *exact;
        }
    }
    return best;
}

}  // namespace diaban
