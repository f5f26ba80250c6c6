// Circles, rectangles, hatches and straight lines in device pixels: what an item becomes is said here once, for the
// OpenGL painter, which hands sprites to sprite.vert, and for the processor's, which computes what sprite.frag does.
#pragma once

#include <vector>

#include "scene/scene.h"

namespace diaban {

/// Kinds of sprite.frag.
enum class SpriteKind { mask, rectangle, hatch, segment };

/// As sprite.vert takes it.
struct Sprite {
    float box[4] = {};      ///< x, y, width, height in device pixels of the picture, y down
    float shape[4] = {};    ///< by kind, see sprite.frag
    float pattern[4] = {};  ///< likewise
    Rgba fill;              ///< straight alpha
    Rgba outline;
    float kind = 0;
    float opacity = 1;
};

[[nodiscard]] inline SpriteKind kind_of(const Sprite& sprite) {
    return static_cast<SpriteKind>(static_cast<int>(sprite.kind + 0.5F));
}

/// How wide a mark's outline is drawn, in logical pixels.
[[nodiscard]] double ring_width(double outline_width, Rgba outline);

/// A circle about (x, y), in device pixels all. The ring lies outside the radius, as draw_mark has it.
[[nodiscard]] Sprite disc_sprite(double x, double y, double radius, double ring, Rgba fill, Rgba outline,
                                 double opacity);

/// Fill, hatch, outline over both: those that are seen, the lowest first.
[[nodiscard]] std::vector<Sprite> rectangle_sprites(const RectItem& item, double pixel_ratio);

/// A straight line with round ends, its casing first.
[[nodiscard]] std::vector<Sprite> segment_sprites(Pixel a, Pixel b, const Stroke& stroke, double pixel_ratio);

/// Whether a path's stroke is a straight line, or has corners or dashes.
[[nodiscard]] bool is_segment(const PathItem& path);

}  // namespace diaban
