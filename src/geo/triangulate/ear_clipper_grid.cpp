// The ear clipper's grid: which reflex nodes lie near here?
#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/triangulate/ear_clipper.h"

namespace diaban {

uint32_t EarClipper::column_of(double x) const {
    const double column = (x - grid_box_.min_x) * per_cell_x_;
    return column > 0 ? static_cast<uint32_t>(std::min(column, static_cast<double>(columns_ - 1))) : 0;
}

uint32_t EarClipper::row_of(double y) const {
    const double row = (y - grid_box_.min_y) * per_cell_y_;
    return row > 0 ? static_cast<uint32_t>(std::min(row, static_cast<double>(rows_ - 1))) : 0;
}

uint32_t EarClipper::cell_of(Point p) const {
    return row_of(p.y) * columns_ + column_of(p.x);
}

std::pair<double, double> EarClipper::span_between(const Point (&triangle)[3], double low, double high) {
    double min_x = std::numeric_limits<double>::infinity(), max_x = -min_x;
    for (int i = 0; i < 3; ++i) {
        Point a = triangle[i], b = triangle[(i + 1) % 3];
        if (a.y > b.y) std::swap(a, b);
        if (b.y < low || a.y > high) continue;
        const double slope = b.y > a.y ? (b.x - a.x) / (b.y - a.y) : 0;
        const double at_low = a.y >= low ? a.x : a.x + (low - a.y) * slope;
        const double at_high = b.y <= high ? b.x : a.x + (high - a.y) * slope;
        min_x = std::min({min_x, at_low, at_high});
        max_x = std::max({max_x, at_low, at_high});
    }
    return {min_x, max_x};
}

void EarClipper::build_grid() {
    members_.clear();
    grid_box_ = {};
    uint32_t node = start_;
    do {
        Node& n = nodes_[node];
        n.cell = none;
        if (turn(node) <= 0) {
            members_.push_back(node);
            grid_box_.extend(n.at);
        }
        node = n.next;
    } while (node != start_);
    reflex_ = reflex_when_built_ = static_cast<uint32_t>(members_.size());
    if (reflex_ == 0) return;

    // About two to a cell, cells about square.
    const double cells = std::max(1.0, reflex_ / 2.0);
    const double width = grid_box_.width(), height = grid_box_.height();
    const double across = width > 0 && height > 0 ? std::sqrt(cells * (width / height)) : width > 0 ? cells : 1.0;
    columns_ = static_cast<uint32_t>(std::clamp(across, 1.0, cells));
    rows_ = height > 0 ? std::max(1u, static_cast<uint32_t>(cells / columns_)) : 1;
    per_cell_x_ = width > 0 ? columns_ / width : 0;
    per_cell_y_ = height > 0 ? rows_ / height : 0;

    // Members sorted by cell: counted, then placed.
    cell_begin_.assign(std::size_t{columns_} * rows_ + 1, 0);
    for (const uint32_t member : members_) {
        nodes_[member].cell = cell_of(nodes_[member].at);
        ++cell_begin_[nodes_[member].cell + 1];
    }
    for (std::size_t i = 1; i < cell_begin_.size(); ++i)
        cell_begin_[i] += cell_begin_[i - 1];
    cell_end_.assign(cell_begin_.begin(), cell_begin_.end() - 1);
    placed_.resize(members_.size());
    for (const uint32_t member : members_) {
        nodes_[member].slot = cell_end_[nodes_[member].cell]++;
        placed_[nodes_[member].slot] = member;
    }
    members_.swap(placed_);
}

void EarClipper::leave_grid(uint32_t node) {
    Node& leaving = nodes_[node];
    if (leaving.cell == none) return;
    const uint32_t last = --cell_end_[leaving.cell];
    members_[leaving.slot] = members_[last];
    nodes_[members_[last]].slot = leaving.slot;
    leaving.cell = none;
    --reflex_;
}

}  // namespace diaban
