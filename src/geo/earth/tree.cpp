#include "geo/earth/tree.h"

#include <algorithm>

#include "base/parallel.h"

namespace diaban::earth {
namespace {

constexpr std::size_t fan_out = 4;

std::array<double, 3> axes(EarthPoint p) {
    return {p.x, p.y, p.z};
}

Node node_of(std::span<const Ref> items, std::span<const EarthBox> boxes) {
    Node node;
    for (std::size_t child = 0; child < fan_out; ++child) {
        const EarthBox box = child < items.size() ? boxes[child] : EarthBox{};
        for (std::size_t axis = 0; axis < 3; ++axis)
            node.min[axis][child] = box.min[axis], node.max[axis][child] = box.max[axis];
        if (child < items.size()) node.children[child] = items[child];
    }
    return node;
}

}  // namespace

void EarthBox::extend(EarthPoint p) {
    const auto at = axes(p);
    for (std::size_t i = 0; i < 3; ++i) {
        // At least a step of floats to each side, and the nearest float is off by half of one.
        constexpr float step = 1.2e-7F;
        const auto near = static_cast<float>(at[i]);
        const float low = near - std::abs(near) * step, high = near + std::abs(near) * step;
        min[i] = std::min(min[i], low), max[i] = std::max(max[i], high);
    }
}

void EarthBox::extend(const EarthBox& other) {
    for (std::size_t i = 0; i < 3; ++i)
        min[i] = std::min(min[i], other.min[i]), max[i] = std::max(max[i], other.max[i]);
}

EarthPoint EarthBox::middle() const {
    const auto at = [&](std::size_t i) { return (static_cast<double>(min[i]) + static_cast<double>(max[i])) / 2; };
    return {at(0), at(1), at(2)};
}

double EarthBox::across() const {
    const auto side = [&](std::size_t i) { return static_cast<double>(max[i]) - static_cast<double>(min[i]); };
    return length({side(0), side(1), side(2)});
}

EarthBox box_of(std::span<const EarthPoint> points) {
    EarthBox box;
    for (const EarthPoint p : points)
        box.extend(p);
    return box;
}

EarthBox Node::box(std::size_t child) const {
    EarthBox result;
    for (std::size_t axis = 0; axis < 3; ++axis)
        result.min[axis] = min[axis][child], result.max[axis] = max[axis][child];
    return result;
}

EarthBox Node::box() const {
    EarthBox result;
    for (std::size_t child = 0; child < fan_out; ++child)
        result.extend(box(child));
    return result;
}

std::size_t node_count(std::size_t items) {
    std::size_t count = 0;
    while (items > 1) {
        items = (items + fan_out - 1) / fan_out;
        count += items;
    }
    return count;
}

Ref pack(std::vector<Ref> items, std::vector<EarthBox> boxes, std::span<Node> nodes, Ref first) {
    std::size_t made = 0;
    while (items.size() > 1) {
        const std::size_t groups = (items.size() + fan_out - 1) / fan_out;
        std::vector<Ref> parents(groups);
        std::vector<EarthBox> parent_boxes(groups);
        const auto group = [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                const std::size_t from = i * fan_out, count = std::min(fan_out, items.size() - from);
                Node& node = nodes[made + i];
                node = node_of(std::span(items).subspan(from, count), std::span(boxes).subspan(from, count));
                parents[i] = first + static_cast<Ref>(made + i);
                parent_boxes[i] = node.box();
            }
        };
        constexpr std::size_t worth_sharing = 10'000;
        if (groups < worth_sharing)
            group(0, groups);
        else
            parallel_ranges(groups, group);
        made += groups;
        items = std::move(parents), boxes = std::move(parent_boxes);
    }
    return items.empty() ? no_ref : items[0];
}

}  // namespace diaban::earth
