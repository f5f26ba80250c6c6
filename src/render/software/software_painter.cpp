#include "render/software/software_painter.h"

#include <cstring>
#include <variant>
#include <vector>

#include "base/parallel.h"
#include "render/software/blend.h"
#include "render/software/map_bands.h"
#include "render/software/row_bins.h"
#include "render/software/sprite_bands.h"

namespace diaban {
namespace {

void fill_row(uint8_t* row, PackedPixel pixel, int count) {
    for (int i = 0; i < count; ++i)
        std::memcpy(row + std::ptrdiff_t{4} * i, &pixel, sizeof pixel);
}

}  // namespace

struct SoftwarePainter::State {
    SpriteBands sprites;
};

SoftwarePainter::SoftwarePainter() : state_(std::make_unique<State>()) {}
SoftwarePainter::~SoftwarePainter() = default;
SoftwarePainter::SoftwarePainter(SoftwarePainter&&) noexcept = default;
SoftwarePainter& SoftwarePainter::operator=(SoftwarePainter&&) noexcept = default;

void SoftwarePainter::paint(const Scene& scene, const Part& part, const Surface& surface) {
    DIABAN_CHECK(surface.width == part.width && surface.height == part.height);
    if (part.width <= 0 || part.height <= 0) return;
    const PartView view{scene.frame, part};
    SpriteBands& sprites = state_->sprites;
    sprites.begin_frame();
    std::vector<BandPainterPtr> layers(scene.map.size() + 2);
    for (std::size_t i = 0; i < scene.map.size(); ++i)
        if (const auto* symbols = std::get_if<SymbolItem>(&scene.map[i])) layers[i] = sprites.prepare(*symbols, view);
    layers[scene.map.size()] = sprites.prepare(scene.labels, view);
    layers[scene.map.size() + 1] = sprites.prepare(scene.furniture, view);
    parallel_for(scene.map.size(), [&](std::size_t i) {
        if (const auto* fill = std::get_if<FillItem>(&scene.map[i])) layers[i] = prepare(*fill, view);
        if (const auto* stroke = std::get_if<StrokeItem>(&scene.map[i])) layers[i] = prepare(*stroke, view);
        if (const auto* image = std::get_if<ImageItem>(&scene.map[i])) layers[i] = prepare(*image, view);
    });
    std::erase(layers, nullptr);

    const PackedPixel ground = packed(premultiplied(scene.background));
    const int bands = (part.height + RowBins::height - 1) / RowBins::height;
    parallel_for(static_cast<std::size_t>(bands), [&](std::size_t band) {
        const int first = static_cast<int>(band) * RowBins::height;
        const int last = std::min(first + RowBins::height, part.height);
        for (int row = first; row < last; ++row)
            fill_row(surface.row(row), ground, part.width);
        for (const BandPainterPtr& layer : layers)
            layer->paint(surface, first, last);
    });
}

}  // namespace diaban
