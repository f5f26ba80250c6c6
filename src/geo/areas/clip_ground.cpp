// Most borders in a clip of communes lie between two of them, corner by corner the same from both sides. Adding up how
// often each place is covered, such edges cancel out, so that where none is left over a place is covered if the next
// one is: a cell away from all edges that are left is taken whole. The others meet handy pieces of the polygons near
// them.
#include "geo/areas/clip_ground.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "base/parallel.h"
#include "geo/areas/azimuthal_plane.h"
#include "geo/areas/unite.h"
#include "geo/geos_handles.h"
#include "geo/planar.h"
#include "geo/repair.h"

namespace diaban {
namespace {

using geos::context;

constexpr std::size_t most_corners_of_piece = 2000;
constexpr std::size_t edges_of_box = 16;
/// Further than `tolerance` could move an edge anywhere: about 10 m.
constexpr double margin_degrees = 1e-4;

// ── where ground ends ───────────────────────────────────────────────────────────────────────────────────────────────

/// Of an edge, whichever way it runs.
struct EdgeKey {
    uint64_t hash = 0;
    int32_t turns = 0;  ///< +1: ground lies to the left when it is followed from its lesser end
    auto operator<=>(const EdgeKey&) const = default;
};

uint64_t hash_of(Point a, Point b) {
    uint64_t hash = 0x9E3779B97F4A7C15U;
    // 0 and -0 are the same place.
    for (const double value : {a.x + 0.0, a.y + 0.0, b.x + 0.0, b.y + 0.0}) {
        hash ^= std::bit_cast<uint64_t>(value);
        hash *= 0xBF58476D1CE4E5B9U;
        hash ^= hash >> 29U;
    }
    return hash;
}

/// `left`: whether the ground lies to the left of the ring.
EdgeKey key_of(Point a, Point b, bool left) {
    const bool forward = std::tie(a.x, a.y) < std::tie(b.x, b.y);
    return {forward ? hash_of(a, b) : hash_of(b, a), forward == left ? 1 : -1};
}

void each_edge(const Geometry& clip, uint32_t part, auto&& use) {
    bool shell = true;
    for (const uint32_t ring : clip.rings_of_part(part)) {
        const auto path = clip.ring(ring);
        const bool left = (signed_area(path) > 0) == shell;
        shell = false;
        for (std::size_t i = 1; i < path.size(); ++i)
            if (path[i - 1] != path[i]) use(path[i - 1], path[i], left);
    }
}

/// The edges that do not cancel out, ascending.
std::vector<uint64_t> open_edges(const Geometry& clip) {
    std::vector<std::size_t> first(std::size_t{clip.part_count()} + 1);
    for (uint32_t part = 0; part < clip.part_count(); ++part) {
        first[part + 1] = first[part];
        for (const uint32_t ring : clip.rings_of_part(part))
            first[part + 1] += clip.ring(ring).size();
    }
    std::vector<EdgeKey> keys(first.back());
    parallel_for(clip.part_count(), [&](std::size_t part) {
        std::size_t next = first[part];
        each_edge(clip, static_cast<uint32_t>(part),
                  [&](Point a, Point b, bool left) { keys[next++] = key_of(a, b, left); });
    });
    std::ranges::sort(keys);
    std::vector<uint64_t> open;
    for (std::size_t i = 0; i < keys.size();) {
        int64_t turns = 0;
        const uint64_t hash = keys[i].hash;
        for (; i < keys.size() && keys[i].hash == hash; ++i)
            turns += keys[i].turns;
        if (turns != 0) open.push_back(hash);
    }
    return open;
}

// ── in degrees ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// The part of a polygon in a box; polygons only.
Geometry part_in(const Geometry& shape, const Box& box) {
    GeometryBuilder frame(GeometryKind::polygon);
    frame.begin_feature();
    frame.begin_part();
    frame.add_ring(std::vector<Point>{{box.min_x, box.min_y},
                                      {box.max_x, box.min_y},
                                      {box.max_x, box.max_y},
                                      {box.min_x, box.max_y},
                                      {box.min_x, box.min_y}});
    const auto polygon = geos::from_feature(shape, 0);
    const auto around = geos::from_feature(std::move(frame).finish(), 0);
    const geos::GeometryHandle common(GEOSIntersection_r(context(), polygon.get(), around.get()));
    if (!common) throw std::runtime_error(geos::last_message());
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    geos::add_polygons(builder, common.get());
    return std::move(builder).finish();
}

void add_pieces(std::vector<Geometry>& pieces, Geometry shape) {
    const Box box = shape.box();
    if (!shape.has_geometry(0) || box.empty()) return;
    if (shape.points().size() <= most_corners_of_piece || std::max(box.width(), box.height()) < 1e-4)
        return pieces.push_back(std::move(shape));
    Box low = box, high = box;
    if (box.width() > box.height())
        low.max_x = high.min_x = box.centre().x;
    else
        low.max_y = high.min_y = box.centre().y;
    add_pieces(pieces, part_in(shape, low));
    add_pieces(pieces, part_in(shape, high));
}

/// A part of the ground in degrees, and boxes along its open edges.
struct PartMaker {
    const Geometry& clip;
    const Transform& to_degrees;
    double middle;
    Metres tolerance;
    const std::vector<uint64_t>& open;

    [[nodiscard]] std::vector<Point> path(std::span<const Point> from) const {
        return path_in_degrees(from, to_degrees, tolerance, Metres(1e6));
    }
    [[nodiscard]] Geometry in_degrees(uint32_t part) const {
        GeometryBuilder builder(GeometryKind::polygon);
        builder.begin_feature();
        builder.begin_part();
        std::optional<double> shift;
        for (const uint32_t ring : clip.rings_of_part(part)) {
            auto corners = path(clip.ring(ring));
            Box box;
            for (const Point p : corners)
                box.extend(p);
            if (!shift && !box.empty()) shift = longitude_near(box.centre().x, middle) - box.centre().x;
            for (Point& p : corners)
                p.x += shift.value_or(0);
            builder.add_ring(corners);
        }
        return std::move(builder).finish();
    }
    /// `near`: the longitude of the part's middle.
    void add_boxes(uint32_t part, double near, std::vector<Box>& boxes) const {
        std::vector<Point> run;
        const auto finish = [&] {
            Box box;
            for (const Point p : path(run))
                box.extend(p);
            run.clear();
            if (box.empty()) return;
            const double shift = longitude_near(box.centre().x, near) - box.centre().x;
            box.min_x += shift, box.max_x += shift;
            boxes.push_back(box.grown(margin_degrees));
        };
        each_edge(clip, part, [&](Point a, Point b, bool left) {
            if (!std::ranges::binary_search(open, key_of(a, b, left).hash)) return;
            if (!run.empty() && (run.back() != a || run.size() > edges_of_box)) finish();
            if (run.empty()) run.push_back(a);
            run.push_back(b);
        });
        if (!run.empty()) finish();
    }
};

}  // namespace

ClipGround::ClipGround(std::vector<Geometry> pieces, std::vector<Box> edges) : pieces_(std::move(pieces)) {
    std::vector<Box> boxes;
    for (const Geometry& piece : pieces_)
        boxes.push_back(piece.box());
    index_ = SpatialIndex(std::span<const Box>(boxes));
    edges_ = SpatialIndex(std::span<const Box>(edges));
}

ClipGround::ClipGround(Geometry one) {
    std::vector<Box> edges;
    for (uint32_t ring = 0; ring < one.ring_count(); ++ring)
        for (std::size_t i = 1; i < one.ring(ring).size(); ++i) {
            Box box;
            box.extend(one.ring(ring)[i - 1]);
            box.extend(one.ring(ring)[i]);
            edges.push_back(box.grown(margin_degrees));
        }
    std::vector<Geometry> pieces;
    pieces.push_back(std::move(one));
    *this = ClipGround(std::move(pieces), std::move(edges));
}

Expected<ClipGround> ClipGround::make(const Geometry& clip, const Transform& to_degrees, double middle,
                                      Metres tolerance, Progress& progress) {
    const std::vector<uint64_t> open = open_edges(clip);
    const PartMaker maker{clip, to_degrees, middle, tolerance, open};
    const uint32_t parts = clip.part_count();
    std::vector<std::vector<Geometry>> pieces_of(parts);
    std::vector<std::vector<Box>> edges_of(parts);
    std::atomic<std::size_t> done = 0;
    parallel_for(parts, [&](std::size_t i) {
        if (progress.cancelled()) return;
        const auto part = static_cast<uint32_t>(i);
        const Geometry shape = maker.in_degrees(part);
        progress.set(0.5 * static_cast<double>(++done) / static_cast<double>(parts));
        if (!shape.has_geometry(0) || shape.box().empty()) return;
        maker.add_boxes(part, shape.box().centre().x, edges_of[i]);
        add_pieces(pieces_of[i], repair_invalid(shape).geometry);
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    std::vector<Geometry> pieces;
    std::vector<Box> edges;
    for (std::size_t i = 0; i < parts; ++i) {
        std::ranges::move(pieces_of[i], std::back_inserter(pieces));
        edges.insert(edges.end(), edges_of[i].begin(), edges_of[i].end());
    }
    return ClipGround(std::move(pieces), std::move(edges));
}

bool ClipGround::holds(Point p) const {
    return std::ranges::any_of(index_.query(p), [&](uint32_t piece) { return contains(pieces_[piece], 0, p); });
}

Geometry ClipGround::cut(const Geometry& cell) const {
    std::vector<Geometry> found;
    if (cell.feature_count() == 0 || !cell.has_geometry(0)) return united(found);
    if (edges_.query(cell.box()).empty()) {
        // All of it or nothing. The middle of its corners lies in it, since it is convex.
        const auto corners = cell.points();
        Point middle;
        for (const Point p : corners)
            middle.x += p.x / static_cast<double>(corners.size()),
                middle.y += p.y / static_cast<double>(corners.size());
        return holds(middle) ? cell : united(found);
    }
    const auto shape = geos::from_feature(cell, 0);
    for (const uint32_t near : index_.query(cell.box())) {
        const auto piece = geos::from_feature(pieces_[near], 0);
        const geos::GeometryHandle common(GEOSIntersection_r(context(), shape.get(), piece.get()));
        if (!common) throw std::runtime_error(geos::last_message());
        GeometryBuilder builder(GeometryKind::polygon);
        builder.begin_feature();
        geos::add_polygons(builder, common.get());
        Geometry part = std::move(builder).finish();
        if (part.has_geometry(0)) found.push_back(std::move(part));
    }
    return united(found);
}

}  // namespace diaban
