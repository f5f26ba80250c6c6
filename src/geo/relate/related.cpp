#include "geo/relate/related.h"

#include <atomic>
#include <cmath>
#include <mutex>

#include "base/parallel.h"
#include "geo/relate/geos_pairs.h"
#include "geo/relate/layer_shapes.h"
#include "geo/relate/points_related.h"
#include "geo/relate/polygon_contact.h"

namespace diaban {
namespace {

/// 0, 1 and 2 for points, lines and polygons; -1 for none.
int dimension(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point:
            return 0;
        case GeometryKind::line:
            return 1;
        case GeometryKind::polygon:
            return 2;
        case GeometryKind::none:
            break;
    }
    return -1;
}

/// Whether any two shapes of these kinds can have the relation.
bool possible(SpatialRelation relation, GeometryKind a, GeometryKind b) {
    const int of_a = dimension(a), of_b = dimension(b);
    if (of_a < 0 || of_b < 0) return false;
    switch (relation) {
        case SpatialRelation::intersects:
            return true;
        case SpatialRelation::within:
            return of_a <= of_b;
        case SpatialRelation::contains:
            return of_a >= of_b;
        case SpatialRelation::touches:
            return of_a + of_b > 0;  // points have no border
        case SpatialRelation::overlaps:
            return of_a == of_b;
        case SpatialRelation::crosses:
            return of_a != of_b || of_a == 1;
    }
    return false;
}

bool covers(const Box& outer, const Box& inner) {
    return outer.min_x <= inner.min_x && outer.min_y <= inner.min_y && outer.max_x >= inner.max_x &&
           outer.max_y >= inner.max_y;
}

std::vector<Box> finite_boxes(const Geometry& geometry) {
    std::vector<Box> boxes(geometry.feature_count());
    parallel_for(boxes.size(), [&](std::size_t f) {
        for (const Point p : geometry.points_of(static_cast<uint32_t>(f)))
            if (std::isfinite(p.x) && std::isfinite(p.y)) boxes[f].extend(p);
    });
    return boxes;
}

class Comparison {
public:
    Comparison(const Geometry& a, const Geometry& b, std::span<const uint8_t> considered, SpatialRelation relation,
               Progress& progress, bool not_itself)
        : a_(a), b_(b), considered_(considered), relation_(relation), progress_(progress), not_itself_(not_itself) {}

    Related run() {
        result_.kept.assign(a_.feature_count(), 0);
        find_candidates();
        std::vector<uint8_t> needed_a(a_.feature_count()), needed_b(b_.feature_count());
        for (uint32_t i = 0; i < candidates_.size(); ++i) {
            needed_a[i] = !candidates_[i].empty();
            for (const uint32_t j : candidates_[i])
                needed_b[j] = 1;
        }
        // One layer compared with itself is made ready once.
        const bool same = a_.same_arrays(b_);
        if (same)
            for (std::size_t i = 0; i < needed_a.size(); ++i)
                needed_a[i] |= needed_b[i];
        const LayerShapes shapes_a(a_, needed_a, progress_);
        const std::optional<LayerShapes> own_b =
            same ? std::nullopt : std::optional<LayerShapes>(std::in_place, b_, needed_b, progress_);
        const LayerShapes& shapes_b = same ? shapes_a : *own_b;
        result_.failed_a = shapes_a.failed();
        result_.failed_b = shapes_b.failed();
        compare(shapes_a, shapes_b);
        return std::move(result_);
    }

private:
    void find_candidates() {
        const std::vector<Box> boxes_a = finite_boxes(a_);
        std::vector<Box> boxes_b = finite_boxes(b_);
        for (std::size_t j = 0; j < boxes_b.size() && !considered_.empty(); ++j)
            if (!considered_[j]) boxes_b[j] = {};
        const SpatialIndex index(boxes_b);
        candidates_.resize(a_.feature_count());
        parallel_for(candidates_.size(), [&](std::size_t i) {
            if (progress_.cancelled()) return;
            candidates_[i] = index.query(boxes_a[i]);
            std::erase_if(candidates_[i], [&](uint32_t j) {
                if (not_itself_ && i == j) return true;
                if (relation_ == SpatialRelation::within) return !covers(boxes_b[j], boxes_a[i]);
                return relation_ == SpatialRelation::contains && !covers(boxes_a[i], boxes_b[j]);
            });
        });
    }

    using Shapes = std::vector<std::unique_ptr<const PolygonShape>>;
    /// For polygons against polygons.
    Shapes polygons(const LayerShapes& shapes, uint32_t count) const {
        Shapes made(count);
        parallel_for(count, [&](std::size_t f) {
            const ValidShape shape = shapes.shape(static_cast<uint32_t>(f));
            if (shape.geometry != nullptr && !progress_.cancelled()) made[f] = std::make_unique<PolygonShape>(shape);
        });
        return made;
    }

    void compare(const LayerShapes& shapes_a, const LayerShapes& shapes_b) {
        const bool both_polygons = a_.kind() == GeometryKind::polygon && b_.kind() == GeometryKind::polygon;
        Shapes polygons_a, own_b;
        if (both_polygons) polygons_a = polygons(shapes_a, a_.feature_count());
        if (both_polygons && &shapes_a != &shapes_b) own_b = polygons(shapes_b, b_.feature_count());
        const Shapes& polygons_b = &shapes_a == &shapes_b ? polygons_a : own_b;
        parallel_ranges(candidates_.size(), [&](std::size_t begin, std::size_t end) {
            GeosPairs geos(shapes_a, shapes_b);
            for (auto i = static_cast<uint32_t>(begin); i < end; ++i) {
                if (shapes_a.shape(i).geometry == nullptr) continue;
                for (const uint32_t j : candidates_[i]) {
                    if (progress_.cancelled()) return;
                    if (shapes_b.shape(j).geometry == nullptr) continue;
                    Known known = Known::unsure;
                    if (both_polygons) known = from_contact(*polygons_a[i], *polygons_b[j]);
                    if (known == Known::unsure) known = from_geos(geos, i, j);
                    if (known != Known::yes) continue;
                    result_.kept[i] = 1;
                    break;
                }
            }
            const std::size_t done = done_ += end - begin;
            progress_.set(static_cast<double>(done) / static_cast<double>(candidates_.size()));
        });
        std::ranges::sort(result_.failed_a);
        const auto repeated = std::ranges::unique(result_.failed_a);
        result_.failed_a.erase(repeated.begin(), repeated.end());
    }

    Known from_contact(const PolygonShape& a, const PolygonShape& b) const {
        const PolygonContact contact = polygon_contact(a, b, relation_ == SpatialRelation::overlaps);
        if (!contact.meet) return Known::no;
        switch (relation_) {
            case SpatialRelation::intersects:
                return Known::yes;
            case SpatialRelation::touches:
                if (contact.interiors == Known::unsure) return Known::unsure;
                return contact.interiors == Known::no ? Known::yes : Known::no;
            case SpatialRelation::overlaps:
                if (contact.interiors == Known::no) return Known::no;
                return contact.interiors == Known::yes && contact.a_beyond && contact.b_beyond ? Known::yes
                                                                                               : Known::unsure;
            case SpatialRelation::within:
                return contact.a_beyond || contact.interiors == Known::no ? Known::no : Known::unsure;
            case SpatialRelation::contains:
                return contact.b_beyond || contact.interiors == Known::no ? Known::no : Known::unsure;
            case SpatialRelation::crosses:
                break;
        }
        return Known::no;
    }

    Known from_geos(GeosPairs& geos, uint32_t i, uint32_t j) {
        const std::optional<bool> said = geos.holds(relation_, i, j);
        if (said) return *said ? Known::yes : Known::no;
        const std::scoped_lock lock(mutex_);
        result_.failed_a.push_back(i);
        return Known::no;
    }

    const Geometry& a_;
    const Geometry& b_;
    const std::span<const uint8_t> considered_;
    const SpatialRelation relation_;
    Progress& progress_;
    const bool not_itself_;
    std::vector<std::vector<uint32_t>> candidates_;  ///< of b, by their boxes, for each of a
    std::atomic<std::size_t> done_ = 0;
    std::mutex mutex_;
    Related result_;
};

}  // namespace

Expected<Related> related(const Geometry& a, const Geometry& b, std::span<const uint8_t> considered,
                          SpatialRelation relation, Progress& progress, bool not_itself) {
    DIABAN_CHECK(considered.empty() || considered.size() == b.feature_count());
    Related result{std::vector<uint8_t>(a.feature_count()), {}, {}};
    if (possible(relation, a.kind(), b.kind())) {
        const bool points_in_polygons = (single_points(a) && b.kind() == GeometryKind::polygon) ||
                                        (single_points(b) && a.kind() == GeometryKind::polygon);
        result = points_in_polygons ? points_related(a, b, considered, relation, progress)
                                    : Comparison(a, b, considered, relation, progress, not_itself).run();
    }
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return result;
}

}  // namespace diaban
