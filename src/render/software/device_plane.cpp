#include "render/software/device_plane.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace diaban {
namespace {

constexpr double most = DevicePlane::most_pixels * fixed_one;

template <class Pair>
Pair kept_near(Pair v) {
    v = v < most ? v : Pair{} + most;
    return v > -most ? v : Pair{} - most;
}

Pixel between(Pixel a, Pixel b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

}  // namespace

bool paintable(const PartView& view) {
    const double numbers[] = {view.scale(), view.frame.centre.x, view.frame.centre.y, view.centre_x(), view.centre_y()};
    return view.part.width > 0 && view.part.height > 0 && view.scale() > 0 &&
           std::ranges::all_of(numbers, [](double v) { return std::isfinite(v); });
}

DevicePlane::DevicePlane(const Detail& detail, const PartView& view)
    : corner_x_(view.part.x * fixed_one), corner_y_(view.part.y * fixed_one) {
    const double scale = view.scale() * fixed_one;
    const Frame& frame = view.frame;
    from_x_ = std::round((frame.centre.x - detail.origin.x) / detail.unit);
    from_y_ = std::round((frame.centre.y - detail.origin.y) / detail.unit);
    scale_ = detail.unit * scale;
    const double half_pixels = frame.pixel_ratio * fixed_one / 2;
    at_x_ = frame.width * half_pixels + (detail.origin.x + from_x_ * detail.unit - frame.centre.x) * scale;
    at_y_ = frame.height * half_pixels - (detail.origin.y + from_y_ * detail.unit - frame.centre.y) * scale;
}

DevicePlane::Pair DevicePlane::exact_pair(LatticePoint p) const {
    using Ints = int32_t __attribute__((vector_size(8)));
    const Pair steps = __builtin_convertvector(std::bit_cast<Ints>(p), Pair);
    return (steps - Pair{from_x_, from_y_}) * Pair{scale_, -scale_} + Pair{at_x_, at_y_};
}

/// To the nearest step, halves upwards.
FixedPoint DevicePlane::rounded(Pair exact) const {
    using Ints = int32_t __attribute__((vector_size(8)));
    // Added before the fraction is cut off, so that numbers on both sides of zero are rounded alike.
    constexpr int32_t bias = 1 << 30;
    const Ints corner{corner_x_ + bias, corner_y_ + bias};
    return std::bit_cast<FixedPoint>(__builtin_convertvector(exact + (bias + 0.5), Ints) - corner);
}

void DevicePlane::place(std::span<const LatticePoint> points, std::span<FixedPoint> out) const {
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = rounded(exact_pair(points[i]));
}

DevicePlane::PlacedBox DevicePlane::place(const LatticeBox& box) const {
    const Pair low = exact_pair({box.min_x, box.max_y});
    const Pair high = exact_pair({box.max_x, box.min_y});
    const Pair low_kept = kept_near(low);
    const Pair high_kept = kept_near(high);
    const FixedPoint from = rounded(low_kept);
    const FixedPoint to = rounded(high_kept);
    const bool far =
        low[0] != low_kept[0] || low[1] != low_kept[1] || high[0] != high_kept[0] || high[1] != high_kept[1];
    return {{from.x, from.y, to.x, to.y}, far};
}

Pixel DevicePlane::exact(LatticePoint p) const {
    // Farther than this nothing changes, and infinities would.
    static constexpr double farthest = 1e15;
    const Pair at = exact_pair(p);
    return {std::clamp(at[0], -farthest, farthest), std::clamp(at[1], -farthest, farthest)};
}

FixedPoint DevicePlane::to_fixed(Pixel exact) const {
    return rounded(kept_near(Pair{exact.x, exact.y}));
}

void append_clamped(const DevicePlane& plane, std::span<const LatticePoint> points, std::vector<FixedPoint>& out) {
    Pixel a = plane.exact(points.front());
    out.push_back(plane.to_fixed(a));
    for (const LatticePoint p : points.subspan(1)) {
        const Pixel b = plane.exact(p);
        // Where the edge crosses the four sides of what can be placed.
        std::array<double, 4> cuts{1, 1, 1, 1};
        std::size_t count = 0;
        for (const double side : {-most, most}) {
            if ((a.x < side) != (b.x < side)) cuts[count++] = (side - a.x) / (b.x - a.x);
            if ((a.y < side) != (b.y < side)) cuts[count++] = (side - a.y) / (b.y - a.y);
        }
        std::ranges::sort(cuts);
        if (count > 0)
            for (const double t : cuts)
                out.push_back(plane.to_fixed(between(a, b, t)));
        out.push_back(plane.to_fixed(b));
        a = b;
    }
}

}  // namespace diaban
