#include "geo/relate/layer_shapes.h"

#include <cmath>
#include <stdexcept>

#include "base/parallel.h"
#include "geo/geos_handles.h"
#include "geo/orientation.h"
#include "geo/repair.h"

namespace diaban {
namespace {

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// The feature alone, without coordinates that are not finite.
Geometry finite_copy(const Geometry& layer, uint32_t feature) {
    GeometryBuilder builder(layer.kind());
    builder.begin_feature();
    for (const uint32_t part : layer.parts_of(feature)) {
        builder.begin_part();
        for (const uint32_t ring : layer.rings_of_part(part)) {
            std::vector<Point> points;
            std::ranges::copy_if(layer.ring(ring), std::back_inserter(points), finite);
            builder.add_ring(points);
        }
    }
    return std::move(builder).finish();
}

bool fine_as_it_is(const Geometry& layer, uint32_t feature) {
    if (!std::ranges::all_of(layer.points_of(feature), finite)) return false;
    if (layer.kind() == GeometryKind::point) return true;
    try {
        const auto shape = geos::from_feature(layer, feature);
        return layer.kind() != GeometryKind::polygon || GEOSisValid_r(geos::context(), shape.get()) == 1;
    } catch (const std::runtime_error&) {
        return false;  // too few coordinates, or not closed
    }
}

/// Null where nothing is left that GEOS takes.
std::unique_ptr<const Geometry> repaired_copy(const Geometry& layer, uint32_t feature) {
    Geometry one = finite_copy(layer, feature);
    if (layer.kind() == GeometryKind::polygon && one.has_geometry(0)) {
        Repaired repaired = repair_invalid(one);
        if (!repaired.list.empty() && !repaired.list[0].mended) return nullptr;
        one = std::move(repaired.geometry);
    }
    if (!one.has_geometry(0) || !fine_as_it_is(one, 0)) return nullptr;
    return std::make_unique<const Geometry>(std::move(one));
}

/// Whether the ring runs counter-clockwise, exactly: at its lowest corner (of several the leftmost) it turns that way.
bool runs_left(std::span<const Point> ring) {
    const std::size_t count = ring.size() - 1;
    std::size_t lowest = 0;
    for (std::size_t i = 1; i < count; ++i)
        if (ring[i].y < ring[lowest].y || (ring[i].y == ring[lowest].y && ring[i].x < ring[lowest].x)) lowest = i;
    // The nearest corners elsewhere: one may be written twice.
    std::size_t before = lowest, after = lowest;
    for (std::size_t i = 1; i < count && ring[before] == ring[lowest]; ++i)
        before = (lowest + count - i) % count;
    for (std::size_t i = 1; i < count && ring[after] == ring[lowest]; ++i)
        after = (lowest + i) % count;
    return orientation(ring[before], ring[lowest], ring[after]) > 0;
}

}  // namespace

LayerShapes::LayerShapes(const Geometry& layer, std::span<const uint8_t> needed, Progress& progress)
    : layer_(layer), ready_(layer.feature_count()), repaired_(layer.feature_count()) {
    parallel_for(ready_.size(), [&](std::size_t i) {
        const auto feature = static_cast<uint32_t>(i);
        if (!needed[i] || !layer.has_geometry(feature) || progress.cancelled()) return;
        ready_[i] = fine_as_it_is(layer, feature);
        if (ready_[i]) return;
        repaired_[i] = repaired_copy(layer, feature);
        ready_[i] = repaired_[i] != nullptr;
    });
    for (uint32_t feature = 0; feature < ready_.size() && !progress.cancelled(); ++feature)
        if (needed[feature] && layer.has_geometry(feature) && !ready_[feature]) failed_.push_back(feature);
}

ValidShape LayerShapes::shape(uint32_t feature) const {
    if (!ready_[feature]) return {};
    if (repaired_[feature]) return {repaired_[feature].get(), 0};
    return {&layer_, feature};
}

PolygonShape::PolygonShape(ValidShape shape) : shape_(shape), tree_(*shape.geometry, shape.feature) {
    for (const uint32_t part : shape.geometry->parts_of(shape.feature)) {
        const auto rings = shape.geometry->rings_of_part(part);
        for (const uint32_t ring : rings)
            left_.push_back(runs_left(shape.geometry->ring(ring)) == (ring == *rings.begin()));
    }
}

bool PolygonShape::inside_is_left(const Point& corner) const {
    const auto at = static_cast<uint32_t>(&corner - shape_.geometry->points().data());
    const auto rings = shape_.geometry->rings_of(shape_.feature);
    const auto first = shape_.geometry->ring_offsets().begin() + *rings.begin();
    const auto after = std::upper_bound(first, first + static_cast<std::ptrdiff_t>(left_.size()), at);
    return left_[static_cast<std::size_t>(after - first) - 1] != 0;
}

}  // namespace diaban
