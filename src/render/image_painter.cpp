#include "render/image_painter.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace diaban {
namespace {

/// From `from` to `to` along one axis: what a target of this size shows of it, and which share of it that is.
struct Stretch {
    double begin = 0, end = 0;   ///< device pixels
    double first = 0, last = 0;  ///< 0 to 1
};

Stretch shown_of(double from, double to, double size) {
    constexpr double margin = 2;
    const double begin = std::max(from, -margin), end = std::min(to, size + margin);
    return {begin, end, (begin - from) / (to - from), (end - from) / (to - from)};
}

float to_float(double value) {
    return static_cast<float>(value);
}

void upload(const MapImage& image) {
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 image.rgba.data());
}

}  // namespace

MapImage halved(const MapImage& image) {
    MapImage out;
    out.width = std::max(1, image.width / 2);
    out.height = std::max(1, image.height / 2);
    out.rgba.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 4);
    const auto at = [&](int x, int y, std::size_t channel) {
        const auto row =
            static_cast<std::size_t>(std::min(y, image.height - 1)) * static_cast<std::size_t>(image.width);
        return int{image.rgba[(row + static_cast<std::size_t>(std::min(x, image.width - 1))) * 4 + channel]};
    };
    for (int y = 0; y < 2 * out.height; y += 2)
        for (int x = 0; x < 2 * out.width; x += 2)
            for (std::size_t c = 0; c < 4; ++c)
                out.rgba.push_back(static_cast<uint8_t>(
                    (at(x, y, c) + at(x + 1, y, c) + at(x, y + 1, c) + at(x + 1, y + 1, c) + 2) / 4));
    return out;
}

ImagePainter::ImagePainter(const GlBinPtr& bin)
    : bin_(bin), program_("image", "image", bin), arrays_(GlKind::vertex_array, bin) {}

void ImagePainter::begin_frame() {
    std::erase_if(known_, [](const auto& entry) { return entry.second.image.expired(); });
}

ImagePainter::Texture& ImagePainter::texture_of(const std::shared_ptr<const MapImage>& image) {
    Texture& texture = known_[image.get()];
    glActiveTexture(GL_TEXTURE0);
    if (texture.name && !texture.image.expired()) {
        glBindTexture(GL_TEXTURE_2D, texture.name.get());
        return texture;
    }
    texture = {image, GlName(GlKind::texture, bin_)};
    glBindTexture(GL_TEXTURE_2D, texture.name.get());
    GLint most = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
    if (std::max(image->width, image->height) <= most) {
        upload(*image);
        return texture;
    }
    MapImage smaller = halved(*image);
    while (std::max(smaller.width, smaller.height) > most)
        smaller = halved(smaller);
    upload(smaller);
    return texture;
}

void ImagePainter::paint(const ImageItem& item, const PartView& view) {
    if (!item.image || item.image->width <= 0 || item.image->height <= 0 || !(item.opacity > 0)) return;
    DIABAN_CHECK(item.image->rgba.size() ==
                 static_cast<std::size_t>(item.image->width) * static_cast<std::size_t>(item.image->height) * 4);
    const Box extent = view.extent(0);
    if (!(item.extent.width() > 0) || !(item.extent.height() > 0) || !item.extent.intersects(extent)) return;

    const double scale = view.scale();
    const auto x_of = [&](double x) { return (x - view.frame.centre.x) * scale + view.centre_x(); };
    const auto y_of = [&](double y) { return (y - view.frame.centre.y) * scale + view.centre_y(); };
    const Stretch x = shown_of(x_of(item.extent.min_x), x_of(item.extent.max_x), view.part.width);
    const Stretch y = shown_of(y_of(item.extent.min_y), y_of(item.extent.max_y), view.part.height);

    Texture& texture = texture_of(item.image);
    const bool smaller = item.extent.width() * scale < item.image->width * 0.999 ||
                         item.extent.height() * scale < item.image->height * 0.999;
    if (smaller && !texture.has_smaller) {
        glGenerateMipmap(GL_TEXTURE_2D);
        texture.has_smaller = true;
    }
    const GLint between = item.smooth ? GL_LINEAR : GL_NEAREST;
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, texture.has_smaller ? 1000 : 0);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, smaller ? GL_LINEAR_MIPMAP_LINEAR : between);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, between);
    program_.use();
    program_.set("box", to_float(x.begin), to_float(y.begin), to_float(x.end), to_float(y.end));
    program_.set("window", to_float(x.first), to_float(1 - y.first), to_float(x.last), to_float(1 - y.last));
    program_.set("size", to_float(view.part.width), to_float(view.part.height));
    program_.set("picture", 0);
    program_.set("opacity", to_float(std::min(item.opacity, 1.0)));
    glBindVertexArray(arrays_.get());
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace diaban
