#include "scene/map_shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "geo/planar.h"
#include "query/pick.h"

namespace diaban {
namespace {

/// Layers of up to so many points have exact boxes; others have those of their transformed boxes.
constexpr std::size_t few_points = 300'000;

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

bool is_shown(std::span<const uint8_t> shown, uint32_t feature) {
    return shown.empty() || shown[feature] != 0;
}

bool inside(const Box& small, const Box& large) {
    return small.min_x >= large.min_x && small.max_x <= large.max_x && small.min_y >= large.min_y &&
           small.max_y <= large.max_y;
}

/// A box that holds all of a source box, from places along its edges and within.
Box transformed(const GridTransform& to_plane, const Box& box) {
    if (to_plane.identity() || box.empty()) return box;
    constexpr int steps = 4;
    Box out;
    for (int row = 0; row <= steps; ++row) {
        for (int column = 0; column <= steps; ++column) {
            const Point p =
                to_plane.apply(Point{box.min_x + box.width() * column / steps, box.min_y + box.height() * row / steps});
            if (finite(p)) out.extend(p);
        }
    }
    const double step = std::hypot(box.width(), box.height()) / steps;
    return out.grown(std::min(step * step * to_plane.bend(), std::max(out.width(), out.height())));
}

}  // namespace

MapShapes::MapShapes(GeometryPtr source, std::optional<Transform> to_map, DetailStore store)
    : source_(std::move(source)), to_map_(std::move(to_map)), store_(std::move(store)) {
    if (to_map_) {
        to_source_ = to_map_->inverse();
        to_plane_ = GridTransform(*to_map_, source_->box());
    }
    find_boxes();
    index_ = SpatialIndex(boxes_);
    for (const Box& box : boxes_)
        if (!box.empty()) box_.extend(box);
    init_levels();
}

MapShapes::~MapShapes() {
    store_levels();
}

void MapShapes::find_boxes() {
    const bool stored = store_ && source_->points().size() > few_points && kind() != GeometryKind::point;
    if (stored) {
        if (auto kept = store_.find_boxes(feature_count())) {
            boxes_ = std::move(*kept);
            return;
        }
    }
    measure_boxes();
    if (stored && lost_ == 0) store_.keep_boxes(boxes_);
}

void MapShapes::measure_boxes() {
    boxes_.resize(feature_count());
    if (kind() == GeometryKind::point) {
        std::vector<Point> points(source_->points().size());
        parallel_ranges(points.size(), [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                points[i] = to_plane_.apply(source_->points()[i]);
        });
        points_ = source_->with_points(std::move(points));
        parallel_for(boxes_.size(), [&](std::size_t i) { boxes_[i] = points_.box_of(static_cast<uint32_t>(i)); });
        for (std::size_t i = 0; i < points_.points().size(); ++i)
            lost_ += finite(source_->points()[i]) && !finite(points_.points()[i]) ? 1U : 0U;
        return;
    }
    // Where the map's CRS cannot hold all of the region every place is looked at, to say how many are lost.
    const bool every_place = source_->points().size() <= few_points || !to_plane_.everywhere();
    std::vector<std::size_t> lost(boxes_.size(), 0);
    parallel_for(boxes_.size(), [&](std::size_t i) {
        const auto feature = static_cast<uint32_t>(i);
        if (to_plane_.identity() || !every_place) {
            boxes_[i] = transformed(to_plane_, source_->box_of(feature));
            return;
        }
        for (const Point p : source_->points_of(feature)) {
            const Point there = to_plane_.apply(p);
            if (finite(there))
                boxes_[i].extend(there);
            else if (finite(p))
                ++lost[i];
        }
    });
    for (const std::size_t count : lost)
        lost_ += count;
}

Point MapShapes::to_map(Point source) const {
    return to_map_ ? to_map_->apply(source) : source;
}

Point MapShapes::to_source(Point map) const {
    return to_source_ ? to_source_->apply(map) : map;
}

Geometry MapShapes::feature(uint32_t feature, double tolerance) const {
    GeometryBuilder builder(kind());
    builder.begin_feature();
    std::vector<Point> kept;
    for (const uint32_t part : source_->parts_of(feature)) {
        builder.begin_part();
        for (const uint32_t ring : source_->rings_of_part(part)) {
            kept.clear();
            const auto points = source_->ring(ring);
            for (std::size_t i = 0; i < points.size(); ++i) {
                const Point p = to_plane_.apply(points[i]);
                if (!finite(p)) continue;
                const bool last = i + 1 == points.size() && kind() == GeometryKind::line;
                const bool far = kept.empty() || std::hypot(p.x - kept.back().x, p.y - kept.back().y) >= tolerance;
                if (far || last) kept.push_back(p);
            }
            builder.add_ring(kept);
        }
    }
    return std::move(builder).finish();
}

std::span<const Point> MapShapes::points() const {
    return points_.points();
}

std::span<const Point> MapShapes::points_of(uint32_t feature) const {
    return points_.points_of(feature);
}

double MapShapes::distance_near(uint32_t feature, Point map, const Box& source_near) const {
    double least = std::numeric_limits<double>::infinity();
    for (const uint32_t ring : source_->rings_of(feature)) {
        const auto points = source_->ring(ring);
        for (std::size_t i = 0; i + 1 < points.size(); ++i) {
            Box segment;
            segment.extend(points[i]);
            segment.extend(points[i + 1]);
            if (!segment.intersects(source_near)) continue;
            const double away = distance_to_segment(map, to_plane_.apply(points[i]), to_plane_.apply(points[i + 1]));
            least = std::min(least, away);  // NaN is no distance
        }
    }
    return least;
}

std::optional<uint32_t> MapShapes::pick(Point map, double tolerance, std::span<const uint8_t> shown) const {
    if (kind() == GeometryKind::point) return diaban::pick(points_, index_, map, tolerance, shown);
    const std::vector<uint32_t> near = index_.query(Box{map.x, map.y, map.x, map.y}.grown(tolerance));
    std::optional<uint32_t> nearest;
    double least = std::numeric_limits<double>::infinity();
    const bool areal = kind() == GeometryKind::polygon;
    const Point place = areal && !near.empty() ? to_source(map) : Point{};
    const Box near_in_source = tolerance > 0 ? source_box(Box{map.x, map.y, map.x, map.y}.grown(tolerance)) : Box{};
    for (auto f = near.rbegin(); f != near.rend(); ++f) {
        if (!is_shown(shown, *f)) continue;
        if (areal && contains(*source_, *f, place)) return *f;
        if (tolerance <= 0 && areal) continue;
        const double away = distance_near(*f, map, near_in_source);
        if (away <= tolerance && away < least) nearest = *f, least = away;
    }
    return nearest;
}

std::vector<uint32_t> MapShapes::select(const Box& box, std::span<const uint8_t> shown) const {
    if (kind() == GeometryKind::point) return diaban::select(points_, index_, box, shown);
    std::vector<uint32_t> near = index_.query(box);
    std::vector<uint8_t> hit(near.size(), 0);
    parallel_for(near.size(), [&](std::size_t i) {
        if (is_shown(shown, near[i]))
            hit[i] = inside(boxes_[near[i]], box) || intersects(feature(near[i]), 0, box) ? 1 : 0;
    });
    std::vector<uint32_t> out;
    for (std::size_t i = 0; i < near.size(); ++i)
        if (hit[i] != 0) out.push_back(near[i]);
    return out;
}

std::vector<uint32_t> MapShapes::select(std::span<const Point> lasso, std::span<const uint8_t> shown) const {
    if (kind() == GeometryKind::point) return diaban::select(points_, index_, lasso, shown);
    Box box;
    for (const Point p : lasso)
        box.extend(p);
    if (lasso.size() < 3) return {};
    const std::vector<uint32_t> near = index_.query(box);
    std::vector<uint8_t> hit(near.size(), 0);
    parallel_for(near.size(), [&](std::size_t i) {
        if (is_shown(shown, near[i])) hit[i] = intersects(feature(near[i]), 0, lasso) ? 1 : 0;
    });
    std::vector<uint32_t> out;
    for (std::size_t i = 0; i < near.size(); ++i)
        if (hit[i] != 0) out.push_back(near[i]);
    return out;
}

}  // namespace diaban
