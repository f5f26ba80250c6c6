// Which part of a picture is painted, and how map coordinates become its device pixels.
#pragma once

#include <cmath>

#include "scene/scene.h"

namespace diaban {

/// A rectangle of a picture's device pixels, from its top left, y down.
struct Part {
    int x = 0, y = 0, width = 0, height = 0;
};

/// The device size of a frame's picture.
[[nodiscard]] inline int device_width(const Frame& frame) {
    return static_cast<int>(std::lround(frame.width * frame.pixel_ratio));
}
[[nodiscard]] inline int device_height(const Frame& frame) {
    return static_cast<int>(std::lround(frame.height * frame.pixel_ratio));
}

/// Map → device pixels of the part, y up from its bottom left as OpenGL has it.
struct PartView {
    Frame frame;
    Part part;

    /// Device pixels a map unit.
    [[nodiscard]] double scale() const { return frame.pixel_ratio / frame.units_per_pixel; }
    /// Where the frame's centre lies.
    [[nodiscard]] double centre_x() const { return frame.width * frame.pixel_ratio / 2 - part.x; }
    [[nodiscard]] double centre_y() const { return part.height - (frame.height * frame.pixel_ratio / 2 - part.y); }
    /// The part's extent in map coordinates, grown by some device pixels.
    [[nodiscard]] Box extent(double margin) const {
        const double s = scale();
        return {frame.centre.x - (centre_x() + margin) / s, frame.centre.y - (centre_y() + margin) / s,
                frame.centre.x + (part.width - centre_x() + margin) / s,
                frame.centre.y + (part.height - centre_y() + margin) / s};
    }
};

}  // namespace diaban
