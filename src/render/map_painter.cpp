#include "render/map_painter.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/error.h"

namespace diaban {
namespace {

constexpr std::size_t most_dashes = 16;
// What may lie between two ranges that are drawn as one.
constexpr uint32_t index_gap = 3 * 1'024;
constexpr uint32_t dot_gap = 256;

float to_float(double value) {
    return static_cast<float>(value);
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

/// Half widths in device pixels: of the line, and of its casing (0: none).
struct Widths {
    double line = 0, casing = 0;
    [[nodiscard]] double outer() const { return std::max(line, casing); }
};

Widths widths_of(const Stroke& stroke, double ratio) {
    const double half = stroke.width.value() * ratio / 2;
    const bool cased = stroke.casing && stroke.casing_width.value() > 0;
    return {half, cased ? half + stroke.casing_width.value() * ratio : 0};
}

/// The phase that ties lines `spacing` device pixels apart along (nx, ny) (y up) to the map.
float hatch_phase(const PartView& view, double nx, double ny, double spacing) {
    const double s = view.scale();
    const double along =
        (view.frame.centre.x * s - view.centre_x()) * nx + (view.frame.centre.y * s - view.centre_y()) * ny;
    return to_float(along - spacing * std::floor(along / spacing));
}

/// See place.vert. The view's lattice point is one that an int can be subtracted from; where it is not the frame's
/// centre, which lies far outside the lattice then, `centre` says where it lies.
void place(GlProgram& program, const PartView& view, const Detail& detail) {
    constexpr double most = 1 << 30;
    const auto nearest = [&](double v, double origin) {
        const double steps = std::clamp((v - origin) / detail.unit, -most, most);
        return std::isfinite(steps) ? static_cast<int32_t>(std::lrint(steps)) : 0;
    };
    const LatticePoint at{nearest(view.frame.centre.x, detail.origin.x), nearest(view.frame.centre.y, detail.origin.y)};
    const Point there = detail.to_map(at);
    program.set("origin", at.x, at.y);
    program.set("scale", to_float(view.scale() * detail.unit));
    program.set("centre", to_float(view.centre_x() + (there.x - view.frame.centre.x) * view.scale()),
                to_float(view.centre_y() + (there.y - view.frame.centre.y) * view.scale()));
    program.set("size", to_float(view.part.width), to_float(view.part.height));
    program.set("map_scale", to_float(view.scale()));
}

/// Lets only the pixels around a box of the lattice be drawn; false when that is none of them.
bool scissor(const Detail& detail, const LatticeBox& box, double margin, const PartView& view) {
    const Point low = detail.to_map({box.min_x, box.min_y}), high = detail.to_map({box.max_x, box.max_y});
    const auto pixel = [](double at, int size) { return static_cast<int>(std::clamp(at, 0.0, double{1} * size)); };
    const double s = view.scale();
    const auto x = [&](double v, double more) {
        return pixel((v - view.frame.centre.x) * s + view.centre_x() + more, view.part.width);
    };
    const auto y = [&](double v, double more) {
        return pixel((v - view.frame.centre.y) * s + view.centre_y() + more, view.part.height);
    };
    const int left = x(low.x, -margin), right = x(high.x, margin);
    const int bottom = y(low.y, -margin), top = y(high.y, margin);
    if (left >= right || bottom >= top) return false;
    glEnable(GL_SCISSOR_TEST);
    glScissor(left, bottom, right - left, top - bottom);
    return true;
}

}  // namespace

MapPainter::MapPainter(const GlBinPtr& bin, std::function<void()> wake)
    : bin_(bin),
      maker_(std::move(wake)),
      details_(bin),
      textures_(bin),
      fill_("fill", "fill", bin, "place"),
      fill_dots_("dot", "fill", bin, "place"),
      hatch_("fill", "hatch", bin, "place"),
      hatch_dots_("dot", "hatch", bin, "place"),
      stroke_("stroke", "stroke", bin, "place"),
      composite_("composite", "composite", bin),
      quads_(bin),
      no_arrays_(GlKind::vertex_array, bin) {}

void MapPainter::begin_frame(bool wait) {
    wait_ = wait;
    unfinished_ = false;
    std::erase_if(last_fills_, [](const auto& entry) { return entry.second.colours.expired() || !entry.second.used; });
    for (auto& [colours, last] : last_fills_)
        last.used = false;
    maker_.begin_frame();
    details_.drop_unused();
    textures_.drop_unused();
}

DetailPtr MapPainter::stand_in(const FillItem& item, const Box& seen) {
    const auto last = last_fills_.find(item.colours.get());
    if (last == last_fills_.end() || last->second.colours.expired()) return {};
    const DetailPtr& detail = last->second.detail;
    if (detail->feature_count() != item.detail->feature_count()) return {};
    // It has to be right where the view shows any of what is wanted.
    const Box& wanted = details_.of(item.detail).box();
    const Box both{std::max(seen.min_x, wanted.min_x), std::max(seen.min_y, wanted.min_y),
                   std::min(seen.max_x, wanted.max_x), std::min(seen.max_y, wanted.max_y)};
    const Box known = detail->extent.grown(detail->tolerance + detail->unit + item.detail->unit);
    if (!both.empty() && !(known.contains({both.min_x, both.min_y}) && known.contains({both.max_x, both.max_y})))
        return {};
    last->second.used = true;
    return detail;
}

DetailPtr MapPainter::ready_for(const FillItem& item, const Box& seen) {
    GpuDetail& gpu = details_.of(item.detail);
    if (!gpu.has_fill()) {
        if (auto triangles = maker_.take(item.detail)) {
            gpu.set_fill(*item.detail, *triangles);
        } else if (DetailPtr instead = wait_ ? nullptr : stand_in(item, seen)) {
            unfinished_ = true;
            return instead;
        } else {
            gpu.set_fill(*item.detail, maker_.wait_for(item.detail));
        }
    }
    last_fills_[item.colours.get()] = {item.colours, item.detail};
    return item.detail;
}

void MapPainter::draw_fill(const Detail& detail, const FillMesh& mesh, const VisibleFeatures& visible,
                           GlProgram& triangles, GlProgram& dots, const std::function<void(GlProgram&)>& set_up,
                           const PartView& view) {
    if (const auto ranges = visible.ranges(mesh.feature_offsets, index_gap); !ranges.empty()) {
        std::vector<GLsizei> counts;
        std::vector<const void*> firsts;
        for (const Range& range : ranges) {
            counts.push_back(static_cast<GLsizei>(range.count));
            firsts.push_back(reinterpret_cast<const void*>(range.first * sizeof(uint32_t)));
        }
        triangles.use();
        place(triangles, view, detail);
        set_up(triangles);
        glBindVertexArray(mesh.arrays.get());
        glMultiDrawElements(GL_TRIANGLES, counts.data(), GL_UNSIGNED_INT, firsts.data(),
                            static_cast<GLsizei>(counts.size()));
    }
    const auto ranges = visible.ranges(mesh.dot_offsets, dot_gap);
    if (ranges.empty()) return;
    dots.use();
    place(dots, view, detail);
    dots.set("records", 1);
    set_up(dots);
    for (std::size_t page = 0; page < mesh.dots.page_count(); ++page) {
        mesh.dots.bind(page, 1);
        quads_.draw(ranges, page, mesh.dots.page_size());
    }
}

void MapPainter::paint(const FillItem& item, const PartView& view) {
    if (!item.detail || item.detail->kind != GeometryKind::polygon || !(item.opacity > 0)) return;
    DIABAN_CHECK(item.colours != nullptr && item.colours->size() == item.detail->feature_count());
    const Box seen = view.extent(1);
    if (!details_.of(item.detail).box().intersects(seen)) return;
    const DetailPtr detail = ready_for(item, seen);
    const GpuDetail& gpu = details_.of(detail);
    const VisibleFeatures visible = visible_features(*detail, gpu.box(), seen);
    const float opacity = to_float(std::min(item.opacity, 1.0));

    textures_.bind(item.colours);
    draw_fill(
        *detail, gpu.fill(), visible, fill_, fill_dots_,
        [&](GlProgram& program) {
            program.set("opacity", opacity);
            program.set("colours", 0);
            program.set("masked", 0.0F);
        },
        view);

    const double spacing = item.hatch ? item.hatch->spacing.value() * view.frame.pixel_ratio : 0;
    if (!item.hatch || !(spacing > 0) || item.hatch->colour.a == 0) return;
    DIABAN_CHECK(item.hatched != nullptr && item.hatched->size() == item.detail->feature_count());
    const double angle = item.hatch->angle.value() * std::numbers::pi / 180;
    const double nx = -std::sin(angle);
    const double ny = std::cos(angle);
    textures_.bind(item.hatched);
    draw_fill(
        *detail, gpu.fill(), visible, hatch_, hatch_dots_,
        [&](GlProgram& program) {
            program.set("opacity", opacity);
            program.set("colours", 0);
            program.set("masked", 1.0F);
            program.set("hatch_colour", item.hatch->colour);
            program.set("lines", to_float(nx), to_float(ny), to_float(spacing),
                        to_float(item.hatch->width.value() * view.frame.pixel_ratio / 2));
            program.set("phase", hatch_phase(view, nx, ny, spacing), hatch_phase(view, -ny, nx, spacing));
            program.set("crossed", item.hatch->crossed ? 1.0F : 0.0F);
        },
        view);
}

void MapPainter::paint(const StrokeItem& item, const PartView& view, uint32_t target) {
    if (!item.detail || item.detail->arcs.empty() || !(item.opacity > 0)) return;
    DIABAN_CHECK(!item.shown || item.shown->size() == item.detail->feature_count());
    const double outer = widths_of(item.stroke, view.frame.pixel_ratio).outer();
    if (!(outer > 0)) return;
    const Detail& detail = *item.detail;
    GpuDetail& gpu = details_.of(item.detail);
    const Box seen = view.extent(outer + 1);
    if (!gpu.box().intersects(seen)) return;
    const StrokeMesh& mesh = gpu.stroke(detail, !dash_pattern(item.stroke.dashes, view.frame.pixel_ratio).empty());
    const std::span<const uint8_t> shown =
        item.shown ? std::span<const uint8_t>(*item.shown) : std::span<const uint8_t>();
    const VisibleArcs visible =
        visible_arcs(detail, mesh.firsts, mesh.groups, lattice_box(detail, seen), shown, item.around);
    if (visible.ranges.empty() || !scissor(detail, visible.box, outer + 2, view)) return;

    draw_coverage(item, mesh, visible.ranges, view);
    glBindFramebuffer(GL_FRAMEBUFFER, target);
    draw_composite(item, view);
    glDisable(GL_SCISSOR_TEST);
}

void MapPainter::draw_coverage(const StrokeItem& item, const StrokeMesh& mesh, std::span<const Range> ranges,
                               const PartView& view) {
    const double ratio = view.frame.pixel_ratio;
    const Widths widths = widths_of(item.stroke, ratio);
    coverage_.resize(view.part.width, view.part.height, bin_);
    glBindFramebuffer(GL_FRAMEBUFFER, coverage_.framebuffer());
    constexpr std::array<GLfloat, 4> none{};
    glClearBufferfv(GL_COLOR, 0, none.data());
    glBlendEquation(GL_MAX);

    stroke_.use();
    place(stroke_, view, *item.detail);
    stroke_.set("records", 1);
    stroke_.set("lengths", 2);
    stroke_.set("reach", to_float(widths.outer()));
    stroke_.set("half_width", to_float(widths.line), to_float(widths.casing));
    stroke_.set("masked", item.shown ? 1.0F : 0.0F);
    stroke_.set("around", item.shown && item.around ? 1.0F : 0.0F);
    stroke_.set("shown", 0);
    const std::vector<float> dashes = dash_pattern(item.stroke.dashes, ratio);
    stroke_.set("dashed", dashes.empty() ? 0.0F : 1.0F);
    stroke_.set("dash_count", static_cast<int>(dashes.size()));
    if (!dashes.empty()) {
        stroke_.set("dashes", dashes);
        stroke_.set("period", std::accumulate(dashes.begin(), dashes.end(), 0.0F));
    }
    if (item.shown) textures_.bind(item.shown);
    for (std::size_t page = 0; page < mesh.records.page_count(); ++page) {
        mesh.records.bind(page, 1);
        // Both are paged alike.
        if (!dashes.empty()) mesh.lengths.bind(page, 2);
        quads_.draw(ranges, page, mesh.records.page_size());
    }
    glBlendEquation(GL_FUNC_ADD);
}

void MapPainter::draw_composite(const StrokeItem& item, const PartView& view) {
    const Widths widths = widths_of(item.stroke, view.frame.pixel_ratio);
    composite_.use();
    composite_.set("coverage", 0);
    composite_.set("line", widths.line > 0 ? item.stroke.colour : Rgba{0, 0, 0, 0});
    composite_.set("casing", widths.casing > 0 ? *item.stroke.casing : Rgba{0, 0, 0, 0});
    composite_.set("opacity", to_float(std::min(item.opacity, 1.0)));
    glBindTexture(GL_TEXTURE_2D, coverage_.texture());
    glBindVertexArray(no_arrays_.get());
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

void MapPainter::paint(std::span<const Pixel> path, bool closed, const Stroke& stroke, const PartView& view,
                       uint32_t target) {
    if (path.size() < 2) return;
    // A map of the picture's own: a unit is a logical pixel, and y ranges up.
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

}  // namespace diaban
