#include "render/software/coverage_cells.h"

#include <algorithm>

namespace diaban {
namespace {

/// To the nearest whole number, halves upwards. Cutting off the fraction of what is positive takes one instruction on
/// every processor, rounding down does not.
int to_int(double v) {
    constexpr int64_t bias = int64_t{1} << 40;
    return static_cast<int>(static_cast<int64_t>(v + (bias + 0.5)) - bias);
}

}  // namespace

void CoverageCells::begin(int columns, int rows) {
    columns_ = columns;
    rows_ = rows;
    stride_ = static_cast<std::size_t>(columns) + 1;
    words_ = stride_ / 64 + 1;
    const auto height = static_cast<std::size_t>(rows);
    if (cells_.size() < stride_ * height) cells_.resize(stride_ * height);
    if (marks_.size() < words_ * height) marks_.resize(words_ * height);
}

/// The part of an edge that lies in one row, where it rises by `rise` (> 0) between two places.
inline void CoverageCells::add_piece(int row, int x0, int x1, int rise, int sign) {
    const int left = std::min(x0, x1);
    const int right = std::max(x0, x1);
    const int column = left >> fixed_bits;
    const int base = column * fixed_one;
    // Also when it ends right on the column's far side.
    if (left >= 0 && right <= base + fixed_one && column <= columns_)
        put(row, column, sign * rise, sign * rise * (left + right - 2 * base));
    else
        add_long_piece(row, left, right, rise, sign);
}

/// Through several columns, some perhaps outside the window: cut where it passes from one to the next.
void CoverageCells::add_long_piece(int row, int left, int right, int rise, int sign) {
    if (left >= columns_ * fixed_one) return;
    if (right <= 0) return put(row, 0, sign * rise, 0);
    const double slope = static_cast<double>(rise) / (static_cast<double>(right) - left);
    const auto y_at = [&](int x) { return x == right ? rise : to_int(slope * (static_cast<double>(x) - left)); };
    int x = left;
    int y = 0;
    if (left < 0) {
        x = 0;
        y = y_at(0);
        put(row, 0, sign * y, 0);
    }
    const int last = std::min((right - 1) >> fixed_bits, columns_ - 1);
    for (int column = x >> fixed_bits; column <= last; ++column) {
        const int base = column * fixed_one;
        const int next_x = std::min(base + fixed_one, right);
        const int next_y = y_at(next_x);
        put(row, column, sign * (next_y - y), sign * (next_y - y) * (x + next_x - 2 * base));
        x = next_x;
        y = next_y;
    }
}

/// An edge through several rows, some perhaps outside the window.
void CoverageCells::add_edge(int x0, int y0, int x1, int y1, int sign) {
    if (y0 > y1) {
        std::swap(x0, x1);
        std::swap(y0, y1);
        sign = -sign;
    }
    const int end = std::min(y1, rows_ * fixed_one);
    if (y1 <= 0 || y0 >= end || std::min(x0, x1) >= columns_ * fixed_one) return;
    const double slope = (static_cast<double>(x1) - x0) / (static_cast<double>(y1) - y0);
    const auto x_at = [&](int y) {
        return y == y0 ? x0 : y == y1 ? x1 : x0 + to_int(slope * (static_cast<double>(y) - y0));
    };
    int y = std::max(y0, 0);
    int x = x_at(y);
    while (y < end) {
        const int row = y >> fixed_bits;
        const int next_y = std::min((row + 1) * fixed_one, y1);
        const int next_x = x_at(next_y);
        add_piece(row, x, next_x, next_y - y, sign);
        x = next_x;
        y = next_y;
    }
}

void CoverageCells::add(std::span<const FixedPoint> path, FixedPoint corner, int sign) {
    int x0 = path.front().x - corner.x;
    int y0 = path.front().y - corner.y;
    for (const FixedPoint p : path.subspan(1)) {
        const int x1 = p.x - corner.x;
        const int y1 = p.y - corner.y;
        const int top = std::min(y0, y1);
        const int rise = std::max(y0, y1) - top;
        if (rise != 0) {
            const int row = top >> fixed_bits;
            if (row == (top + rise - 1) >> fixed_bits && row >= 0 && row < rows_)
                add_piece(row, x0, x1, rise, y0 < y1 ? sign : -sign);
            else
                add_edge(x0, y0, x1, y1, sign);
        }
        x0 = x1;
        y0 = y1;
    }
}

}  // namespace diaban
