#include "render/gpu_geometry.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <unordered_map>

#include "base/parallel.h"

namespace diaban {
namespace {

constexpr uint32_t chunk_size = 512;
constexpr std::size_t kept_levels = 4;
/// Exponent of the level that holds every point.
constexpr int every_point = -100;

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

void* offset(std::size_t bytes) {
    return reinterpret_cast<void*>(bytes);
}

template <class T>
void upload(GLenum target, const GlName& buffer, const std::vector<T>& data) {
    glBindBuffer(target, buffer.get());
    glBufferData(target, static_cast<GLsizeiptr>(data.size() * sizeof(T)), data.data(), GL_STATIC_DRAW);
}

/// Arcs put together to rings again.
Geometry rings_of(const Detail& detail) {
    GeometryBuilder builder(detail.kind);
    std::vector<Point> path;
    for (uint32_t feature = 0; feature < detail.feature_count(); ++feature) {
        builder.begin_feature();
        for (const uint32_t ring : detail.rings_of(feature)) {
            path.clear();
            for (const int32_t ref : detail.arcs_of_ring(ring)) {
                const auto points = detail.points_of(detail.arcs[arc_of(ref)]);
                for (std::size_t i = 0; i < points.size(); ++i)
                    path.push_back(detail.to_map(points[backwards(ref) ? points.size() - 1 - i : i]));
            }
            path.erase(std::unique(path.begin(), path.end()), path.end());
            if (detail.holes[ring] == 0) builder.begin_part();
            builder.add_ring(path);
        }
    }
    return std::move(builder).finish();
}

/// The feature of each point.
std::vector<uint32_t> features_of_points(const Geometry& geometry) {
    std::vector<uint32_t> features(geometry.points().size());
    parallel_for(geometry.feature_count(), [&](std::size_t f) {
        const auto feature = static_cast<uint32_t>(f);
        const auto points = geometry.points_of(feature);
        if (points.empty()) return;
        const auto first = features.begin() + (points.data() - geometry.points().data());
        std::fill(first, first + static_cast<std::ptrdiff_t>(points.size()), feature);
    });
    return features;
}

/// A point of a path that may be drawn, and how far along the path it lies.
struct PathPoint {
    Point at;
    double length = 0;
    bool kept = false;
};

double distance_to_segment(Point p, Point a, Point b) {
    const double x = b.x - a.x;
    const double y = b.y - a.y;
    const double squared = x * x + y * y;
    const double t = squared > 0 ? std::clamp(((p.x - a.x) * x + (p.y - a.y) * y) / squared, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - t * x, p.y - a.y - t * y);
}

/// Douglas and Peucker (1973): keeps what a straight line between the kept ends would miss by more than the tolerance.
void keep_corners(std::vector<PathPoint>& path, double tolerance) {
    path.front().kept = path.back().kept = true;
    std::vector<std::pair<std::size_t, std::size_t>> waiting{{0, path.size() - 1}};
    while (!waiting.empty()) {
        const auto [first, last] = waiting.back();
        waiting.pop_back();
        double farthest = tolerance;
        std::size_t corner = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double d = distance_to_segment(path[i].at, path[first].at, path[last].at);
            if (d <= farthest) continue;
            farthest = d;
            corner = i;
        }
        if (corner == first) continue;
        path[corner].kept = true;
        waiting.emplace_back(first, corner);
        waiting.emplace_back(corner, last);
    }
}

/// The points of a path that are drawn: the ends, and of those farther than the tolerance from the one before the ones
/// without which the line would run elsewhere. Points that are not finite break the path.
void add_path(std::span<const Point> path, uint32_t feature, Point centre, double tolerance,
              std::vector<StrokeMesh::Vertex>& out) {
    // Of the tolerance: a line a quarter of a pixel off looks the same, one broken into fewer pieces is drawn sooner.
    constexpr double corner_share = 0.35;
    std::vector<PathPoint> run;
    const auto end_run = [&] {
        if (run.empty()) return;
        if (tolerance > 0) keep_corners(run, tolerance * corner_share);
        for (const PathPoint& p : run) {
            if (tolerance > 0 && !p.kept) continue;
            const SplitFloat x(p.at.x - centre.x);
            const SplitFloat y(p.at.y - centre.y);
            out.push_back({x.high, y.high, x.low, y.low, static_cast<float>(p.length), feature});
        }
        out.back().feature = StrokeMesh::no_feature;
        run.clear();
    };
    Point before{};
    double length = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const Point p = path[i];
        if (!finite(p)) {
            end_run();
            continue;
        }
        if (!run.empty()) length += std::hypot(p.x - before.x, p.y - before.y);
        before = p;
        const bool last = i + 1 == path.size() || !finite(path[i + 1]);
        if (!run.empty() && !last && std::hypot(p.x - run.back().at.x, p.y - run.back().at.y) < tolerance) continue;
        run.push_back({p, length});
    }
    end_run();
}

StrokeMesh make_stroke(const Geometry& geometry, Point centre, double tolerance, const GlBinPtr& bin) {
    std::vector<StrokeMesh::Vertex> vertices;
    vertices.reserve(tolerance > 0 ? geometry.points().size() / 4 : geometry.points().size());
    StrokeMesh mesh;
    StrokeMesh::Chunk chunk{{}, {}, 0, 0};
    const auto close_chunk = [&](uint32_t feature) {
        chunk.vertices.count = static_cast<uint32_t>(vertices.size()) - chunk.vertices.first;
        chunk.last_feature = feature;
        if (chunk.vertices.count > 0) mesh.chunks.push_back(chunk);
        chunk = {{static_cast<uint32_t>(vertices.size()), 0}, {}, feature, feature};
    };
    for (uint32_t feature = 0; feature < geometry.feature_count(); ++feature) {
        for (const uint32_t ring : geometry.rings_of(feature)) {
            const std::span<const Point> whole = geometry.ring(ring);
            const auto first = static_cast<uint32_t>(vertices.size());
            add_path(whole, feature, centre, tolerance, vertices);
            const auto added = static_cast<uint32_t>(vertices.size()) - first;
            if (added <= chunk_size) {
                for (const Point p : whole)
                    if (finite(p)) chunk.box.extend(p);
                if (vertices.size() - chunk.vertices.first >= chunk_size) close_chunk(feature);
                continue;
            }
            // A long path makes chunks of its own, boxed by their vertices and the one after.
            const auto box_of = [&](uint32_t from, uint32_t to) {
                Box box;
                for (uint32_t i = from; i <= to && i < vertices.size(); ++i)
                    box.extend(Point{centre.x + double{vertices[i].high_x} + double{vertices[i].low_x},
                                     centre.y + double{vertices[i].high_y} + double{vertices[i].low_y}});
                return box;
            };
            const auto all = static_cast<uint32_t>(vertices.size());
            if (first > chunk.vertices.first) {
                chunk.vertices.count = first - chunk.vertices.first;
                chunk.last_feature = feature;
                mesh.chunks.push_back(chunk);
            }
            for (uint32_t from = first; from < all; from += chunk_size) {
                const uint32_t to = std::min(from + chunk_size, all);
                mesh.chunks.push_back({{from, to - from}, box_of(from, to), feature, feature});
            }
            chunk = {{all, 0}, {}, feature, feature};
        }
    }
    if (geometry.feature_count() > 0) close_chunk(geometry.feature_count() - 1);
    if (vertices.empty()) return mesh;
    mesh.places.reserve(vertices.size());
    for (const StrokeMesh::Vertex& v : vertices)
        mesh.places.push_back({v.high_x, v.high_y, v.feature});
    vertices.push_back({0, 0, 0, 0, 0, StrokeMesh::no_feature});  // what the last segment's far end reads
    mesh.vertices = GlName(GlKind::buffer, bin);
    mesh.arrays = GlName(GlKind::vertex_array, bin);
    glBindVertexArray(mesh.arrays.get());
    upload(GL_ARRAY_BUFFER, mesh.vertices, vertices);
    for (GLuint i = 0; i < 5; ++i) {
        glEnableVertexAttribArray(i);
        glVertexAttribDivisor(i, 1);
    }
    glBindVertexArray(0);
    return mesh;
}

/// For each point the one that stands for it: the first in its cell of a grid of that width. Points of one place, in
/// whatever polygon, have the same stand-in.
std::vector<uint32_t> stand_ins(std::span<const Point> points, Point centre, double cell) {
    std::vector<uint32_t> result(points.size());
    std::unordered_map<uint64_t, uint32_t> first;
    first.reserve(points.size() / 2);
    for (uint32_t i = 0; i < points.size(); ++i) {
        result[i] = i;
        if (!finite(points[i])) continue;
        const auto column = static_cast<int64_t>(std::floor((points[i].x - centre.x) / cell));
        const auto row = static_cast<int64_t>(std::floor((points[i].y - centre.y) / cell));
        const uint64_t key = (static_cast<uint64_t>(column) << 32U) ^ (static_cast<uint64_t>(row) & 0xffffffffU);
        result[i] = first.emplace(key, i).first->second;
    }
    return result;
}

FillMesh make_fill(const Geometry& geometry, const Triangles& triangles, Point centre, double tolerance,
                   const GlBinPtr& bin) {
    struct Vertex {
        float high_x, high_y, low_x, low_y;
        uint32_t feature;
    };
    FillMesh mesh;
    const std::span<const Point> points = geometry.points();
    const std::vector<uint32_t> features = features_of_points(geometry);
    const std::vector<uint32_t> stands = tolerance > 0 ? stand_ins(points, centre, tolerance) : std::vector<uint32_t>{};
    const auto stand_in = [&](uint32_t i) { return stands.empty() ? i : stands[i]; };

    // A vertex for each run of points of one feature with the same stand-in.
    std::vector<uint32_t> vertex_of(points.size());
    std::vector<Vertex> vertices;
    for (uint32_t i = 0; i < points.size(); ++i) {
        if (i == 0 || stand_in(i) != stand_in(i - 1) || features[i] != features[i - 1]) {
            const Point p = points[stand_in(i)];
            const SplitFloat x(finite(p) ? p.x - centre.x : 0);
            const SplitFloat y(finite(p) ? p.y - centre.y : 0);
            vertices.push_back({x.high, y.high, x.low, y.low, features[i]});
        }
        vertex_of[i] = static_cast<uint32_t>(vertices.size() - 1);
    }
    // Triangles that shrank to a line are left out, and those with a place that the map's CRS cannot hold.
    std::vector<uint32_t> indices;
    mesh.feature_offsets.push_back(0);
    for (uint32_t feature = 0; feature + 1 < triangles.feature_offsets.size(); ++feature) {
        for (uint32_t t = triangles.feature_offsets[feature]; t + 2 < triangles.feature_offsets[feature + 1]; t += 3) {
            const uint32_t a = triangles.indices[t];
            const uint32_t b = triangles.indices[t + 1];
            const uint32_t c = triangles.indices[t + 2];
            if (!finite(points[a]) || !finite(points[b]) || !finite(points[c])) continue;
            if (stand_in(a) == stand_in(b) || stand_in(b) == stand_in(c) || stand_in(c) == stand_in(a)) continue;
            indices.insert(indices.end(), {vertex_of[a], vertex_of[b], vertex_of[c]});
        }
        mesh.feature_offsets.push_back(static_cast<uint32_t>(indices.size()));
    }
    if (indices.empty()) return mesh;
    mesh.vertices = GlName(GlKind::buffer, bin);
    mesh.indices = GlName(GlKind::buffer, bin);
    mesh.arrays = GlName(GlKind::vertex_array, bin);
    glBindVertexArray(mesh.arrays.get());
    upload(GL_ARRAY_BUFFER, mesh.vertices, vertices);
    upload(GL_ELEMENT_ARRAY_BUFFER, mesh.indices, indices);
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(Vertex), nullptr);
    glEnableVertexAttribArray(1);
    glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(Vertex), offset(offsetof(Vertex, feature)));
    glBindVertexArray(0);
    return mesh;
}

}  // namespace

GpuGeometry::GpuGeometry(const DetailPtr& detail, GlBinPtr bin)
    : detail_(detail), geometry_(rings_of(*detail)), bin_(std::move(bin)) {
    centre_ = geometry_.box().empty() ? Point{} : geometry_.box().centre();
    boxes_.resize(geometry_.feature_count());
    parallel_for(boxes_.size(), [&](std::size_t i) { boxes_[i] = geometry_.box_of(static_cast<uint32_t>(i)); });
}

template <class Mesh, class Make>
const Mesh& GpuGeometry::level(std::list<Level<Mesh>>& levels, double tolerance, const Make& make) {
    const int exponent =
        tolerance > 0 ? std::max(every_point, static_cast<int>(std::floor(std::log2(tolerance)))) : every_point;
    const auto known = std::ranges::find(levels, exponent, &Level<Mesh>::exponent);
    if (known != levels.end()) {
        levels.splice(levels.begin(), levels, known);
        return levels.front().mesh;
    }
    if (levels.size() >= kept_levels) levels.pop_back();
    levels.push_front({exponent, make(exponent == every_point ? 0 : std::exp2(exponent))});
    return levels.front().mesh;
}

const FillMesh& GpuGeometry::fill(double tolerance) {
    if (!triangles_) triangles_ = triangulate(geometry_);
    return level(fills_, tolerance,
                 [&](double used) { return make_fill(geometry_, *triangles_, centre_, used, bin_); });
}

const StrokeMesh& GpuGeometry::stroke(double tolerance) {
    return level(strokes_, tolerance, [&](double used) { return make_stroke(geometry_, centre_, used, bin_); });
}

GpuGeometry& GpuGeometries::of(const DetailPtr& detail) {
    const auto known = known_.find(detail.get());
    if (known != known_.end()) {
        if (known->second.alive()) return known->second;
        known_.erase(known);  // another geometry, at the address of one that is gone
    }
    return known_.emplace(detail.get(), GpuGeometry(detail, bin_)).first->second;
}

void GpuGeometries::drop_unused() {
    std::erase_if(known_, [](const auto& entry) { return !entry.second.alive(); });
}

}  // namespace diaban
