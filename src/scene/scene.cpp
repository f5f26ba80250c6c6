#include "scene/scene.h"

#include <algorithm>

namespace diaban {

Frame Frame::fitted(const Box& box, const PixelBox& inside) const {
    Frame out = *this;
    if (box.empty()) return out;
    const double inner_width = std::max(1.0, inside.width);
    const double inner_height = std::max(1.0, inside.height);
    const double needed = std::max(box.width() / inner_width, box.height() / inner_height);
    // A single place has no size to fit: the scale stays what it was.
    if (needed > 0) out.units_per_pixel = needed;
    const Point middle = box.centre();
    out.centre = {middle.x - (inside.x + inside.width / 2 - width / 2) * out.units_per_pixel,
                  middle.y + (inside.y + inside.height / 2 - height / 2) * out.units_per_pixel};
    return out;
}

}  // namespace diaban
