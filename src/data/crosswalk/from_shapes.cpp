// Crosswalks from shapes: boundaries laid over boundaries, points laid into both.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "data/crosswalk/build.h"
#include "data/crosswalk/columns.h"
#include "data/crosswalk/common_plane.h"
#include "geo/coverage/overlap_areas.h"
#include "geo/planar.h"
#include "geo/spatial_index.h"

namespace diaban {
namespace {

using namespace crosswalk;

using Weights = std::map<std::pair<std::size_t, std::size_t>, double>;  ///< by from- and to-unit

/// The units of a layer, and which one each feature is of.
struct LayerUnits {
    UnitList list;
    std::vector<std::optional<std::size_t>> of_feature;
    std::vector<double> area;  ///< by unit

    [[nodiscard]] std::size_t size() const { return list.units().size(); }
};

Expected<LayerUnits> units_of(const UnitLayer& layer, Diagnostics& diagnostics) {
    const auto id = require_column(layer.data, layer.id);
    if (!id) return tl::make_unexpected(id.error());
    const auto name = optional_column(layer.data, layer.name);
    if (!name) return tl::make_unexpected(name.error());
    if (layer.data.geometry.kind() != GeometryKind::polygon)
        return fail(ErrorKind::bad_input, tr("the layer has no polygons"), place_of(layer.data),
                    tr("Choose a layer of boundaries."));
    LayerUnits units;
    Examples without_id, without_shape;
    for (std::size_t row = 0; row < layer.data.size(); ++row) {
        const std::string text = cell(*id, row);
        if (text.empty()) {
            without_id.add(name_of_row(layer.data, row));
            units.of_feature.emplace_back();
            continue;
        }
        units.of_feature.emplace_back(units.list.add(text, cell(*name, row)));
        if (!layer.data.geometry.has_geometry(static_cast<uint32_t>(row))) without_shape.add(text);
    }
    units.area.assign(units.size(), 0.0);
    report(diagnostics, Severity::warning, place_of(layer.data, layer.id),
           tr("boundaries without a code or name, left out: {}: {}"), without_id);
    report(diagnostics, Severity::warning, place_of(layer.data), tr("units without a boundary: {}: {}"), without_shape);
    return units;
}

void measure(LayerUnits& units, const Geometry& shapes) {
    for (uint32_t f = 0; f < shapes.feature_count(); ++f)
        if (const auto unit = units.of_feature[f]) units.area[*unit] += area(shapes, f);
}

/// Both layers, ready to be laid over each other.
struct Layers {
    LayerUnits from, to;
    Geometry from_shapes, to_shapes, points;
    Crosswalk crosswalk;  ///< units and diagnostics so far
};

Expected<Layers> lay_out(const UnitLayer& old_units, const UnitLayer& new_units, const Dataset* points) {
    Layers layers;
    auto from = units_of(old_units, layers.crosswalk.diagnostics);
    if (!from) return tl::make_unexpected(from.error());
    auto to = units_of(new_units, layers.crosswalk.diagnostics);
    if (!to) return tl::make_unexpected(to.error());
    std::vector<const Dataset*> all{&old_units.data, &new_units.data};
    if (points) all.push_back(points);
    auto plane = in_common_plane(all);
    if (!plane) return tl::make_unexpected(plane.error());
    layers.crosswalk.diagnostics.insert(layers.crosswalk.diagnostics.end(), plane->diagnostics.begin(),
                                        plane->diagnostics.end());
    layers.from = std::move(*from), layers.to = std::move(*to);
    layers.from_shapes = std::move(plane->layers[0]), layers.to_shapes = std::move(plane->layers[1]);
    if (points) layers.points = std::move(plane->layers[2]);
    measure(layers.from, layers.from_shapes);
    measure(layers.to, layers.to_shapes);
    layers.crosswalk.from_units = layers.from.list.units();
    layers.crosswalk.to_units = layers.to.list.units();
    return layers;
}

const std::string& called(const Unit& unit) {
    return unit.name.empty() ? unit.id : unit.name;
}

Expected<Weights> areas_in_common(Layers& layers, const Place& where, Progress& progress) {
    const auto overlaps = overlap_areas(layers.from_shapes, layers.to_shapes, progress);
    if (!overlaps) return tl::make_unexpected(overlaps.error());
    Weights areas;
    for (const OverlapArea& pair : overlaps->pairs)
        if (const auto from = layers.from.of_feature[pair.a], to = layers.to.of_feature[pair.b]; from && to)
            areas[{*from, *to}] += pair.area;
    Examples failed;
    for (const OverlapArea& pair : overlaps->failed)
        if (const auto from = layers.from.of_feature[pair.a], to = layers.to.of_feature[pair.b]; from && to)
            failed.add(called(layers.crosswalk.from_units[*from]) + " – " + called(layers.crosswalk.to_units[*to]));
    report(layers.crosswalk.diagnostics, Severity::warning, where,
           tr("pairs of boundaries that could not be laid over each other: {}: {}"), failed);
    return areas;
}

/// A from-unit's parts by to-unit.
using Parts = std::vector<std::pair<std::size_t, double>>;

std::vector<Parts> parts_of(const Weights& weights, std::size_t units) {
    std::vector<Parts> parts(units);
    for (const auto& [pair, weight] : weights)
        parts[pair.first].emplace_back(pair.second, weight);
    return parts;
}

void add_pairs(Crosswalk& crosswalk, std::size_t from, const Parts& parts, double whole, Basis basis,
               const std::string& source) {
    for (const auto& [to, part] : parts) {
        const bool all = parts.size() == 1 && part == whole;
        crosswalk.pairs.push_back({crosswalk.from_units[from].id, crosswalk.to_units[to].id, all ? 1 : part / whole,
                                   all ? Basis::whole : basis, source, false});
    }
}

struct AreaFindings {
    Examples slivers, gaps, overlaps;
};

/// Two areas of one shape, worked out on different ways.
bool same_area(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(a, b);
}

/// Where the unit has a twin of the same shape, only that: what else lies over it is a flaw of the layer it is in.
bool keep_twins(Parts& parts, double area_from, const LayerUnits& to) {
    const auto is_twin = [&](const auto& part) {
        return same_area(part.second, area_from) && same_area(part.second, to.area[part.first]);
    };
    if (std::none_of(parts.begin(), parts.end(), is_twin)) return false;
    std::erase_if(parts, [&](const auto& part) { return !is_twin(part); });
    return true;
}

double sum_of(const Parts& parts) {
    double sum = 0;
    for (const auto& part : parts)
        sum += part.second;
    return sum;
}

/// Parts of one unit without slivers, and the whole that they are parts of.
double settle(Parts& parts, double area_from, const LayerUnits& to, const OverlayOptions& options,
              const std::string& name, AreaFindings& findings) {
    if (keep_twins(parts, area_from, to)) return sum_of(parts);
    std::erase_if(parts, [&](const auto& part) {
        const bool sliver =
            part.second < options.sliver * area_from && part.second < options.sliver * to.area[part.first];
        if (sliver) findings.slivers.add(name);
        return sliver;
    });
    const double sum = sum_of(parts);
    if (sum < area_from * (1 - options.gap)) {
        findings.gaps.add(
            fmt::format(fmt::runtime(tr("{} ({} uncovered)")), name, format_percent(1 - sum / area_from)));
        return area_from;
    }
    if (sum > area_from * (1 + options.gap))
        findings.overlaps.add(fmt::format("{} ({})", name, format_percent(sum / area_from)));
    return sum;
}

void report_areas(Diagnostics& diagnostics, const Place& where, const AreaFindings& findings) {
    report(diagnostics, Severity::note, where, tr("slivers between boundaries, left out: {}: {}"), findings.slivers);
    report(diagnostics, Severity::warning, where, tr("units that the new boundaries cover in part only: {}: {}"),
           findings.gaps);
    report(diagnostics, Severity::warning, where, tr("units where the new boundaries overlap each other: {}: {}"),
           findings.overlaps);
}

std::string source_of(const Dataset& a, const Dataset& b) {
    const auto named = [](const Dataset& d) { return d.from.path.empty() ? d.name : to_utf8(d.from.path.filename()); };
    return fmt::format(fmt::runtime(tr("{} over {}")), named(b), named(a));
}

/// A weight for each point; nothing where there is none.
Expected<std::vector<std::optional<double>>> weights_of(const Dataset& points, const std::string& name) {
    std::vector<std::optional<double>> weights(points.size(), 1.0);
    if (points.geometry.kind() != GeometryKind::point)
        return fail(ErrorKind::bad_input, tr("the layer has no points"), place_of(points),
                    tr("Choose a layer of points."));
    const auto column = optional_column(points, name);
    if (!column) return tl::make_unexpected(column.error());
    if (!*column) return weights;
    if (!(*column)->numeric())
        return fail(ErrorKind::bad_input, tr("the weights are no numbers"), place_of(points, name),
                    tr("Choose a column of numbers."));
    for (std::size_t row = 0; row < points.size(); ++row) {
        weights[row] = (*column)->number(row);
        if (weights[row] && *weights[row] < 0) {
            Place where = place_of(points, name);
            where.row = static_cast<int64_t>(row) + 1;
            return fail(ErrorKind::bad_input, tr("the weight is negative"), where, tr("Mend it in the source."));
        }
    }
    return weights;
}

std::optional<std::size_t> unit_at(const Geometry& shapes, const SpatialIndex& index, const LayerUnits& units,
                                   Point p) {
    for (const uint32_t feature : index.query(p))
        if (units.of_feature[feature] && contains(shapes, feature, p)) return units.of_feature[feature];
    return {};
}

Weights weigh_points(Layers& layers, const Dataset& points, const std::vector<std::optional<double>>& weights) {
    const SpatialIndex from(layers.from_shapes), to(layers.to_shapes);
    Weights sums;
    Examples unweighted, outside_old, outside_new;
    for (std::size_t row = 0; row < points.size(); ++row) {
        const auto places = layers.points.points_of(static_cast<uint32_t>(row));
        if (!weights[row] || places.empty()) {
            unweighted.add(name_of_row(points, row));
            continue;
        }
        const auto old_unit = unit_at(layers.from_shapes, from, layers.from, places.front());
        const auto new_unit = unit_at(layers.to_shapes, to, layers.to, places.front());
        if (!old_unit)
            outside_old.add(name_of_row(points, row));
        else if (!new_unit)
            outside_new.add(name_of_row(points, row));
        else if (*weights[row] > 0)
            sums[{*old_unit, *new_unit}] += *weights[row];
    }
    Diagnostics& notes = layers.crosswalk.diagnostics;
    const Place where = place_of(points);
    report(notes, Severity::warning, where, tr("points without a weight or a place, left out: {}: {}"), unweighted);
    report(notes, Severity::warning, where, tr("points outside the old units, left out: {}: {}"), outside_old);
    report(notes, Severity::warning, where, tr("points outside the new units, left out: {}: {}"), outside_new);
    return sums;
}

}  // namespace

Expected<Crosswalk> from_overlay(const UnitLayer& old_units, const UnitLayer& new_units, const OverlayOptions& options,
                                 Progress& progress) {
    auto layers = lay_out(old_units, new_units, nullptr);
    if (!layers) return tl::make_unexpected(layers.error());
    const Place where = place_of(new_units.data);
    const auto areas = areas_in_common(*layers, where, progress);
    if (!areas) return tl::make_unexpected(areas.error());
    auto parts = parts_of(*areas, layers->from.size());
    Crosswalk& crosswalk = layers->crosswalk;
    const std::string source = source_of(old_units.data, new_units.data);
    AreaFindings findings;
    for (std::size_t unit = 0; unit < parts.size(); ++unit) {
        const double whole = settle(parts[unit], layers->from.area[unit], layers->to, options,
                                    called(crosswalk.from_units[unit]), findings);
        add_pairs(crosswalk, unit, parts[unit], whole, Basis::area, source);
    }
    report_areas(crosswalk.diagnostics, where, findings);
    put_in_order(crosswalk);
    return std::move(crosswalk);
}

Expected<Crosswalk> from_points(const UnitLayer& old_units, const UnitLayer& new_units, const Dataset& points,
                                const std::string& weight, const OverlayOptions& options, Progress& progress) {
    const auto weights = weights_of(points, weight);
    if (!weights) return tl::make_unexpected(weights.error());
    auto layers = lay_out(old_units, new_units, &points);
    if (!layers) return tl::make_unexpected(layers.error());
    const auto weighed = parts_of(weigh_points(*layers, points, *weights), layers->from.size());
    const bool all_have = std::none_of(weighed.begin(), weighed.end(), [](const Parts& p) { return p.empty(); });
    std::vector<Parts> by_area(weighed.size());
    const Place where = place_of(new_units.data);
    if (!all_have) {
        const auto areas = areas_in_common(*layers, where, progress);
        if (!areas) return tl::make_unexpected(areas.error());
        by_area = parts_of(*areas, layers->from.size());
    }
    Crosswalk& crosswalk = layers->crosswalk;
    const std::string by_points = to_utf8(points.from.path.filename());
    const std::string by_overlay = source_of(old_units.data, new_units.data);
    AreaFindings findings;
    Examples without_points;
    for (std::size_t unit = 0; unit < weighed.size(); ++unit) {
        const std::string& name = called(crosswalk.from_units[unit]);
        if (weighed[unit].empty()) {
            without_points.add(name);
            const double whole = settle(by_area[unit], layers->from.area[unit], layers->to, options, name, findings);
            add_pairs(crosswalk, unit, by_area[unit], whole, Basis::area, by_overlay);
            continue;
        }
        add_pairs(crosswalk, unit, weighed[unit], sum_of(weighed[unit]), Basis::points, by_points);
    }
    report(crosswalk.diagnostics, Severity::warning, where, tr("units without points, shared by area: {}: {}"),
           without_points);
    report_areas(crosswalk.diagnostics, where, findings);
    put_in_order(crosswalk);
    return std::move(crosswalk);
}

}  // namespace diaban
