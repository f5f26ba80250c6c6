#include "render/software/stamp.h"

#include <cmath>

#include "render/software/shade_sprite.h"

namespace diaban {
namespace {

/// A stamp of these pixels, row by row from (left, top) of the anchor. Clear edges are left away.
Stamp cut_stamp(int left, int top, int width, int height, const std::vector<PackedPixel>& all) {
    int x0 = width, x1 = 0, y0 = height, y1 = 0;
    auto next = all.begin();
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x, ++next) {
            if (*next == 0) continue;
            x0 = std::min(x0, x);
            x1 = std::max(x1, x + 1);
            y0 = std::min(y0, y);
            y1 = y + 1;
        }
    }
    Stamp out;
    if (x0 >= x1) return out;
    out.x = left + x0;
    out.y = top + y0;
    out.width = whole_quads(x1 - x0);
    out.height = y1 - y0;
    out.pixels.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    for (int y = 0; y < out.height; ++y) {
        const PackedPixel* from = all.data() + static_cast<std::ptrdiff_t>(y + y0) * width + x0;
        PackedPixel* to = out.pixels.data() + static_cast<std::ptrdiff_t>(y) * out.width;
        std::copy_n(from, x1 - x0, to);
        Stamp::Span span{out.width, 0};
        for (int x = 0; x < x1 - x0; ++x) {
            if (to[x] == 0) continue;
            span.first = std::min(span.first, x / quad * quad);
            span.last = (x / quad + 1) * quad;
        }
        out.rows.push_back({std::min(span.first, span.last), span.last});
    }
    return out;
}

}  // namespace

Stamp stamp_of(const Mask& mask, Rgba ink, Rgba outline, double opacity) {
    const Shade ink_shade = premultiplied(ink);
    const Shade outline_shade = premultiplied(outline);
    const auto whole = static_cast<float>(opacity);
    const int left = static_cast<int>(std::lround(mask.origin_x));
    const int top = static_cast<int>(std::lround(mask.origin_y));
    std::vector<PackedPixel> all(mask.ink.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const int outline_cover = i < mask.outline.size() ? mask.outline[i] : 0;
        if (mask.ink[i] == 0 && outline_cover == 0) continue;
        const Shade above = ink_shade * (static_cast<float>(mask.ink[i]) / 255);
        const Shade below = outline_shade * (static_cast<float>(outline_cover) / 255);
        all[i] = packed((above + below * (1 - above.a)) * whole);
    }
    return cut_stamp(left, top, mask.width, mask.height, all);
}

Stamp stamp_of(const Sprite& disc) {
    const SpriteShader shader(disc);
    const int left = static_cast<int>(std::floor(disc.box[0] - 0.5F));
    const int top = static_cast<int>(std::floor(disc.box[1] - 0.5F));
    const int width = whole_quads(static_cast<int>(std::ceil(disc.box[0] + disc.box[2] + 0.5F)) - left);
    const int height = static_cast<int>(std::ceil(disc.box[1] + disc.box[3] + 0.5F)) - top;
    std::vector<PackedPixel> all(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y)
        shader.rectangle(static_cast<float>(left) + 0.5F, static_cast<float>(top + y) + 0.5F,
                         all.data() + std::ptrdiff_t{y} * width, width);
    return cut_stamp(left, top, width, height, all);
}

void lay(const Stamp& stamp, int x, int y, const Surface& surface, int first, int last) {
    const int left = x + stamp.x;
    const int top = y + stamp.y;
    const int from = std::max({first, top, 0});
    const int to = std::min({last, top + stamp.height, surface.height});
    const bool inside = left >= 0 && left + stamp.width <= surface.width;
    for (int row = from; row < to; ++row) {
        Stamp::Span span = stamp.rows[static_cast<std::size_t>(row - top)];
        const PackedPixel* pixels = stamp.pixels.data() + static_cast<std::ptrdiff_t>(row - top) * stamp.width;
        if (!inside) {
            span.first = std::max(span.first, -left);
            span.last = std::min(span.last, surface.width - left);
        }
        if (span.first < span.last)
            lay_over(surface.row(row) + 4 * (left + span.first), pixels + span.first, span.last - span.first);
    }
}

}  // namespace diaban
