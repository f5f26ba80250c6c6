#include "render/gl_painter.h"

#include <epoxy/gl.h>

namespace diaban {
namespace {

constexpr int samples = 4;

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

void clear(Rgba background) {
    const float alpha = static_cast<float>(background.a) / 255;
    const auto premultiplied = [&](uint8_t channel) { return static_cast<float>(channel) / 255 * alpha; };
    glClearColor(premultiplied(background.r), premultiplied(background.g), premultiplied(background.b), alpha);
    glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

GlPainter::GlPainter(const GlBinPtr& bin, std::function<void()> wake)
    : bin_(bin),
      map_(bin, std::move(wake)),
      images_(bin),
      sprites_(bin),
      multisampled_(TargetFormat::colour, samples) {}

void GlPainter::paint(const Scene& scene, const Part& part, bool wait, GlTarget& picture) {
    const PartView view{scene.frame, part};
    multisampled_.resize(part.width, part.height, bin_);
    picture.resize(part.width, part.height, bin_);
    glViewport(0, 0, part.width, part.height);
    glEnable(GL_MULTISAMPLE);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);

    const uint32_t target = multisampled_.framebuffer();
    glBindFramebuffer(GL_FRAMEBUFFER, target);
    clear(scene.background);
    map_.begin_frame(wait);
    images_.begin_frame();
    sprites_.begin_frame();
    for (const MapItem& item : scene.map) {
        std::visit(Overloaded{
                       [&](const FillItem& fill) { map_.paint(fill, view); },
                       [&](const StrokeItem& stroke) { map_.paint(stroke, view, target); },
                       [&](const SymbolItem& symbols) { sprites_.paint(symbols, view); },
                       [&](const ImageItem& image) { images_.paint(image, view); },
                   },
                   item);
    }
    copy_picture(target, picture.framebuffer(), part.width, part.height, 0, 0);
    sprites_.paint(scene.labels, view, map_, picture.framebuffer());
    sprites_.paint(scene.furniture, view, map_, picture.framebuffer());
}

}  // namespace diaban
