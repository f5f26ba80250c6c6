// Premultiplied pixels laid over others, four at a time; rounded to the nearest of 255 steps. Vectors are the
// compiler's own, so that they are what each processor has.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "style/colour.h"

namespace diaban {

/// A pixel as a surface holds it, its bytes red, green, blue, alpha.
using PackedPixel = uint32_t;
static_assert(std::endian::native == std::endian::little, "alpha is taken to be a packed pixel's highest byte");

using PixelQuad = PackedPixel __attribute__((vector_size(16)));
using ChannelOctet = uint16_t __attribute__((vector_size(16)));
inline constexpr int quad = 4;  ///< pixels of a PixelQuad

/// As many pixels, and those that make the last quad whole.
[[nodiscard]] constexpr int whole_quads(int count) {
    return (count + quad - 1) / quad * quad;
}

/// `above` over `below`. No channel of `above` may be larger than its alpha.
[[nodiscard]] inline PixelQuad laid_over(PixelQuad below, PixelQuad above) {
    const PixelQuad hidden = above >> 24;
    const auto shows = std::bit_cast<ChannelOctet>(0x00ff00ffU - (hidden | (hidden << 16)));
    const auto weighted = [&](PixelQuad channels) {
        const ChannelOctet product = std::bit_cast<ChannelOctet>(channels) * shows + 128;
        return std::bit_cast<PixelQuad>((product + (product >> 8)) >> 8);
    };
    const PixelQuad even = weighted(below & 0x00ff00ffU);
    const PixelQuad odd = weighted((below >> 8) & 0x00ff00ffU);
    return above + (even | (odd << 8));
}

[[nodiscard]] inline PackedPixel laid_over(PackedPixel below, PackedPixel above) {
    return laid_over(PixelQuad{below, 0, 0, 0}, PixelQuad{above, 0, 0, 0})[0];
}

[[nodiscard]] inline PixelQuad load_quad(const void* from) {
    PixelQuad out;
    std::memcpy(&out, from, sizeof out);
    return out;
}

inline void lay_over(uint8_t* pixel, PackedPixel above) {
    PackedPixel below;
    std::memcpy(&below, pixel, sizeof below);
    below = laid_over(below, above);
    std::memcpy(pixel, &below, sizeof below);
}

/// `count` pixels over as many of a row.
inline void lay_over(uint8_t* row, const PackedPixel* above, int count) {
    int i = 0;
    for (; i + quad <= count; i += quad) {
        const PixelQuad mixed = laid_over(load_quad(row + 4 * i), load_quad(above + i));
        std::memcpy(row + 4 * i, &mixed, sizeof mixed);
    }
    for (; i < count; ++i)
        lay_over(row + 4 * i, above[i]);
}

/// One pixel over each of `count` of a row.
inline void lay_over(uint8_t* row, PackedPixel above, int count) {
    if (above == 0) return;
    const PixelQuad above_all = PixelQuad{} + above;
    const bool opaque = above >> 24 == 255;
    int i = 0;
    for (; i + quad <= count; i += quad) {
        const PixelQuad mixed = opaque ? above_all : laid_over(load_quad(row + 4 * i), above_all);
        std::memcpy(row + 4 * i, &mixed, sizeof mixed);
    }
    for (; i < count; ++i)
        lay_over(row + 4 * i, above);
}

/// Premultiplied, each channel from 0 to 1.
struct Shade {
    float r = 0, g = 0, b = 0, a = 0;

    [[nodiscard]] Shade operator*(float k) const { return {r * k, g * k, b * k, a * k}; }
    [[nodiscard]] Shade operator+(const Shade& o) const { return {r + o.r, g + o.g, b + o.b, a + o.a}; }
};

[[nodiscard]] inline Shade premultiplied(Rgba colour) {
    const float a = static_cast<float>(colour.a) / 255;
    return {static_cast<float>(colour.r) / 255 * a, static_cast<float>(colour.g) / 255 * a,
            static_cast<float>(colour.b) / 255 * a, a};
}

/// To the nearest step; channels above 1 by rounding end at it.
[[nodiscard]] inline PackedPixel packed(const Shade& shade) {
    // By way of int, into which processors convert several at once.
    const auto step = [](float v) { return static_cast<uint32_t>(static_cast<int32_t>(v * 255 + 0.5F)); };
    const float a = std::min(shade.a, 1.0F);
    return step(std::min(shade.r, a)) | step(std::min(shade.g, a)) << 8 | step(std::min(shade.b, a)) << 16 |
           step(a) << 24;
}

}  // namespace diaban
