#include "geo/validity.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <optional>

#include "base/parallel.h"
#include "geo/geos_handles.h"

namespace diaban {
namespace {

using geos::context;

std::optional<InvalidFeature> first_fault(const Geometry& geometry, uint32_t feature) {
    // GEOS's own answer to NaN depends on its version; ours does not.
    for (const Point p : geometry.points_of(feature))
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) return InvalidFeature{feature, "Invalid Coordinate", p};
    try {
        const auto shape = geos::from_feature(geometry, feature);
        char* reason = nullptr;
        GEOSGeometry* place = nullptr;
        const char valid = GEOSisValidDetail_r(context(), shape.get(), 0, &reason, &place);
        const geos::Text text(reason);
        const geos::GeometryHandle at(place);
        if (valid == 1) return std::nullopt;
        InvalidFeature fault{feature, text ? text.get() : geos::last_message(), {}};
        if (at) {
            GEOSGeomGetX_r(context(), at.get(), &fault.at.x);
            GEOSGeomGetY_r(context(), at.get(), &fault.at.y);
        }
        return fault;
    } catch (const std::exception& refused) {
        // A ring that GEOS does not even take: too short, or not closed.
        return InvalidFeature{feature, refused.what(), geometry.points_of(feature).front()};
    }
}

}  // namespace

std::vector<InvalidFeature> find_invalid(const Geometry& geometry) {
    if (geometry.kind() != GeometryKind::polygon) return {};
    std::vector<std::optional<InvalidFeature>> faults(geometry.feature_count());
    parallel_for(faults.size(), [&](std::size_t i) {
        const auto feature = static_cast<uint32_t>(i);
        if (!geometry.points_of(feature).empty()) faults[i] = first_fault(geometry, feature);
    });
    std::vector<InvalidFeature> result;
    for (auto& fault : faults)
        if (fault) result.push_back(std::move(*fault));
    return result;
}

}  // namespace diaban
