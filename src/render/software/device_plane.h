// Where a detail's lattice lies on the picture, in whole 256ths of a device pixel: fine enough for the eye, and whole
// numbers, so that sums of what neighbours cover come out exactly and do not depend on how a picture is cut up.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/detail.h"
#include "render/part.h"

namespace diaban {

/// Steps of FixedPoint a device pixel.
inline constexpr int32_t fixed_one = 256;
inline constexpr int fixed_bits = 8;

/// 256ths of a device pixel from the top left of the part, y down.
struct FixedPoint {
    int32_t x = 0;
    int32_t y = 0;
    bool operator==(const FixedPoint&) const = default;
};

struct FixedBox {
    int32_t min_x = 0, min_y = 0, max_x = 0, max_y = 0;
};

/// Whether a view can be painted at all: it has pixels, and its numbers are finite.
[[nodiscard]] bool paintable(const PartView& view);

/// Rounded to the nearest step in the whole picture, then counted from the part's corner: the same wherever a picture
/// is cut into parts. What lies more than `most_pixels` away is moved to that distance.
class DevicePlane {
public:
    static constexpr double most_pixels = 1 << 21;

    DevicePlane(const Detail& detail, const PartView& view);

    /// Of `out.size()` points, none of them too far away.
    void place(std::span<const LatticePoint> points, std::span<FixedPoint> out) const;
    [[nodiscard]] FixedPoint place(LatticePoint p) const { return to_fixed(exact(p)); }
    /// The box of the points placed, and whether some of them were too far away.
    struct PlacedBox {
        FixedBox box;
        bool too_far = false;
    };
    [[nodiscard]] PlacedBox place(const LatticeBox& box) const;

    /// In 256ths from the top left of the whole picture, y down, not rounded.
    [[nodiscard]] Pixel exact(LatticePoint p) const;
    [[nodiscard]] FixedPoint to_fixed(Pixel exact) const;

private:
    using Pair = double __attribute__((vector_size(16)));  ///< x and y, both at once
    [[nodiscard]] Pair exact_pair(LatticePoint p) const;
    [[nodiscard]] FixedPoint rounded(Pair exact) const;

    double from_x_ = 0,
           from_y_ = 0;           ///< a lattice point near the frame's centre, subtracted before anything is rounded
    double scale_ = 1;            ///< 256ths a lattice step
    double at_x_ = 0, at_y_ = 0;  ///< where that point lies
    int32_t corner_x_ = 0, corner_y_ = 0;  ///< of the part
};

/// Appends a path whose points may be too far away: cut where it leaves the plane's reach, and what lies outside moved
/// to its edge, so that it encloses what it enclosed and its points can be placed.
void append_clamped(const DevicePlane& plane, std::span<const LatticePoint> points, std::vector<FixedPoint>& out);

}  // namespace diaban
