#include "render/software/device_plane.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban {
namespace {

constexpr double most = DevicePlane::most_pixels * fixed_one;

/// To the nearest whole number, halves upwards; branch-free, so that a loop of it runs on vectors.
int32_t rounded(double v) {
    constexpr double bias = 1 << 30;
    return static_cast<int32_t>(std::min(std::max(v, -most), most) + (bias + 0.5)) - (1 << 30);
}

bool far(double v) {
    return !(v >= -most && v <= most);
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

void DevicePlane::place(std::span<const LatticePoint> points, std::span<FixedPoint> out) const {
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = {rounded(at_x_ + (points[i].x - from_x_) * scale_) - corner_x_,
                  rounded(at_y_ - (points[i].y - from_y_) * scale_) - corner_y_};
}

Pixel DevicePlane::exact(LatticePoint p) const {
    // Farther than this nothing changes, and infinities would.
    static constexpr double farthest = 1e15;
    return {std::clamp(at_x_ + (p.x - from_x_) * scale_, -farthest, farthest),
            std::clamp(at_y_ - (p.y - from_y_) * scale_, -farthest, farthest)};
}

FixedPoint DevicePlane::to_fixed(Pixel exact) const {
    return {rounded(exact.x) - corner_x_, rounded(exact.y) - corner_y_};
}

FixedBox DevicePlane::place(const LatticeBox& box) const {
    const FixedPoint low = place(LatticePoint{box.min_x, box.max_y});
    const FixedPoint high = place(LatticePoint{box.max_x, box.min_y});
    return {low.x, low.y, high.x, high.y};
}

bool DevicePlane::too_far(const LatticeBox& box) const {
    const Pixel low = exact({box.min_x, box.max_y});
    const Pixel high = exact({box.max_x, box.min_y});
    return far(low.x) || far(low.y) || far(high.x) || far(high.y);
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
