// Problems as a layer and as diagnostics.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/connection.h"
#include "data/examples.h"
#include "data/ground.h"
#include "data/problems.h"

namespace diaban {
namespace {

std::string noun(DiagnosticKind kind) {
    switch (kind) {
        case DiagnosticKind::invalid_ring:
            return tr("invalid ring");
        case DiagnosticKind::repaired_ring:
            return tr("repaired ring");
        case DiagnosticKind::duplicate_feature:
            return tr("repeated row");
        case DiagnosticKind::duplicate_shape:
            return tr("repeated shape");
        case DiagnosticKind::missing_geometry:
            return tr("no geometry");
        case DiagnosticKind::sliver:
            return tr("sliver");
        case DiagnosticKind::overlap:
            return tr("overlap");
        case DiagnosticKind::gap:
            return tr("gap");
        default:
            return to_id(kind);
    }
}

/// A problem as an example: "Bình Liêu (Self-intersection…)", "A – B (1.2 km²)".
std::string example(const Problem& problem, const Ground& ground, const RowNames& names) {
    const std::string name = names(problem.feature);
    switch (problem.kind) {
        case DiagnosticKind::overlap:
        case DiagnosticKind::gap:
            return fmt::format("{}{} ({})", name, problem.other ? " – " + names(*problem.other) : "",
                               ground.area_in_words(problem.area));
        case DiagnosticKind::duplicate_feature:
        case DiagnosticKind::duplicate_shape:
            return problem.detail;
        case DiagnosticKind::missing_geometry:
            return name;
        default:
            return fmt::format("{} ({})", name, problem.detail);
    }
}

Severity severity_of(DiagnosticKind kind, GeometryKind geometry) {
    // Points and lines share a place often, and by right.
    if (kind == DiagnosticKind::duplicate_shape && geometry != GeometryKind::polygon) return Severity::note;
    return kind == DiagnosticKind::repaired_ring ? Severity::note : Severity::warning;
}

/// "together 1.2 km²" for those that have an area of their own; by how much repairs changed areas.
std::string sum_in_words(DiagnosticKind kind, double sum, const Ground& ground) {
    switch (kind) {
        case DiagnosticKind::sliver:
        case DiagnosticKind::overlap:
        case DiagnosticKind::gap:
            return fmt::format(fmt::runtime(tr("; together {}")), ground.area_in_words(sum));
        case DiagnosticKind::repaired_ring:
            return fmt::format(
                fmt::runtime(sum < 0 ? tr("; together they shrank by {}") : tr("; together they grew by {}")),
                ground.area_in_words(std::abs(sum)));
        default:
            return {};
    }
}

}  // namespace

Place place_of_layer(const Dataset& dataset) {
    const std::string path = to_utf8(dataset.from.path);
    const bool database = is_connection(path);
    const bool by_file = !database && dataset.name == to_nfc(to_utf8(dataset.from.path.stem()));
    return {.file = database ? without_password(path) : to_utf8(dataset.from.path.filename()),
            .layer = by_file ? std::string() : dataset.name,
            .field = {},
            .row = {}};
}

DatasetPtr problems_layer(const Dataset& dataset, const Problems& problems) {
    const RowNames names(dataset);
    std::vector<std::string> kinds, units, others, details;
    std::vector<uint8_t> has_other;
    std::vector<double> areas;
    for (const Problem& problem : problems.list) {
        kinds.push_back(noun(problem.kind));
        units.push_back(names(problem.feature));
        others.push_back(problem.other ? names(*problem.other) : std::string());
        has_other.push_back(problem.other ? 1 : 0);
        areas.push_back(problem.area);
        details.push_back(problem.detail);
    }
    const std::size_t rows = kinds.size();
    std::vector<Column> columns;
    columns.emplace_back("kind", ColumnType::text, std::move(kinds));
    columns.emplace_back("unit", ColumnType::text, std::move(units));
    columns.emplace_back("other_unit", ColumnType::text, std::move(others), std::move(has_other));
    columns.emplace_back(dataset.crs.known() ? "area_m2" : "area", ColumnType::real, std::move(areas));
    columns.emplace_back("detail", ColumnType::text, std::move(details));

    auto layer = std::make_shared<Dataset>();
    layer->name = fmt::format(fmt::runtime(tr("{}: problems")), dataset.name);
    layer->table = Table(std::move(columns), rows);
    layer->geometry = problems.shapes;
    layer->crs = dataset.crs;
    return layer;
}

Diagnostics problem_diagnostics(const Dataset& dataset, const Problems& problems, const Place& where) {
    const Ground ground(dataset.crs);
    const RowNames names(dataset);
    Diagnostics diagnostics;
    for (auto run = problems.list.begin(); run != problems.list.end();) {
        const DiagnosticKind kind = run->kind;
        const auto end = std::find_if(run, problems.list.end(), [&](const Problem& p) { return p.kind != kind; });
        Examples examples;
        double sum = 0;
        for (auto it = run; it != end; ++it) {
            examples.add(example(*it, ground, names));
            sum += it->area;
        }
        diagnostics.push_back({kind, severity_of(kind, dataset.geometry.kind()), where, examples.count(),
                               examples.text() + sum_in_words(kind, sum, ground)});
        run = end;
    }
    if (problems.not_on_earth > 0)
        diagnostics.push_back(
            {DiagnosticKind::other, Severity::warning, where, static_cast<int64_t>(problems.not_on_earth),
             fmt::format(fmt::runtime(tr_n("{} feature has impossible coordinates, and was not compared with its "
                                           "neighbours",
                                           "{} features have impossible coordinates, and were not compared with their "
                                           "neighbours",
                                           static_cast<long>(problems.not_on_earth))),
                         format_integer(static_cast<int64_t>(problems.not_on_earth)))});
    if (problems.no_coverage)
        diagnostics.push_back({DiagnosticKind::other, Severity::note, where, 1,
                               tr("its polygons overlap so much that they are taken to be no division of the land; "
                                  "overlaps and gaps are not listed")});
    return diagnostics;
}

Expected<Diagnostics> coverage_diagnostics(const Dataset& dataset, Progress& progress) {
    const auto problems = find_coverage_problems(dataset, progress);
    if (!problems) return tl::make_unexpected(problems.error());
    return problem_diagnostics(dataset, *problems, place_of_layer(dataset));
}

}  // namespace diaban
