#include "scene/points/point_crowd.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaban {

PointCrowd::PointCrowd(CurveOrderPtr order, std::span<const uint8_t> shown) : order_(std::move(order)) {
    const uint32_t size = order_->size();
    before_.reserve(std::size_t{size} + 1);
    before_.push_back(0);
    sums_.reserve(size / stride + 1);
    // From the layer's corner: the smaller the numbers, the less their sums lose.
    const Point origin = order_->origin();
    Sum sum;
    for (uint32_t i = 0; i < size; ++i) {
        if (i % stride == 0) sums_.push_back(sum);
        const bool counts = shown[order_->feature(i)] != 0;
        before_.push_back(before_.back() + (counts ? 1 : 0));
        if (!counts) continue;
        const Point at = order_->place(i);
        sum.x += at.x - origin.x, sum.y += at.y - origin.y;
    }
}

PointCrowd::Sum PointCrowd::sum_before(uint32_t position) const {
    if (position == 0) return {};
    const uint32_t from = std::min(position / stride, static_cast<uint32_t>(sums_.size() - 1));
    Sum sum = sums_[from];
    const Point origin = order_->origin();
    for (uint32_t i = from * stride; i < position; ++i) {
        if (!is_shown(i)) continue;
        const Point at = order_->place(i);
        sum.x += at.x - origin.x, sum.y += at.y - origin.y;
    }
    return sum;
}

Point PointCrowd::mean(const CurveRange& range) const {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const uint32_t of = count(range);
    if (of == 0) return {nan, nan};
    const Sum from = sum_before(range.first);
    const Sum to = sum_before(range.last);
    return {order_->origin().x + (to.x - from.x) / of, order_->origin().y + (to.y - from.y) / of};
}

std::vector<uint32_t> PointCrowd::features(const CurveRange& range) const {
    std::vector<uint32_t> out;
    out.reserve(count(range));
    for (uint32_t i = range.first; i < range.last; ++i)
        if (is_shown(i)) out.push_back(order_->feature(i));
    std::ranges::sort(out);
    const auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

Box PointCrowd::box(const CurveRange& range) const {
    Box out;
    for (uint32_t i = range.first; i < range.last; ++i)
        if (is_shown(i)) out.extend(order_->place(i));
    return out;
}

uint32_t PointCrowd::fullest(int level) const {
    uint32_t most = 0;
    order_->for_each_run(level, {0, order_->size()},
                         [&](const CurveCell&, const CurveRange& points) { most = std::max(most, count(points)); });
    return most;
}

}  // namespace diaban
