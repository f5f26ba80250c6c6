#include "render/gl_handle.h"

#include <epoxy/gl.h>

#include "base/error.h"

namespace diaban {

void GlBin::add(GlKind kind, uint32_t name) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace_back(kind, name);
}

void GlBin::empty() {
    std::vector<std::pair<GlKind, uint32_t>> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting.swap(waiting_);
    }
    for (const auto& [kind, name] : waiting) {
        switch (kind) {
            case GlKind::buffer:
                glDeleteBuffers(1, &name);
                break;
            case GlKind::texture:
                glDeleteTextures(1, &name);
                break;
            case GlKind::framebuffer:
                glDeleteFramebuffers(1, &name);
                break;
            case GlKind::renderbuffer:
                glDeleteRenderbuffers(1, &name);
                break;
            case GlKind::vertex_array:
                glDeleteVertexArrays(1, &name);
                break;
            case GlKind::program:
                glDeleteProgram(name);
                break;
            case GlKind::shader:
                glDeleteShader(name);
                break;
        }
    }
}

GlName::GlName(GlKind kind, GlBinPtr bin) : kind_(kind), bin_(std::move(bin)) {
    switch (kind) {
        case GlKind::buffer:
            glGenBuffers(1, &name_);
            break;
        case GlKind::texture:
            glGenTextures(1, &name_);
            break;
        case GlKind::framebuffer:
            glGenFramebuffers(1, &name_);
            break;
        case GlKind::renderbuffer:
            glGenRenderbuffers(1, &name_);
            break;
        case GlKind::vertex_array:
            glGenVertexArrays(1, &name_);
            break;
        case GlKind::program:
            name_ = glCreateProgram();
            break;
        case GlKind::shader:
            break;  // its stage is missing: GlName::shader makes it
    }
    DIABAN_CHECK(name_ != 0);
}

GlName GlName::shader(uint32_t stage, GlBinPtr bin) {
    GlName made;
    made.kind_ = GlKind::shader;
    made.bin_ = std::move(bin);
    made.name_ = glCreateShader(stage);
    DIABAN_CHECK(made.name_ != 0);
    return made;
}

}  // namespace diaban
