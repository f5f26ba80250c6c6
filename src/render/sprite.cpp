#include "render/sprite.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace diaban {
namespace {

constexpr Rgba nothing{0, 0, 0, 0};

float to_float(double value) {
    return static_cast<float>(value);
}

Sprite sprite_of(SpriteKind kind, double x, double y, double width, double height) {
    Sprite sprite;
    sprite.box[0] = to_float(x);
    sprite.box[1] = to_float(y);
    sprite.box[2] = to_float(width);
    sprite.box[3] = to_float(height);
    sprite.kind = static_cast<float>(kind);
    return sprite;
}

Sprite segment_sprite(Pixel a, Pixel b, double width, Rgba colour, double ratio) {
    const double half = width * ratio / 2;
    Sprite sprite = sprite_of(SpriteKind::segment, std::min(a.x, b.x) * ratio - half, std::min(a.y, b.y) * ratio - half,
                              std::abs(a.x - b.x) * ratio + 2 * half, std::abs(a.y - b.y) * ratio + 2 * half);
    sprite.shape[0] = to_float(a.x * ratio);
    sprite.shape[1] = to_float(a.y * ratio);
    sprite.shape[2] = to_float(b.x * ratio);
    sprite.shape[3] = to_float(b.y * ratio);
    sprite.pattern[0] = to_float(half);
    sprite.fill = colour;
    return sprite;
}

}  // namespace

double ring_width(double outline_width, Rgba outline) {
    return outline.a > 0 ? std::max(0.0, outline_width) : 0;
}

Sprite disc_sprite(double x, double y, double radius, double ring, Rgba fill, Rgba outline, double opacity) {
    const double r = radius + ring;
    Sprite sprite = sprite_of(SpriteKind::rectangle, x - r, y - r, 2 * r, 2 * r);
    sprite.shape[0] = to_float(r);
    sprite.shape[1] = to_float(ring);
    sprite.fill = fill;
    sprite.outline = outline;
    sprite.opacity = to_float(opacity);
    return sprite;
}

std::vector<Sprite> rectangle_sprites(const RectItem& item, double ratio) {
    std::vector<Sprite> out;
    if (!(item.box.width > 0) || !(item.box.height > 0)) return out;
    const double radius = std::clamp(item.corner_radius, 0.0, std::min(item.box.width, item.box.height) / 2) * ratio;
    Sprite sprite = sprite_of(SpriteKind::rectangle, item.box.x * ratio, item.box.y * ratio, item.box.width * ratio,
                              item.box.height * ratio);
    sprite.shape[0] = to_float(radius);
    sprite.fill = item.fill;
    sprite.outline = item.outline;
    const double ring = ring_width(item.outline_width, item.outline) * ratio;
    if (!item.hatch) {
        sprite.shape[1] = to_float(ring);
        if (item.fill.a > 0 || ring > 0) out.push_back(sprite);
        return out;
    }
    if (item.fill.a > 0) out.push_back(sprite);
    Sprite hatch = sprite;
    const double angle = item.hatch->angle.value() * std::numbers::pi / 180;
    hatch.kind = static_cast<float>(SpriteKind::hatch);
    hatch.shape[1] = item.hatch->crossed ? 1.0F : 0.0F;
    hatch.pattern[0] = to_float(std::sin(angle));  // y runs down
    hatch.pattern[1] = to_float(std::cos(angle));
    hatch.pattern[2] = to_float(item.hatch->spacing.value() * ratio);
    hatch.pattern[3] = to_float(item.hatch->width.value() * ratio / 2);
    hatch.fill = item.hatch->colour;
    if (hatch.pattern[2] > 0) out.push_back(hatch);
    if (ring > 0) {
        sprite.fill = nothing;
        sprite.shape[1] = to_float(ring);
        out.push_back(sprite);
    }
    return out;
}

std::vector<Sprite> segment_sprites(Pixel a, Pixel b, const Stroke& stroke, double ratio) {
    std::vector<Sprite> out;
    const auto add = [&](double width, Rgba colour) {
        if (width > 0 && colour.a > 0) out.push_back(segment_sprite(a, b, width, colour, ratio));
    };
    if (stroke.casing) add(stroke.width.value() + 2 * stroke.casing_width.value(), *stroke.casing);
    add(stroke.width.value(), stroke.colour);
    return out;
}

bool is_segment(const PathItem& path) {
    return path.points.size() == 2 && (!path.stroke || path.stroke->dashes.empty());
}

}  // namespace diaban
