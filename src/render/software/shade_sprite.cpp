#include "render/software/shade_sprite.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban {
namespace {

float part_of_pixel(float v) {
    return std::clamp(v, 0.0F, 1.0F);
}

/// How much of a pixel at distance d from a line's middle the line covers.
float band(float d, float half_width) {
    return part_of_pixel(std::min(d + 0.5F, half_width) - std::max(d - 0.5F, -half_width));
}

float family(float t, float spacing, float half_width) {
    return band(std::abs(t - spacing * std::floor(t / spacing + 0.5F)), half_width);
}

/// Columns of a surface: those whose middles lie within [from, to] of the picture.
struct Columns {
    int first, last;
};

Columns columns_between(float from, float to, const Part& part, int width) {
    // By conversions, which round towards zero: nothing is below it, and processors have no quicker floor in common.
    const auto end = static_cast<float>(width);
    const float a = std::clamp(from - static_cast<float>(part.x) - 0.5F, 0.0F, end);
    const float b = std::clamp(to - static_cast<float>(part.x) + 0.5F, 0.0F, end);
    const int first = static_cast<int>(a);
    return {first + (static_cast<float>(first) < a ? 1 : 0), static_cast<int>(b)};
}

/// A row's pixels in [columns.first, columns.last), each shaded by colour(x).
template <class Colour>
void shade_row(uint8_t* row, Columns columns, const Part& part, const Colour& colour) {
    for (int x = columns.first; x < columns.last; ++x)
        lay_over(row + 4 * x, colour(static_cast<float>(part.x + x) + 0.5F));
}

/// Fewer pixels of one colour than this, either side of the middle, are shaded sooner than found.
constexpr float least_uniform = 12;

/// How far from its middle the columns of a rectangle's row are touched, and up to where they all are as one.
struct RowReach {
    float outer = -1;
    float uniform = -1;
    float distance = 0;  ///< to the edge, of those
};

RowReach row_reach(const Sprite& s, float y) {
    const float half_width = s.box[2] / 2;
    const float half_height = s.box[3] / 2;
    const float radius = s.shape[0];
    const float ring = kind_of(s) == SpriteKind::rectangle ? s.shape[1] : 0;
    const float qy = std::abs(y - s.box[1] - half_height) - half_height + radius;
    const float into = std::max(qy, 0.0F);
    const float outer = (radius + 0.5F) * (radius + 0.5F) - into * into;
    if (outer <= 0) return {};
    RowReach reach{half_width - radius + std::sqrt(outer), half_width - std::max(radius, 0.5F + ring), qy - radius};
    // In a row through rounded corners, what lies within the ring is of one colour, too.
    const float inner = radius - 0.5F - ring;
    if (qy > 0 && inner > qy) reach.uniform = half_width - radius + std::sqrt(inner * inner - qy * qy);
    return reach;
}

void paint_rectangle_row(const SpriteShader& shader, const Sprite& s, const Part& part, const Surface& surface, int row,
                         float y) {
    const RowReach reach = row_reach(s, y);
    const float middle = s.box[0] + s.box[2] / 2;
    const Columns all = columns_between(middle - reach.outer, middle + reach.outer, part, surface.width);
    if (all.first >= all.last) return;
    Columns uniform{all.last, all.last};
    if (reach.uniform > least_uniform) {
        uniform = columns_between(middle - reach.uniform, middle + reach.uniform, part, surface.width);
        uniform.first = std::clamp(uniform.first, all.first, all.last);
        uniform.last = std::clamp(uniform.last, uniform.first, all.last);
    }
    uint8_t* pixels_of_row = surface.row(row);
    const auto shade = [&](int from, int to) {
        std::array<PackedPixel, 64> shaded;
        for (int x = from; x < to; x += static_cast<int>(shaded.size())) {
            const int count = std::min(to - x, static_cast<int>(shaded.size()));
            shader.rectangle(static_cast<float>(part.x + x) + 0.5F, y, shaded.data(), whole_quads(count));
            lay_over(pixels_of_row + 4 * x, shaded.data(), count);
        }
    };
    shade(all.first, uniform.first);
    lay_over(pixels_of_row + 4 * uniform.first, shader.at_distance(reach.distance), uniform.last - uniform.first);
    shade(uniform.last, all.last);
}

void paint_hatch_row(const SpriteShader& shader, const Sprite& s, const Part& part, const Surface& surface, int row,
                     float y) {
    const float reach = row_reach(s, y).outer;
    const float middle = s.box[0] + s.box[2] / 2;
    shade_row(surface.row(row), columns_between(middle - reach, middle + reach, part, surface.width), part,
              [&](float x) { return shader.hatch(x, y); });
}

/// Only the columns that a slanting line comes near to in this row.
void paint_segment_row(const SpriteShader& shader, const Sprite& s, const Part& part, const Surface& surface, int row,
                       float y) {
    const float reach = s.pattern[0] + 0.5F;
    const float dy = s.shape[3] - s.shape[1];
    float from = 0;
    float to = 1;
    if (std::abs(dy) > 1e-3F) {
        const float a = (y - reach - s.shape[1]) / dy;
        const float b = (y + reach - s.shape[1]) / dy;
        from = std::clamp(std::min(a, b), 0.0F, 1.0F);
        to = std::clamp(std::max(a, b), 0.0F, 1.0F);
    }
    const float one = s.shape[0] + from * (s.shape[2] - s.shape[0]);
    const float other = s.shape[0] + to * (s.shape[2] - s.shape[0]);
    const Columns columns =
        columns_between(std::min(one, other) - reach, std::max(one, other) + reach, part, surface.width);
    shade_row(surface.row(row), columns, part, [&](float x) { return shader.segment(x, y); });
}

}  // namespace

SpriteShader::SpriteShader(const Sprite& sprite)
    : sprite_(sprite), fill_(premultiplied(sprite.fill)), ring_width_(sprite.shape[1]) {
    // A translucent outline lies over the fill; at the outer edge both fade together.
    const Shade outline = premultiplied(sprite.outline);
    ring_ = (outline + fill_ * (1 - outline.a)) * sprite.opacity;
    fill_ = fill_ * sprite.opacity;
}

float SpriteShader::row_distance(float y) const {
    return std::abs(y - sprite_.box[1] - sprite_.box[3] / 2) - sprite_.box[3] / 2 + sprite_.shape[0];
}

float SpriteShader::distance(float x, float qy) const {
    const float qx = std::abs(x - sprite_.box[0] - sprite_.box[2] / 2) - sprite_.box[2] / 2 + sprite_.shape[0];
    const float outside_x = std::max(qx, 0.0F);
    const float outside_y = std::max(qy, 0.0F);
    return std::sqrt(outside_x * outside_x + outside_y * outside_y) + std::min(std::max(qx, qy), 0.0F) -
           sprite_.shape[0];
}

PackedPixel SpriteShader::at_distance(float d) const {
    return at_distances(FloatQuad{} + d)[0];
}

PixelQuad SpriteShader::at_distances(FloatQuad d) const {
    const FloatQuad outer = part_of_one(0.5F - d);
    const FloatQuad inner = part_of_one(0.5F - ring_width_ - d);
    const FloatQuad rim = outer - inner;
    const FloatQuad a = fill_.a * inner + ring_.a * rim;
    // No channel above alpha, whichever way either was rounded.
    return steps(least(fill_.r * inner + ring_.r * rim, a)) | steps(least(fill_.g * inner + ring_.g * rim, a)) << 8 |
           steps(least(fill_.b * inner + ring_.b * rim, a)) << 16 | steps(a) << 24;
}

void SpriteShader::rectangle(float x, float y, PackedPixel* out, int count) const {
    const FloatQuad radius = FloatQuad{} + sprite_.shape[0];
    const FloatQuad half_width = FloatQuad{} + sprite_.box[2] / 2;
    const FloatQuad qy = FloatQuad{} + row_distance(y);
    const FloatQuad outside_y = most(qy, FloatQuad{});
    const float left = sprite_.box[0];
    const SpriteShader self = *this;  // what is written to `out` cannot change it, which spares reading it again
    for (int i = 0; i < count; i += quad) {
        const FloatQuad at = FloatQuad{0, 1, 2, 3} + (x + static_cast<float>(i));
        const FloatQuad qx = magnitude(at - left - half_width) - half_width + radius;
        const FloatQuad outside_x = most(qx, FloatQuad{});
        const FloatQuad outside = root(outside_x * outside_x + outside_y * outside_y);
        const PixelQuad pixels = self.at_distances(outside + least(most(qx, qy), FloatQuad{}) - radius);
        std::memcpy(out + i, &pixels, sizeof pixels);
    }
}

PackedPixel SpriteShader::hatch(float x, float y) const {
    const auto& [across_x, across_y, spacing, half_width] = sprite_.pattern;
    const float px = x - sprite_.box[0];
    const float py = y - sprite_.box[1];
    float cover = family(px * across_x + py * across_y, spacing, half_width);
    if (sprite_.shape[1] > 0.5F) cover = std::max(cover, family(py * across_x - px * across_y, spacing, half_width));
    return packed(fill_ * (cover * part_of_pixel(0.5F - distance(x, row_distance(y)))));
}

PackedPixel SpriteShader::segment(float x, float y) const {
    const auto& [ax, ay, bx, by] = sprite_.shape;
    const float abx = bx - ax;
    const float aby = by - ay;
    const float t = part_of_pixel(((x - ax) * abx + (y - ay) * aby) / std::max(abx * abx + aby * aby, 1e-6F));
    const float dx = x - ax - abx * t;
    const float dy = y - ay - aby * t;
    return packed(fill_ * band(std::sqrt(dx * dx + dy * dy), sprite_.pattern[0]));
}

void paint_sprite(const Sprite& sprite, const Part& part, const Surface& surface, int first, int last) {
    // What lies beyond the box by less than half a pixel still touches.
    const auto row = [&](double y) { return static_cast<int>(std::clamp(y - part.y, 0.0 + first, 0.0 + last)); };
    const int from = row(double{sprite.box[1]} - 0.5);
    const int to = row(double{sprite.box[1]} + sprite.box[3] + 1.5);
    const SpriteShader shader(sprite);
    for (int line = from; line < to; ++line) {
        const float y = static_cast<float>(part.y + line) + 0.5F;
        switch (kind_of(sprite)) {
            case SpriteKind::rectangle:
                paint_rectangle_row(shader, sprite, part, surface, line, y);
                break;
            case SpriteKind::hatch:
                paint_hatch_row(shader, sprite, part, surface, line, y);
                break;
            case SpriteKind::segment:
                paint_segment_row(shader, sprite, part, surface, line, y);
                break;
            case SpriteKind::mask:
                return;  // those are stamps
        }
    }
}

}  // namespace diaban
