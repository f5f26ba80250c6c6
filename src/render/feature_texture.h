// One texel a feature: how shaders look up a feature's colour, or whether it is drawn. So a new style is one small
// upload.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>

#include "render/gl_handle.h"
#include "scene/scene.h"

namespace diaban {

/// Textures of colours and masks, kept by identity and dropped when those are gone.
class FeatureTextures {
public:
    explicit FeatureTextures(GlBinPtr bin) : bin_(std::move(bin)) {}

    /// Binds it to texture unit 0; uploaded at the first call.
    void bind(const FeatureColours& colours);
    void bind(const FeatureMask& mask);
    /// Forgets those that nobody holds any more.
    void drop_unused();

private:
    struct Texture {
        std::weak_ptr<const void> content;
        GlName name;
    };
    void bind(const std::shared_ptr<const void>& content, std::span<const uint8_t> bytes, int channels);

    GlBinPtr bin_;
    std::map<const void*, Texture> known_;
};

}  // namespace diaban
