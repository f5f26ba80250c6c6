#include "render/feature_texture.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <vector>

namespace diaban {
namespace {

constexpr std::size_t row = 1024;

void upload(std::span<const uint8_t> bytes, int channels) {
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

}  // namespace

void FeatureTextures::bind(const std::shared_ptr<const void>& content, std::span<const uint8_t> bytes, int channels) {
    Texture& texture = known_[content.get()];
    const bool known = texture.name && !texture.content.expired();
    if (!known) texture = {content, GlName(GlKind::texture, bin_)};
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, texture.name.get());
    if (!known) upload(bytes, channels);
}

void FeatureTextures::bind(const FeatureColours& colours) {
    static_assert(sizeof(Rgba) == 4);
    bind(colours, {reinterpret_cast<const uint8_t*>(colours->data()), colours->size() * sizeof(Rgba)}, 4);
}

void FeatureTextures::bind(const FeatureMask& mask) {
    bind(mask, *mask, 1);
}

void FeatureTextures::drop_unused() {
    std::erase_if(known_, [](const auto& entry) { return entry.second.content.expired(); });
}

}  // namespace diaban
