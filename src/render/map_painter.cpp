#include "render/map_painter.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <numeric>

namespace diaban {
namespace {

constexpr std::size_t most_dashes = 16;
/// Points nearer than this many device pixels to the one before make no visible difference to a stroke.
constexpr double stroke_tolerance = 0.7;
/// Points of polygons nearer than this many device pixels may be taken as one.
constexpr double fill_tolerance = 0.5;

float to_float(double value) {
    return static_cast<float>(value);
}

void* offset(std::size_t bytes) {
    return reinterpret_cast<void*>(bytes);
}

/// On, off, on, off … in device pixels; an odd list is said twice, as in SVG. Empty when it would draw a solid line.
std::vector<float> dash_pattern(const std::vector<double>& dashes, double ratio) {
    std::vector<float> pattern;
    const std::size_t count = dashes.size() % 2 == 0 ? dashes.size() : 2 * dashes.size();
    for (std::size_t i = 0; i < std::min(count, most_dashes); ++i)
        pattern.push_back(to_float(std::max(0.0, dashes[i % dashes.size()]) * ratio));
    float gaps = 0;
    for (std::size_t i = 1; i < pattern.size(); i += 2)
        gaps += pattern[i];
    if (!(gaps > 0)) pattern.clear();
    return pattern;
}

/// Joins neighbours, so that what is visible takes few draw calls.
void add_range(std::vector<Range>& ranges, Range range) {
    if (range.count == 0) return;
    if (!ranges.empty() && ranges.back().first + ranges.back().count == range.first)
        ranges.back().count += range.count;
    else
        ranges.push_back(range);
}

/// The phase that ties lines `spacing` device pixels apart along (nx, ny) (y up) to the map.
float hatch_phase(const PartView& view, double nx, double ny, double spacing) {
    const double s = view.scale();
    const double along =
        (view.frame.centre.x * s - view.centre_x()) * nx + (view.frame.centre.y * s - view.centre_y()) * ny;
    return to_float(along - spacing * std::floor(along / spacing));
}

}  // namespace

MapPainter::MapPainter(const GlBinPtr& bin)
    : bin_(bin),
      geometries_(bin),
      fill_("fill", "fill", bin),
      hatch_("fill", "hatch", bin),
      stroke_("stroke", "stroke", bin),
      clear_("composite", "clear", bin),
      composite_("composite", "composite", bin),
      tile_arrays_(GlKind::vertex_array, bin),
      tile_buffer_(GlKind::buffer, bin) {
    glBindVertexArray(tile_arrays_.get());
    glBindBuffer(GL_ARRAY_BUFFER, tile_buffer_.get());
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 2 * sizeof(float), nullptr);
    glBindVertexArray(0);
}

void MapPainter::begin_frame() {
    geometries_.drop_unused();
    textures_.resize(std::max(textures_.size() / 2, next_texture_));
    next_texture_ = 0;
}

FeatureTexture& MapPainter::next_texture() {
    if (next_texture_ == textures_.size()) textures_.emplace_back();
    return textures_[next_texture_++];
}

void MapPainter::place(GlProgram& program, const PartView& view, Point geometry_centre) const {
    const SplitFloat x(view.frame.centre.x - geometry_centre.x);
    const SplitFloat y(view.frame.centre.y - geometry_centre.y);
    program.set("origin", x.high, y.high, x.low, y.low);
    program.set("scale", to_float(view.scale()));
    program.set("centre", to_float(view.centre_x()), to_float(view.centre_y()));
    program.set("size", to_float(view.part.width), to_float(view.part.height));
}

void MapPainter::paint(const FillItem& item, const PartView& view) {
    if (!item.detail || item.detail->kind != GeometryKind::polygon || item.opacity <= 0) return;
    DIABAN_CHECK(item.colours != nullptr && item.colours->size() == item.detail->feature_count());
    GpuGeometry& geometry = geometries_.of(item.detail);
    const Box extent = view.extent(1);
    if (!geometry.geometry().box().intersects(extent)) return;
    const FillMesh& mesh = geometry.fill(fill_tolerance / view.scale());
    if (!mesh.arrays) return;

    const auto draw = [&](const auto& wanted) {
        std::vector<Range> ranges;
        const std::size_t features = geometry.boxes().size();
        for (uint32_t i = 0; i < features; ++i)
            if (wanted(i) && geometry.boxes()[i].intersects(extent))
                add_range(ranges, {mesh.feature_offsets[i], mesh.feature_offsets[i + 1] - mesh.feature_offsets[i]});
        if (ranges.empty()) return;
        std::vector<GLsizei> counts;
        std::vector<const void*> firsts;
        for (const Range& range : ranges) {
            counts.push_back(static_cast<GLsizei>(range.count));
            firsts.push_back(offset(range.first * sizeof(uint32_t)));
        }
        glBindVertexArray(mesh.arrays.get());
        glMultiDrawElements(GL_TRIANGLES, counts.data(), GL_UNSIGNED_INT, firsts.data(),
                            static_cast<GLsizei>(counts.size()));
    };

    fill_.use();
    place(fill_, view, geometry.centre());
    fill_.set("opacity", to_float(std::min(item.opacity, 1.0)));
    fill_.set("colours", 0);
    next_texture().bind(*item.colours, bin_);
    draw([&](uint32_t i) { return (*item.colours)[i].a > 0; });

    const double spacing = item.hatch ? item.hatch->spacing.value() * view.frame.pixel_ratio : 0;
    if (!item.hatch || !(spacing > 0) || item.hatch->colour.a == 0) return;
    DIABAN_CHECK(item.hatched != nullptr && item.hatched->size() == item.detail->feature_count());
    std::vector<Rgba> marked(item.hatched->size(), Rgba{0, 0, 0, 0});
    for (std::size_t i = 0; i < marked.size(); ++i)
        if ((*item.hatched)[i] != 0) marked[i].a = 255;
    const double angle = item.hatch->angle.value() * std::numbers::pi / 180;
    const double nx = -std::sin(angle);
    const double ny = std::cos(angle);
    hatch_.use();
    place(hatch_, view, geometry.centre());
    hatch_.set("opacity", to_float(std::min(item.opacity, 1.0)));
    hatch_.set("colours", 0);
    hatch_.set("hatch_colour", item.hatch->colour);
    hatch_.set("lines", to_float(nx), to_float(ny), to_float(spacing),
               to_float(item.hatch->width.value() * view.frame.pixel_ratio / 2));
    hatch_.set("phase", hatch_phase(view, nx, ny, spacing), hatch_phase(view, -ny, nx, spacing));
    hatch_.set("crossed", item.hatch->crossed ? 1.0F : 0.0F);
    next_texture().bind(marked, bin_);
    draw([&](uint32_t i) { return (*item.hatched)[i] != 0; });
}

void MapPainter::paint(const StrokeItem& item, const PartView& view, uint32_t target) {
    if (!item.detail || item.detail->arcs.empty() || item.opacity <= 0) return;
    const double reach =
        (item.stroke.width.value() / 2 + item.stroke.casing_width.value()) * view.frame.pixel_ratio + 1;
    const Box extent = view.extent(reach);
    DIABAN_CHECK(!item.shown || item.shown->size() == item.detail->feature_count());
    GpuGeometry& geometry = geometries_.of(item.detail);
    if (!geometry.geometry().box().intersects(extent)) return;
    const std::span<const uint8_t> shown =
        item.shown ? std::span<const uint8_t>(*item.shown) : std::span<const uint8_t>();

    const StrokeMesh& mesh = geometry.stroke(stroke_tolerance / view.scale());
    std::vector<Range> ranges;
    for (const StrokeMesh::Chunk& chunk : mesh.chunks) {
        if (!chunk.box.intersects(extent)) continue;
        if (!shown.empty()) {
            const auto first = shown.begin() + chunk.first_feature;
            const auto last = shown.begin() + chunk.last_feature + 1;
            if (std::all_of(first, last, [](uint8_t one) { return one == 0; })) continue;
        }
        add_range(ranges, chunk.vertices);
    }
    touch_tiles(mesh, ranges, geometry.centre(), reach + 1, shown, view);
    if (tiles_.empty()) return;
    paint_stroke(mesh, ranges, geometry.centre(), item.stroke, std::min(item.opacity, 1.0), shown, view, target);
}

void MapPainter::touch_tiles(const StrokeMesh& mesh, const std::vector<Range>& ranges, Point geometry_centre,
                             double reach, std::span<const uint8_t> shown, const PartView& view) {
    tiles_.reset(view.part.width, view.part.height);
    const double scale = view.scale();
    const double x = view.centre_x() - (view.frame.centre.x - geometry_centre.x) * scale;
    const double y = view.centre_y() - (view.frame.centre.y - geometry_centre.y) * scale;
    for (const Range& range : ranges) {
        for (uint32_t i = range.first; i < range.first + range.count && i + 1 < mesh.places.size(); ++i) {
            const StrokeMesh::Place& a = mesh.places[i];
            const StrokeMesh::Place& b = mesh.places[i + 1];
            if (a.feature == StrokeMesh::no_feature || (!shown.empty() && shown[a.feature] == 0)) continue;
            // What a float may be off by, far from the centre and near the ground.
            constexpr double epsilon = std::numeric_limits<float>::epsilon();
            const double off = (std::abs(double{a.x}) + std::abs(double{a.y})) * epsilon * scale;
            tiles_.touch(x + double{a.x} * scale, y + double{a.y} * scale, x + double{b.x} * scale,
                         y + double{b.y} * scale, reach + off);
        }
    }
}

void MapPainter::paint(std::span<const Pixel> path, bool closed, const Stroke& stroke, const PartView& view,
                       uint32_t target) {
    if (path.size() < 2) return;
    // A map of the picture's own: a unit is a logical pixel, and y runs up.
    std::vector<Point> points;
    for (const Pixel p : path)
        points.push_back({p.x, view.frame.height - p.y});
    if (closed) points.push_back(points.front());
    PartView flat = view;
    flat.frame.centre = {view.frame.width / 2, view.frame.height / 2};
    flat.frame.units_per_pixel = 1;
    const auto count = static_cast<uint32_t>(points.size());
    const Geometry line(GeometryKind::line, std::move(points), {0, count}, {0, 1}, {0, 1});
    StrokeItem item;
    item.detail = std::make_shared<const Detail>(plain_detail(line));
    item.stroke = stroke;
    paint(item, flat, target);
}

void MapPainter::paint_stroke(const StrokeMesh& mesh, const std::vector<Range>& ranges, Point geometry_centre,
                              const Stroke& stroke, double opacity, std::span<const uint8_t> shown,
                              const PartView& view, uint32_t target) {
    const double ratio = view.frame.pixel_ratio;
    const double half = stroke.width.value() * ratio / 2;
    const bool cased = stroke.casing && stroke.casing_width.value() > 0;
    const double outer = cased ? half + stroke.casing_width.value() * ratio : half;
    if (ranges.empty() || !(outer > 0)) return;

    coverage_.resize(view.part.width, view.part.height, bin_);
    glBindFramebuffer(GL_FRAMEBUFFER, coverage_.framebuffer());
    const std::vector<float> corners = tiles_.triangles();
    const auto draw_tiles = [&](GlProgram& program) {
        program.set("size", to_float(view.part.width), to_float(view.part.height));
        glBindVertexArray(tile_arrays_.get());
        glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(corners.size() / 2));
    };
    glBindBuffer(GL_ARRAY_BUFFER, tile_buffer_.get());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(corners.size() * sizeof(float)), corners.data(),
                 GL_STREAM_DRAW);
    glDisable(GL_BLEND);
    clear_.use();
    draw_tiles(clear_);
    glEnable(GL_BLEND);
    glBlendEquation(GL_MAX);

    stroke_.use();
    place(stroke_, view, geometry_centre);
    stroke_.set("reach", to_float(outer));
    stroke_.set("half_width", to_float(half), to_float(cased ? outer : 0));
    stroke_.set("masked", shown.empty() ? 0.0F : 1.0F);
    stroke_.set("shown", 0);
    const std::vector<float> dashes = dash_pattern(stroke.dashes, ratio);
    stroke_.set("dash_count", static_cast<int>(dashes.size()));
    if (!dashes.empty()) {
        stroke_.set("dashes", dashes);
        stroke_.set("period", std::accumulate(dashes.begin(), dashes.end(), 0.0F));
    }
    if (!shown.empty()) next_texture().bind(shown, 1, bin_);
    glBindVertexArray(mesh.arrays.get());
    glBindBuffer(GL_ARRAY_BUFFER, mesh.vertices.get());
    using Vertex = StrokeMesh::Vertex;
    constexpr GLsizei stride = sizeof(Vertex);
    for (const Range& range : ranges) {
        // OpenGL 3.3 has no first instance: the attributes start there instead.
        const std::size_t a = range.first * sizeof(Vertex);
        const std::size_t b = a + sizeof(Vertex);
        glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, stride, offset(a));
        glVertexAttribPointer(1, 1, GL_FLOAT, GL_FALSE, stride, offset(a + offsetof(Vertex, length)));
        glVertexAttribIPointer(2, 1, GL_UNSIGNED_INT, stride, offset(a + offsetof(Vertex, feature)));
        glVertexAttribPointer(3, 4, GL_FLOAT, GL_FALSE, stride, offset(b));
        glVertexAttribPointer(4, 1, GL_FLOAT, GL_FALSE, stride, offset(b + offsetof(Vertex, length)));
        glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(range.count));
    }
    glBlendEquation(GL_FUNC_ADD);

    glBindFramebuffer(GL_FRAMEBUFFER, target);
    composite_.use();
    composite_.set("coverage", 0);
    composite_.set("line", half > 0 ? stroke.colour : Rgba{0, 0, 0, 0});
    composite_.set("casing", cased ? *stroke.casing : Rgba{0, 0, 0, 0});
    composite_.set("opacity", to_float(opacity));
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, coverage_.texture());
    draw_tiles(composite_);
}

}  // namespace diaban
