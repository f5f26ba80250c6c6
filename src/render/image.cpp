#include "render/image.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <stdexcept>

#include "base/parallel.h"
#include "render/gl_target.h"
#include "render/painter.h"
#include "render/part.h"
#include "render/picture_size.h"
#include "render/software/band_painter.h"

namespace diaban {
namespace {

/// Side of a tile, in device pixels: keeps the multisampled target below 64 MiB.
constexpr int tile_size = 2048;

/// Premultiplied pixels become straight ones.
void make_straight(std::span<uint8_t> pixels) {
    for (std::size_t i = 0; i + 3 < pixels.size(); i += 4) {
        const int alpha = pixels[i + 3];
        if (alpha == 255 || alpha == 0) continue;
        for (std::size_t c = 0; c < 3; ++c)
            pixels[i + c] = static_cast<uint8_t>(std::min(255, (pixels[i + c] * 255 + alpha / 2) / alpha));
    }
}

/// From premultiplied rows that run upwards into the image.
void take_tile(const std::vector<uint8_t>& pixels, const Part& tile, Image& image) {
    const auto row_bytes = static_cast<std::size_t>(tile.width) * 4;
    for (int row = 0; row < tile.height; ++row) {
        const uint8_t* from = pixels.data() + static_cast<std::size_t>(tile.height - 1 - row) * row_bytes;
        uint8_t* to =
            image.rgba.data() + (static_cast<std::size_t>(tile.y + row) * static_cast<std::size_t>(image.width) +
                                 static_cast<std::size_t>(tile.x)) *
                                    4;
        std::copy_n(from, row_bytes, to);
        make_straight({to, row_bytes});
    }
}

/// Tile after tile through the context that is current.
void draw_tiles(Painter& painter, const Scene& scene, Image& image) {
    GLint bound = 0;
    glGetIntegerv(GL_FRAMEBUFFER_BINDING, &bound);
    std::array<GLint, 4> viewport{};
    glGetIntegerv(GL_VIEWPORT, viewport.data());
    const auto bin = std::make_shared<GlBin>();
    const auto restore = [&](const void*) {
        glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(bound));
        glViewport(viewport[0], viewport[1], viewport[2], viewport[3]);
        bin->empty();
    };
    const std::unique_ptr<const void, decltype(restore)> at_the_end(&bound, restore);
    GlTarget target(TargetFormat::colour, 0);
    target.resize(std::min(tile_size, image.width), std::min(tile_size, image.height), bin);
    std::vector<uint8_t> pixels;
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    for (int y = 0; y < image.height; y += tile_size) {
        for (int x = 0; x < image.width; x += tile_size) {
            const Part tile{x, y, std::min(tile_size, image.width - x), std::min(tile_size, image.height - y)};
            painter.paint_part(scene, tile, target.framebuffer(), 0, 0);
            pixels.resize(static_cast<std::size_t>(tile.width) * static_cast<std::size_t>(tile.height) * 4);
            glReadPixels(0, 0, tile.width, tile.height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
            take_tile(pixels, tile, image);
        }
    }
}

/// Straight into the image's memory.
void draw_in_software(Painter& painter, const Scene& scene, Image& image) {
    const Surface surface{image.rgba.data(), image.width, image.height, std::ptrdiff_t{image.width} * 4};
    painter.paint_part(scene, {0, 0, image.width, image.height}, surface);
    if (scene.background.a == 255) return;  // then so is every pixel
    const auto row_bytes = static_cast<std::size_t>(surface.stride);
    parallel_for(static_cast<std::size_t>(image.height), [&](std::size_t row) {
        make_straight({surface.row(static_cast<int>(row)), row_bytes});
    });
}

bool differ(const Image& a, const Image& b, std::size_t i, int tolerance, int& largest) {
    int difference = 0;
    for (std::size_t c = 0; c < 4; ++c)
        difference = std::max(difference, std::abs(int{a.rgba[i + c]} - int{b.rgba[i + c]}));
    largest = std::max(largest, difference);
    return difference > tolerance;
}

}  // namespace

Expected<Image> draw_image_here(Painter& painter, const Scene& scene) {
    if (const auto size = check_picture_size(scene.frame); !size) return tl::unexpected(size.error());
    try {
        Image image;
        image.width = device_width(scene.frame);
        image.height = device_height(scene.frame);
        image.rgba.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
        if (painter.rasteriser() == Rasteriser::software)
            draw_in_software(painter, scene, image);
        else
            draw_tiles(painter, scene, image);
        return image;
    } catch (const std::bad_alloc&) {
    } catch (const std::length_error&) {
    }
    return picture_too_large(scene.frame);
}

Expected<Image> draw_image(const Scene& scene) {
    Painter painter(Rasteriser::software);
    return draw_image_here(painter, scene);
}

Expected<Image> draw_image(const OffscreenContext& context, Painter& painter, const Scene& scene) {
    context.make_current();
    return draw_image_here(painter, scene);
}

ImageDifference compare_images(const Image& a, const Image& b, int tolerance) {
    if (a.width != b.width || a.height != b.height || a.rgba.size() != b.rgba.size()) return {1, 255};
    ImageDifference result;
    std::size_t different = 0;
    for (std::size_t i = 0; i + 3 < a.rgba.size(); i += 4)
        if (differ(a, b, i, tolerance, result.largest)) ++different;
    if (!a.rgba.empty()) result.share = static_cast<double>(different) / (static_cast<double>(a.rgba.size()) / 4);
    return result;
}

Image difference_image(const Image& a, const Image& b, int tolerance) {
    Image result = a;
    int largest = 0;
    const bool comparable = a.width == b.width && a.height == b.height && a.rgba.size() == b.rgba.size();
    for (std::size_t i = 0; i + 3 < result.rgba.size(); i += 4) {
        const bool different = !comparable || differ(a, b, i, tolerance, largest);
        for (std::size_t c = 0; c < 3; ++c)
            result.rgba[i + c] = static_cast<uint8_t>(192 + a.rgba[i + c] / 4);
        if (different) result.rgba[i] = 220, result.rgba[i + 1] = 0, result.rgba[i + 2] = 0;
        result.rgba[i + 3] = 255;
    }
    return result;
}

}  // namespace diaban
