#include "render/sprite_painter.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace diaban {
namespace {

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
        Sprite sprite;
        sprite.box[0] = to_float(left + piece.x);
        sprite.box[1] = to_float(top + piece.y);
        sprite.box[2] = to_float(piece.width);
        sprite.box[3] = to_float(piece.height);
        sprite.shape[0] = to_float(piece.atlas_x);
        sprite.shape[1] = to_float(piece.atlas_y);
        sprite.fill = ink;
        sprite.outline = outline;
        sprite.kind = static_cast<float>(SpriteKind::mask);
        sprite.opacity = to_float(opacity);
        add(sprite);
    }
}

void SpritePainter::add_mark(double x, double y, MarkerShape shape, double radius, double outline_width, Rgba fill,
                             Rgba outline, double opacity, double ratio) {
    if (!(radius > 0) || opacity <= 0) return;
    const double ring = ring_width(outline_width, outline);
    if (shape == MarkerShape::circle)
        add(disc_sprite(x, y, radius * ratio, ring * ratio, fill, outline, opacity));
    else
        add_masks(atlas_.mark(shape, radius, ring, ratio), x, y, fill, outline, opacity);
}

void SpritePainter::add_text(const TextItem& item, const PartView& view) {
    if (item.text.empty() || !finite(item.at)) return;
    const double ratio = view.frame.pixel_ratio;
    const auto& pieces = atlas_.text(item.text, item.style, item.wrap_width, ratio);
    const bool haloed = item.style.halo && item.style.halo_width > 0;
    add_masks(pieces, item.at.x * ratio, item.at.y * ratio, item.style.colour, haloed ? *item.style.halo : nothing, 1);
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
        if (!is_segment(path)) {
            flush(view);
            strokes.paint(path.points, path.closed, *path.stroke, view, target);
            return;
        }
        for (const Sprite& sprite : segment_sprites(path.points[0], path.points[1], *path.stroke, ratio))
            add(sprite);
    };
    for (const PixelItem& item : items) {
        if (const auto* text = std::get_if<TextItem>(&item))
            add_text(*text, view);
        else if (const auto* rect = std::get_if<RectItem>(&item))
            for (const Sprite& sprite : rectangle_sprites(*rect, ratio))
                add(sprite);
        else if (const auto* path = std::get_if<PathItem>(&item))
            paint_path(*path);
        else if (const auto* mark = std::get_if<MarkItem>(&item))
            add_mark(mark->at.x * ratio, mark->at.y * ratio, mark->shape, mark->radius, mark->outline_width, mark->fill,
                     mark->outline, 1, ratio);
    }
    flush(view);
}

}  // namespace diaban
