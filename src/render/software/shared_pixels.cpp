#include "render/software/shared_pixels.h"

#include <algorithm>
#include <bit>

#include "render/software/coverage_cells.h"

namespace diaban {
namespace {

constexpr uint32_t full = CoverageCells::full;
/// What rounding may have taken from neighbours that fill a pixel together.
constexpr uint32_t slack = 16;
constexpr uint64_t lane_mask = 0xffff;

/// 256ths: taken of running sums, so that what neighbours get adds up.
uint32_t weight(uint32_t share) {
    return (share + full / 512) / (full / 256);
}

uint64_t lanes_of(PackedPixel c) {
    return uint64_t{c & 0xffU} | uint64_t{c >> 8 & 0xffU} << 16 | uint64_t{c >> 16 & 0xffU} << 32 |
           uint64_t{c >> 24} << 48;
}

/// Each lane × numerator / denominator, numerator ≤ denominator.
uint64_t scaled(uint64_t lanes, uint32_t numerator, uint32_t denominator) {
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 64; shift += 16) {
        const auto lane = static_cast<uint32_t>(lanes >> shift & lane_mask);
        result |= (uint64_t{lane} * numerator / denominator) << shift;
    }
    return result;
}

}  // namespace

void SharedPixels::begin(const Surface& surface, int first, int rows) {
    surface_ = surface;
    first_ = first;
    rows_ = rows;
    width_ = static_cast<std::size_t>(surface.width);
    words_ = width_ / 64 + 1;
    const auto height = static_cast<std::size_t>(rows);
    open_.assign(words_ * height, 0);
    if (sums_.size() < width_ * height) {
        sums_.resize(width_ * height);
        shares_.resize(width_ * height);
    }
}

void SharedPixels::paint(int row, int from, int to, int cover, PackedPixel colour) {
    const auto share = static_cast<uint32_t>(cover);
    if (share >= full) return paint_whole(row, from, to, colour);
    const uint64_t lanes = lanes_of(colour);
    for (int x = from; x < to; ++x)
        paint_part(row, x, share, lanes);
}

void SharedPixels::paint_whole(int row, int from, int to, PackedPixel colour) {
    close_range(row, from, to, colour >> 24 != 255);
    lay_over(surface_.row(first_ + row) + std::ptrdiff_t{4} * from, colour, to - from);
}

void SharedPixels::paint_part(int row, int x, uint32_t cover, uint64_t lanes) {
    const auto at = static_cast<std::size_t>(x);
    const std::size_t pixel = static_cast<std::size_t>(row) * width_ + at;
    uint64_t& word = open_[static_cast<std::size_t>(row) * words_ + at / 64];
    const uint64_t bit = uint64_t{1} << (at % 64);
    uint32_t before = 0;
    uint64_t sum = 0;
    if ((word & bit) != 0) {
        before = shares_[pixel];
        sum = sums_[pixel];
        if (before + cover > full) {
            sum = scaled(sum, full - cover, before);
            before = full - cover;
        }
    }
    const uint32_t after = before + cover >= full - slack ? full : before + cover;
    sums_[pixel] = sum + lanes * (weight(after) - weight(before));
    shares_[pixel] = static_cast<uint16_t>(after);
    word |= bit;
    if (after == full) {
        close(row, at);
        word &= ~bit;
    }
}

void SharedPixels::close(int row, std::size_t x) {
    constexpr uint32_t whole = 255 * 256;
    const uint64_t sum = sums_[static_cast<std::size_t>(row) * width_ + x];
    uint8_t* pixel = surface_.row(first_ + row) + std::ptrdiff_t{4} * static_cast<std::ptrdiff_t>(x);
    // What is not covered shows what was there, and so does what a translucent colour lets through.
    const uint32_t through = whole - std::min(static_cast<uint32_t>(sum >> 48U), whole);
    for (unsigned c = 0; c < 4; ++c) {
        const auto above = static_cast<uint32_t>(sum >> (16 * c) & lane_mask);
        pixel[c] = static_cast<uint8_t>((std::min(above + (pixel[c] * through + 127) / 255, whole) + 128) >> 8U);
    }
}

void SharedPixels::close_range(int row, int from, int to, bool lay) {
    const auto first = static_cast<std::size_t>(from);
    const auto last = static_cast<std::size_t>(to - 1);
    uint64_t* words = open_.data() + static_cast<std::size_t>(row) * words_;
    for (std::size_t word = first / 64; word <= last / 64; ++word) {
        uint64_t mask = ~uint64_t{0};
        if (word == first / 64) mask &= ~uint64_t{0} << (first % 64);
        if (word == last / 64) mask &= ~uint64_t{0} >> (63 - last % 64);
        uint64_t open = words[word] & mask;
        words[word] &= ~mask;
        if (!lay) continue;
        for (; open != 0; open &= open - 1)
            close(row, word * 64 + static_cast<std::size_t>(std::countr_zero(open)));
    }
}

void SharedPixels::finish() {
    if (width_ == 0) return;
    for (int row = 0; row < rows_; ++row)
        close_range(row, 0, static_cast<int>(width_), true);
}

}  // namespace diaban
