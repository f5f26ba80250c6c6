#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "geo/geos_handles.h"
#include "geo/planar.h"
#include "geo/relate/lies_in.h"

namespace diaban {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

Point first_finite(std::span<const Point> points) {
    for (const Point p : points)
        if (finite(p)) return p;
    return {nan, nan};
}

/// How roomy the feature's roomiest part can be at most: a part as its box has it.
double room(const Geometry& polygons, uint32_t feature) {
    double most = 0;
    for (const uint32_t part : polygons.parts_of(feature)) {
        Box box;
        for (const Point p : polygons.ring(polygons.part_offsets()[part]))
            if (finite(p)) box.extend(p);
        most = std::max(most, std::min(box.width(), box.height()));
    }
    return most;
}

/// Inside, by GEOS, where no circle worth the name fits: slivers.
Point on_surface(const Geometry& polygons, uint32_t feature) {
    Point at{nan, nan};
    try {
        const auto shape = geos::from_feature(polygons, feature);
        const geos::GeometryHandle point(GEOSPointOnSurface_r(geos::context(), shape.get()));
        if (!point || GEOSGeomGetX_r(geos::context(), point.get(), &at.x) != 1 ||
            GEOSGeomGetY_r(geos::context(), point.get(), &at.y) != 1)
            return {nan, nan};
    } catch (const std::runtime_error&) {
        return {nan, nan};  // a shape that GEOS refuses
    }
    return at;
}

Point in_polygon(const Geometry& polygons, uint32_t feature) {
    // A hundredth of its width: where it is does not matter more. A sliver is narrower than that, and asks again.
    const double width = room(polygons, feature);
    for (const double precision : {width / 100, width / 10'000}) {
        const InnerCircle circle = label_circle(polygons, feature, precision);
        if (contains(polygons, feature, circle.centre)) return circle.centre;
    }
    const Point inside = on_surface(polygons, feature);
    return finite(inside) ? inside : first_finite(polygons.points_of(feature));
}

Point standing_point(const Geometry& geometry, uint32_t feature) {
    switch (geometry.kind()) {
        case GeometryKind::point:
            return first_finite(geometry.points_of(feature));
        case GeometryKind::line: {
            const auto points = geometry.points_of(feature);
            const Point middle = points.empty() ? Point{nan, nan} : label_circle(geometry, feature, 0).centre;
            return finite(middle) && std::ranges::all_of(points, finite) ? middle : first_finite(points);
        }
        case GeometryKind::polygon:
            return in_polygon(geometry, feature);
        case GeometryKind::none:
            break;
    }
    return {nan, nan};
}

}  // namespace

Expected<std::vector<Point>> standing_points(const Geometry& geometry, Progress& progress) {
    std::vector<Point> points(geometry.feature_count(), {nan, nan});
    parallel_for(points.size(), [&](std::size_t i) {
        const auto feature = static_cast<uint32_t>(i);
        if (!progress.cancelled() && geometry.has_geometry(feature)) points[i] = standing_point(geometry, feature);
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return points;
}

}  // namespace diaban
