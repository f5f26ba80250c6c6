#include "query/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "base/format.h"
#include "base/i18n.h"
#include "base/parallel.h"
#include "geo/earth/earth_shapes.h"
#include "geo/relate/lies_in.h"
#include "query/asked_features.h"
#include "query/language/parse.h"

namespace diaban {
namespace {

constexpr double nowhere_near = std::numeric_limits<double>::infinity();

/// `detail` has a place for the number.
Diagnostic note_of(const QueryLayer& layer, int64_t count, const char* detail) {
    return {.kind = DiagnosticKind::other,
            .severity = Severity::warning,
            .where = {.file = layer.file, .layer = layer.name, .field = {}, .row = {}},
            .count = count,
            .detail = fmt::format(fmt::runtime(detail), format_integer(count))};
}

Expected<std::vector<double>> weights_of(const CoverageQuery& query, const QueryLayers& layers,
                                         const QueryLayer& demand, QueryCache& cache, Progress& progress,
                                         CoverageBasis& basis) {
    std::vector<double> weight(demand.features->count(), 1);
    if (query.weight.empty()) return weight;
    const auto sum = parse_sum(query.weight);
    if (!sum) return tl::unexpected(sum.error());
    const auto column = calculate("weight", *sum, layers, demand, cache, progress, &basis.notes);
    if (!column) return tl::unexpected(column.error());
    if (!column->numeric())
        return fail(ErrorKind::wrong_usage, fmt::format(fmt::runtime(tr("the weight “{}” is no number")), query.weight),
                    {.file = demand.file, .layer = demand.name, .field = {}, .row = {}},
                    tr("Choose a column of numbers, such as households."));
    int64_t missing = 0, negative = 0;
    for (std::size_t f = 0; f < weight.size(); ++f) {
        const auto value = column->number(f);
        const bool counts = basis.asked[f] != 0;
        if (!value || !std::isfinite(*value)) missing += counts;
        if (value && *value < 0) negative += counts;
        weight[f] = value && std::isfinite(*value) ? std::max(*value, 0.0) : 0;
    }
    if (missing > 0) basis.notes.push_back(note_of(demand, missing, tr("{} without a weight count as 0")));
    if (negative > 0) basis.notes.push_back(note_of(demand, negative, tr("{} with a weight below 0 count as 0")));
    return weight;
}

/// How many of the features have no corner whose place on the earth can be told.
int64_t lost_features(const QueryLayer& layer, const std::vector<uint8_t>& mask) {
    const Dataset& data = layer.features->base();
    const auto to_degrees = Transform::between(data.crs, Crs::wgs84());
    if (!to_degrees) return 0;
    const auto told = [&](Point p) {
        const Point at = to_degrees->apply(p);
        return std::isfinite(at.x) && std::isfinite(at.y);
    };
    int64_t lost = 0;
    for (uint32_t f = 0; f < mask.size(); ++f)
        lost += mask[f] != 0 && std::ranges::none_of(data.geometry.points_of(f), told);
    return lost;
}

Expected<EarthShapesPtr> on_earth(const QueryLayer& layer, Progress& progress) {
    const Dataset& data = layer.features->base();
    const auto to_degrees = Transform::between(data.crs, Crs::wgs84());
    if (!to_degrees) return tl::unexpected(to_degrees.error());
    return EarthShapes::make(data.geometry, *to_degrees, progress);
}

Expected<void> measure(const QueryLayer& demand, const QueryLayer& facilities, CoverageBasis& basis,
                       Progress& progress) {
    progress.set_stage(tr("Measuring distances"));
    const auto from = on_earth(demand, progress);
    if (!from) return tl::unexpected(from.error());
    const auto to = on_earth(facilities, progress);
    if (!to) return tl::unexpected(to.error());
    const auto nearest = nearest_k(**from, **to, basis.offered, 2, Metres(nowhere_near), progress);
    if (!nearest) return tl::unexpected(nearest.error());
    const std::size_t count = basis.asked.size();
    basis.to_first.resize(count), basis.to_second.resize(count), basis.first.resize(count);
    for (std::size_t f = 0; f < count; ++f) {
        const Neighbour& first = (*nearest)[2 * f];
        const Neighbour& second = (*nearest)[2 * f + 1];
        basis.first[f] = first.feature;
        basis.to_first[f] = first.feature == no_feature ? nowhere_near : first.metres;
        basis.to_second[f] = second.feature == no_feature ? nowhere_near : second.metres;
    }
    return {};
}

/// By the point that stands for each demand feature, brought into the areas' coordinate system.
Expected<void> place(const QueryLayers& layers, const QueryLayer& demand, const QueryLayer& areas, QueryCache& cache,
                     CoverageBasis& basis, Progress& progress) {
    progress.set_stage(tr("Finding what lies where"));
    const Dataset& from = demand.features->base();
    const Dataset& to = areas.features->base();
    if (to.geometry.kind() != GeometryKind::polygon)
        return fail(ErrorKind::wrong_usage, tr("the layer to tell the shares for has no areas"),
                    {.file = areas.file, .layer = areas.name, .field = {}, .row = {}},
                    tr("Choose a layer of polygons."));
    const auto kept = kept_by_filter(layers, areas, cache, progress);
    if (!kept) return tl::unexpected(kept.error());
    const auto way = Transform::between(from.crs, to.crs);
    if (!way) return tl::unexpected(way.error());
    const auto standing = standing_points(from.geometry, progress);
    if (!standing) return tl::unexpected(standing.error());
    const auto inside = lies_in(to.geometry, way->apply(*standing), progress);
    if (!inside) return tl::unexpected(inside.error());
    for (uint32_t area = 0; area < basis.area_count; ++area) {
        if ((*kept)[area] == 0) continue;
        for (std::size_t i = inside->offsets[area]; i < inside->offsets[area + 1]; ++i)
            basis.area_of[inside->items[i]] = area;
    }
    return {};
}

/// `of` tells each feature's group; those past the last group have none.
DemandGroups grouped(const CoverageBasis& basis, std::size_t groups, const std::vector<uint32_t>& of,
                     bool with_second) {
    DemandGroups result;
    result.offsets.assign(groups + 1, 0);
    for (std::size_t f = 0; f < of.size(); ++f)
        if (basis.asked[f] != 0 && of[f] < groups) ++result.offsets[of[f] + 1];
    std::partial_sum(result.offsets.begin(), result.offsets.end(), result.offsets.begin());
    std::vector<uint32_t> members(result.offsets.back());
    std::vector<std::size_t> next(result.offsets.begin(), result.offsets.end() - 1);
    for (uint32_t f = 0; f < of.size(); ++f)
        if (basis.asked[f] != 0 && of[f] < groups) members[next[of[f]]++] = f;
    parallel_for(groups, [&](std::size_t g) {
        std::sort(members.begin() + static_cast<std::ptrdiff_t>(result.offsets[g]),
                  members.begin() + static_cast<std::ptrdiff_t>(result.offsets[g + 1]), [&](uint32_t a, uint32_t b) {
                      return std::tie(basis.to_first[a], a) < std::tie(basis.to_first[b], b);
                  });
    });
    for (const uint32_t f : members) {
        result.weight.push_back(basis.weight[f]);
        result.to_first.push_back(basis.to_first[f]);
        if (with_second) result.to_second.push_back(basis.to_second[f]);
    }
    return result;
}

void group(CoverageBasis& basis) {
    std::vector<uint32_t> area_of = basis.area_of;
    for (uint32_t& area : area_of)
        area = std::min(area, basis.area_count);  // nowhere: the group behind the last area
    basis.by_area = grouped(basis, std::size_t{basis.area_count} + 1, area_of, false);
    basis.by_facility = grouped(basis, basis.facility_count, basis.first, true);
}

CoverageShare share_of(const DemandGroups& groups, std::size_t group, double reach) {
    CoverageShare share;
    const std::size_t begin = groups.offsets[group], end = groups.offsets[group + 1];
    std::size_t i = begin;
    for (; i < end && groups.to_first[i] <= reach; ++i)
        share.covered += groups.weight[i];
    share.covered_count = static_cast<uint32_t>(i - begin);
    share.total = share.covered;
    for (; i < end; ++i)
        share.total += groups.weight[i];
    share.total_count = static_cast<uint32_t>(end - begin);
    return share;
}

void add(CoverageShare& to, const CoverageShare& more) {
    to.covered += more.covered, to.total += more.total;
    to.covered_count += more.covered_count, to.total_count += more.total_count;
}

}  // namespace

Expected<CoverageBasisPtr> coverage_basis(const CoverageQuery& query, const QueryLayers& layers, QueryCache& cache,
                                          Progress& progress) {
    const auto demand = layer_on_ground(layers, query.demand);
    if (!demand) return tl::unexpected(demand.error());
    const auto facilities = layer_on_ground(layers, query.facilities);
    if (!facilities) return tl::unexpected(facilities.error());
    auto basis = std::make_shared<CoverageBasis>();
    basis->demand = (*demand)->id, basis->facilities = (*facilities)->id;
    basis->facility_count = (*facilities)->features->count();
    auto asked = asked_features(layers, **demand, query.demand_where, cache, progress, basis->notes);
    if (!asked) return tl::unexpected(asked.error());
    basis->asked = std::move(*asked);
    auto offered = asked_features(layers, **facilities, query.facilities_where, cache, progress, basis->notes);
    if (!offered) return tl::unexpected(offered.error());
    basis->offered = std::move(*offered);
    auto weight = weights_of(query, layers, **demand, cache, progress, *basis);
    if (!weight) return tl::unexpected(weight.error());
    basis->weight = std::move(*weight);
    if (const auto measured = measure(**demand, **facilities, *basis, progress); !measured)
        return tl::unexpected(measured.error());
    if (const int64_t lost = lost_features(**demand, basis->asked); lost > 0)
        basis->notes.push_back(
            note_of(**demand, lost, tr("{} whose place cannot be transformed count as not reached")));
    if (const int64_t lost = lost_features(**facilities, basis->offered); lost > 0)
        basis->notes.push_back(note_of(**facilities, lost, tr("{} whose place cannot be transformed reach nobody")));
    basis->area_of.assign(basis->asked.size(), no_feature);
    if (!query.by.empty()) {
        const auto areas = layer_on_ground(layers, query.by);
        if (!areas) return tl::unexpected(areas.error());
        basis->by = (*areas)->id;
        basis->area_count = (*areas)->features->count();
        if (const auto placed = place(layers, **demand, **areas, cache, *basis, progress); !placed)
            return tl::unexpected(placed.error());
    }
    group(*basis);
    return basis;
}

CoverageAnswer covered_within(const CoverageBasis& basis, Metres reach) {
    const double far = reach.value();
    CoverageAnswer answer;
    answer.reach = reach;
    answer.covered.resize(basis.asked.size());
    parallel_ranges(basis.asked.size(), [&](std::size_t begin, std::size_t end) {
        for (std::size_t f = begin; f < end; ++f)
            answer.covered[f] = static_cast<uint8_t>((basis.asked[f] != 0) & (basis.to_first[f] <= far));
    });
    // A group is added up by one thread, in its own order, and groups in theirs: the sums are always the same.
    answer.by_area.resize(std::size_t{basis.area_count} + 1);
    parallel_for(answer.by_area.size(),
                 [&](std::size_t area) { answer.by_area[area] = share_of(basis.by_area, area, far); });
    for (const CoverageShare& share : answer.by_area)
        add(answer.total, share);
    answer.nowhere = answer.by_area.back();
    answer.by_area.pop_back();
    answer.reached_by.resize(basis.facility_count);
    answer.alone.resize(basis.facility_count);
    const DemandGroups& near = basis.by_facility;
    parallel_for(basis.facility_count, [&](std::size_t facility) {
        double reached = 0, alone = 0;
        for (std::size_t i = near.offsets[facility]; i < near.offsets[facility + 1] && near.to_first[i] <= far; ++i) {
            reached += near.weight[i];
            if (near.to_second[i] > far) alone += near.weight[i];
        }
        answer.reached_by[facility] = reached;
        answer.alone[facility] = alone;
    });
    return answer;
}

}  // namespace diaban
