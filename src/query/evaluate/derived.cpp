#include "query/evaluate/derived.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/i18n.h"
#include "base/parallel.h"
#include "data/ground.h"
#include "geo/measures.h"

namespace diaban {

namespace {

template <class Value>
using Found = Expected<std::shared_ptr<const Value>>;

/// A value that was made, as it is remembered.
template <class Value>
Found<Value> shared(Expected<Value> made) {
    if (!made) return tl::unexpected(made.error());
    return std::make_shared<const Value>(std::move(*made));
}

template <class Value>
std::size_t bytes_of(const std::vector<Value>& values) {
    return values.size() * sizeof(Value);
}
std::size_t bytes_of(const Geometry& geometry) {
    return geometry.points().size_bytes() + geometry.ring_offsets().size_bytes() * 3;
}

CacheKey key_of(std::string_view what) {
    CacheKey key;
    key.add(what);
    return key;
}
CacheKey& add_layer(CacheKey& key, const QueryLayer& layer) {
    const Dataset& data = layer.features->base();
    return key.add(data.geometry).add(data.crs);
}
CacheKey key_of(std::string_view what, const Considered& target, const World& world) {
    CacheKey key = key_of(what);
    add_layer(key, world.of);
    add_layer(key, *target.layer);
    return key.add(target.itself ? "itself" : "other");
}

/// Without the features of which a coordinate is not finite.
Geometry finite_only(const Geometry& geometry) {
    const auto finite = [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); };
    GeometryBuilder builder(geometry.kind());
    for (uint32_t f = 0; f < geometry.feature_count(); ++f) {
        builder.begin_feature();
        if (!std::ranges::all_of(geometry.points_of(f), finite)) continue;
        for (const uint32_t part : geometry.parts_of(f)) {
            builder.begin_part();
            for (const uint32_t ring : geometry.rings_of_part(part))
                builder.add_ring(geometry.ring(ring));
        }
    }
    return std::move(builder).finish();
}

/// What was wrong with the layer's shapes when they were read: what is compared is not quite what the file holds.
void note_repaired(const QueryLayer& layer, const World& world) {
    for (const Diagnostic& found : layer.features->base().diagnostics)
        if (found.kind == DiagnosticKind::repaired_ring || found.kind == DiagnosticKind::invalid_ring)
            note(world, found);
}

}  // namespace

Expected<Transform> way_between(const World& world, const Crs& from, const Crs& to) {
    CacheKey key = key_of("way");
    const auto way = world.cache.get<Transform>(
        key.add(from).add(to), world.progress, [&] { return shared(Transform::between(from, to)); },
        [](const Transform&) { return sizeof(Transform); });
    if (!way) return tl::unexpected(way.error());
    return **way;
}

Expected<EarthShapesPtr> earth_shapes(const World& world) {
    const auto way = way_between(world, world.data().crs, Crs::wgs84());
    if (!way) return tl::unexpected(way.error());
    note_repaired(world.of, world);
    CacheKey key = key_of("earth");
    return world.cache.get<EarthShapes>(
        add_layer(key, world.of), world.progress,
        [&] { return EarthShapes::make(world.geometry(), *way, world.progress); },
        [](const EarthShapes& made) { return made.bytes(); });
}

Found<Geometry> in_plane(const Considered& target, const World& world) {
    const Dataset& there = target.layer->features->base();
    if (there.crs == world.data().crs) return std::make_shared<const Geometry>(there.geometry);
    const auto way = way_between(world, there.crs, world.data().crs);
    if (!way) return tl::unexpected(way.error());
    if (way->identity()) return std::make_shared<const Geometry>(there.geometry);
    struct InPlane {
        std::shared_ptr<const Geometry> geometry;
        std::size_t lost = 0;
    };
    CacheKey key = key_of("plane");
    const auto found = world.cache.get<InPlane>(
        add_layer(key, *target.layer).add(world.data().crs), world.progress,
        [&]() -> Found<InPlane> {
            InPlane made;
            Geometry geometry = way->apply(there.geometry, &made.lost);
            made.geometry = std::make_shared<const Geometry>(made.lost > 0 ? finite_only(geometry) : geometry);
            return std::make_shared<const InPlane>(std::move(made));
        },
        [](const InPlane& made) { return bytes_of(*made.geometry); });
    if (!found) return tl::unexpected(found.error());
    if ((*found)->lost > 0)
        note(world, {.kind = DiagnosticKind::dropped_by_transform,
                     .where = {.file = target.layer->file, .layer = target.layer->name, .field = {}, .row = {}},
                     .count = static_cast<int64_t>((*found)->lost)});
    return (*found)->geometry;
}

Found<Nearest> nearest_of(const Considered& target, const World& world) {
    const auto of = earth_shapes(world);
    if (!of) return tl::unexpected(of.error());
    const auto among = earth_shapes(world.asking(*target.layer));
    if (!among) return tl::unexpected(among.error());
    CacheKey key = key_of("nearest", target, world);
    return world.cache.get<Nearest>(
        key.add(target.name), world.progress,
        [&]() -> Found<Nearest> {
            world.progress.set_stage(tr("Measuring distances"));
            auto which = nearest(**of, **among, target.mask, Metres(std::numeric_limits<double>::infinity()),
                                 world.progress, target.itself);
            if (!which) return tl::unexpected(which.error());
            Nearest made;
            made.metres.resize(which->size());
            for (std::size_t f = 0; f < which->size(); ++f)
                made.metres[f] = (*which)[f].metres;
            made.which = std::move(*which);
            return std::make_shared<const Nearest>(std::move(made));
        },
        [](const Nearest& made) { return bytes_of(made.metres) + bytes_of(made.which); });
}

Found<std::vector<uint8_t>> among_nearest(const Considered& target, int count, const World& world) {
    const auto asked = earth_shapes(world);
    if (!asked) return tl::unexpected(asked.error());
    const auto from = earth_shapes(world.asking(*target.layer));
    if (!from) return tl::unexpected(from.error());
    CacheKey key = key_of("among", target, world);
    return world.cache.get<std::vector<uint8_t>>(
        key.add(target.name).add(std::to_string(count)), world.progress,
        [&]() -> Found<std::vector<uint8_t>> {
            // One more, where a feature comes before its own neighbours.
            const auto k = static_cast<uint32_t>(target.itself ? count + 1 : count);
            const auto found =
                nearest_k(**from, **asked, {}, k, Metres(std::numeric_limits<double>::infinity()), world.progress);
            if (!found) return tl::unexpected(found.error());
            std::vector<uint8_t> kept(world.count(), 0);
            for (uint32_t f = 0; f < target.layer->features->count(); ++f) {
                if (!target.has(f)) continue;
                int taken = 0;
                for (std::size_t i = std::size_t{f} * k; i < (std::size_t{f} + 1) * k && taken < count; ++i) {
                    const uint32_t neighbour = (*found)[i].feature;
                    if (neighbour == no_feature || (target.itself && neighbour == f)) continue;
                    kept[neighbour] = 1;
                    ++taken;
                }
            }
            return std::make_shared<const std::vector<uint8_t>>(std::move(kept));
        },
        [](const std::vector<uint8_t>& made) { return made.size(); });
}

Found<std::vector<double>> metres_along(const Considered& target, Metres tolerance, const World& world) {
    const auto of = earth_shapes(world);
    if (!of) return tl::unexpected(of.error());
    const auto along = earth_shapes(world.asking(*target.layer));
    if (!along) return tl::unexpected(along.error());
    CacheKey key = key_of("along", target, world);
    return world.cache.get<std::vector<double>>(
        key.add(target.name).add(fmt::format("{}", tolerance.value())), world.progress,
        [&] { return shared(length_along(**of, **along, target.mask, tolerance, world.progress)); }, bytes_of<double>);
}

Found<Related> relation_to(const Considered& target, SpatialRelation relation, const World& world) {
    const auto there = in_plane(target, world);
    if (!there) return tl::unexpected(there.error());
    note_repaired(world.of, world);
    note_repaired(*target.layer, world);
    CacheKey key = key_of("related", target, world);
    const auto found = world.cache.get<Related>(
        key.add(target.name).add(std::to_string(static_cast<int>(relation))), world.progress,
        [&] {
            world.progress.set_stage(tr("Comparing shapes"));
            return shared(related(world.geometry(), **there, target.mask, relation, world.progress, target.itself));
        },
        [](const Related& made) { return bytes_of(made.kept) + bytes_of(made.failed_a) + bytes_of(made.failed_b); });
    if (!found) return found;
    const auto note_failed = [&](const QueryLayer& layer, const std::vector<uint32_t>& failed) {
        if (failed.empty()) return;
        note(world,
             {.kind = DiagnosticKind::invalid_ring,
              .where = {.file = layer.file, .layer = layer.name, .field = {}, .row = failed.front() + int64_t{1}},
              .count = static_cast<int64_t>(failed.size())});
    };
    note_failed(world.of, (*found)->failed_a);
    if (!target.itself) note_failed(*target.layer, (*found)->failed_b);
    return found;
}

namespace {

/// One place for each feature of the target, in the plane of the asked layer.
Found<std::vector<Point>> standing_in_plane(const Considered& target, const World& world) {
    const Dataset& there = target.layer->features->base();
    CacheKey key = key_of("standing");
    const auto own = world.cache.get<std::vector<Point>>(
        add_layer(key, *target.layer), world.progress,
        [&] { return shared(standing_points(there.geometry, world.progress)); }, bytes_of<Point>);
    if (!own || there.crs == world.data().crs) return own;
    const auto way = way_between(world, there.crs, world.data().crs);
    if (!way) return tl::unexpected(way.error());
    if (way->identity()) return own;
    std::vector<Point> points((*own)->size());
    parallel_ranges(points.size(), [&](std::size_t begin, std::size_t end) {
        const auto some = way->apply(std::span(**own).subspan(begin, end - begin));
        std::ranges::copy(some, points.begin() + static_cast<std::ptrdiff_t>(begin));
    });
    return std::make_shared<const std::vector<Point>>(std::move(points));
}

}  // namespace

Found<Containment> contained(const Considered& target, const World& world) {
    note_repaired(world.of, world);
    note_repaired(*target.layer, world);
    CacheKey key = key_of("contained", target, world);
    return world.cache.get<Containment>(
        key, world.progress,
        [&]() -> Found<Containment> {
            world.progress.set_stage(tr("Finding what lies in what"));
            const auto points = standing_in_plane(target, world);
            if (!points) return tl::unexpected(points.error());
            return shared(lies_in(world.geometry(), **points, world.progress));
        },
        [](const Containment& made) { return bytes_of(made.offsets) + bytes_of(made.items); });
}

Found<Neighbours> neighbours_about(const Considered& target, Metres reach, const World& world) {
    const auto of = earth_shapes(world);
    if (!of) return tl::unexpected(of.error());
    const auto among = earth_shapes(world.asking(*target.layer));
    if (!among) return tl::unexpected(among.error());
    CacheKey key = key_of("neighbours", target, world);
    return world.cache.get<Neighbours>(
        key.add(fmt::format("{}", reach.value())), world.progress,
        [&] { return shared(neighbours_within(**of, **among, reach, world.progress)); },
        [](const Neighbours& made) { return bytes_of(made.offsets) + bytes_of(made.neighbours); });
}

Found<std::vector<double>> own_measures(Measured what, const World& world) {
    note_repaired(world.of, world);
    CacheKey key = key_of(what == Measured::area ? "area" : "length");
    return world.cache.get<std::vector<double>>(
        add_layer(key, world.of), world.progress,
        [&]() -> Found<std::vector<double>> {
            std::vector<double> values(world.count());
            if (what == Measured::area) {
                const Ground ground(world.data().crs);
                parallel_for(values.size(), [&](std::size_t f) {
                    values[f] = ground.area(world.geometry(), static_cast<uint32_t>(f));
                });
            } else {
                const auto way = way_between(world, world.data().crs, Crs::wgs84());
                if (!way) return tl::unexpected(way.error());
                const Geometry degrees = way->apply(world.geometry());
                parallel_for(values.size(), [&](std::size_t f) {
                    values[f] = geodesic_length(degrees, static_cast<uint32_t>(f)).value();
                });
            }
            for (uint32_t f = 0; f < values.size(); ++f)
                if (!world.geometry().has_geometry(f)) values[f] = std::numeric_limits<double>::quiet_NaN();
            return std::make_shared<const std::vector<double>>(std::move(values));
        },
        bytes_of<double>);
}

}  // namespace diaban
