#include "scene/layer_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "geo/planar.h"

namespace diaban {
namespace {

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

bool finite(const Box& box) {
    return !box.empty() && std::isfinite(box.width()) && std::isfinite(box.height());
}

void mark_path(Occupancy& occupancy, std::span<const Point> path) {
    const CellGrid& grid = occupancy.grid;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const Point a = path[i];
        const Point b = path[std::min(i + 1, path.size() - 1)];
        if (!finite(a) || !finite(b)) continue;
        const int steps = 1 + static_cast<int>(std::min(4096.0, std::hypot(b.x - a.x, b.y - a.y) / grid.cell));
        for (int s = 0; s <= steps; ++s) {
            const double t = static_cast<double>(s) / steps;
            const int column = static_cast<int>(std::floor((a.x + (b.x - a.x) * t - grid.origin.x) / grid.cell));
            const int row = static_cast<int>(std::floor((a.y + (b.y - a.y) * t - grid.origin.y) / grid.cell));
            if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
            occupancy.occupied[grid.index(column, row)] = 1;
        }
    }
}

Occupancy make_occupancy(const MapShapes& shapes, const Detail* detail) {
    Occupancy out;
    const Box box = shapes.box();
    if (!finite(box)) return out;
    constexpr int cells = 192;
    const double extent = std::max({box.width(), box.height(), 1e-12});
    out.grid.cell = extent / cells;
    out.grid.origin = {box.min_x, box.min_y};
    out.grid.columns = static_cast<int>(box.width() / out.grid.cell) + 1;
    out.grid.rows = static_cast<int>(box.height() / out.grid.cell) + 1;
    out.occupied.assign(out.grid.size(), 0);
    if (detail == nullptr) {
        for (const Point p : shapes.points())
            mark_path(out, std::span(&p, 1));
        return out;
    }
    std::vector<Point> path;
    for (const Arc& arc : detail->arcs) {
        path.clear();
        for (const LatticePoint p : detail->points_of(arc))
            path.push_back(detail->to_map(p));
        mark_path(out, path);
    }
    for (const Dot& dot : detail->dots) {
        const Point at = detail->to_map(dot.at);
        mark_path(out, std::span(&at, 1));
    }
    for (uint32_t f = 0; detail->kind == GeometryKind::polygon && f < detail->feature_count(); ++f) {
        for (const CellRun& run : covered_cells(*detail, f, out.grid)) {
            for (int column = run.first; column <= run.last; ++column) {
                out.occupied[out.grid.index(column, run.row)] = 1;
            }
        }
    }
    return out;
}

/// Map units squared.
double area_of(const Detail& detail, uint32_t feature) {
    double twice = 0;
    double dots = 0;
    for (const uint32_t ring : detail.rings_of(feature)) {
        double ring_twice = 0;
        for (const int32_t ref : detail.arcs_of_ring(ring)) {
            const auto points = detail.points_of(detail.arcs[arc_of(ref)]);
            double sum = 0;
            for (std::size_t i = 0; i + 1 < points.size(); ++i)
                sum += double{1} * points[i].x * points[i + 1].y - double{1} * points[i + 1].x * points[i].y;
            ring_twice += backwards(ref) ? -sum : sum;
        }
        twice += detail.holes[ring] != 0 ? -std::abs(ring_twice) : std::abs(ring_twice);
    }
    for (const Dot& dot : detail.dots_of(feature))
        dots += double{dot.width} * double{dot.width};
    return std::max(0.0, twice) / 2 * detail.unit * detail.unit + dots;
}

}  // namespace

CellScanner::CellScanner(const Detail& polygons, const CellGrid& grid)
    : polygons_(polygons),
      grid_(grid),
      scale_(polygons.unit / grid.cell),
      x0_((polygons.origin.x - grid.origin.x) / grid.cell),
      y0_((polygons.origin.y - grid.origin.y) / grid.cell - 0.5) {}

// Where an arc crosses the rows' centres.
void CellScanner::cross(const Arc& arc) {
    const double lowest = std::max(0.0, std::ceil(arc.box.min_y * scale_ + y0_));
    const double highest = std::min(static_cast<double>(grid_.rows), std::ceil(arc.box.max_y * scale_ + y0_));
    if (!(lowest < highest)) return;
    const std::span<const LatticePoint> points = polygons_.points_of(arc);
    double next_y = points.front().y * scale_ + y0_;
    double next_row = std::ceil(next_y);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        double ay = next_y;
        double from = next_row;
        double by = next_y = points[i + 1].y * scale_ + y0_;
        double to = next_row = std::ceil(by);
        if (from == to) continue;
        double ax = points[i].x * scale_ + x0_;
        double bx = points[i + 1].x * scale_ + x0_;
        if (ay > by) std::swap(ay, by), std::swap(ax, bx), std::swap(from, to);
        from = std::max(0.0, from);
        to = std::min(static_cast<double>(grid_.rows), to);  // half-open: [ay, by)
        for (double y = from; y < to; ++y)
            crossings_.emplace_back(static_cast<int>(y), ax + (bx - ax) * (y - ay) / (by - ay));
    }
}

void CellScanner::append(uint32_t feature, std::vector<CellRun>& out) {
    if (polygons_.kind != GeometryKind::polygon || grid_.size() == 0) return;
    crossings_.clear();
    for (const int32_t ref : polygons_.arcs_of(feature))
        cross(polygons_.arcs[arc_of(ref)]);
    std::sort(crossings_.begin(), crossings_.end());
    for (std::size_t i = 0; i + 1 < crossings_.size();) {
        if (crossings_[i].first != crossings_[i + 1].first) {
            ++i;  // an open ring left a lone crossing
            continue;
        }
        const double first = std::max(0.0, std::ceil(crossings_[i].second - 0.5));
        const double last = std::min(grid_.columns - 1.0, std::ceil(crossings_[i + 1].second - 0.5) - 1);
        if (first <= last) out.push_back({crossings_[i].first, static_cast<int>(first), static_cast<int>(last)});
        i += 2;
    }
}

std::vector<CellRun> covered_cells(const Detail& polygons, uint32_t feature, const CellGrid& grid) {
    std::vector<CellRun> runs;
    CellScanner(polygons, grid).append(feature, runs);
    return runs;
}

double Occupancy::share(const Frame& frame, const PixelBox& box) const {
    if (occupied.empty()) return 0;
    constexpr double step = 6;
    const int nx = std::max(2, static_cast<int>(box.width / step));
    const int ny = std::max(2, static_cast<int>(box.height / step));
    int hits = 0;
    for (int j = 0; j < ny; ++j) {
        for (int i = 0; i < nx; ++i) {
            const Point p = frame.to_map({box.x + (i + 0.5) * box.width / nx, box.y + (j + 0.5) * box.height / ny});
            const double column = std::floor((p.x - grid.origin.x) / grid.cell);
            const double row = std::floor((p.y - grid.origin.y) / grid.cell);
            if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
            hits += occupied[grid.index(static_cast<int>(column), static_cast<int>(row))];
        }
    }
    return static_cast<double>(hits) / (nx * ny);
}

LayerShape make_layer_shape(const MapShapes& shapes) {
    LayerShape out;
    const uint32_t count = shapes.feature_count();
    out.sizes.assign(count, 0);
    const bool drawn = shapes.kind() == GeometryKind::polygon || shapes.kind() == GeometryKind::line;
    DetailPtr detail;
    if (drawn && finite(shapes.box())) {
        // About the level at which the whole layer fills a screen, which is asked for anyway.
        detail = shapes.detail(shapes.box(), std::max(shapes.box().width(), shapes.box().height()) / 1000).detail;
    }
    for (uint32_t f = 0; detail && f < count; ++f) {
        const Box& box = shapes.box_of(f);
        if (!finite(box)) continue;
        out.sizes[f] = shapes.kind() == GeometryKind::line ? box.width() + box.height() : area_of(*detail, f);
    }
    out.occupancy = make_occupancy(shapes, detail.get());
    return out;
}

std::vector<Point> make_anchors(const MapShapes& shapes) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<Point> out(shapes.feature_count(), Point{nan, nan});
    parallel_for(out.size(), [&](std::size_t i) {
        const auto f = static_cast<uint32_t>(i);
        const Box& box = shapes.box_of(f);
        if (!shapes.has_geometry(f) || !finite(box)) return;
        const double tolerance = std::max(box.width(), box.height()) / 250;
        Geometry shape = shapes.feature(f, tolerance);
        if (!shape.has_geometry(0)) shape = shapes.feature(f);
        // Two tolerances: finer than the thinned outline means nothing.
        out[i] = label_circle(shape, 0, std::max(2 * tolerance, 1e-9)).centre;
    });
    return out;
}

}  // namespace diaban
