// What is placed in pixels: symbols, text, rectangles, paths. Used by Painter alone.
//
// Sprites are collected in order and drawn in as few calls as their masks' pages allow; what a sprite cannot be (a path
// with corners, a filled shape) ends the batch.
#pragma once

#include <span>
#include <vector>

#include "render/gl_program.h"
#include "render/map_painter.h"
#include "render/mask_atlas.h"
#include "render/part.h"
#include "render/sprite.h"

namespace diaban {

class SpritePainter {
public:
    explicit SpritePainter(const GlBinPtr& bin);

    void begin_frame() { atlas_.begin_frame(); }
    void paint(const SymbolItem& item, const PartView& view);
    /// Paths with corners go through `strokes`, which returns to `target`.
    void paint(std::span<const PixelItem> items, const PartView& view, MapPainter& strokes, uint32_t target);

private:
    struct Batch {
        std::size_t first = 0;
        std::size_t page = 0;
    };

    void add(const Sprite& sprite);
    void add_masks(const std::vector<MaskPiece>& pieces, double x, double y, Rgba ink, Rgba outline, double opacity);
    void add_mark(double x, double y, MarkerShape shape, double radius, double outline_width, Rgba fill, Rgba outline,
                  double opacity, double ratio);
    void add_text(const TextItem& item, const PartView& view);
    void paint_convex(const std::vector<Pixel>& points, Rgba colour, const PartView& view);
    /// Draws what was collected.
    void flush(const PartView& view);

    GlBinPtr bin_;
    MaskAtlas atlas_;
    GlProgram sprite_, convex_;
    GlName sprite_arrays_, convex_arrays_;
    GlName sprite_buffer_, convex_buffer_;
    std::vector<Sprite> sprites_;
    std::vector<Batch> batches_;
};

}  // namespace diaban
