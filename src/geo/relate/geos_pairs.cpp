#include "geo/relate/geos_pairs.h"

#include <stdexcept>

namespace diaban {
namespace {

constexpr std::size_t most_corners = 500'000;  // kept for each layer and thread: some 50 MB

/// GEOS says 0, 1, or 2 for an error.
bool answer(char said) {
    if (said != 0 && said != 1) throw std::runtime_error(geos::last_message());
    return said == 1;
}

}  // namespace

GeosPairs::Made& GeosPairs::Layer::get(uint32_t feature) {
    if (const auto found = made.find(feature); found != made.end()) return found->second;
    const ValidShape shape = shapes.shape(feature);
    if (corners > most_corners) made.clear(), corners = 0;
    corners += shape.geometry->points_of(shape.feature).size();
    return made.emplace(feature, Made{geos::from_feature(*shape.geometry, shape.feature), nullptr}).first->second;
}

const GEOSPreparedGeometry* GeosPairs::Layer::prepared(uint32_t feature) {
    Made& its = get(feature);
    if (!its.prepared) its.prepared.reset(GEOSPrepare_r(geos::context(), its.handle.get()));
    if (!its.prepared) throw std::runtime_error(geos::last_message());
    return its.prepared.get();
}

std::optional<bool> GeosPairs::holds(SpatialRelation relation, uint32_t i, uint32_t j) {
    const auto context = geos::context();
    try {
        if (relation == SpatialRelation::within)
            return answer(GEOSPreparedContains_r(context, b_.prepared(j), a_.get(i).handle.get()));
        const GEOSPreparedGeometry* a = a_.prepared(i);
        const GEOSGeometry* b = b_.get(j).handle.get();
        if (relation == SpatialRelation::contains) return answer(GEOSPreparedContains_r(context, a, b));
        // All others ask that the two meet, which a prepared shape knows soon; only this one is then done.
        if (!answer(GEOSPreparedIntersects_r(context, a, b))) return false;
        switch (relation) {
            case SpatialRelation::touches:
                return answer(GEOSPreparedTouches_r(context, a, b));
            case SpatialRelation::overlaps:
                return answer(GEOSPreparedOverlaps_r(context, a, b));
            case SpatialRelation::crosses:
                return answer(GEOSPreparedCrosses_r(context, a, b));
            case SpatialRelation::intersects:
            case SpatialRelation::within:
            case SpatialRelation::contains:
                break;
        }
        return true;
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

}  // namespace diaban
