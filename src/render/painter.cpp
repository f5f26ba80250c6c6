// Either rasteriser leaves its picture in a texture, which is then copied to where it is wanted: a window's format may
// differ from ours, which only a plain copy may convert, and the picture is there to be copied again.
#include "render/painter.h"

#include <epoxy/gl.h>

#include <new>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "render/gl_painter.h"
#include "render/part.h"
#include "render/software/software_painter.h"

namespace diaban {
namespace {

std::string renderer_name() {
    std::string name;
    for (const GLubyte* c = glGetString(GL_RENDERER); c != nullptr && *c != 0; ++c)
        name += static_cast<char>(*c);
    return name;
}

void take_over_context() {
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_SCISSOR_TEST);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
    glActiveTexture(GL_TEXTURE0);
    glBindSampler(0, 0);  // another painter's sampler would override our textures' own filters
    glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

void give_context_back() {
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ZERO);
    glUseProgram(0);
    glBindVertexArray(0);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glBindTexture(GL_TEXTURE_2D, 0);
}

}  // namespace

struct Painter::State {
    /// The last picture, for framebuffers or for a window.
    struct Picture {
        GlTarget target;
        bool from_top = false;
    };

    Rasteriser rasteriser = Rasteriser::opengl;
    std::function<void()> wake;
    GlBinPtr bin = std::make_shared<GlBin>();
    // Each from its first picture on: shaders take a while to compile, above all where the processor runs them.
    std::optional<GlPainter> gl;
    std::optional<SoftwarePainter> software;
    std::vector<uint8_t> pixels;  ///< the software painter's picture
    Picture plain{GlTarget(TargetFormat::colour, 0), false};
    // Software OpenGL keeps a window's rows from the top, blue first. What comes the same way is copied as it is; all
    // else is drawn as a picture, pixel by pixel, which takes ten times as long as the rest of the upload.
    Picture windows{GlTarget(TargetFormat::window, 0), true};
    Picture* last = &plain;
    std::optional<Part> whole;  ///< what `last` holds, when it is a whole picture
    bool unfinished = false;

    void paint(const Scene& scene, const Part& part, bool wait, bool to_window);
    void paint_in_software(const Scene& scene, const Part& part, const Surface& surface);
    void upload(const Scene& scene, const Part& part);
    void copy_last(const Part& part, uint32_t framebuffer, int x, int y) const {
        copy_picture(last->target.framebuffer(), framebuffer, part.width, part.height, x, y, last->from_top);
    }
};

void Painter::State::paint(const Scene& scene, const Part& part, bool wait, bool to_window) {
    if (rasteriser == Rasteriser::software) {
        last = to_window ? &windows : &plain;
        return upload(scene, part);
    }
    last = &plain;
    if (!gl) gl.emplace(bin, wake);
    gl->paint(scene, part, wait, last->target);
    unfinished = gl->unfinished();
}

void Painter::State::paint_in_software(const Scene& scene, const Part& part, const Surface& surface) {
    if (!software) software.emplace();
    software->paint(scene, part, surface);
}

void Painter::State::upload(const Scene& scene, const Part& part) {
    const auto row = static_cast<std::ptrdiff_t>(part.width) * 4;
    pixels.resize(static_cast<std::size_t>(row) * static_cast<std::size_t>(part.height));
    // Rows from the bottom are painted as such, which costs nothing.
    if (last->from_top)
        paint_in_software(scene, part, {pixels.data(), part.width, part.height, row});
    else
        paint_in_software(scene, part, {pixels.data() + row * (part.height - 1), part.width, part.height, -row});
    last->target.resize(part.width, part.height, bin);
    glBindTexture(GL_TEXTURE_2D, last->target.texture());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, part.width, part.height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
}

Painter::Painter(Rasteriser rasteriser, std::function<void()> wake) : state_(std::make_unique<State>()) {
    state_->rasteriser =
        rasteriser == Rasteriser::automatic ? choose_rasteriser(rasteriser, renderer_name()) : rasteriser;
    state_->wake = std::move(wake);
}
Painter::Painter(Painter&&) noexcept = default;
Painter& Painter::operator=(Painter&&) noexcept = default;

Painter::~Painter() {
    if (!state_) return;
    const GlBinPtr bin = state_->bin;
    state_.reset();
    bin->empty();
}

Rasteriser Painter::rasteriser() const {
    return state_->rasteriser;
}

bool Painter::unfinished() const {
    return state_->unfinished;
}

void Painter::paint(const Scene& scene, uint32_t framebuffer, int viewport_x, int viewport_y) {
    const Part whole{0, 0, device_width(scene.frame), device_height(scene.frame)};
    paint_part(scene, whole, framebuffer, viewport_x, viewport_y, false);
    if (whole.width > 0 && whole.height > 0) state_->whole = whole;
}

bool Painter::repeat(uint32_t framebuffer, int viewport_x, int viewport_y) {
    if (!state_->whole) return false;
    state_->copy_last(*state_->whole, framebuffer, viewport_x, viewport_y);
    return true;
}

void Painter::paint_part(const Scene& scene, const Part& part, uint32_t framebuffer, int viewport_x, int viewport_y) {
    paint_part(scene, part, framebuffer, viewport_x, viewport_y, true);
}

void Painter::paint_part(const Scene& scene, const Part& part, uint32_t framebuffer, int viewport_x, int viewport_y,
                         bool wait) {
    if (part.width <= 0 || part.height <= 0) return;
    State& s = *state_;
    s.whole.reset();
    s.bin->empty();
    take_over_context();
    s.paint(scene, part, wait, framebuffer == 0);
    s.copy_last(part, framebuffer, viewport_x, viewport_y);
    give_context_back();
    if (glGetError() == GL_OUT_OF_MEMORY) throw std::bad_alloc();
}

void Painter::paint_part(const Scene& scene, const Part& part, const Surface& surface) {
    DIABAN_CHECK(state_->rasteriser == Rasteriser::software && surface.width == part.width &&
                 surface.height == part.height);
    if (part.width <= 0 || part.height <= 0) return;
    state_->paint_in_software(scene, part, surface);
}

}  // namespace diaban
