// Points become circles. Of lines and polygons the outline is cut into stretches of some kilometres, each in an
// azimuthal equidistant plane of its own, and a stretch into pieces that GEOS's buffer cannot bend: it straightens
// bends up to 1% of the distance, which on a piece shorter than l moves the outline by l²/(8 d) at most. Everything is
// united at the end, polygons with their own ground.
#include "geo/areas/buffers.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>
#include <optional>
#include <stdexcept>

#include "base/i18n.h"
#include "base/parallel.h"
#include "geo/areas/azimuthal_plane.h"
#include "geo/areas/unite.h"
#include "geo/geos_handles.h"
#include "geo/measures.h"
#include "geo/planar.h"
#include "geo/repair.h"

namespace diaban {
namespace {

using geos::context;

constexpr int corners_of_quarter = 18;
constexpr double longest_stretch = 40000;  // metres: no place of it is farther than 20 km from its middle
constexpr std::size_t most_corners_of_piece = 64;

/// How exactly everything is made, all from the distance; together less than a thousandth of it.
struct Sizes {
    double radius;    ///< of circles: as much too large at their corners as too small between them
    double piece;     ///< a piece shorter than this is buffered as it is
    double straight;  ///< bends less deep than this are none
    Metres edges;     ///< how far edges may be moved by bringing them from one plane into another
    explicit Sizes(Metres d)
        : radius(d.value() * 2 / (1 + std::cos(std::numbers::pi / (4 * corners_of_quarter)))),
          piece(d.value() * std::sqrt(8 * 0.0002)),
          straight(d.value() * 0.0001),
          edges(d.value() * 0.00003) {}
};

/// The polygons of a GEOS result, in the plane, as one feature in degrees.
Geometry in_degrees(const GEOSGeometry* shape, const AzimuthalPlane& plane, Metres tolerance) {
    GeometryBuilder in_plane(GeometryKind::polygon);
    in_plane.begin_feature();
    geos::add_polygons(in_plane, shape);
    const Geometry metres = std::move(in_plane).finish();
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    for (const uint32_t part : metres.parts_of(0)) {
        builder.begin_part();
        for (const uint32_t ring : metres.rings_of_part(part))
            builder.add_ring(ring_in_degrees(metres.ring(ring), plane, tolerance));
    }
    return std::move(builder).finish();
}

/// Around one place of the plane, closed.
std::vector<Point> circle(Point middle, double radius) {
    constexpr int corners = 4 * corners_of_quarter;
    std::vector<Point> ring;
    for (int i = 0; i <= corners; ++i) {
        const double angle = 2 * std::numbers::pi * (i % corners) / corners;
        ring.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
    }
    return ring;
}

Geometry one_ring(std::span<const Point> ring) {
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    builder.begin_part();
    builder.add_ring(ring);
    return std::move(builder).finish();
}

Geometry around_point(Point middle, const Sizes& sizes) {
    return one_ring(ring_in_degrees(circle({}, sizes.radius), AzimuthalPlane(middle), sizes.edges));
}

/// How many corners from the first one on make one piece: as long as they are straight, or short.
std::size_t corners_of_piece(std::span<const Point> path, const Sizes& sizes) {
    double length = 0;
    std::size_t count = 1;
    while (count < path.size() && count < most_corners_of_piece) {
        const Point next = path[count];
        length += std::hypot(next.x - path[count - 1].x, next.y - path[count - 1].y);
        const auto off = [&](Point p) { return distance_to_segment(p, path[0], next) > sizes.straight; };
        if (count > 1 && length > sizes.piece && std::ranges::any_of(path.subspan(1, count - 1), off)) break;
        ++count;
    }
    return count;
}

/// What lies around a stretch of a path, in degrees.
Geometry around_stretch(std::span<const Point> degrees, const Sizes& sizes) {
    const AzimuthalPlane plane(degrees[degrees.size() / 2]);
    std::vector<Point> path(degrees.size());
    std::ranges::transform(degrees, path.begin(), [&](Point p) { return plane.to_plane(p); });
    std::vector<geos::GeometryHandle> pieces;
    for (std::span<const Point> rest = path; rest.size() > 1;) {
        const std::size_t count = corners_of_piece(rest, sizes);
        const std::span<const Point> piece = rest.first(count);
        GeometryBuilder line(GeometryKind::line);
        line.begin_feature();
        line.begin_part();
        line.add_ring(piece);
        const Geometry made = std::move(line).finish();
        // Corners all at one place are no line, and the pieces around it cover its ground.
        if (made.has_geometry(0)) {
            const auto shape = geos::from_feature(made, 0);
            pieces.emplace_back(GEOSBuffer_r(context(), shape.get(), sizes.radius, corners_of_quarter));
            if (!pieces.back()) throw std::runtime_error(geos::last_message());
        }
        rest = rest.subspan(count - 1);
    }
    if (pieces.empty()) return around_point(degrees.front(), sizes);
    std::vector<GEOSGeometry*> raw;
    for (auto& piece : pieces)
        raw.push_back(piece.release());
    const geos::GeometryHandle all(
        GEOSGeom_createCollection_r(context(), GEOS_GEOMETRYCOLLECTION, raw.data(), static_cast<unsigned>(raw.size())));
    const geos::GeometryHandle whole(all ? GEOSUnaryUnion_r(context(), all.get()) : nullptr);
    if (!whole) throw std::runtime_error(geos::last_message());
    return in_degrees(whole.get(), plane, sizes.edges);
}

/// What is buffered alone: a place or a stretch of a path, in degrees.
struct Stretch {
    uint32_t feature = 0;
    std::vector<Point> degrees;
};

void add_stretches(std::vector<Stretch>& stretches, uint32_t feature, std::span<const Point> path) {
    double length = 0;
    std::size_t first = 0;
    for (std::size_t i = 1; i < path.size(); ++i) {
        length += geodesic_distance(path[i - 1], path[i]).value();
        if (length < longest_stretch * 0.75 && i + 1 < path.size()) continue;
        stretches.push_back(
            {feature,
             {path.begin() + static_cast<std::ptrdiff_t>(first), path.begin() + static_cast<std::ptrdiff_t>(i) + 1}});
        first = i;
        length = 0;
    }
    if (path.size() == 1) stretches.push_back({feature, {path.begin(), path.end()}});
}

/// A feature taken apart: what is to be buffered, and the ground that it covers itself, in degrees.
struct Parts {
    std::vector<Stretch> stretches;
    Geometry ground;
};

Parts parts_of(const Geometry& geometry, uint32_t feature, const Transform& to_degrees, const Sizes& sizes) {
    Parts parts;
    GeometryBuilder ground(GeometryKind::polygon);
    ground.begin_feature();
    std::optional<double> east;
    for (const uint32_t part : geometry.parts_of(feature)) {
        ground.begin_part();
        for (const uint32_t ring : geometry.rings_of_part(part)) {
            std::vector<Point> path =
                path_in_degrees(geometry.ring(ring), to_degrees, sizes.edges, Metres(longest_stretch / 4));
            if (path.empty()) continue;
            // All parts of a feature on the same side of the antimeridian, so that they can be united.
            if (!east) east = path.front().x;
            const double shift = to_degrees.identity() ? 0 : longitude_near(path.front().x, *east) - path.front().x;
            for (Point& p : path)
                p.x += shift;
            if (geometry.kind() == GeometryKind::polygon) ground.add_ring(path);
            add_stretches(parts.stretches, feature, path);
        }
    }
    parts.ground = std::move(ground).finish();
    return parts;
}

/// All work of a layer, on all cores: the shapes of each feature, still to be united.
struct Shapes {
    std::vector<std::vector<Geometry>> of_feature;
};

Expected<Shapes> shapes_around(const Geometry& geometry, std::span<const uint8_t> considered,
                               const Transform& to_degrees, const Sizes& sizes, Progress& progress) {
    const uint32_t count = geometry.feature_count();
    std::vector<Parts> parts(count);
    parallel_for(count, [&](std::size_t f) {
        if (progress.cancelled() || (!considered.empty() && considered[f] == 0)) return;
        parts[f] = parts_of(geometry, static_cast<uint32_t>(f), to_degrees, sizes);
    });
    Shapes shapes{std::vector<std::vector<Geometry>>(count)};
    std::vector<std::pair<const Stretch*, Geometry*>> work;
    for (uint32_t f = 0; f < count; ++f) {
        shapes.of_feature[f].resize(parts[f].stretches.size());
        for (std::size_t s = 0; s < parts[f].stretches.size(); ++s)
            work.emplace_back(&parts[f].stretches[s], &shapes.of_feature[f][s]);
    }
    std::atomic<std::size_t> done = 0;
    parallel_for(work.size(), [&](std::size_t i) {
        if (progress.cancelled()) return;
        const std::vector<Point>& degrees = work[i].first->degrees;
        *work[i].second = degrees.size() == 1 ? around_point(degrees.front(), sizes) : around_stretch(degrees, sizes);
        progress.set(0.6 * static_cast<double>(++done) / static_cast<double>(work.size()));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    for (uint32_t f = 0; f < count; ++f)
        if (parts[f].ground.feature_count() > 0 && parts[f].ground.has_geometry(0))
            shapes.of_feature[f].push_back(std::move(parts[f].ground));
    return shapes;
}

/// The longitude opposite to the widest stretch of the world without any shape: seen from there none is cut in two.
double middle_longitude(const std::vector<Geometry>& shapes) {
    std::vector<double> middles;
    for (const Geometry& shape : shapes)
        if (!shape.box().empty()) middles.push_back(longitude_near(shape.box().centre().x, 0));
    if (middles.empty()) return 0;
    std::ranges::sort(middles);
    double widest = middles.front() + 360 - middles.back(), after = middles.back();
    for (std::size_t i = 1; i < middles.size(); ++i)
        if (middles[i] - middles[i - 1] > widest) widest = middles[i] - middles[i - 1], after = middles[i - 1];
    return longitude_near(after + widest / 2 + 180, 0);
}

void move_near(Geometry& shape, double longitude) {
    const double from = shape.box().centre().x;
    const double shift = shape.box().empty() ? 0 : longitude_near(from, longitude) - from;
    if (shift == 0) return;
    std::vector<Point> points(shape.points().begin(), shape.points().end());
    for (Point& p : points)
        p.x += shift;
    shape = shape.with_points(std::move(points));
}

Expected<Geometry> dissolved(Shapes shapes, Progress& progress) {
    std::vector<Geometry> all;
    for (auto& of_feature : shapes.of_feature)
        std::ranges::move(of_feature, std::back_inserter(all));
    const double middle = middle_longitude(all);
    for (Geometry& shape : all)
        move_near(shape, middle);
    return unite(std::move(all), progress, 0.6, 1);
}

Expected<Geometry> one_for_each(Shapes shapes, Progress& progress) {
    std::vector<Geometry> whole(shapes.of_feature.size());
    std::atomic<std::size_t> done = 0;
    parallel_for(whole.size(), [&](std::size_t f) {
        std::vector<Geometry>& parts = shapes.of_feature[f];
        if (progress.cancelled() || parts.empty()) return;
        const double middle = parts.front().box().empty() ? 0 : parts.front().box().centre().x;
        for (Geometry& part : parts)
            move_near(part, middle);
        // A cascade of neighbours within the feature, but without telling of its own progress.
        Progress own;
        whole[f] = unite(std::move(parts), own).value();
        progress.set(0.6 + 0.4 * static_cast<double>(++done) / static_cast<double>(whole.size()));
    });
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    GeometryBuilder builder(GeometryKind::polygon);
    for (const Geometry& shape : whole) {
        builder.begin_feature();
        if (shape.feature_count() == 0) continue;
        for (const uint32_t part : shape.parts_of(0)) {
            builder.begin_part();
            for (const uint32_t ring : shape.rings_of_part(part))
                builder.add_ring(shape.ring(ring));
        }
    }
    return std::move(builder).finish();
}

}  // namespace

Expected<Geometry> buffers(const Geometry& geometry, std::span<const uint8_t> considered, const Transform& to_degrees,
                           Metres distance, bool dissolve, Progress& progress) {
    if (!(distance.value() > 0 && distance.value() < 1e6))
        return fail(ErrorKind::wrong_usage,
                    tr("the distance of a buffer has to be more than 0 m and less than 1,000 km"));
    const Sizes sizes(distance);
    try {
        const Geometry sound = geometry.kind() == GeometryKind::polygon ? repair_invalid(geometry).geometry : geometry;
        auto shapes = shapes_around(sound, considered, to_degrees, sizes, progress);
        if (!shapes) return tl::unexpected(shapes.error());
        return dissolve ? dissolved(std::move(*shapes), progress) : one_for_each(std::move(*shapes), progress);
    } catch (const std::runtime_error& error) {
        return fail(ErrorKind::failure, std::string(tr("the buffers could not be made")) + ": " + error.what());
    }
}

}  // namespace diaban
