#include "geo/coverage/slivers.h"

#include <cmath>
#include <numbers>

#include "base/parallel.h"
#include "geo/planar.h"

namespace diaban {
namespace {

struct Size {
    double area = 0;
    double perimeter = 0;
};

Size size_of(const Geometry& polygons, uint32_t part, Point scale) {
    Size size;
    bool outer = true;
    for (const uint32_t r : polygons.rings_of_part(part)) {
        const auto ring = polygons.ring(r);
        const double area = std::abs(signed_area(ring)) * scale.x * scale.y;
        size.area += outer ? area : -area;
        outer = false;
        for (std::size_t i = 1; i < ring.size(); ++i)
            size.perimeter += std::hypot((ring[i].x - ring[i - 1].x) * scale.x, (ring[i].y - ring[i - 1].y) * scale.y);
    }
    return size;
}

}  // namespace

std::vector<Sliver> find_slivers(const Geometry& polygons, const std::function<Point(Point)>& metres_per_unit,
                                 const SliverLimits& limits) {
    if (polygons.kind() != GeometryKind::polygon) return {};
    std::vector<std::vector<Sliver>> found(polygons.feature_count());
    parallel_for(found.size(), [&](std::size_t i) {
        const auto feature = static_cast<uint32_t>(i);
        for (const uint32_t part : polygons.parts_of(feature)) {
            const Point anywhere = polygons.ring(polygons.part_offsets()[part]).front();
            const Size size = size_of(polygons, part, metres_per_unit(anywhere));
            const double width = 2 * size.area / size.perimeter;
            const double compactness = 4 * std::numbers::pi * size.area / (size.perimeter * size.perimeter);
            if (width > 0 && width < limits.width && compactness < limits.compactness)
                found[i].push_back({feature, part, width, size.perimeter / 2});
        }
    });
    std::vector<Sliver> slivers;
    for (const auto& of_feature : found)
        slivers.insert(slivers.end(), of_feature.begin(), of_feature.end());
    return slivers;
}

}  // namespace diaban
