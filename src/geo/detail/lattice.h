// Whole-number coordinates for a Detail: where they are counted from, and how arcs are cut from runs of them.
#pragma once

#include <span>

#include "geo/detail.h"

namespace diaban {

/// Steps of a box's side in 2^30 from its middle. Places far outside are moved to the edge of what an int32_t holds.
class Lattice {
public:
    explicit Lattice(const Box& box);
    [[nodiscard]] Point origin() const { return origin_; }
    [[nodiscard]] double unit() const { return unit_; }
    [[nodiscard]] LatticePoint place(Point p) const;

private:
    Point origin_;
    double unit_ = 1;
};

/// Adds a run of points (at least two) to `detail` as arcs of at most Arc::most_edges edges.
void append_arcs(Detail& detail, std::span<const LatticePoint> run, uint32_t left, uint32_t right);

}  // namespace diaban
