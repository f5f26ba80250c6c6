// Polygons of one layer, painted one after the other, that share out the pixels their borders run through: neighbours
// each give their part of the pixel's colour, and only when all of them together are known is it laid over what was
// there. So no ground shows where they meet, and no neighbour shows through another.
//
// A pixel is open while polygons cover a part of it; it is closed, and laid down, when they cover it all or the next
// polygon covers all of it. Where they claim more than there is, the last one gets what it claims, and those before it
// share the rest.
#pragma once

#include <cstdint>
#include <vector>

#include "render/software/band_painter.h"
#include "render/software/blend.h"

namespace diaban {

class SharedPixels {
public:
    /// Starts on some rows of a surface; row 0 is `first`.
    void begin(const Surface& surface, int first, int rows);
    /// Pixels [from, to) of a row covered alike, `cover` of CoverageCells::full.
    void paint(int row, int from, int to, int cover, PackedPixel colour);
    /// Lays down what is still open.
    void finish();

private:
    void paint_whole(int row, int from, int to, PackedPixel colour);
    void paint_part(int row, int x, uint32_t cover, uint64_t lanes);
    void close(int row, std::size_t x);
    void close_range(int row, int from, int to, bool lay);

    Surface surface_;
    int first_ = 0, rows_ = 0;
    std::size_t width_ = 0, words_ = 0;
    std::vector<uint64_t> open_;    ///< a bit a pixel
    std::vector<uint64_t> sums_;    ///< of open ones: colour × 256ths covered, 16 bits a channel
    std::vector<uint16_t> shares_;  ///< of open ones: how much is covered, of CoverageCells::full
};

}  // namespace diaban
