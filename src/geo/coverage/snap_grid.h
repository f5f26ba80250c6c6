// Coordinates as whole numbers of a fine grid, on which every question about lines has an exact answer.
#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>

#include "geo/geometry.h"

namespace diaban {

/// Wide enough for products of three differences of grid coordinates.
__extension__ using Wide = __int128;

/// Between 0 and 2^37.
struct GridPoint {
    int64_t x = 0;
    int64_t y = 0;
    auto operator<=>(const GridPoint&) const = default;
};

/// Twice the area of the triangle a, b, c: positive when they turn left.
[[nodiscard]] inline Wide cross(GridPoint a, GridPoint b, GridPoint c) {
    return Wide(b.x - a.x) * (c.y - a.y) - Wide(b.y - a.y) * (c.x - a.x);
}

class SnapGrid {
public:
    static constexpr double most_cells = 68719476736.0;  ///< 2^36 along the box's larger side

    /// A grid over the box whose cell is the largest power of two up to `wanted`, or as fine as 2^36 cells and the
    /// coordinates themselves allow.
    SnapGrid(const Box& box, double wanted) {
        const double largest =
            std::max({std::abs(box.min_x), std::abs(box.max_x), std::abs(box.min_y), std::abs(box.max_y)});
        const double finest = std::max(std::max(box.width(), box.height()) / most_cells, largest * resolution);
        int exponent = 0;
        if (wanted > finest) {
            std::frexp(wanted, &exponent);
            cell_ = std::ldexp(1.0, exponent - 1);
        }
        if (cell_ < finest) {
            std::frexp(finest, &exponent);
            cell_ = std::ldexp(1.0, exponent);
        }
        if (!(cell_ > 0)) cell_ = 1;  // a single point at 0, and no wish
        // A multiple of the cell, so that grid points have coordinates that are exactly theirs.
        origin_ = {std::floor(box.min_x / cell_) * cell_, std::floor(box.min_y / cell_) * cell_};
    }
    [[nodiscard]] double cell() const { return cell_; }
    [[nodiscard]] GridPoint snap(Point p) const {
        return {std::llround((p.x - origin_.x) / cell_) + margin, std::llround((p.y - origin_.y) / cell_) + margin};
    }
    [[nodiscard]] Point place(GridPoint p) const {
        return {origin_.x + static_cast<double>(p.x - margin) * cell_,
                origin_.y + static_cast<double>(p.y - margin) * cell_};
    }

private:
    static constexpr double resolution = 4.44e-16;  ///< of coordinates: no cell is finer than they are
    static constexpr int64_t margin = 8;            ///< so that no neighbour of a cell has a negative number
    Point origin_;
    double cell_ = 0;
};

}  // namespace diaban
