// A Cairo surface of coverage only, and its bytes without Cairo's row padding.
#pragma once

#include <cstdint>
#include <vector>

#include "scene/pango_handles.h"

namespace diaban {

struct MaskSurface {
    CairoSurfaceHandle surface;
    CairoHandle context;
    int width = 0;
    int height = 0;

    /// At least one pixel either way, all clear; drawing covers fully.
    MaskSurface(int wanted_width, int wanted_height);
    /// Row by row from the top, width × height bytes.
    [[nodiscard]] std::vector<uint8_t> bytes() const;
};

}  // namespace diaban
