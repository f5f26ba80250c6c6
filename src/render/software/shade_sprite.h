// Circles, rectangles, hatches and lines shaded on the processor: what sprite.frag computes, row by row.
#pragma once

#include "base/float_quad.h"
#include "render/part.h"
#include "render/software/band_painter.h"
#include "render/software/blend.h"
#include "render/sprite.h"

namespace diaban {

/// The colours of one sprite at places of the picture, in device pixels, y down.
class SpriteShader {
public:
    explicit SpriteShader(const Sprite& sprite);

    /// Of a rectangle, `count` pixels of a row, whole quads of them, the middle of the first at (x, y).
    void rectangle(float x, float y, PackedPixel* out, int count) const;
    [[nodiscard]] PackedPixel hatch(float x, float y) const;
    [[nodiscard]] PackedPixel segment(float x, float y) const;

    /// Of a rectangle where the signed distance to its outside edge is `d`, negative inside.
    [[nodiscard]] PackedPixel at_distance(float d) const;

private:
    [[nodiscard]] PixelQuad at_distances(FloatQuad d) const;
    /// Signed distance to the rectangle's edge, negative inside; `qy` from row_distance().
    [[nodiscard]] float distance(float x, float qy) const;
    [[nodiscard]] float row_distance(float y) const;

    const Sprite& sprite_;
    Shade fill_;
    Shade ring_;  ///< outline over fill
    float ring_width_;
};

/// Rows [first, last) of a surface that holds a part of the picture.
void paint_sprite(const Sprite& sprite, const Part& part, const Surface& surface, int first, int last);

}  // namespace diaban
