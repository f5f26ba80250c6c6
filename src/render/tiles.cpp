#include "render/tiles.h"

#include <algorithm>
#include <cmath>

namespace diaban {

void Tiles::reset(int width, int height) {
    width_ = width;
    height_ = height;
    columns_ = (width + size - 1) / size;
    rows_ = (height + size - 1) / size;
    any_ = false;
    touched_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0);
}

void Tiles::touch(double ax, double ay, double bx, double by, double reach) {
    if (ay > by) {
        std::swap(ax, bx);
        std::swap(ay, by);
    }
    // Also false when a place is not finite.
    if (!(by + reach >= 0 && ay - reach < height_)) return;
    if (!(std::fmax(ax, bx) + reach >= 0 && std::fmin(ax, bx) - reach < width_)) return;
    const auto tile = [](double v, int count) {
        return static_cast<int>(std::floor(std::clamp(v / size, 0.0, count - 1.0)));
    };
    const int last_row = tile(by + reach, rows_);
    for (int row = tile(ay - reach, rows_); row <= last_row; ++row) {
        // The part of the segment that lies near this row.
        double from = ax;
        double to = bx;
        if (by > ay) {
            const double slope = (bx - ax) / (by - ay);
            from = ax + slope * (std::clamp(row * double{size} - reach, ay, by) - ay);
            to = ax + slope * (std::clamp((row + 1) * double{size} + reach, ay, by) - ay);
        }
        const double left = std::fmin(from, to) - reach;
        const double right = std::fmax(from, to) + reach;
        if (!(right >= 0 && left < width_)) continue;
        const auto first = touched_.begin() + static_cast<std::ptrdiff_t>(row) * columns_;
        std::fill(first + tile(left, columns_), first + tile(right, columns_) + 1, uint8_t{1});
        any_ = true;
    }
}

std::vector<float> Tiles::triangles() const {
    std::vector<float> corners;
    for (int row = 0; row < rows_; ++row) {
        const uint8_t* tiles = touched_.data() + static_cast<std::ptrdiff_t>(row) * columns_;
        const auto bottom = static_cast<float>(row * size);
        const auto top = static_cast<float>(std::min((row + 1) * size, height_));
        for (int column = 0; column < columns_; ++column) {
            if (tiles[column] == 0) continue;
            const auto left = static_cast<float>(column * size);
            while (column < columns_ && tiles[column] != 0)
                ++column;
            const auto right = static_cast<float>(std::min(column * size, width_));
            corners.insert(corners.end(),
                           {left, bottom, right, bottom, right, top, left, bottom, right, top, left, top});
        }
    }
    return corners;
}

}  // namespace diaban
