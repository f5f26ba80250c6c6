// Pictures without OpenGL: see render/image.h.
#include <algorithm>
#include <new>
#include <stdexcept>

#include "base/parallel.h"
#include "render/image.h"
#include "render/part.h"
#include "render/picture_size.h"
#include "render/software/software_painter.h"

namespace diaban {
namespace {

/// From premultiplied alpha.
void straighten(uint8_t* pixels, std::size_t count) {
    for (uint8_t* p = pixels; p != pixels + count * 4; p += 4) {
        const int alpha = p[3];
        if (alpha == 255 || alpha == 0) continue;
        for (int c = 0; c < 3; ++c)
            p[c] = static_cast<uint8_t>(std::min(255, (p[c] * 255 + alpha / 2) / alpha));
    }
}

}  // namespace

Expected<Image> draw_image(const Scene& scene) {
    if (const auto size = check_picture_size(scene.frame); !size) return tl::unexpected(size.error());
    try {
        Image image;
        image.width = device_width(scene.frame);
        image.height = device_height(scene.frame);
        const auto width = static_cast<std::size_t>(image.width);
        image.rgba.resize(width * static_cast<std::size_t>(image.height) * 4);
        const Surface surface{image.rgba.data(), image.width, image.height, std::ptrdiff_t{4} * image.width};
        SoftwarePainter().paint(scene, {0, 0, image.width, image.height}, surface);
        parallel_for(static_cast<std::size_t>(image.height),
                     [&](std::size_t row) { straighten(surface.row(static_cast<int>(row)), width); });
        return image;
    } catch (const std::bad_alloc&) {
    } catch (const std::length_error&) {
    }
    return picture_too_large(scene.frame);
}

}  // namespace diaban
