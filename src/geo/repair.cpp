#include "geo/repair.h"

#include <cmath>
#include <exception>
#include <optional>
#include <stdexcept>

#include "base/parallel.h"
#include "geo/geos_handles.h"

namespace diaban {
namespace {

using geos::context;

struct ParamsDeleter {
    void operator()(GEOSMakeValidParams* params) const { GEOSMakeValidParams_destroy_r(context(), params); }
};
using MakeValidParams = std::unique_ptr<GEOSMakeValidParams, ParamsDeleter>;

/// The feature alone, without coordinates that are not finite; rings that are too short for GEOS are gone with them.
Geometry finite_feature(const Geometry& geometry, uint32_t feature) {
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    for (const uint32_t part : geometry.parts_of(feature)) {
        builder.begin_part();
        for (const uint32_t ring : geometry.rings_of_part(part)) {
            std::vector<Point> points;
            std::ranges::copy_if(geometry.ring(ring), std::back_inserter(points),
                                 [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
            builder.add_ring(points);
        }
    }
    return std::move(builder).finish();
}

/// What is left with an area; nothing when that is nothing.
std::optional<Geometry> mended(const Geometry& geometry, uint32_t feature) {
    const Geometry finite = finite_feature(geometry, feature);
    if (!finite.has_geometry(0)) return {};
    try {
        const auto shape = geos::from_feature(finite, 0);
        const MakeValidParams params(GEOSMakeValidParams_create_r(context()));
        GEOSMakeValidParams_setMethod_r(context(), params.get(), GEOS_MAKE_VALID_STRUCTURE);
        GEOSMakeValidParams_setKeepCollapsed_r(context(), params.get(), 0);
        const geos::GeometryHandle valid(GEOSMakeValidWithParams_r(context(), shape.get(), params.get()));
        if (!valid) return {};
        GeometryBuilder builder(GeometryKind::polygon);
        builder.begin_feature();
        geos::add_polygons(builder, valid.get());
        Geometry result = std::move(builder).finish();
        if (!result.has_geometry(0)) return {};
        return result;
    } catch (const std::runtime_error&) {
        return {};  // GEOS refuses the shape: it stays as it was
    }
}

/// Geometry in the making, copied in stretches rather than ring by ring.
struct Arrays {
    std::vector<Point> points;
    std::vector<uint32_t> rings{0}, parts{0}, features{0};

    void append(const Geometry& from, uint32_t first, uint32_t last) {
        const uint32_t part = from.feature_offsets()[first], part_end = from.feature_offsets()[last];
        const uint32_t ring = from.part_offsets()[part], ring_end = from.part_offsets()[part_end];
        const uint32_t point = from.ring_offsets()[ring], point_end = from.ring_offsets()[ring_end];
        const auto shift = [](std::vector<uint32_t>& to, std::span<const uint32_t> offsets, uint32_t begin,
                              uint32_t end) {
            const uint32_t base = to.back();
            for (uint32_t i = begin + 1; i <= end; ++i)
                to.push_back(base + (offsets[i] - offsets[begin]));
        };
        shift(features, from.feature_offsets(), first, last);
        shift(parts, from.part_offsets(), part, part_end);
        shift(rings, from.ring_offsets(), ring, ring_end);
        points.insert(points.end(), from.points().begin() + point, from.points().begin() + point_end);
    }
};

}  // namespace

Repaired repair_invalid(const Geometry& geometry) {
    return repair_invalid(geometry, find_invalid(geometry));
}

Repaired repair_invalid(const Geometry& geometry, const std::vector<InvalidFeature>& invalid) {
    if (invalid.empty()) return {geometry, {}};
    std::vector<std::optional<Geometry>> shapes(invalid.size());
    parallel_for(shapes.size(), [&](std::size_t i) { shapes[i] = mended(geometry, invalid[i].feature); });

    Repaired result;
    Arrays arrays;
    arrays.points.reserve(geometry.points().size());
    uint32_t next = 0;
    for (std::size_t i = 0; i < invalid.size(); ++i) {
        const auto& [feature, reason, at] = invalid[i];
        result.list.push_back({feature, reason, at, shapes[i].has_value()});
        if (!shapes[i]) continue;
        arrays.append(geometry, next, feature);
        arrays.append(*shapes[i], 0, 1);
        next = feature + 1;
    }
    arrays.append(geometry, next, geometry.feature_count());
    result.geometry = Geometry(geometry.kind(), std::move(arrays.points), std::move(arrays.rings),
                               std::move(arrays.parts), std::move(arrays.features));
    return result;
}

}  // namespace diaban
