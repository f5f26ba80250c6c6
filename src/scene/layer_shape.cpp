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

// Every vertex further than `tolerance` from the last one kept; the ring stays closed. Empty for rings that are
// smaller than the tolerance as a whole.
std::vector<Point> thinned(std::span<const Point> ring, double tolerance) {
    Box box;
    for (const Point p : ring) {
        if (finite(p)) box.extend(p);
    }
    if (box.empty() || std::max(box.width(), box.height()) < tolerance) return {};
    std::vector<Point> kept;
    for (const Point p : ring) {
        if (!finite(p)) continue;
        if (kept.empty() || std::hypot(p.x - kept.back().x, p.y - kept.back().y) >= tolerance) kept.push_back(p);
    }
    return kept;
}

Geometry make_coarse(const Geometry& geometry, const std::vector<double>& tolerances) {
    GeometryBuilder builder(GeometryKind::polygon);
    for (uint32_t f = 0; f < geometry.feature_count(); ++f) {
        builder.begin_feature();
        for (const uint32_t part : geometry.parts_of(f)) {
            bool outer = true;
            for (const uint32_t ring : geometry.rings_of_part(part)) {
                const std::vector<Point> kept = thinned(geometry.ring(ring), tolerances[f]);
                if (kept.size() < 3) {
                    if (outer) break;  // a part too small to matter, holes and all
                    continue;
                }
                if (outer) builder.begin_part();
                builder.add_ring(kept);
                outer = false;
            }
        }
    }
    return std::move(builder).finish();
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

Occupancy make_occupancy(const Geometry& geometry, const Geometry& coarse) {
    Occupancy out;
    const Box box = geometry.box();
    if (!finite(box)) return out;
    constexpr int cells = 192;
    const double extent = std::max({box.width(), box.height(), 1e-12});
    out.grid.cell = extent / cells;
    out.grid.origin = {box.min_x, box.min_y};
    out.grid.columns = static_cast<int>(box.width() / out.grid.cell) + 1;
    out.grid.rows = static_cast<int>(box.height() / out.grid.cell) + 1;
    out.occupied.assign(out.grid.size(), 0);
    const bool areal = geometry.kind() == GeometryKind::polygon;
    const Geometry& drawn = areal ? coarse : geometry;
    for (uint32_t r = 0; r < drawn.ring_count(); ++r) {
        mark_path(out, drawn.ring(r));
    }
    for (uint32_t f = 0; areal && f < coarse.feature_count(); ++f) {
        for (const CellRun& run : covered_cells(coarse, f, out.grid)) {
            for (int column = run.first; column <= run.last; ++column) {
                out.occupied[out.grid.index(column, run.row)] = 1;
            }
        }
    }
    return out;
}

}  // namespace

std::vector<CellRun> covered_cells(const Geometry& polygons, uint32_t feature, const CellGrid& grid) {
    std::vector<CellRun> runs;
    if (polygons.kind() != GeometryKind::polygon || grid.size() == 0) return runs;
    std::vector<std::pair<int, double>> crossings;  // row, x in cells
    for (const uint32_t r : polygons.rings_of(feature)) {
        const std::span<const Point> ring = polygons.ring(r);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            if (!finite(ring[i]) || !finite(ring[i + 1])) continue;
            // In cells, shifted so that row centres are whole numbers.
            double ay = (ring[i].y - grid.origin.y) / grid.cell - 0.5;
            double by = (ring[i + 1].y - grid.origin.y) / grid.cell - 0.5;
            double ax = (ring[i].x - grid.origin.x) / grid.cell;
            double bx = (ring[i + 1].x - grid.origin.x) / grid.cell;
            if (ay > by) std::swap(ay, by), std::swap(ax, bx);
            const double from = std::max(0.0, std::ceil(ay));
            const double to = std::min(static_cast<double>(grid.rows), std::ceil(by));  // half-open: [ay, by)
            for (double y = from; y < to; ++y) {
                crossings.emplace_back(static_cast<int>(y), ax + (bx - ax) * (y - ay) / (by - ay));
            }
        }
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size();) {
        if (crossings[i].first != crossings[i + 1].first) {
            ++i;  // an open ring left a lone crossing
            continue;
        }
        const double first = std::max(0.0, std::ceil(crossings[i].second - 0.5));
        const double last = std::min(grid.columns - 1.0, std::ceil(crossings[i + 1].second - 0.5) - 1);
        if (first <= last) runs.push_back({crossings[i].first, static_cast<int>(first), static_cast<int>(last)});
        i += 2;
    }
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

LayerShape make_layer_shape(const Geometry& geometry) {
    LayerShape out;
    const uint32_t count = geometry.feature_count();
    out.tolerances.assign(count, 0);
    out.sizes.assign(count, 0);
    for (uint32_t f = 0; f < count; ++f) {
        const Box box = geometry.box_of(f);
        if (!finite(box)) continue;
        out.tolerances[f] = std::max(box.width(), box.height()) / 250;
        if (geometry.kind() == GeometryKind::line) out.sizes[f] = box.width() + box.height();
    }
    if (geometry.kind() == GeometryKind::polygon) {
        out.coarse = make_coarse(geometry, out.tolerances);
        for (uint32_t f = 0; f < count; ++f) {
            out.sizes[f] = area(out.coarse, f);
        }
    }
    out.occupancy = make_occupancy(geometry, out.coarse);
    return out;
}

std::vector<Point> make_anchors(const Geometry& geometry, const LayerShape& shape) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<Point> out(geometry.feature_count(), Point{nan, nan});
    parallel_for(out.size(), [&](std::size_t i) {
        const auto f = static_cast<uint32_t>(i);
        if (!geometry.has_geometry(f) || !finite(geometry.box_of(f))) return;
        const bool areal = geometry.kind() == GeometryKind::polygon && shape.coarse.has_geometry(f);
        // Two tolerances: finer than the thinned outline means nothing.
        const double precision = std::max(2 * shape.tolerances[i], 1e-9);
        out[i] = label_circle(areal ? shape.coarse : geometry, f, precision).centre;
    });
    return out;
}

}  // namespace diaban
