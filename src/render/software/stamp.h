// A mask in its colours: premultiplied pixels, laid over a picture at whole device pixels. Made once for each text,
// mark and small circle, and laid down as often as wanted.
#pragma once

#include <cstddef>
#include <vector>

#include "render/software/band_painter.h"
#include "render/software/blend.h"
#include "render/sprite.h"
#include "scene/typeset.h"

namespace diaban {

struct Stamp {
    /// The pixels of a row that are not clear, from `first` up to `last`; multiples of a quad.
    struct Span {
        int first = 0, last = 0;
    };

    int x = 0, y = 0;                 ///< device pixels from the anchor to its left and top
    int width = 0, height = 0;        ///< width: a multiple of a quad
    std::vector<PackedPixel> pixels;  ///< row by row from the top
    std::vector<Span> rows;

    [[nodiscard]] std::size_t bytes() const {
        return sizeof(Stamp) + pixels.size() * sizeof(PackedPixel) + rows.size() * sizeof(Span);
    }
};

/// Ink over outline, as sprite.frag lays them.
[[nodiscard]] Stamp stamp_of(const Mask& mask, Rgba ink, Rgba outline, double opacity);
/// A circle, as sprite.frag shades it; its place is from the anchor.
[[nodiscard]] Stamp stamp_of(const Sprite& disc);

/// Lays rows [first, last) of the surface's, those that it has, with the anchor at (x, y).
void lay(const Stamp& stamp, int x, int y, const Surface& surface, int first, int last);

}  // namespace diaban
