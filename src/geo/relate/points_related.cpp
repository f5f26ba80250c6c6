#include "geo/relate/points_related.h"

#include <atomic>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "geo/relate/point_slices.h"

namespace diaban {
namespace {

constexpr std::size_t longest_stretch = 4096;  // points looked at between two looks at whether to go on

/// Whether a point that lies so has the relation to the polygon (`point_first`), or the polygon to it.
bool holds(SpatialRelation relation, bool point_first, Side side) {
    switch (relation) {
        case SpatialRelation::intersects:
            return side != Side::outside;
        case SpatialRelation::touches:
            return side == Side::border;
        case SpatialRelation::within:
            return point_first && side == Side::inside;
        case SpatialRelation::contains:
            return !point_first && side == Side::inside;
        case SpatialRelation::overlaps:
        case SpatialRelation::crosses:
            break;
    }
    return false;  // a point alone has no part beyond
}

std::vector<Point> places(const Geometry& points, std::span<const uint8_t> considered) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<Point> all(points.feature_count(), {nan, nan});
    for (uint32_t f = 0; f < all.size(); ++f)
        if (points.has_geometry(f) && (considered.empty() || considered[f])) all[f] = points.points_of(f).front();
    return all;
}

Box finite_box(const Geometry& geometry, uint32_t feature) {
    Box box;
    for (const Point p : geometry.points_of(feature))
        if (std::isfinite(p.x) && std::isfinite(p.y)) box.extend(p);
    return box;
}

/// Calls body(polygon, stretch of points in the height of its box) for stretches that are not empty, until it returns
/// false for the polygon.
template <class Body>
void each_near(const Geometry& polygons, const PointSlices& slices, std::span<const uint8_t> considered,
               const Progress& progress, const Body& body) {
    parallel_ranges(polygons.feature_count(), [&](std::size_t begin, std::size_t end) {
        std::vector<std::span<const PointSlices::Placed>> near;
        for (auto f = static_cast<uint32_t>(begin); f < end && !progress.cancelled(); ++f) {
            if (!considered.empty() && !considered[f]) continue;
            slices.near(finite_box(polygons, f), longest_stretch, near);
            if (!near.empty()) body(f, std::span<const std::span<const PointSlices::Placed>>(near));
        }
    });
}

}  // namespace

bool single_points(const Geometry& geometry) {
    return geometry.kind() == GeometryKind::point &&
           std::ranges::all_of(std::views::iota(0U, geometry.feature_count()),
                               [&](uint32_t f) { return geometry.parts_of(f).size() <= 1; });
}

Related points_related(const Geometry& a, const Geometry& b, std::span<const uint8_t> considered,
                       SpatialRelation relation, Progress& progress) {
    using Near = std::span<const std::span<const PointSlices::Placed>>;
    const bool point_first = a.kind() == GeometryKind::point;
    const Geometry& polygons = point_first ? b : a;
    const std::span<const uint8_t> wanted = point_first ? considered : std::span<const uint8_t>();
    const PointSlices slices(point_first ? places(a, {}) : places(b, considered));

    std::vector<uint8_t> needed(polygons.feature_count());
    each_near(polygons, slices, wanted, progress, [&](uint32_t f, Near) { needed[f] = 1; });
    const LayerShapes shapes(polygons, needed, progress);

    Related result{std::vector<uint8_t>(a.feature_count()), {}, {}};
    (point_first ? result.failed_b : result.failed_a) = shapes.failed();
    std::atomic<uint32_t> done = 0;
    each_near(polygons, slices, needed, progress, [&](uint32_t f, Near near) {
        const ValidShape shape = shapes.shape(f);
        if (shape.geometry == nullptr) return;
        const OutlineTree tree(*shape.geometry, shape.feature);
        parallel_for(near.size(), [&](std::size_t i) {
            if (progress.cancelled()) return;
            for (const auto& placed : near[i]) {
                const uint32_t of = point_first ? placed.item : f;
                std::atomic_ref<uint8_t> kept(result.kept[of]);
                if (kept.load(std::memory_order_relaxed) != 0) continue;
                if (holds(relation, point_first, tree.locate(placed.at))) kept.store(1, std::memory_order_relaxed);
            }
        });
        progress.set(static_cast<double>(++done) / static_cast<double>(polygons.feature_count()));
    });
    return result;
}

}  // namespace diaban
