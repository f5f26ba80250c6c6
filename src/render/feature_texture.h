// One texel a feature: how shaders look up a feature's colour, or whether it is drawn. So a new style is one small
// upload.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/gl_handle.h"
#include "style/colour.h"

namespace diaban {

/// A texture that is uploaded only when its content changed.
class FeatureTexture {
public:
    /// Binds it to texture unit 0. `channels` is 1 or 4, a byte each.
    void bind(std::span<const uint8_t> bytes, int channels, const GlBinPtr& bin);
    void bind(std::span<const Rgba> colours, const GlBinPtr& bin);

private:
    std::vector<uint8_t> content_;
    GlName texture_;
};

}  // namespace diaban
