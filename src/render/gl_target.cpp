#include "render/gl_target.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <new>

namespace diaban {
namespace {

struct TexelFormat {
    GLenum internal, external;
};

TexelFormat texel_format(TargetFormat format) {
    switch (format) {
        case TargetFormat::colour:
            return {GL_RGBA8, GL_RGBA};
        case TargetFormat::window:
            return {GL_RGBA, GL_BGRA};  // unsized: drivers take the order of bytes that the second names
        case TargetFormat::coverage:
            return {GL_RG8, GL_RG};
    }
    return {};
}

}  // namespace

void GlTarget::resize(int width, int height, const GlBinPtr& bin) {
    if (framebuffer_ && width == width_ && height == height_) return;
    // Names first: should the driver be out of memory, nothing of the old size is left in use.
    width_ = height_ = 0;
    framebuffer_ = GlName(GlKind::framebuffer, bin);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.get());
    const TexelFormat format = texel_format(format_);
    if (samples_ > 0) {
        GLint most = 0;
        glGetIntegerv(GL_MAX_SAMPLES, &most);
        renderbuffer_ = GlName(GlKind::renderbuffer, bin);
        glBindRenderbuffer(GL_RENDERBUFFER, renderbuffer_.get());
        glRenderbufferStorageMultisample(GL_RENDERBUFFER, std::min(samples_, most), format.internal, width, height);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, renderbuffer_.get());
    } else {
        texture_ = GlName(GlKind::texture, bin);
        glBindTexture(GL_TEXTURE_2D, texture_.get());
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
        glTexImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(format.internal), width, height, 0, format.external,
                     GL_UNSIGNED_BYTE, nullptr);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.get(), 0);
    }
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        framebuffer_ = {};
        throw std::bad_alloc();
    }
    width_ = width;
    height_ = height;
}

void copy_picture(uint32_t from, uint32_t to, int width, int height, int x, int y, bool from_top) {
    glBindFramebuffer(GL_READ_FRAMEBUFFER, from);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to);
    glBlitFramebuffer(0, from_top ? height : 0, width, from_top ? 0 : height, x, y, x + width, y + height,
                      GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, to);
}

}  // namespace diaban
