// Lines where they lie on a picture, in short segments: what is far outside is cut off first, so that a float tells a
// pixel's distance from a segment exactly.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/software/device_plane.h"

namespace diaban {

struct PlacedLines {
    struct Path {
        uint32_t first = 0;  ///< of its points, and of `along`
        uint32_t count = 0;
        FixedBox box;
    };
    std::vector<FixedPoint> points;
    std::vector<float> along;  ///< device pixels from the line's start, less whole periods; empty when not asked for
    std::vector<Path> paths;

    [[nodiscard]] std::span<const FixedPoint> points_of(const Path& path) const {
        return {points.data() + path.first, path.count};
    }
    [[nodiscard]] std::span<const float> along_of(const Path& path) const {
        return along.empty() ? std::span<const float>() : std::span<const float>(along.data() + path.first, path.count);
    }
};

/// The arcs of these features that come within `reach` device pixels of the view, each once. `period` > 0: with lengths
/// along their lines, for a pattern that repeats after so many pixels. Arcs that have a feature of `inside` (empty:
/// none) on both sides are left out.
[[nodiscard]] PlacedLines place_lines(const Detail& detail, std::span<const uint32_t> features, const PartView& view,
                                      double reach, double period, std::span<const uint8_t> inside = {});
/// A path in logical pixels of the picture. Points that are not finite break it.
[[nodiscard]] PlacedLines place_path(std::span<const Pixel> path, bool closed, const PartView& view, double reach,
                                     double period);

}  // namespace diaban
