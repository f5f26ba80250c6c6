// How far along a Hilbert curve a cell lies: what is near each other along it is near each other in the plane.
#pragma once

#include <cstdint>
#include <utility>

namespace diaban {

/// Through 2^16 × 2^16 cells, bit by bit from the top: in each quarter the curve is turned or mirrored.
[[nodiscard]] inline uint32_t along_hilbert(uint32_t x, uint32_t y) {
    uint32_t along = 0;
    for (uint32_t bit = 1U << 15; bit != 0; bit >>= 1) {
        const bool right = (x & bit) != 0;
        const bool up = (y & bit) != 0;
        along = along << 2 | (right ? (up ? 2U : 3U) : (up ? 1U : 0U));
        if (up) continue;
        if (right) x = ~x, y = ~y;
        std::swap(x, y);
    }
    return along;
}

}  // namespace diaban
