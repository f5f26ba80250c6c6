// A filled shape in device pixels, each pixel taking of its colour what the shape covers of it.
#pragma once

#include <vector>

#include "render/part.h"
#include "render/software/band_painter.h"
#include "render/software/blend.h"

namespace diaban {

/// A convex ring, corners in device pixels of the picture.
struct ConvexArea {
    std::vector<Pixel> corners;
    Shade colour;
};

/// Rows [first, last) of a surface that holds a part of the picture.
void paint_area(const ConvexArea& area, const Part& part, const Surface& surface, int first, int last);

}  // namespace diaban
