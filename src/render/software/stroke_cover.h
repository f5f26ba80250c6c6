// How much of each pixel lines cover, by its distance from them: rows of bytes that segments raise and never lower, so
// that what is crossed, doubled or joined counts once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/software/device_plane.h"

namespace diaban {

/// The widths of a line and what interrupts it, in device pixels.
struct Pen {
    float half_width = 0.5F;
    float casing_half_width = 0;  ///< 0: no casing
    std::vector<float> dashes;    ///< on, off, on, off …; empty: solid
    float period = 0;             ///< their sum

    [[nodiscard]] bool cased() const { return casing_half_width > 0; }
    /// How far from its middle anything of it is seen.
    [[nodiscard]] float reach() const { return std::max(half_width, casing_half_width) + 0.5F; }
};

class StrokeCover {
public:
    /// Longest segment that is placed to within the precision of a float.
    static constexpr int32_t longest = 64 * fixed_one;

    /// Rows [first, last) of a picture of some width; nothing is covered.
    void begin(int width, int first, int last);
    /// A path in segments no longer than `longest`, all of it inside `box`. `along`: how far from its line's start each
    /// point lies, at least 0; only looked at when there are dashes.
    void add(std::span<const FixedPoint> path, std::span<const float> along, const FixedBox& box, const Pen& pen);

    /// Calls use(from, to, line, casing) for the columns of a row that may be covered; empties it.
    template <class Use>
    void take(int row, const Use& use) {
        Extent& extent = extents_[static_cast<std::size_t>(row - first_)];
        if (extent.from >= extent.to) return;
        const std::size_t start = static_cast<std::size_t>(row - first_) * stride_;
        use(extent.from, std::min(extent.to, width_), line_.data() + start, casing_.data() + start);
        const auto clear = [&](std::vector<uint8_t>& plane) {
            if (plane.empty()) return;
            uint8_t* bytes = plane.data() + start;
            std::fill(bytes + extent.from, bytes + extent.to, uint8_t{0});
        };
        clear(line_);
        clear(casing_);
        extent = {};
    }

private:
    struct Extent {
        int from = 0, to = 0;
    };
    template <bool cased, bool dashed>
    void add_segment(FixedPoint a, FixedPoint b, float along, const Pen& pen);
    template <bool cased, bool dashed>
    void add_path(std::span<const FixedPoint> path, std::span<const float> along, const Pen& pen);
    void touch(const FixedBox& box, float reach);

    int width_ = 0, first_ = 0, last_ = 0;
    std::size_t stride_ = 0;
    std::vector<uint8_t> line_, casing_;
    std::vector<Extent> extents_;
};

}  // namespace diaban
