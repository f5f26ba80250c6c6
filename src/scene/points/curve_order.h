// The points of a layer along a space-filling curve (Morton 1966), so that the points of any cell of a power-of-two
// grid stand side by side: a range of positions. Built once from a layer, never changed.
//
// Cells are of the map, not of the view: level 0's are `unit` map units wide (a power of two of them), each further
// level's twice as wide, from the south-west corner of the layer's box; one cell of level `top_level` holds everything.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "scene/map_shapes.h"

namespace diaban {

struct CurveCell {
    int level = 0;
    uint32_t column = 0, row = 0;  ///< row 0 is the southernmost
    bool operator==(const CurveCell&) const = default;
};

/// Positions [first, last) on the curve.
struct CurveRange {
    uint32_t first = 0, last = 0;
    bool operator==(const CurveRange&) const = default;
    [[nodiscard]] uint32_t size() const { return last - first; }
};

class CurveOrder {
public:
    static constexpr int top_level = 31;  ///< of any level above it too, cell 0, 0 holds everything

    /// Of a layer of points; coordinates that are not finite are left out. On all cores.
    explicit CurveOrder(const MapShapes& shapes);

    [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(codes_.size()); }
    /// Which of MapShapes::points() stands at a position, and whose it is. Points of one cell of level 0 ascend.
    [[nodiscard]] uint32_t point(uint32_t position) const { return points_[position]; }
    [[nodiscard]] uint32_t feature(uint32_t position) const;
    /// Of the points that stand on it; empty when none do.
    [[nodiscard]] const Box& extent() const { return extent_; }
    /// The south-west corner of that.
    [[nodiscard]] Point origin() const { return origin_; }
    /// Where it is, to within a cell of level 0 (the layer's extent / 2^30): a look at its code alone.
    [[nodiscard]] Point place(uint32_t position) const;

    // ── cells ──
    [[nodiscard]] double side(int level) const;
    [[nodiscard]] Box box(const CurveCell& cell) const;
    /// The level whose cells are at least this wide, and less than twice as wide; 0 for what is narrower than its.
    [[nodiscard]] int level_for(double least_side) const;
    /// The cell that holds a place; nothing outside the curve's square.
    [[nodiscard]] std::optional<CurveCell> cell_at(Point place, int level) const;
    [[nodiscard]] CurveRange range(const CurveCell& cell) const;
    /// The cells of a level that hold points and meet the box, along the curve.
    void for_each_cell(int level, const Box& box,
                       const std::function<void(const CurveCell& cell, const CurveRange& points)>& visit) const;
    /// The same for the points at these positions, all of them looked at one by one: for cells of few points each.
    void for_each_run(int level, const CurveRange& points,
                      const std::function<void(const CurveCell& cell, const CurveRange& points)>& visit) const;

private:
    Box extent_;
    Point origin_;
    double unit_ = 1;
    std::vector<uint64_t> codes_;  // ascending
    std::vector<uint32_t> points_;
    std::vector<uint32_t> features_;  // by point; empty where point i is feature i's only one
};
using CurveOrderPtr = std::shared_ptr<const CurveOrder>;

}  // namespace diaban
