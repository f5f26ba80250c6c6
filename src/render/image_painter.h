// Pictures laid on a map. Used by GlPainter alone.
#pragma once

#include <map>
#include <memory>

#include "render/gl_program.h"
#include "render/part.h"
#include "scene/scene.h"

namespace diaban {

/// Textures are kept by identity of the picture and dropped when that is gone.
class ImagePainter {
public:
    explicit ImagePainter(const GlBinPtr& bin);

    /// Once a frame, before its items.
    void begin_frame();
    /// Into the framebuffer that is bound.
    void paint(const ImageItem& item, const PartView& view);

private:
    struct Texture {
        std::weak_ptr<const MapImage> image;
        GlName name;
        bool has_smaller = false;  ///< the same at half the size, a quarter …
    };
    Texture& texture_of(const std::shared_ptr<const MapImage>& image);

    GlBinPtr bin_;
    GlProgram program_;
    GlName arrays_;
    std::map<const MapImage*, Texture> known_;
};

/// At half the size, each pixel the mean of four; a last odd row or column is left out, but never the only one.
[[nodiscard]] MapImage halved(const MapImage& image);

}  // namespace diaban
