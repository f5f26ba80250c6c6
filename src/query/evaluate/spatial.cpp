#include <cmath>

#include "query/evaluate/conditions.h"
#include "query/evaluate/derived.h"
#include "query/evaluate/drawn.h"

namespace diaban {

using namespace query;

namespace {

SpatialRelation relation_of(Relation relation) {
    switch (relation) {
        case Relation::intersects:
            return SpatialRelation::intersects;
        case Relation::within:
            return SpatialRelation::within;
        case Relation::contains:
            return SpatialRelation::contains;
        case Relation::touches:
            return SpatialRelation::touches;
        case Relation::overlaps:
            return SpatialRelation::overlaps;
        case Relation::crosses:
            return SpatialRelation::crosses;
    }
    throw std::logic_error("a relation out of range");
}

/// Infinitely far is what has no place, or has nothing to be near to; only the latter is beyond every distance.
Kept near(bool beyond, Metres distance, const Target& target, const World& world) {
    const auto there = considered(target, world);
    if (!there) return tl::unexpected(there.error());
    const auto nearest = nearest_of(*there, world);
    if (!nearest) return tl::unexpected(nearest.error());
    const std::vector<double>& metres = (*nearest)->metres;
    const double reach = distance.value();
    const bool alone = there->count == 0 || (there->itself && there->count == 1);
    std::vector<uint8_t> kept(metres.size());
    for (std::size_t f = 0; f < kept.size(); ++f)
        kept[f] = (beyond ? metres[f] > reach && std::isfinite(metres[f]) : metres[f] <= reach) ? 1 : 0;
    if (beyond && alone)
        for (uint32_t f = 0; f < kept.size(); ++f)
            if (!std::isfinite(metres[f])) kept[f] = world.geometry().has_geometry(f) ? 1 : 0;
    return kept;
}

}  // namespace

Kept evaluate_spatial(const Relates& relates, const World& world) {
    const auto there = considered(relates.target, world);
    if (!there) return tl::unexpected(there.error());
    const auto found = relation_to(*there, relation_of(relates.relation), world);
    if (!found) return tl::unexpected(found.error());
    return (*found)->kept;
}

Kept evaluate_spatial(const Near& asked, const World& world) {
    return near(asked.beyond, asked.distance.metres(), asked.target, world);
}

Kept evaluate_spatial(const InBelt& belt, const World& world) {
    return near(false, belt.depth.metres(), belt.target, world);
}

Kept evaluate_spatial(const AmongNearest& among, const World& world) {
    const auto there = considered(among.target, world);
    if (!there) return tl::unexpected(there.error());
    const auto found = among_nearest(*there, among.count, world);
    if (!found) return tl::unexpected(found.error());
    return **found;
}

Kept evaluate_spatial(const RunsAlong& runs, const World& world) {
    const auto there = considered(runs.target, world);
    if (!there) return tl::unexpected(there.error());
    const auto metres = metres_along(*there, runs.tolerance.metres(), world);
    if (!metres) return tl::unexpected(metres.error());
    const double length = runs.length.metres().value();
    std::vector<uint8_t> kept((*metres)->size());
    for (std::size_t f = 0; f < kept.size(); ++f)
        kept[f] = (**metres)[f] >= length && (**metres)[f] > 0 ? 1 : 0;
    return kept;
}

Kept evaluate_spatial(const InDrawn& drawn, const World& world) {
    return in_drawn(drawn.shape, world);
}

}  // namespace diaban
