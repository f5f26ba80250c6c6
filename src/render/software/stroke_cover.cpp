#include "render/software/stroke_cover.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/float_quad.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace diaban {
namespace {

constexpr float pixels = 1.0F / fixed_one;
constexpr int half_pixel = fixed_one / 2;

constexpr int lanes = 4;

/// What a line covers of a pixel-wide window at distance d from its middle, of 255 and half of one to round.
struct Band {
    explicit Band(float half_width)
        : edge((half_width + 0.5F) * 255 + 0.5F), most_covered(std::min(1.0F, 2 * half_width) * 255 + 0.5F) {}
    float edge, most_covered;
    [[nodiscard]] FloatQuad operator()(FloatQuad d) const {
        return most(least(edge - d * 255.0F, FloatQuad{} + most_covered), FloatQuad{});
    }
};

/// How much of a pixel-wide window at these lengths along a line lies on its dashes, 0 to 1.
FloatQuad dash(FloatQuad along, const Pen& pen) {
    using Whole = int32_t __attribute__((vector_size(16)));
    const Whole periods = __builtin_convertvector(along * (1 / pen.period), Whole);
    const FloatQuad s = along - pen.period * __builtin_convertvector(periods, FloatQuad);
    FloatQuad sum{};
    float start = 0;
    for (std::size_t i = 0; i + 1 < pen.dashes.size(); i += 2) {
        const float half = pen.dashes[i] / 2;
        const FloatQuad d = magnitude(s - (start + half));
        const FloatQuad near = least(d, pen.period - d);
        sum += part_of_one(least(near + 0.5F, FloatQuad{} + half) - most(near - 0.5F, FloatQuad{} - half));
        start += pen.dashes[i] + pen.dashes[i + 1];
    }
    return part_of_one(sum);
}

/// Each byte becomes the larger of it and its lane (0 to 255, rounded down).
inline void raise(uint8_t* bytes, FloatQuad to) {
#ifdef __SSE2__
    __m128i steps = _mm_cvttps_epi32(to);
    steps = _mm_packs_epi32(steps, steps);
    steps = _mm_packus_epi16(steps, steps);
    int32_t four = 0;
    std::memcpy(&four, bytes, sizeof four);
    four = _mm_cvtsi128_si32(_mm_max_epu8(steps, _mm_cvtsi32_si128(four)));
    std::memcpy(bytes, &four, sizeof four);
#else
    for (int i = 0; i < lanes; ++i)
        bytes[i] = std::max(bytes[i], static_cast<uint8_t>(to[i]));
#endif
}

/// The first and last whose middle lies within [low, high] 256ths.
int first_pixel(int low) {
    return (low - half_pixel + fixed_one - 1) >> fixed_bits;
}
int last_pixel(int high) {
    return (high - half_pixel) >> fixed_bits;
}

}  // namespace

void StrokeCover::begin(int width, int first, int last) {
    width_ = width;
    first_ = first;
    last_ = last;
    const auto rows = static_cast<std::size_t>(last - first);
    // Lanes are written whole, also past the last column.
    stride_ = (static_cast<std::size_t>(width) / 16 + 2) * 16;
    if (line_.size() < stride_ * rows) {
        line_.resize(stride_ * rows);
        casing_.resize(stride_ * rows);
    }
    extents_.assign(rows, {});
}

void StrokeCover::touch(const FixedBox& box, float reach) {
    const int r = static_cast<int>(std::ceil(reach * fixed_one));
    const int from = std::max(first_pixel(box.min_x - r), 0) & ~(lanes - 1);
    const int to = (std::min(last_pixel(box.max_x + r), width_ - 1) | (lanes - 1)) + 1;
    const int end = std::min(last_pixel(box.max_y + r) + 1, last_);
    if (from >= to) return;
    for (int row = std::max(first_pixel(box.min_y - r), first_); row < end; ++row) {
        Extent& extent = extents_[static_cast<std::size_t>(row - first_)];
        extent =
            extent.from < extent.to ? Extent{std::min(extent.from, from), std::max(extent.to, to)} : Extent{from, to};
    }
}

template <bool cased, bool dashed>
inline void StrokeCover::add_segment(FixedPoint a, FixedPoint b, float along, const Pen& pen) {
    const float reach = pen.reach();
    const int r = static_cast<int>(reach * fixed_one) + 1;
    const int top = std::max(first_pixel(std::min(a.y, b.y) - r), first_);
    const int bottom = std::min(last_pixel(std::max(a.y, b.y) + r), last_ - 1);
    const int left = std::max(first_pixel(std::min(a.x, b.x) - r), 0);
    const int right = std::min(last_pixel(std::max(a.x, b.x) + r), width_ - 1);
    if (top > bottom || left > right) return;
    const float dx = static_cast<float>(b.x - a.x) * pixels;
    const float dy = static_cast<float>(b.y - a.y) * pixels;
    const float length = std::sqrt(dx * dx + dy * dy);
    const float ux = length > 0 ? dx / length : 1;
    const float uy = length > 0 ? dy / length : 0;
    const bool wide = right - left > 12 && std::abs(uy) > 0.05F;
    const Band band(pen.half_width);
    const Band casing_band(pen.casing_half_width);
    for (int row = top; row <= bottom; ++row) {
        const float y = static_cast<float>(row * fixed_one + half_pixel - a.y) * pixels;
        int from = left;
        int to = right;
        if (wide) {  // only near where the row crosses the segment's line
            const float middle = static_cast<float>(a.x) * pixels - 0.5F + y * ux / uy;
            const float spread = reach / std::abs(uy) + 1;
            from = std::max(from, static_cast<int>(std::floor(middle - spread)));
            to = std::min(to, static_cast<int>(std::floor(middle + spread)) + 1);
        }
        const std::size_t start = static_cast<std::size_t>(row - first_) * stride_;
        for (int column = from & ~(lanes - 1); column <= to; column += lanes) {
            const auto x0 = static_cast<float>(column * fixed_one + half_pixel - a.x);
            const FloatQuad x = (x0 + FloatQuad{0, fixed_one, 2 * fixed_one, 3 * fixed_one}) * pixels;
            const FloatQuad forward = x * ux + y * uy;
            const FloatQuad aside = x * uy - y * ux;
            const FloatQuad beyond = most(most(-forward, forward - length), FloatQuad{});
            const FloatQuad d = root(aside * aside + beyond * beyond);
            const std::size_t at = start + static_cast<std::size_t>(column);
            FloatQuad cover = band(d);
            if constexpr (dashed) {
                const FloatQuad s = along + most(least(forward, FloatQuad{} + length), FloatQuad{});
                cover = (cover - 0.5F) * dash(s, pen) + 0.5F;
            }
            raise(line_.data() + at, cover);
            if constexpr (cased) raise(casing_.data() + at, casing_band(d));
        }
    }
}

template <bool cased, bool dashed>
void StrokeCover::add_path(std::span<const FixedPoint> path, std::span<const float> along, const Pen& pen) {
    for (std::size_t i = 1; i < path.size(); ++i)
        add_segment<cased, dashed>(path[i - 1], path[i], dashed ? along[i - 1] : 0, pen);
}

void StrokeCover::add(std::span<const FixedPoint> path, std::span<const float> along, const FixedBox& box,
                      const Pen& pen) {
    touch(box, pen.reach());
    if (pen.dashes.empty()) {
        if (pen.cased())
            add_path<true, false>(path, along, pen);
        else
            add_path<false, false>(path, along, pen);
    } else {
        if (pen.cased())
            add_path<true, true>(path, along, pen);
        else
            add_path<false, true>(path, along, pen);
    }
}

}  // namespace diaban
