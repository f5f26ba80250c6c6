#include "query/pick.h"

#include <limits>

#include "base/error.h"
#include "geo/planar.h"

namespace diaban {

namespace {

bool is_shown(std::span<const uint8_t> shown, uint32_t feature) {
    return shown.empty() || shown[feature] != 0;
}

void check_shown(const Geometry& geometry, std::span<const uint8_t> shown) {
    DIABAN_CHECK(shown.empty() || shown.size() == geometry.feature_count());
}

template <class Shape>
std::vector<uint32_t> select_in(const Geometry& geometry, const SpatialIndex& index, const Box& box, const Shape& shape,
                                std::span<const uint8_t> shown) {
    check_shown(geometry, shown);
    std::vector<uint32_t> hits;
    if (box.empty()) return hits;
    for (const uint32_t feature : index.query(box))
        if (is_shown(shown, feature) && intersects(geometry, feature, shape)) hits.push_back(feature);
    return hits;
}

}  // namespace

std::optional<uint32_t> pick(const Geometry& geometry, const SpatialIndex& index, Point p, double tolerance,
                             std::span<const uint8_t> shown) {
    check_shown(geometry, shown);
    if (geometry.kind() == GeometryKind::point) {
        // However many are within reach, only the nearest are looked at.
        return index.nearest(p, tolerance, [&](uint32_t feature) -> std::optional<double> {
            if (!is_shown(shown, feature)) return std::nullopt;
            return distance(geometry, feature, p);
        });
    }
    const std::vector<uint32_t> near = index.query(Box{p.x, p.y, p.x, p.y}.grown(tolerance));
    std::optional<uint32_t> nearest;
    double least = std::numeric_limits<double>::infinity();
    // From the top down, so that of things equally far the upper one wins.
    for (auto feature = near.rbegin(); feature != near.rend(); ++feature) {
        if (!is_shown(shown, *feature)) continue;
        if (geometry.kind() == GeometryKind::polygon && contains(geometry, *feature, p)) return *feature;
        const double away = distance(geometry, *feature, p);
        if (away <= tolerance && away < least) nearest = *feature, least = away;
    }
    return nearest;
}

std::vector<uint32_t> select(const Geometry& geometry, const SpatialIndex& index, const Box& box,
                             std::span<const uint8_t> shown) {
    return select_in(geometry, index, box, box, shown);
}

std::vector<uint32_t> select(const Geometry& geometry, const SpatialIndex& index, std::span<const Point> lasso,
                             std::span<const uint8_t> shown) {
    Box box;
    for (const Point p : lasso)
        box.extend(p);
    if (lasso.size() < 3) return {};
    return select_in(geometry, index, box, lasso, shown);
}

}  // namespace diaban
