#include "render/sprite_painter.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace diaban {
namespace {

// Kinds of sprite.frag.
constexpr float mask_kind = 0, rectangle_kind = 1, hatch_kind = 2, segment_kind = 3;
constexpr std::size_t no_page = ~std::size_t{0};
constexpr Rgba nothing{0, 0, 0, 0};

float to_float(double value) {
    return static_cast<float>(value);
}

void* offset(std::size_t bytes) {
    return reinterpret_cast<void*>(bytes);
}

bool finite(Pixel p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

}  // namespace

SpritePainter::SpritePainter(const GlBinPtr& bin)
    : bin_(bin),
      atlas_(bin),
      sprite_("sprite", "sprite", bin),
      convex_("convex", "convex", bin),
      sprite_arrays_(GlKind::vertex_array, bin),
      convex_arrays_(GlKind::vertex_array, bin),
      sprite_buffer_(GlKind::buffer, bin),
      convex_buffer_(GlKind::buffer, bin) {
    glBindVertexArray(convex_arrays_.get());
    glBindBuffer(GL_ARRAY_BUFFER, convex_buffer_.get());
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 3 * sizeof(float), nullptr);
    glEnableVertexAttribArray(1);
    glVertexAttribPointer(1, 1, GL_FLOAT, GL_FALSE, 3 * sizeof(float), offset(2 * sizeof(float)));
    glBindVertexArray(sprite_arrays_.get());
    for (GLuint i = 0; i < 6; ++i) {
        glEnableVertexAttribArray(i);
        glVertexAttribDivisor(i, 1);
    }
    glBindVertexArray(0);
}

void SpritePainter::add(const Sprite& sprite) {
    if (batches_.empty()) batches_.push_back({0, no_page});
    sprites_.push_back(sprite);
}

void SpritePainter::add_masks(const std::vector<MaskPiece>& pieces, double x, double y, Rgba ink, Rgba outline,
                              double opacity) {
    // Masks lie on whole device pixels: text between two of them would blur.
    const double left = std::round(x);
    const double top = std::round(y);
    for (const MaskPiece& piece : pieces) {
        // A batch without masks yet takes any page.
        if (!batches_.empty() && batches_.back().page == no_page)
            batches_.back().page = piece.page;
        else if (batches_.empty() || batches_.back().page != piece.page)
            batches_.push_back({sprites_.size(), piece.page});
        Sprite sprite{};
        sprite.box[0] = to_float(left + piece.x);
        sprite.box[1] = to_float(top + piece.y);
        sprite.box[2] = to_float(piece.width);
        sprite.box[3] = to_float(piece.height);
        sprite.shape[0] = to_float(piece.atlas_x);
        sprite.shape[1] = to_float(piece.atlas_y);
        sprite.fill = ink;
        sprite.outline = outline;
        sprite.kind = mask_kind;
        sprite.opacity = to_float(opacity);
        add(sprite);
    }
}

void SpritePainter::add_mark(double x, double y, MarkerShape shape, double radius, double outline_width, Rgba fill,
                             Rgba outline, double opacity, double ratio) {
    if (!(radius > 0) || opacity <= 0) return;
    const double ring = outline.a > 0 ? std::max(0.0, outline_width) : 0;
    if (shape != MarkerShape::circle) {
        add_masks(atlas_.mark(shape, radius, ring, ratio), x, y, fill, outline, opacity);
        return;
    }
    // As draw_mark has it: the outline lies outside the radius.
    const double r = (radius + ring) * ratio;
    Sprite sprite{};
    sprite.box[0] = to_float(x - r);
    sprite.box[1] = to_float(y - r);
    sprite.box[2] = sprite.box[3] = to_float(2 * r);
    sprite.shape[0] = to_float(r);
    sprite.shape[1] = to_float(ring * ratio);
    sprite.fill = fill;
    sprite.outline = outline;
    sprite.kind = rectangle_kind;
    sprite.opacity = to_float(opacity);
    add(sprite);
}

void SpritePainter::add_text(const TextItem& item, const PartView& view) {
    if (item.text.empty() || !finite(item.at)) return;
    const double ratio = view.frame.pixel_ratio;
    const auto& pieces = atlas_.text(item.text, item.style, item.wrap_width, ratio);
    const bool haloed = item.style.halo && item.style.halo_width > 0;
    add_masks(pieces, item.at.x * ratio, item.at.y * ratio, item.style.colour, haloed ? *item.style.halo : nothing, 1);
}

void SpritePainter::add_rect(const RectItem& item, const PartView& view) {
    const double ratio = view.frame.pixel_ratio;
    if (!(item.box.width > 0) || !(item.box.height > 0)) return;
    const double radius = std::clamp(item.corner_radius, 0.0, std::min(item.box.width, item.box.height) / 2) * ratio;
    Sprite sprite{};
    sprite.box[0] = to_float(item.box.x * ratio);
    sprite.box[1] = to_float(item.box.y * ratio);
    sprite.box[2] = to_float(item.box.width * ratio);
    sprite.box[3] = to_float(item.box.height * ratio);
    sprite.shape[0] = to_float(radius);
    sprite.fill = item.fill;
    sprite.outline = item.outline;
    sprite.opacity = 1;
    sprite.kind = rectangle_kind;
    const double ring = item.outline.a > 0 ? std::max(0.0, item.outline_width) * ratio : 0;
    if (!item.hatch) {
        sprite.shape[1] = to_float(ring);
        if (item.fill.a > 0 || ring > 0) add(sprite);
        return;
    }
    // Fill, hatch, then the outline over both.
    if (item.fill.a > 0) add(sprite);
    Sprite hatch = sprite;
    const double angle = item.hatch->angle.value() * std::numbers::pi / 180;
    hatch.kind = hatch_kind;
    hatch.shape[1] = item.hatch->crossed ? 1.0F : 0.0F;
    hatch.pattern[0] = to_float(std::sin(angle));  // y runs down
    hatch.pattern[1] = to_float(std::cos(angle));
    hatch.pattern[2] = to_float(item.hatch->spacing.value() * ratio);
    hatch.pattern[3] = to_float(item.hatch->width.value() * ratio / 2);
    hatch.fill = item.hatch->colour;
    if (hatch.pattern[2] > 0) add(hatch);
    if (ring > 0) {
        sprite.fill = nothing;
        sprite.shape[1] = to_float(ring);
        add(sprite);
    }
}

void SpritePainter::add_segment(Pixel a, Pixel b, double width, Rgba colour, double ratio) {
    if (!(width > 0) || colour.a == 0) return;
    const double half = width * ratio / 2;
    Sprite sprite{};
    sprite.shape[0] = to_float(a.x * ratio);
    sprite.shape[1] = to_float(a.y * ratio);
    sprite.shape[2] = to_float(b.x * ratio);
    sprite.shape[3] = to_float(b.y * ratio);
    sprite.box[0] = to_float(std::min(a.x, b.x) * ratio - half);
    sprite.box[1] = to_float(std::min(a.y, b.y) * ratio - half);
    sprite.box[2] = to_float(std::abs(a.x - b.x) * ratio + 2 * half);
    sprite.box[3] = to_float(std::abs(a.y - b.y) * ratio + 2 * half);
    sprite.pattern[0] = to_float(half);
    sprite.fill = colour;
    sprite.kind = segment_kind;
    sprite.opacity = 1;
    add(sprite);
}

void SpritePainter::flush(const PartView& view) {
    if (sprites_.empty()) return;
    sprite_.use();
    sprite_.set("offset", to_float(view.part.x), to_float(view.part.y));
    sprite_.set("size", to_float(view.part.width), to_float(view.part.height));
    sprite_.set("masks", 0);
    glActiveTexture(GL_TEXTURE0);
    glBindVertexArray(sprite_arrays_.get());
    glBindBuffer(GL_ARRAY_BUFFER, sprite_buffer_.get());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(sprites_.size() * sizeof(Sprite)), sprites_.data(),
                 GL_STREAM_DRAW);
    constexpr GLsizei stride = sizeof(Sprite);
    for (std::size_t i = 0; i < batches_.size(); ++i) {
        const std::size_t end = i + 1 < batches_.size() ? batches_[i + 1].first : sprites_.size();
        const std::size_t from = batches_[i].first * sizeof(Sprite);
        glBindTexture(GL_TEXTURE_2D, batches_[i].page == no_page ? 0 : atlas_.texture(batches_[i].page));
        glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, stride, offset(from + offsetof(Sprite, box)));
        glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, stride, offset(from + offsetof(Sprite, shape)));
        glVertexAttribPointer(2, 4, GL_FLOAT, GL_FALSE, stride, offset(from + offsetof(Sprite, pattern)));
        glVertexAttribPointer(3, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, offset(from + offsetof(Sprite, fill)));
        glVertexAttribPointer(4, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, offset(from + offsetof(Sprite, outline)));
        glVertexAttribPointer(5, 2, GL_FLOAT, GL_FALSE, stride, offset(from + offsetof(Sprite, kind)));
        glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(end - batches_[i].first));
    }
    sprites_.clear();
    batches_.clear();
}

void SpritePainter::paint(const SymbolItem& item, const PartView& view) {
    const double ratio = view.frame.pixel_ratio;
    for (const Symbol& symbol : item.symbols) {
        const Pixel at = view.frame.to_pixel(symbol.at);
        if (!finite(at)) continue;
        const double reach = (symbol.radius * 1.2 + symbol.outline_width) * ratio + 2;
        const double x = at.x * ratio;
        const double y = at.y * ratio;
        if (x + reach < view.part.x || x - reach > view.part.x + view.part.width || y + reach < view.part.y ||
            y - reach > view.part.y + view.part.height)
            continue;
        add_mark(x, y, symbol.shape, symbol.radius, symbol.outline_width, symbol.fill, symbol.outline,
                 std::min(item.opacity, 1.0), ratio);
    }
    flush(view);
}

void SpritePainter::paint_convex(const std::vector<Pixel>& points, Rgba colour, const PartView& view) {
    const double ratio = view.frame.pixel_ratio;
    const std::size_t n = points.size();
    double area = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const Pixel a = points[i];
        const Pixel b = points[(i + 1) % n];
        area += a.x * b.y - b.x * a.y;
    }
    if (n < 3 || area == 0) return;
    const double turn = area > 0 ? 1 : -1;
    // Each corner half a pixel inwards, where coverage is whole, and half a pixel outwards, where it ends.
    struct Vertex {
        float x, y, cover;
    };
    std::vector<Vertex> inner;
    std::vector<Vertex> outer;
    for (std::size_t i = 0; i < n; ++i) {
        const auto normal = [&](Pixel a, Pixel b) -> Pixel {
            const double length = std::max(std::hypot(b.x - a.x, b.y - a.y), 1e-9);
            return {turn * (b.y - a.y) / length, -turn * (b.x - a.x) / length};
        };
        const Pixel in = normal(points[(i + n - 1) % n], points[i]);
        const Pixel out = normal(points[i], points[(i + 1) % n]);
        Pixel middle{in.x + out.x, in.y + out.y};
        // The mitre, kept short at needle-sharp corners.
        const double squared = std::max(middle.x * middle.x + middle.y * middle.y, 0.2);
        middle = {middle.x / squared, middle.y / squared};
        const double x = points[i].x * ratio;
        const double y = points[i].y * ratio;
        inner.push_back({to_float(x - middle.x), to_float(y - middle.y), 1});
        outer.push_back({to_float(x + middle.x), to_float(y + middle.y), 0});
    }
    std::vector<Vertex> triangles;
    for (std::size_t i = 1; i + 1 < n; ++i)
        triangles.insert(triangles.end(), {inner[0], inner[i], inner[i + 1]});
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t j = (i + 1) % n;
        triangles.insert(triangles.end(), {inner[i], outer[i], outer[j], inner[i], outer[j], inner[j]});
    }
    convex_.use();
    convex_.set("offset", to_float(view.part.x), to_float(view.part.y));
    convex_.set("size", to_float(view.part.width), to_float(view.part.height));
    convex_.set("colour", colour);
    glBindVertexArray(convex_arrays_.get());
    glBindBuffer(GL_ARRAY_BUFFER, convex_buffer_.get());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(triangles.size() * sizeof(Vertex)), triangles.data(),
                 GL_STREAM_DRAW);
    glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(triangles.size()));
}

void SpritePainter::paint(std::span<const PixelItem> items, const PartView& view, MapPainter& strokes,
                          uint32_t target) {
    const double ratio = view.frame.pixel_ratio;
    const auto paint_path = [&](const PathItem& path) {
        if (path.points.size() < 2 || !std::ranges::all_of(path.points, finite)) return;
        if (path.closed && path.fill.a > 0) {
            flush(view);
            paint_convex(path.points, path.fill, view);
        }
        if (!path.stroke) return;
        const Stroke& stroke = *path.stroke;
        if (path.points.size() > 2 || !stroke.dashes.empty()) {
            flush(view);
            strokes.paint(path.points, path.closed, stroke, view, target);
            return;
        }
        if (stroke.casing)
            add_segment(path.points[0], path.points[1], stroke.width.value() + 2 * stroke.casing_width.value(),
                        *stroke.casing, ratio);
        add_segment(path.points[0], path.points[1], stroke.width.value(), stroke.colour, ratio);
    };
    for (const PixelItem& item : items) {
        if (const auto* text = std::get_if<TextItem>(&item))
            add_text(*text, view);
        else if (const auto* rect = std::get_if<RectItem>(&item))
            add_rect(*rect, view);
        else if (const auto* path = std::get_if<PathItem>(&item))
            paint_path(*path);
        else if (const auto* mark = std::get_if<MarkItem>(&item))
            add_mark(mark->at.x * ratio, mark->at.y * ratio, mark->shape, mark->radius, mark->outline_width, mark->fill,
                     mark->outline, 1, ratio);
    }
    flush(view);
}

}  // namespace diaban
