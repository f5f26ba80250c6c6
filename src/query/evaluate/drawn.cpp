#include "query/evaluate/drawn.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "query/evaluate/derived.h"
#include "query/evaluate/neighbourhoods.h"

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

/// Of a shape drawn here: its corners by all their digits.
CacheKey key_of(std::string_view what, const std::vector<Point>& corners, const World& world) {
    CacheKey key;
    key.add(what).add(world.geometry()).add(world.data().crs);
    for (const Point corner : corners)
        key.add(fmt::format("{} {}", corner.x, corner.y));
    return key;
}

Kept in_polygon(const std::vector<Point>& corners, const World& world) {
    using Bytes = std::vector<uint8_t>;
    const auto made = world.cache.get<Bytes>(
        key_of("drawn", corners, world), world.progress,
        [&]() -> Expected<std::shared_ptr<const Bytes>> {
            const auto from_degrees = way_between(world, Crs::wgs84(), world.data().crs);
            if (!from_degrees) return tl::unexpected(from_degrees.error());
            auto found = related(world.geometry(), in_plane_of(world, *from_degrees, corners), {},
                                 SpatialRelation::intersects, world.progress);
            if (!found) return tl::unexpected(found.error());
            return std::make_shared<const Bytes>(std::move(found->kept));
        },
        [](const Bytes& kept) { return kept.size(); });
    if (!made) return tl::unexpected(made.error());
    return **made;
}

/// How far each feature is from a place; infinitely what is farther than the reach.
Expected<std::shared_ptr<const std::vector<double>>> metres_from(Point centre, Metres reach, const World& world) {
    using Numbers = std::vector<double>;
    const auto of = earth_shapes(world);
    if (!of) return tl::unexpected(of.error());
    return world.cache.get<Numbers>(
        key_of("from", {centre}, world).add(fmt::format("{}", reach.value())), world.progress,
        [&]() -> Expected<std::shared_ptr<const Numbers>> {
            const Geometry point(GeometryKind::point, {centre}, {0, 1}, {0, 1}, {0, 1});
            const auto same = way_between(world, Crs::wgs84(), Crs::wgs84());
            if (!same) return tl::unexpected(same.error());
            const auto middle = EarthShapes::make(point, *same, world.progress);
            if (!middle) return tl::unexpected(middle.error());
            const auto found = nearest(**of, **middle, {}, reach, world.progress);
            if (!found) return tl::unexpected(found.error());
            Numbers metres(found->size());
            for (std::size_t f = 0; f < metres.size(); ++f)
                metres[f] = (*found)[f].metres;
            return std::make_shared<const Numbers>(std::move(metres));
        },
        [](const Numbers& metres) { return metres.size() * sizeof(double); });
}

struct InShape {
    const World& world;

    Kept operator()(const DrawnBox& box) const {
        const Box& b = box.degrees;
        return in_polygon({{b.min_x, b.min_y}, {b.max_x, b.min_y}, {b.max_x, b.max_y}, {b.min_x, b.max_y}}, world);
    }
    Kept operator()(const DrawnPolygon& polygon) const { return in_polygon(polygon.degrees, world); }
    Kept operator()(const DrawnCircle& circle) const {
        const Metres radius = circle.radius.metres();
        const auto found = metres_from(circle.centre, rounded_up(radius), world);
        if (!found) return tl::unexpected(found.error());
        const std::vector<double>& metres = **found;
        std::vector<uint8_t> kept(metres.size());
        for (std::size_t f = 0; f < kept.size(); ++f)
            kept[f] = metres[f] <= radius.value() ? 1 : 0;
        return kept;
    }
};

}  // namespace

Kept in_drawn(const DrawnShape& shape, const World& world) {
    return std::visit(InShape{world}, shape);
}

}  // namespace diaban
