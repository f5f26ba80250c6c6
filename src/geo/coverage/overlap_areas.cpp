#include "geo/coverage/overlap_areas.h"

#include <atomic>
#include <cmath>
#include <exception>
#include <optional>

#include "base/parallel.h"
#include "geo/coverage/uncrossed_overlap.h"
#include "geo/geos_handles.h"
#include "geo/spatial_index.h"

namespace diaban {
namespace {

using geos::context;
using geos::GeometryHandle;

std::optional<double> intersection_area(const GEOSGeometry* a, const GEOSGeometry* b) {
    const GeometryHandle common(GEOSIntersection_r(context(), a, b));
    double area = 0;
    if (!common || GEOSArea_r(context(), common.get(), &area) != 1 || !std::isfinite(area)) return {};
    return area;
}

/// By a full overlay; polygons that GEOS refuses are repaired for a second try.
std::optional<double> crossed_overlap(const Geometry& a, uint32_t feature_a, const Geometry& b, uint32_t feature_b) {
    try {
        const auto shape_a = geos::from_feature(a, feature_a), shape_b = geos::from_feature(b, feature_b);
        if (const auto area = intersection_area(shape_a.get(), shape_b.get())) return area;
        const GeometryHandle valid_a(GEOSMakeValid_r(context(), shape_a.get()));
        const GeometryHandle valid_b(GEOSMakeValid_r(context(), shape_b.get()));
        if (!valid_a || !valid_b) return {};
        return intersection_area(valid_a.get(), valid_b.get());
    } catch (const std::exception&) {
        return {};  // a ring that GEOS does not even take
    }
}

}  // namespace

Expected<OverlapAreas> overlap_areas(const Geometry& a, const Geometry& b, Progress& progress) {
    OverlapAreas result;
    if (a.kind() != GeometryKind::polygon || b.kind() != GeometryKind::polygon) return result;
    const SpatialIndex index(b);
    std::vector<OverlapAreas> of_feature(a.feature_count());
    std::atomic<std::size_t> done{0};
    parallel_for(of_feature.size(), [&](std::size_t i) {
        if (progress.cancelled()) return;
        const auto feature = static_cast<uint32_t>(i);
        for (const uint32_t other : index.query(a.box_of(feature))) {
            auto area = uncrossed_overlap(a, feature, b, other);
            if (!area) area = crossed_overlap(a, feature, b, other);
            if (!area)
                of_feature[i].failed.push_back({feature, other, 0});
            else if (*area > 0)
                of_feature[i].pairs.push_back({feature, other, *area});
        }
        progress.set(static_cast<double>(++done) / static_cast<double>(of_feature.size()));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    for (const OverlapAreas& found : of_feature) {
        result.pairs.insert(result.pairs.end(), found.pairs.begin(), found.pairs.end());
        result.failed.insert(result.failed.end(), found.failed.begin(), found.failed.end());
    }
    return result;
}

}  // namespace diaban
