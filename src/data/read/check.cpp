// What is wrong with what was read; invalid rings are repaired, the rest is only told.
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "data/examples.h"
#include "data/ground.h"
#include "data/problems.h"
#include "data/read/read_layer.h"
#include "geo/repair.h"
#include "geo/validity.h"

namespace diaban {

std::string to_id(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::none:
            return "table";
        case GeometryKind::point:
            return "points";
        case GeometryKind::line:
            return "lines";
        case GeometryKind::polygon:
            return "polygons";
    }
    return {};
}

std::optional<GeometryKind> geometry_kind_from_id(std::string_view id) {
    for (const GeometryKind kind : {GeometryKind::point, GeometryKind::line, GeometryKind::polygon})
        if (to_id(kind) == id) return kind;
    return {};
}

namespace {

/// The features of `geometry`, in the list's order.
Geometry features_of(const Geometry& geometry, const std::vector<RepairedFeature>& list) {
    GeometryBuilder builder(geometry.kind());
    for (const RepairedFeature& repaired : list) {
        builder.begin_feature();
        for (const uint32_t part : geometry.parts_of(repaired.feature)) {
            builder.begin_part();
            for (const uint32_t ring : geometry.rings_of_part(part))
                builder.add_ring(geometry.ring(ring));
        }
    }
    return std::move(builder).finish();
}

void repair(Dataset& dataset, const std::vector<InvalidFeature>& invalid) {
    Repaired repaired = repair_invalid(dataset.geometry, invalid);
    const Ground ground(dataset.crs);
    dataset.repairs.originals = features_of(dataset.geometry, repaired.list);
    for (const auto& [feature, reason, at, mended] : repaired.list)
        dataset.repairs.list.push_back({feature, reason, at, ground.area(dataset.geometry, feature),
                                        ground.area(repaired.geometry, feature), mended});
    dataset.geometry = std::move(repaired.geometry);
}

}  // namespace

void check_geometry(Dataset& dataset, const Place& where, bool repair_rings) {
    if (!dataset.has_geometry()) return;
    const std::vector<InvalidFeature> invalid = find_invalid(dataset.geometry);
    if (repair_rings && !invalid.empty()) repair(dataset, invalid);
    for (Diagnostic& diagnostic : problem_diagnostics(dataset, find_shape_problems(dataset, invalid), where))
        dataset.diagnostics.push_back(std::move(diagnostic));
}

void check_codes(Dataset& dataset, const Place& where) {
    const std::string name = guess_code_column(dataset.table);
    if (name.empty()) return;
    const Column& codes = *dataset.table.find(name);
    Examples missing, duplicate;
    Place first_missing = where, first_duplicate = where;
    first_missing.field = first_duplicate.field = name;
    std::unordered_set<std::string> seen;
    for (std::size_t row = 0; row < codes.size(); ++row) {
        const std::string code = trim(codes.text(row));
        if (code.empty()) {
            const std::string called = name_of_row(dataset, row);
            if (missing.count() == 0) first_missing.row = static_cast<int64_t>(row) + 1;
            missing.add(called);
        } else if (!seen.insert(code).second) {
            if (duplicate.count() == 0) first_duplicate.row = static_cast<int64_t>(row) + 1;
            duplicate.add(code);
        }
    }
    if (missing.count() > 0)
        dataset.diagnostics.push_back(
            {DiagnosticKind::missing_code, Severity::warning, first_missing, missing.count(), missing.text()});
    if (duplicate.count() > 0)
        dataset.diagnostics.push_back(
            {DiagnosticKind::duplicate_code, Severity::warning, first_duplicate, duplicate.count(), duplicate.text()});
}

}  // namespace diaban
