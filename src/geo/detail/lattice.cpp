#include "geo/detail/lattice.h"

#include <algorithm>
#include <cmath>

namespace diaban {

Lattice::Lattice(const Box& box) {
    if (box.empty()) return;
    origin_ = box.centre();
    const double side = std::max(box.width(), box.height());
    if (side > 0 && std::isfinite(side)) unit_ = std::max(side * 0x1p-30, std::numeric_limits<double>::min());
}

LatticePoint Lattice::place(Point p) const {
    static constexpr double most = 2e9;
    const auto step = [this](double v, double from) {
        return static_cast<int32_t>(std::lrint(std::clamp((v - from) / unit_, -most, most)));
    };
    return {step(p.x, origin_.x), step(p.y, origin_.y)};
}

void append_arcs(Detail& detail, std::span<const LatticePoint> run, uint32_t left, uint32_t right) {
    double length = 0;
    for (std::size_t from = 0; from + 1 < run.size(); from += Arc::most_edges) {
        const std::size_t count = std::min<std::size_t>(Arc::most_edges + 1, run.size() - from);
        Arc arc;
        arc.first = static_cast<uint32_t>(detail.points.size());
        arc.count = static_cast<uint32_t>(count);
        arc.left = left;
        arc.right = right;
        arc.from = static_cast<float>(length);
        for (const LatticePoint p : run.subspan(from, count)) {
            if (arc.box.min_x <= arc.box.max_x) {
                const LatticePoint before = detail.points.back();
                length += std::hypot(double{1} * p.x - before.x, double{1} * p.y - before.y) * detail.unit;
            }
            arc.box.extend(p);
            detail.points.push_back(p);
        }
        detail.arcs.push_back(arc);
    }
}

}  // namespace diaban
