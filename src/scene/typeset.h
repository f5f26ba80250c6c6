// Text and marks as they will look (Pango, Cairo): measured for placing, and drawn as coverage masks for painters.
// One typeface, Inter, everywhere; what it lacks comes from fontconfig's fallbacks. Thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scene/scene.h"

namespace diaban {

struct TextSize {
    double width = 0;  ///< logical pixels, of the laid-out box
    double height = 0;
    double baseline = 0;  ///< from the top of the box to the (first) baseline
};

[[nodiscard]] TextSize measure_text(std::string_view text, const TextStyle& style, double wrap_width = 0);

/// Finds the fonts that maps are lettered with, which takes the first text ten milliseconds or so: to be called on a
/// thread with nothing better to do, as soon as text is likely to be wanted. Text set meanwhile waits for the first of
/// them; afterwards, or once text was set, a call does nothing.
void warm_up_text();

/// Coverage of a picture's ink, 0–255, row by row from the top, in device pixels.
struct Mask {
    int width = 0;
    int height = 0;
    double origin_x =
        0;  ///< device pixels from the item's anchor (text: box top left; mark: centre) to the mask's left
    double origin_y = 0;
    std::vector<uint8_t> ink;      ///< width × height
    std::vector<uint8_t> outline;  ///< the same size: halo or outline, including what lies below the ink
};

/// `subpixel_x`, `subpixel_y`: where in its device pixel the anchor lies, 0 ≤ s < 1.
[[nodiscard]] Mask draw_text(std::string_view text, const TextStyle& style, double wrap_width, double pixel_ratio,
                             double subpixel_x = 0, double subpixel_y = 0);
[[nodiscard]] Mask draw_mark(MarkerShape shape, double radius, double outline_width, double pixel_ratio,
                             double subpixel_x = 0, double subpixel_y = 0);

}  // namespace diaban
