// Pictures that are painted into before they reach the screen: kept from frame to frame, made anew when the size
// changes.
#pragma once

#include <cstdint>

#include "render/gl_handle.h"

namespace diaban {

enum class TargetFormat {
    colour,    ///< RGBA, 8 bits, premultiplied
    window,    ///< the same in the order of bytes that windows mostly have: copied to one as it is
    coverage,  ///< two channels of 8 bits: a line's coverage, and its casing's
};

/// A framebuffer with one attachment. With samples it can only be resolved, without it is a texture.
class GlTarget {
public:
    GlTarget(TargetFormat format, int samples) : format_(format), samples_(samples) {}

    /// Makes it this large, if it is not; the content is undefined afterwards.
    void resize(int width, int height, const GlBinPtr& bin);
    [[nodiscard]] uint32_t framebuffer() const { return framebuffer_.get(); }
    /// 0 with samples.
    [[nodiscard]] uint32_t texture() const { return texture_.get(); }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }

private:
    TargetFormat format_;
    int samples_;
    int width_ = 0;
    int height_ = 0;
    GlName framebuffer_;
    GlName texture_;
    GlName renderbuffer_;
};

/// Copies a picture of this size from one framebuffer to a place in another, which is bound afterwards. `from_top`: its
/// rows begin at the top, which OpenGL's do not.
void copy_picture(uint32_t from, uint32_t to, int width, int height, int x, int y, bool from_top = false);

}  // namespace diaban
