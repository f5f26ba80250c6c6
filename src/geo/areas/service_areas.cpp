// The Voronoi diagram of all facilities (GEOS) in one plane, each cell cut to the ground that is clipped to.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "base/i18n.h"
#include "base/parallel.h"
#include "geo/areas/azimuthal_plane.h"
#include "geo/areas/buffers.h"
#include "geo/areas/clip_ground.h"
#include "geo/geos_handles.h"
#include "geo/planar.h"
#include "geo/relate/lies_in.h"
#include "geo/repair.h"
#include "geo/spatial_index.h"

namespace diaban {
namespace {

using geos::context;

constexpr Metres edge_tolerance(0.5);

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

struct Sites {
    std::vector<uint32_t> facilities;
    std::vector<uint32_t> same_place;
    std::vector<Point> degrees;
    std::vector<Point> in_plane;
};

/// One site for each place; facilities in their order.
Expected<Sites> sites_of(const Geometry& geometry, std::span<const uint8_t> considered, const Transform& to_degrees,
                         Progress& progress) {
    const auto standing = standing_points(geometry, progress);
    if (!standing) return tl::unexpected(standing.error());
    struct Place {
        Point at;
        uint32_t facility;
    };
    std::vector<Place> places;
    for (uint32_t f = 0; f < standing->size(); ++f) {
        if (!considered.empty() && considered[f] == 0) continue;
        const Point at = to_degrees.apply((*standing)[f]);
        if (finite(at)) places.push_back({at, f});
    }
    if (places.empty()) return fail(ErrorKind::bad_input, tr("there are no facilities to make service areas for"));
    std::ranges::sort(places, [](const Place& a, const Place& b) {
        return std::tie(a.at.x, a.at.y, a.facility) < std::tie(b.at.x, b.at.y, b.facility);
    });
    Sites sites;
    std::vector<Place> first;
    for (const Place& place : places) {
        if (!first.empty() && first.back().at == place.at)
            sites.same_place.push_back(place.facility);
        else
            first.push_back(place);
    }
    std::ranges::sort(sites.same_place);
    std::ranges::sort(first, {}, &Place::facility);
    for (const Place& place : first) {
        sites.facilities.push_back(place.facility);
        sites.degrees.push_back(place.at);
    }
    return sites;
}

/// The middle of all sites, whichever side of the antimeridian they are on.
Point middle_of(std::span<const Point> degrees) {
    const double reference = degrees.front().x;
    Box box;
    for (const Point p : degrees)
        box.extend(Point{longitude_near(p.x, reference), p.y});
    return box.centre();
}

Geometry boxed(const Box& box) {
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(std::vector<Point>{{box.min_x, box.min_y},
                                        {box.max_x, box.min_y},
                                        {box.max_x, box.max_y},
                                        {box.min_x, box.max_y},
                                        {box.min_x, box.min_y}});
    return std::move(builder).finish();
}

/// Where a box of degrees lies in the plane, followed along its sides.
void extend(Box& box, const Box& degrees, const AzimuthalPlane& plane) {
    constexpr int steps = 8;
    for (int i = 0; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps;
        const double x = degrees.min_x + degrees.width() * t, y = degrees.min_y + degrees.height() * t;
        for (const Point p :
             {Point{x, degrees.min_y}, Point{x, degrees.max_y}, Point{degrees.min_x, y}, Point{degrees.max_x, y}})
            box.extend(plane.to_plane(p));
    }
}

Geometry in_degrees(const Geometry& shape, const AzimuthalPlane& plane) {
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    builder.begin_part();
    for (const uint32_t ring : shape.rings_of(0))
        builder.add_ring(ring_in_degrees(shape.ring(ring), plane, edge_tolerance));
    return repair_invalid(std::move(builder).finish()).geometry;
}

/// A plane that is exact at its middle ends half-way round the earth; what lies farther is left to nobody.
Box within_half_the_world(const Box& box) {
    constexpr double farthest = 9e6;
    return {std::max(box.min_x, -farthest), std::max(box.min_y, -farthest), std::min(box.max_x, farthest),
            std::min(box.max_y, farthest)};
}

/// A cell of the whole plane (as far as `within`) for each site.
std::vector<Geometry> voronoi_cells(std::span<const Point> sites, const Box& within) {
    if (sites.size() == 1) return {boxed(within)};
    GeometryBuilder points(GeometryKind::point);
    points.begin_feature();
    for (const Point& p : sites) {
        points.begin_part();
        points.add_ring(std::span(&p, 1));
    }
    const auto all = geos::from_feature(std::move(points).finish(), 0);
    const auto frame = geos::from_feature(boxed(within), 0);
    const geos::GeometryHandle diagram(GEOSVoronoiDiagram_r(context(), all.get(), frame.get(), 0, 0));
    if (!diagram) throw std::runtime_error(geos::last_message());
    // GEOS tells the cells in an order of its own: each belongs to the site in it.
    GeometryBuilder builder(GeometryKind::polygon);
    for (int i = 0; i < GEOSGetNumGeometries_r(context(), diagram.get()); ++i) {
        builder.begin_feature();
        geos::add_polygons(builder, GEOSGetGeometryN_r(context(), diagram.get(), i));
    }
    const Geometry cells = std::move(builder).finish();
    const SpatialIndex index(cells);
    std::vector<Geometry> of_site(sites.size());
    parallel_for(sites.size(), [&](std::size_t s) {
        for (const uint32_t cell : index.query(sites[s])) {
            if (!contains(cells, cell, sites[s])) continue;
            GeometryBuilder own(GeometryKind::polygon);
            own.begin_feature();
            own.begin_part();
            own.add_ring(cells.ring(*cells.rings_of(cell).begin()));
            of_site[s] = std::move(own).finish();
            return;
        }
    });
    return of_site;
}

Geometry joined(std::span<const Geometry> cells) {
    GeometryBuilder builder(GeometryKind::polygon);
    for (const Geometry& cell : cells) {
        builder.begin_feature();
        for (const uint32_t part : cell.parts_of(0)) {
            builder.begin_part();
            for (const uint32_t ring : cell.rings_of_part(part))
                builder.add_ring(cell.ring(ring));
        }
    }
    return std::move(builder).finish();
}

Expected<ServiceAreas> make(Sites sites, const Geometry* clip, const Transform* clip_to_degrees, Progress& progress) {
    const AzimuthalPlane plane(middle_of(sites.degrees));
    Box box;
    for (const Point p : sites.degrees)
        box.extend(sites.in_plane.emplace_back(plane.to_plane(p)));
    std::optional<ClipGround> ground;
    if (clip != nullptr) {
        auto made = ClipGround::make(*clip, *clip_to_degrees, plane.middle().x, edge_tolerance, progress);
        if (!made) return tl::unexpected(made.error());
        ground = std::move(*made);
        for (const Geometry& piece : ground->pieces())
            extend(box, piece.box(), plane);
        if (ground->pieces().empty())
            return fail(ErrorKind::bad_input, tr("the layer that service areas are cut to covers no ground"));
        box = box.grown(std::max(box.width(), box.height()) / 10);
    } else {
        // A lone facility, or some in a row, still gets some ground: 1 km at least.
        box = box.grown(std::max(std::max(box.width(), box.height()) / 10, 1000.0));
        ground = ClipGround(in_degrees(boxed(box), plane));
    }
    const std::vector<Geometry> cells = voronoi_cells(sites.in_plane, within_half_the_world(box));
    std::vector<Geometry> clipped_cells(cells.size());
    std::atomic<std::size_t> done = 0;
    parallel_for(cells.size(), [&](std::size_t c) {
        if (progress.cancelled()) return;
        clipped_cells[c] = ground->cut(cells[c].feature_count() > 0 ? in_degrees(cells[c], plane) : Geometry());
        progress.set(0.5 + 0.5 * static_cast<double>(++done) / static_cast<double>(cells.size()));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return ServiceAreas{joined(clipped_cells), std::move(sites.facilities), std::move(sites.same_place)};
}

}  // namespace

Expected<ServiceAreas> service_areas(const Geometry& geometry, std::span<const uint8_t> considered,
                                     const Transform& to_degrees, const Geometry* clip,
                                     const Transform* clip_to_degrees, Progress& progress) {
    auto sites = sites_of(geometry, considered, to_degrees, progress);
    if (!sites) return tl::unexpected(sites.error());
    if (clip != nullptr && clip->kind() != GeometryKind::polygon)
        return fail(ErrorKind::bad_input, tr("the layer that service areas are cut to covers no ground"));
    try {
        return make(std::move(*sites), clip, clip_to_degrees, progress);
    } catch (const std::runtime_error& error) {
        return fail(ErrorKind::failure, std::string(tr("the service areas could not be made")) + ": " + error.what());
    }
}

}  // namespace diaban
