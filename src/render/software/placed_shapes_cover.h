// How the templates of placed_shapes.h work.
#pragma once

#include <algorithm>

#include "render/software/coverage_cells.h"
#include "render/software/placed_shapes.h"

namespace diaban {

template <class Sink>
void cover(const PlacedShapes& all, const PlacedShapes::Shape& shape, int first, int last, CoverageCells& cells,
           const Sink& sink) {
    const int top = std::max(first, shape.first_row);
    const int end = std::min(last, shape.end_row);
    if (top >= end) return;
    cells.begin(shape.end_column - shape.first_column, end - top);
    const FixedPoint corner{shape.first_column * fixed_one, top * fixed_one};
    const FixedPoint far_corner{shape.end_column * fixed_one, end * fixed_one};
    for (uint32_t i = shape.first; i < shape.first + shape.count; ++i) {
        const PlacedShapes::Side side = all.sides[i];
        const PlacedShapes::Path& path = all.paths[side.path];
        const FixedBox& box = path.box;
        if (box.max_y <= corner.y || box.min_y >= far_corner.y) continue;
        cells.add(all.points_of(path), corner, side.sign);
    }
    cells.sweep([&](int row, int from, int to, int part) {
        sink(row + top - first, from + shape.first_column, to + shape.first_column, part);
    });
}

template <class Sink>
void cover(const PlacedShapes::Square& dot, int width, int first, int last, const Sink& sink) {
    // How much of a pixel's length lies between two places.
    const auto part = [](int pixel, int32_t from, int32_t to) {
        return std::min((pixel + 1) * fixed_one, to) - std::max(pixel * fixed_one, from);
    };
    const FixedBox& box = dot.box;
    const int top = std::max(first, box.min_y >> fixed_bits);
    const int end = std::min(last, ((box.max_y - 1) >> fixed_bits) + 1);
    const int left = std::max(0, box.min_x >> fixed_bits);
    const int right = std::min(width, ((box.max_x - 1) >> fixed_bits) + 1);
    for (int row = top; row < end; ++row)
        for (int x = left; x < right; ++x)
            sink(row - first, x, x + 1,
                 part(row, box.min_y, box.max_y) * part(x, box.min_x, box.max_x) /
                     (fixed_one * fixed_one / CoverageCells::full));
}

}  // namespace diaban
