// Pictures in memory, and scenes drawn to them without a window.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "render/gl_context.h"
#include "scene/scene.h"

namespace diaban {

class Painter;

/// sRGB, straight alpha, rows from the top, 4 bytes a pixel.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<uint8_t> rgba;
};

/// Draws the scene at frame.width × frame.height × pixel_ratio device pixels. `context` is made current. Pictures
/// larger than the device's limit are drawn in tiles. Errors: not enough memory for the size.
[[nodiscard]] Expected<Image> draw_image(const OffscreenContext& context, Painter& painter, const Scene& scene);

/// With whatever context is current (the window's own): for "save picture". A painter made for Rasteriser::software
/// needs none.
[[nodiscard]] Expected<Image> draw_image_here(Painter& painter, const Scene& scene);

/// Without any OpenGL, by the software painter, on all cores. Errors: as above.
[[nodiscard]] Expected<Image> draw_image(const Scene& scene);

/// PNG with its physical resolution (96 dpi × pixel ratio), written atomically.
Expected<void> write_png(const Image& image, const std::filesystem::path& path, double pixel_ratio = 1);
[[nodiscard]] Expected<Image> read_png(const std::filesystem::path& path);

/// How different two pictures are: the share of pixels whose largest channel difference exceeds `tolerance` (0–255),
/// and the largest difference. Different sizes: share 1.
struct ImageDifference {
    double share = 0;
    int largest = 0;
};
[[nodiscard]] ImageDifference compare_images(const Image& a, const Image& b, int tolerance);
/// For people: a where they agree, faded; red where they do not.
[[nodiscard]] Image difference_image(const Image& a, const Image& b, int tolerance);

}  // namespace diaban
