// Parts of premultiplied pixels in whole numbers: what a pixel-wide share of a colour comes to.
#pragma once

#include <cstdint>

#include "render/software/blend.h"

namespace diaban {

/// The nearest whole number to v / 255, for 0 ≤ v ≤ 255 × 255.
[[nodiscard]] constexpr uint32_t divided_by_255(uint32_t v) {
    return (v + 128 + ((v + 128) >> 8)) >> 8;
}

/// `part` of 255 of a pixel. No channel comes out larger than its alpha.
[[nodiscard]] constexpr PackedPixel part_of(PackedPixel pixel, uint32_t part) {
    PackedPixel result = 0;
    for (unsigned shift = 0; shift < 32; shift += 8)
        result |= divided_by_255((pixel >> shift & 0xffU) * part) << shift;
    return result;
}

}  // namespace diaban
