// The order of painting: map items into a multisampled target, that resolved, labels and furniture over it with
// antialiasing of their own, and the result copied to where it is wanted. Colours are premultiplied throughout.
#include "render/painter.h"

#include <epoxy/gl.h>

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

}  // namespace

struct Painter::State {
    GlBinPtr bin = std::make_shared<GlBin>();
    MapPainter map{bin};
    SpritePainter sprites{bin};
    GlTarget multisampled{TargetFormat::colour, samples};
    GlTarget resolved{TargetFormat::colour, 0};
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
    paint_part(scene, {0, 0, device_width(scene.frame), device_height(scene.frame)}, framebuffer, viewport_x,
               viewport_y);
}

void Painter::paint_part(const Scene& scene, const Part& part, uint32_t framebuffer, int viewport_x, int viewport_y) {
    if (part.width <= 0 || part.height <= 0) return;
    State& s = *state_;
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
                   },
                   item);
    }
    const auto copy = [&](uint32_t from, uint32_t to, int x, int y) {
        glBindFramebuffer(GL_READ_FRAMEBUFFER, from);
        glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to);
        glBlitFramebuffer(0, 0, part.width, part.height, x, y, x + part.width, y + part.height, GL_COLOR_BUFFER_BIT,
                          GL_NEAREST);
    };
    copy(target, s.resolved.framebuffer(), 0, 0);

    glBindFramebuffer(GL_FRAMEBUFFER, s.resolved.framebuffer());
    s.sprites.paint(scene.labels, view, s.map, s.resolved.framebuffer());
    s.sprites.paint(scene.furniture, view, s.map, s.resolved.framebuffer());

    // Resolved and copied apart: a window's format may differ from ours, which only a plain copy may convert.
    copy(s.resolved.framebuffer(), framebuffer, viewport_x, viewport_y);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glDisable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ZERO);
    glUseProgram(0);
    glBindVertexArray(0);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glBindTexture(GL_TEXTURE_2D, 0);
    if (glGetError() == GL_OUT_OF_MEMORY) throw std::bad_alloc();
}

}  // namespace diaban
