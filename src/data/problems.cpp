#include "data/problems.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/examples.h"
#include "data/ground.h"
#include "geo/coverage.h"
#include "geo/coverage/duplicates.h"
#include "geo/coverage/slivers.h"
#include "geo/planar.h"

namespace diaban {
namespace {

using Part = std::vector<std::vector<Point>>;

/// A problem with its shape, until all are sorted.
struct Draft {
    Problem problem;
    std::vector<Part> shape;
};

std::vector<Part> square_around(Point centre, double half_side) {
    const Box box = Box{centre.x, centre.y, centre.x, centre.y}.grown(half_side);
    return {{{{box.min_x, box.min_y}, {box.max_x, box.min_y}, {box.max_x, box.max_y}, {box.min_x, box.max_y}}}};
}

Part part_shape(const Geometry& geometry, uint32_t part) {
    Part shape;
    for (const uint32_t ring : geometry.rings_of_part(part))
        shape.emplace_back(geometry.ring(ring).begin(), geometry.ring(ring).end());
    return shape;
}

/// Large enough to be seen beside a feature, or at the scale of the whole where the feature has no extent.
double half_side_beside(const Geometry& geometry, const Box& box) {
    constexpr double share_of_feature = 1.0 / 100, share_of_whole = 1.0 / 2000;
    const double own = std::max(box.width(), box.height()) * share_of_feature;
    const double whole = std::max(geometry.box().width(), geometry.box().height()) * share_of_whole;
    return own > 0 ? own : whole > 0 ? whole : 1;
}

/// The polygon itself; a square around a point or a line.
std::vector<Part> feature_shape(const Geometry& geometry, uint32_t feature) {
    std::vector<Part> shape;
    if (geometry.kind() == GeometryKind::polygon) {
        for (const uint32_t part : geometry.parts_of(feature))
            shape.push_back(part_shape(geometry, part));
        return shape;
    }
    const Box box = geometry.box_of(feature);
    if (box.empty()) return shape;
    return square_around(box.centre(), std::max(box.width(), box.height()) / 2 + half_side_beside(geometry, box));
}

std::vector<Part> fault_shape(const Geometry& geometry, uint32_t feature, Point at) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y)) return feature_shape(geometry, feature);
    return square_around(at, half_side_beside(geometry, geometry.box_of(feature)));
}

Problems sorted(std::vector<Draft> drafts) {
    std::ranges::stable_sort(drafts, {}, [](const Draft& draft) {
        return std::tuple(draft.problem.kind, -std::abs(draft.problem.area), draft.problem.feature);
    });
    Problems problems;
    GeometryBuilder builder(GeometryKind::polygon);
    for (Draft& draft : drafts) {
        problems.list.push_back(std::move(draft.problem));
        builder.begin_feature();
        for (const Part& part : draft.shape) {
            builder.begin_part();
            for (const auto& ring : part)
                builder.add_ring(ring);
        }
    }
    problems.shapes = std::move(builder).finish();
    return problems;
}

Draft draft_of(DiagnosticKind kind, uint32_t feature, Point at, std::string detail, std::vector<Part> shape) {
    Draft draft;
    draft.problem.kind = kind;
    draft.problem.feature = feature;
    draft.problem.at = at;
    draft.problem.detail = std::move(detail);
    draft.shape = std::move(shape);
    return draft;
}

Draft repair_draft(const Dataset& dataset, const Ground& ground, const Repair& repair) {
    auto shape = fault_shape(dataset.geometry, repair.feature, repair.at);
    if (!repair.mended)
        return draft_of(DiagnosticKind::invalid_ring, repair.feature, repair.at,
                        repair.reason + tr("; nothing would be left of it, so it stays as it came"), std::move(shape));
    const std::string areas =
        fmt::format(fmt::runtime(tr("; repaired: its area was {}, and is {}")),
                    ground.area_in_words(repair.area_before), ground.area_in_words(repair.area_after));
    Draft draft =
        draft_of(DiagnosticKind::repaired_ring, repair.feature, repair.at, repair.reason + areas, std::move(shape));
    draft.problem.area = repair.area_after - repair.area_before;
    return draft;
}

void add_invalid(const Dataset& dataset, const Ground& ground, const std::vector<InvalidFeature>& invalid,
                 std::vector<Draft>& drafts) {
    for (const Repair& repair : dataset.repairs.list)
        drafts.push_back(repair_draft(dataset, ground, repair));
    for (const auto& [feature, reason, at] : invalid)
        if (!std::ranges::binary_search(dataset.repairs.list, feature, {}, &Repair::feature))
            drafts.push_back(draft_of(DiagnosticKind::invalid_ring, feature, at, reason,
                                      fault_shape(dataset.geometry, feature, at)));
}

bool same_attributes(const Table& table, std::size_t a, std::size_t b) {
    return std::ranges::all_of(table.columns(), [&](const Column& column) {
        return column.is_null(a) == column.is_null(b) && column.text(a) == column.text(b);
    });
}

void add_duplicates(const Dataset& dataset, const Ground& ground, const RowNames& names, std::vector<Draft>& drafts) {
    for (const auto& [feature, first] : find_duplicates(dataset.geometry)) {
        const bool row_too = same_attributes(dataset.table, feature, first);
        Draft draft = draft_of(row_too ? DiagnosticKind::duplicate_feature : DiagnosticKind::duplicate_shape, feature,
                               dataset.geometry.points_of(feature).front(),
                               fmt::format(fmt::runtime(tr("{} has the shape of {}")), names(feature), names(first)),
                               feature_shape(dataset.geometry, feature));
        draft.problem.other = first;
        draft.problem.area = ground.area(dataset.geometry, feature);
        drafts.push_back(std::move(draft));
    }
}

void add_missing(const Dataset& dataset, std::vector<Draft>& drafts) {
    for (uint32_t feature = 0; feature < dataset.geometry.feature_count(); ++feature)
        if (!dataset.geometry.has_geometry(feature))
            drafts.push_back(draft_of(DiagnosticKind::missing_geometry, feature, {}, tr("it has no geometry"), {}));
}

void add_slivers(const Dataset& dataset, const Ground& ground, std::vector<Draft>& drafts) {
    const auto slivers = find_slivers(dataset.geometry, [&](Point at) { return ground.metres_per_unit(at); });
    for (const Sliver& sliver : slivers) {
        Part part = part_shape(dataset.geometry, sliver.part);
        const Point at = part.front().front();
        Draft draft = draft_of(DiagnosticKind::sliver, sliver.feature, at,
                               fmt::format(fmt::runtime(tr("a part {} long is {} wide on average")),
                                           format_length_metres(sliver.length), format_length_metres(sliver.width)),
                               {std::move(part)});
        draft.problem.area = sliver.width * sliver.length;
        drafts.push_back(std::move(draft));
    }
}

std::string list_of(const RowNames& names, const std::vector<uint32_t>& features) {
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, features.size()); ++i)
        text += (i ? "; " : "") + names(features[i]);
    return features.size() > most ? text + "; …" : text;
}

std::string coverage_detail(const CoverageProblem& problem, const RowNames& names) {
    const char* words = problem.fault == CoverageFault::overlap ? tr("covered by {}")
                        : problem.features.size() == 1          ? tr("a hole in {}")
                                                                : tr("a gap between {}");
    return fmt::format(fmt::runtime(words), list_of(names, problem.features));
}

Draft coverage_draft(const Coverage& coverage, uint32_t index, const Ground& ground, const RowNames& names) {
    const CoverageProblem& found = coverage.problems[index];
    Draft draft = draft_of(found.fault == CoverageFault::overlap ? DiagnosticKind::overlap : DiagnosticKind::gap,
                           found.features.front(), found.at, coverage_detail(found, names),
                           feature_shape(coverage.shapes, index));
    if (found.features.size() > 1) draft.problem.other = found.features[1];
    draft.problem.area = ground.area(coverage.shapes, index);
    return draft;
}

/// Zones of service, districts with their communes in one file: most of the land is covered more than once, in more
/// pieces than there are features. What overlaps there is meant to, and listing it would bury what is not.
bool is_no_division(const Geometry& polygons, const Coverage& coverage) {
    double covered = 0, repeatedly = 0;
    std::size_t overlaps = 0;
    for (uint32_t feature = 0; feature < polygons.feature_count(); ++feature)
        covered += area(polygons, feature);
    for (const CoverageProblem& problem : coverage.problems) {
        if (problem.fault != CoverageFault::overlap) continue;
        ++overlaps;
        repeatedly += problem.area;
        covered -= problem.area * static_cast<double>(problem.features.size() - 1);
    }
    return overlaps > polygons.feature_count() && repeatedly * 2 > covered;
}

}  // namespace

Problems find_shape_problems(const Dataset& dataset, const std::vector<InvalidFeature>& invalid) {
    if (!dataset.has_geometry()) return {};
    const Ground ground(dataset.crs);
    const RowNames names(dataset);
    std::vector<Draft> drafts;
    add_invalid(dataset, ground, invalid, drafts);
    add_duplicates(dataset, ground, names, drafts);
    add_missing(dataset, drafts);
    add_slivers(dataset, ground, drafts);
    return sorted(std::move(drafts));
}

Expected<Problems> find_coverage_problems(const Dataset& dataset, Progress& progress) {
    CoverageOptions options;
    // Twice round, for data across the antimeridian.
    if (dataset.crs.known() && dataset.crs.geographic()) options.domain = {-720, -90, 720, 90};
    auto coverage = check_coverage(dataset.geometry, options, progress);
    if (!coverage) return tl::make_unexpected(coverage.error());
    const Ground ground(dataset.crs);
    const RowNames names(dataset);
    const bool no_division = coverage->given_up || is_no_division(dataset.geometry, *coverage);
    std::vector<Draft> drafts;
    for (uint32_t i = 0; !no_division && i < coverage->problems.size(); ++i)
        drafts.push_back(coverage_draft(*coverage, i, ground, names));
    Problems problems = sorted(std::move(drafts));
    problems.not_on_earth = coverage->outside.size();
    problems.no_coverage = no_division;
    return problems;
}

Expected<Problems> find_problems(const Dataset& dataset, Progress& progress) {
    Problems all = find_shape_problems(dataset, find_invalid(dataset.geometry));
    if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
    auto coverage = find_coverage_problems(dataset, progress);
    if (!coverage) return coverage;
    std::vector<Draft> drafts;
    for (const Problems* problems : {&all, &*coverage})
        for (uint32_t i = 0; i < problems->list.size(); ++i)
            drafts.push_back({problems->list[i], feature_shape(problems->shapes, i)});
    all = sorted(std::move(drafts));
    all.not_on_earth = coverage->not_on_earth;
    all.no_coverage = coverage->no_coverage;
    return all;
}

}  // namespace diaban
