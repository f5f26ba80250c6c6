// How much of each pixel a shape covers, exactly: every edge leaves in the cells it passes how far it rises there and
// what area lies to its left; running sums along a row then give the covered part of each pixel (the signed-area
// accumulation of font rasterisers, after R. Levien's and D. Turner's). Whole numbers, so that an edge walked the other
// way leaves exactly the opposite, in whatever order.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "render/software/device_plane.h"

namespace diaban {

class CoverageCells {
public:
    static constexpr int full = 1 << 15;  ///< a pixel covered wholly

    /// A window of pixels to look at; cells are empty. To the left of it edges count by their rise alone, above, below
    /// and to the right not at all.
    void begin(int columns, int rows);

    /// Edges along a path; `corner` is the window's top left. `sign`: 1 or −1, for a path walked backwards.
    void add(std::span<const FixedPoint> path, FixedPoint corner, int sign);

    /// Calls sink(row, first, last, cover) for runs of pixels [first, last) covered alike, by the even-odd rule, where
    /// cover > 0; row by row from the left. Empties the cells.
    template <class Sink>
    void sweep(const Sink& sink) {
        for (int row = 0; row < rows_; ++row)
            sweep_row(row, sink);
    }

private:
    // A cell: its rise in the upper 24 bits, twice its area in the lower 40.
    static constexpr int area_bits = 40;

    void put(int row, int column, int rise, int area) {
        const auto at = static_cast<std::size_t>(column);
        cells_[static_cast<std::size_t>(row) * stride_ + at] += (int64_t{rise} << area_bits) + area;
        marks_[static_cast<std::size_t>(row) * words_ + at / 64] |= uint64_t{1} << (at % 64);
    }
    void add_piece(int row, int x0, int x1, int rise, int sign);
    void add_long_piece(int row, int left, int right, int rise, int sign);
    void add_edge(int x0, int y0, int x1, int y1, int sign);

    /// Sums of 2 × 256 × 256 a pixel, folded: a place covered twice is outside again.
    static int folded(int64_t sum) {
        constexpr int64_t once = 2 * fixed_one * fixed_one;
        int64_t v = (sum < 0 ? -sum : sum) & (2 * once - 1);
        if (v > once) v = 2 * once - v;
        return static_cast<int>(v / (once / full));
    }

    template <class Sink>
    void sweep_row(int row, const Sink& sink) {
        int64_t* cells = cells_.data() + static_cast<std::size_t>(row) * stride_;
        uint64_t* marks = marks_.data() + static_cast<std::size_t>(row) * words_;
        int64_t rise = 0;
        int done = 0;
        for (std::size_t word = 0; word < words_; ++word) {
            uint64_t left = marks[word];
            marks[word] = 0;
            while (left != 0) {
                const int x = static_cast<int>(word * 64) + std::countr_zero(left);
                left &= left - 1;
                if (done < x && rise != 0) {
                    const int cover = folded(rise * (2 * fixed_one));
                    if (cover > 0) sink(row, done, x, cover);
                }
                const int64_t cell = cells[x];
                cells[x] = 0;
                const int64_t area = cell << (64 - area_bits) >> (64 - area_bits);
                rise += (cell - area) >> area_bits;
                done = x + 1;
                if (x >= columns_) continue;  // an edge along the window's right side
                const int cover = folded(rise * (2 * fixed_one) - area);
                if (cover > 0) sink(row, x, x + 1, cover);
            }
        }
        if (done < columns_ && rise != 0) {
            const int cover = folded(rise * (2 * fixed_one));
            if (cover > 0) sink(row, done, columns_, cover);
        }
    }

    int columns_ = 0, rows_ = 0;
    std::size_t stride_ = 0, words_ = 0;
    std::vector<int64_t> cells_;   ///< a row has one more than the window has columns
    std::vector<uint64_t> marks_;  ///< a bit a cell that may hold something
};

}  // namespace diaban
