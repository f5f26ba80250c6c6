#include "data/ground.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/measures.h"
#include "geo/planar.h"

namespace diaban {

Ground::Ground(const Crs& crs) {
    auto to_degrees = Transform::between(crs, Crs::wgs84());
    if (!to_degrees) return;
    to_degrees_ = std::move(*to_degrees);
    metres_ = crs.metres_per_unit();
}

double Ground::area(const Geometry& geometry, uint32_t feature) const {
    if (geometry.kind() != GeometryKind::polygon) return 0;
    const auto not_finite = [](Point p) { return !std::isfinite(p.x) || !std::isfinite(p.y); };
    double sum = 0;
    for (const uint32_t part : geometry.parts_of(feature)) {
        bool outer = true;
        for (const uint32_t r : geometry.rings_of_part(part)) {
            const auto ring = geometry.ring(r);
            std::vector<Point> points = to_degrees_ ? to_degrees_->apply(ring) : std::vector(ring.begin(), ring.end());
            std::erase_if(points, not_finite);
            const double area = to_degrees_ ? geodesic_area(points).value() : std::abs(signed_area(points));
            sum += outer ? area : -area;
            outer = false;
        }
    }
    return sum;
}

Point Ground::metres_per_unit(Point at) const {
    if (metres_ > 0) return {metres_, metres_};
    constexpr double metres_per_degree = 6371008.8 * std::numbers::pi / 180;  // of the mean radius (IUGG)
    return {metres_per_degree * std::max(0.0, std::cos(at.y * std::numbers::pi / 180)), metres_per_degree};
}

std::string Ground::area_in_words(double area) const {
    return known() ? format_area_square_metres(area)
                   : fmt::format(fmt::runtime(tr("{} square units")), format_number(area));
}

}  // namespace diaban
