// The order of painting: map items into a multisampled target, that resolved, labels and furniture over it with
// antialiasing of their own, and the result copied to where it is wanted. Colours are premultiplied throughout.
#include "render/painter.h"

#include <epoxy/gl.h>

#include <optional>

#include "render/map_painter.h"
#include "render/part.h"
#include "render/sprite_painter.h"

namespace diaban {
namespace {

constexpr int samples = 4;

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

/// Copies a picture of this size from one framebuffer to a place in another, which is bound afterwards.
void copy_picture(uint32_t from, uint32_t to, int width, int height, int x, int y) {
    glBindFramebuffer(GL_READ_FRAMEBUFFER, from);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to);
    glBlitFramebuffer(0, 0, width, height, x, y, x + width, y + height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, to);
}

}  // namespace

struct Painter::State {
    GlBinPtr bin = std::make_shared<GlBin>();
    MapPainter map{bin};
    SpritePainter sprites{bin};
    GlTarget multisampled{TargetFormat::colour, samples};
    GlTarget resolved{TargetFormat::colour, 0};
    std::optional<Part> whole;  ///< what `resolved` holds, when it is a whole picture
};

Painter::Painter() : state_(std::make_unique<State>()) {}
Painter::Painter(Painter&&) noexcept = default;
Painter& Painter::operator=(Painter&&) noexcept = default;

Painter::~Painter() {
    if (!state_) return;
    const GlBinPtr bin = state_->bin;
    state_.reset();
    bin->empty();
}

void Painter::paint(const Scene& scene, uint32_t framebuffer, int viewport_x, int viewport_y) {
    const Part whole{0, 0, device_width(scene.frame), device_height(scene.frame)};
    paint_part(scene, whole, framebuffer, viewport_x, viewport_y);
    if (whole.width > 0 && whole.height > 0) state_->whole = whole;
}

bool Painter::repeat(uint32_t framebuffer, int viewport_x, int viewport_y) {
    const State& s = *state_;
    if (!s.whole) return false;
    copy_picture(s.resolved.framebuffer(), framebuffer, s.whole->width, s.whole->height, viewport_x, viewport_y);
    return true;
}

void Painter::paint_part(const Scene& scene, const Part& part, uint32_t framebuffer, int viewport_x, int viewport_y) {
    if (part.width <= 0 || part.height <= 0) return;
    State& s = *state_;
    s.whole.reset();
    s.bin->empty();
    const PartView view{scene.frame, part};

    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_SCISSOR_TEST);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
    glActiveTexture(GL_TEXTURE0);
    glBindSampler(0, 0);  // another painter's sampler would override our textures' own filters
    s.multisampled.resize(part.width, part.height, s.bin);
    s.resolved.resize(part.width, part.height, s.bin);
    glViewport(0, 0, part.width, part.height);
    glEnable(GL_MULTISAMPLE);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);

    const uint32_t target = s.multisampled.framebuffer();
    glBindFramebuffer(GL_FRAMEBUFFER, target);
    const float alpha = static_cast<float>(scene.background.a) / 255;
    const auto premultiplied = [&](uint8_t channel) { return static_cast<float>(channel) / 255 * alpha; };
    glClearColor(premultiplied(scene.background.r), premultiplied(scene.background.g),
                 premultiplied(scene.background.b), alpha);
    glClear(GL_COLOR_BUFFER_BIT);
    s.map.begin_frame();
    s.sprites.begin_frame();
    for (const MapItem& item : scene.map) {
        std::visit(Overloaded{
                       [&](const FillItem& fill) { s.map.paint(fill, view); },
                       [&](const StrokeItem& stroke) { s.map.paint(stroke, view, target); },
                       [&](const SymbolItem& symbols) { s.sprites.paint(symbols, view); },
                       [](const ImageItem&) {},
                   },
                   item);
    }
    copy_picture(target, s.resolved.framebuffer(), part.width, part.height, 0, 0);

    s.sprites.paint(scene.labels, view, s.map, s.resolved.framebuffer());
    s.sprites.paint(scene.furniture, view, s.map, s.resolved.framebuffer());

    // Resolved and copied apart: a window's format may differ from ours, which only a plain copy may convert.
    copy_picture(s.resolved.framebuffer(), framebuffer, part.width, part.height, viewport_x, viewport_y);
    glDisable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ZERO);
    glUseProgram(0);
    glBindVertexArray(0);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glBindTexture(GL_TEXTURE_2D, 0);
    if (glGetError() == GL_OUT_OF_MEMORY) throw std::bad_alloc();
}

}  // namespace diaban
