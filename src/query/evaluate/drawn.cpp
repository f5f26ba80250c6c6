#include "query/evaluate/drawn.h"

#include <algorithm>
#include <cmath>

#include "query/evaluate/derived.h"

namespace diaban {

using namespace query;

namespace {

/// Edges in pieces, so that they are where they were drawn in a plane in which they are curves: at 512 pieces round a
/// shape 100 km across that is within a few millimetres.
std::vector<Point> in_pieces(const std::vector<Point>& corners) {
    double round = 0;
    const auto length = [&](std::size_t i) {
        const Point a = corners[i];
        const Point b = corners[(i + 1) % corners.size()];
        return std::hypot(b.x - a.x, b.y - a.y);
    };
    for (std::size_t i = 0; i < corners.size(); ++i)
        round += length(i);
    std::vector<Point> ring;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Point a = corners[i];
        const Point b = corners[(i + 1) % corners.size()];
        const double pieces = round > 0 ? std::max(1.0, std::ceil(512 * length(i) / round)) : 1;
        for (double piece = 0; piece < pieces; ++piece)
            ring.push_back({a.x + (b.x - a.x) * piece / pieces, a.y + (b.y - a.y) * piece / pieces});
    }
    return ring;
}

/// As polygons in the asked layer's plane; in degrees once more a turn of the globe to either side, since longitudes
/// may be counted on past 180.
Geometry in_plane_of(const World& world, const Transform& from_degrees, const std::vector<Point>& corners) {
    GeometryBuilder builder(GeometryKind::polygon);
    const bool degrees = world.data().crs.geographic();
    for (const double turn : {0.0, -360.0, 360.0}) {
        if (turn != 0 && !degrees) break;
        std::vector<Point> ring = corners;
        if (!from_degrees.identity()) ring = from_degrees.apply(in_pieces(corners));
        for (Point& corner : ring)
            corner.x += turn;
        std::erase_if(ring, [](Point p) { return !std::isfinite(p.x) || !std::isfinite(p.y); });
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(ring);
    }
    return std::move(builder).finish();
}

Kept in_polygon(const std::vector<Point>& corners, const World& world) {
    const auto from_degrees = way_between(world, Crs::wgs84(), world.data().crs);
    if (!from_degrees) return tl::unexpected(from_degrees.error());
    auto found = related(world.geometry(), in_plane_of(world, *from_degrees, corners), {}, SpatialRelation::intersects,
                         world.progress);
    if (!found) return tl::unexpected(found.error());
    return std::move(found->kept);
}

struct InShape {
    const World& world;

    Kept operator()(const DrawnBox& box) const {
        const Box& b = box.degrees;
        return in_polygon({{b.min_x, b.min_y}, {b.max_x, b.min_y}, {b.max_x, b.max_y}, {b.min_x, b.max_y}}, world);
    }
    Kept operator()(const DrawnPolygon& polygon) const { return in_polygon(polygon.degrees, world); }
    Kept operator()(const DrawnCircle& circle) const {
        const auto of = earth_shapes(world);
        if (!of) return tl::unexpected(of.error());
        const Geometry centre(GeometryKind::point, {circle.centre}, {0, 1}, {0, 1}, {0, 1});
        const auto same = Transform::between(Crs::wgs84(), Crs::wgs84());
        if (!same) return tl::unexpected(same.error());
        const auto middle = EarthShapes::make(centre, *same, world.progress);
        if (!middle) return tl::unexpected(middle.error());
        const auto found = nearest(**of, **middle, {}, circle.radius.metres(), world.progress);
        if (!found) return tl::unexpected(found.error());
        std::vector<uint8_t> kept(found->size());
        for (std::size_t f = 0; f < kept.size(); ++f)
            kept[f] = (*found)[f].metres <= circle.radius.metres().value() ? 1 : 0;
        return kept;
    }
};

}  // namespace

Kept in_drawn(const DrawnShape& shape, const World& world) {
    return std::visit(InShape{world}, shape);
}

}  // namespace diaban
