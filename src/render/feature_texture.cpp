#include "render/feature_texture.h"

#include <epoxy/gl.h>

#include <algorithm>

namespace diaban {
namespace {

constexpr std::size_t row = 1024;

}  // namespace

void FeatureTexture::bind(std::span<const uint8_t> bytes, int channels, const GlBinPtr& bin) {
    glActiveTexture(GL_TEXTURE0);
    if (texture_ && std::ranges::equal(bytes, content_)) {
        glBindTexture(GL_TEXTURE_2D, texture_.get());
        return;
    }
    content_.assign(bytes.begin(), bytes.end());
    // A new name rather than new content: the old one may still be waited for by what was drawn last.
    texture_ = GlName(GlKind::texture, bin);
    glBindTexture(GL_TEXTURE_2D, texture_.get());
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    const std::size_t row_bytes = row * static_cast<std::size_t>(channels);
    const std::size_t rows = std::max<std::size_t>(1, (bytes.size() + row_bytes - 1) / row_bytes);
    std::vector<uint8_t> padded(rows * row_bytes);
    std::ranges::copy(bytes, padded.begin());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, channels == 1 ? GL_R8 : GL_RGBA8, static_cast<GLsizei>(row),
                 static_cast<GLsizei>(rows), 0, channels == 1 ? GL_RED : GL_RGBA, GL_UNSIGNED_BYTE, padded.data());
}

void FeatureTexture::bind(std::span<const Rgba> colours, const GlBinPtr& bin) {
    static_assert(sizeof(Rgba) == 4);
    bind({reinterpret_cast<const uint8_t*>(colours.data()), colours.size() * sizeof(Rgba)}, 4, bin);
}

}  // namespace diaban
