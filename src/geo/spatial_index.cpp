#include "geo/spatial_index.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace diaban {
namespace {

constexpr std::size_t fan_out = 16;

/// The order in which `boxes` fill nodes: slices by x, each sorted by y, as many slices as there are nodes in one.
std::vector<uint32_t> packing_order(const std::vector<Box>& boxes) {
    std::vector<uint32_t> order(boxes.size());
    for (uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    // Ties are settled by position, so that the tree is the same everywhere.
    const auto by_x = [&](uint32_t a, uint32_t b) {
        const double xa = boxes[a].centre().x, xb = boxes[b].centre().x;
        return xa != xb ? xa < xb : a < b;
    };
    const auto by_y = [&](uint32_t a, uint32_t b) {
        const double ya = boxes[a].centre().y, yb = boxes[b].centre().y;
        return ya != yb ? ya < yb : a < b;
    };
    std::ranges::sort(order, by_x);
    const auto nodes = static_cast<double>((boxes.size() + fan_out - 1) / fan_out);
    const std::size_t slice = fan_out * static_cast<std::size_t>(std::ceil(std::sqrt(nodes)));
    for (std::size_t i = 0; i < order.size(); i += slice) {
        const auto first = order.begin() + static_cast<std::ptrdiff_t>(i);
        std::sort(first, order.begin() + static_cast<std::ptrdiff_t>(std::min(i + slice, order.size())), by_y);
    }
    return order;
}

template <class T>
std::vector<T> permuted(const std::vector<T>& values, const std::vector<uint32_t>& order) {
    std::vector<T> result;
    result.reserve(order.size());
    for (const uint32_t i : order)
        result.push_back(values[i]);
    return result;
}

std::vector<Box> boxes_of(const Geometry& geometry) {
    std::vector<Box> boxes(geometry.feature_count());
    parallel_for(boxes.size(), [&](std::size_t f) { boxes[f] = geometry.box_of(static_cast<uint32_t>(f)); });
    return boxes;
}

}  // namespace

SpatialIndex::SpatialIndex(const Geometry& geometry) : SpatialIndex(boxes_of(geometry)) {}

SpatialIndex::SpatialIndex(std::span<const Box> boxes) {
    for (uint32_t f = 0; f < boxes.size(); ++f) {
        if (boxes[f].empty()) continue;
        items_.push_back(f);
        boxes_.push_back(boxes[f]);
    }
    if (items_.empty()) return;
    const auto order = packing_order(boxes_);
    items_ = permuted(items_, order);
    boxes_ = permuted(boxes_, order);

    std::vector<Node> level;
    const auto group = [](std::size_t count, bool leaf, auto&& box_at) {
        std::vector<Node> nodes;
        for (std::size_t i = 0; i < count; i += fan_out) {
            const std::size_t n = std::min(fan_out, count - i);
            Node node{{}, static_cast<uint32_t>(i), static_cast<uint32_t>(n), leaf};
            for (std::size_t j = i; j < i + n; ++j)
                node.box.extend(box_at(j));
            nodes.push_back(node);
        }
        return nodes;
    };
    level = group(items_.size(), true, [&](std::size_t i) { return boxes_[i]; });
    while (level.size() > 1) {
        // Children are laid down in packing order, so that each parent's lie side by side.
        std::vector<Box> level_boxes;
        for (const Node& node : level)
            level_boxes.push_back(node.box);
        const auto children = permuted(level, packing_order(level_boxes));
        const auto base = static_cast<uint32_t>(nodes_.size());
        nodes_.insert(nodes_.end(), children.begin(), children.end());
        level = group(children.size(), false, [&](std::size_t i) { return children[i].box; });
        for (Node& node : level)
            node.first += base;
    }
    root_ = static_cast<uint32_t>(nodes_.size());
    nodes_.push_back(level.front());
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

}  // namespace diaban
