// A filled shape in device pixels, each pixel taking of its colour what the shape covers of it.
#pragma once

#include <vector>

#include "render/part.h"
#include "render/software/band_painter.h"
#include "render/software/blend.h"
#include "render/software/device_plane.h"

namespace diaban {

struct ConvexArea {
    std::vector<FixedPoint> ring;  ///< from the part's top left; the last is the first
    FixedBox box;
    Shade colour;
};

/// Of a ring with these corners, in device pixels of the picture, y down; not finite is not allowed. What lies too far
/// off to matter is cut away.
[[nodiscard]] ConvexArea convex_area(std::vector<Pixel> corners, const Part& part, Rgba colour);

/// Rows [first, last) of a surface that holds the part.
void paint_area(const ConvexArea& area, const Surface& surface, int first, int last);

}  // namespace diaban
