// The Voronoi diagram of all facilities (GEOS) in one plane, each cell cut by the polygons of the clip near it.
// Polygons of many corners are cut into handy blocks first, so that a country's outline is not gone through for every
// cell.
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
#include "geo/areas/unite.h"
#include "geo/geos_handles.h"
#include "geo/planar.h"
#include "geo/relate/lies_in.h"
#include "geo/repair.h"
#include "geo/spatial_index.h"

namespace diaban {
namespace {

using geos::context;

constexpr Metres edge_tolerance(0.5);
constexpr std::size_t most_corners_of_block = 2000;

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

/// The part of a polygon in a box; polygons only.
Geometry part_in(const Geometry& shape, const Box& box) {
    const auto polygon = geos::from_feature(shape, 0);
    const auto frame = geos::from_feature(boxed(box), 0);
    geos::GeometryHandle common(GEOSIntersection_r(context(), polygon.get(), frame.get()));
    if (!common) throw std::runtime_error(geos::last_message());
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    geos::add_polygons(builder, common.get());
    return std::move(builder).finish();
}

void add_blocks(std::vector<Geometry>& blocks, Geometry shape) {
    const Box box = shape.box();
    if (!shape.has_geometry(0) || box.empty()) return;
    if (shape.points().size() <= most_corners_of_block || std::max(box.width(), box.height()) < 1e-4)
        return blocks.push_back(std::move(shape));
    Box low = box, high = box;
    if (box.width() > box.height())
        low.max_x = high.min_x = box.centre().x;
    else
        low.max_y = high.min_y = box.centre().y;
    add_blocks(blocks, part_in(shape, low));
    add_blocks(blocks, part_in(shape, high));
}

/// What is clipped to, in handy blocks of degrees within half a turn of the middle.
Expected<std::vector<Geometry>> clip_blocks(const Geometry& clip, const Transform& to_degrees, double middle,
                                            Progress& progress) {
    std::vector<std::vector<Geometry>> of_part(clip.part_count());
    std::atomic<std::size_t> done = 0;
    parallel_for(of_part.size(), [&](std::size_t part) {
        if (progress.cancelled()) return;
        GeometryBuilder builder(GeometryKind::polygon);
        builder.begin_feature();
        builder.begin_part();
        std::optional<double> shift;
        for (const uint32_t ring : clip.rings_of_part(static_cast<uint32_t>(part))) {
            auto path = path_in_degrees(clip.ring(ring), to_degrees, edge_tolerance, Metres(1e6));
            Box box;
            for (const Point p : path)
                box.extend(p);
            if (!shift && !box.empty()) shift = longitude_near(box.centre().x, middle) - box.centre().x;
            for (Point& p : path)
                p.x += shift.value_or(0);
            builder.add_ring(path);
        }
        const Geometry shape = std::move(builder).finish();
        if (!shape.has_geometry(0)) return;
        add_blocks(of_part[part], repair_invalid(shape).geometry);
        progress.set(0.5 * static_cast<double>(++done) / static_cast<double>(of_part.size()));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    std::vector<Geometry> blocks;
    for (auto& some : of_part)
        std::ranges::move(some, std::back_inserter(blocks));
    return blocks;
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

/// What of the cell lies in the blocks.
Geometry clipped(const Geometry& cell, const std::vector<Geometry>& blocks, const SpatialIndex& index) {
    std::vector<Geometry> pieces;
    if (cell.feature_count() > 0 && cell.has_geometry(0)) {
        const auto shape = geos::from_feature(cell, 0);
        for (const uint32_t b : index.query(cell.box())) {
            const auto block = geos::from_feature(blocks[b], 0);
            const geos::GeometryHandle common(GEOSIntersection_r(context(), shape.get(), block.get()));
            if (!common) throw std::runtime_error(geos::last_message());
            GeometryBuilder builder(GeometryKind::polygon);
            builder.begin_feature();
            geos::add_polygons(builder, common.get());
            Geometry piece = std::move(builder).finish();
            if (piece.has_geometry(0)) pieces.push_back(std::move(piece));
        }
    }
    return united(pieces);
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
    std::vector<Geometry> blocks;
    if (clip != nullptr) {
        auto made = clip_blocks(*clip, *clip_to_degrees, plane.middle().x, progress);
        if (!made) return tl::unexpected(made.error());
        blocks = std::move(*made);
        for (const Geometry& block : blocks)
            extend(box, block.box(), plane);
        if (blocks.empty())
            return fail(ErrorKind::bad_input, tr("the layer that service areas are cut to covers no ground"));
        box = box.grown(std::max(box.width(), box.height()) / 10);
    } else {
        // A lone facility, or some in a row, still gets some ground: 1 km at least.
        box = box.grown(std::max(std::max(box.width(), box.height()) / 10, 1000.0));
        blocks.push_back(in_degrees(boxed(box), plane));
    }
    const std::vector<Geometry> cells = voronoi_cells(sites.in_plane, within_half_the_world(box));
    std::vector<Box> boxes;
    for (const Geometry& block : blocks)
        boxes.push_back(block.box());
    const SpatialIndex index{std::span<const Box>(boxes)};
    std::vector<Geometry> clipped_cells(cells.size());
    std::atomic<std::size_t> done = 0;
    parallel_for(cells.size(), [&](std::size_t c) {
        if (progress.cancelled()) return;
        clipped_cells[c] =
            clipped(cells[c].feature_count() > 0 ? in_degrees(cells[c], plane) : Geometry(), blocks, index);
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
