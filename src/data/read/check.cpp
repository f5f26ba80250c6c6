// What is wrong with what was read, without changing it.
#include <fmt/format.h>

#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "data/examples.h"
#include "data/read/read_layer.h"
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

void check_geometry(Dataset& dataset, const Place& where) {
    if (!dataset.has_geometry()) return;
    Examples missing;
    for (uint32_t feature = 0; feature < dataset.geometry.feature_count(); ++feature)
        if (!dataset.geometry.has_geometry(feature)) missing.add(name_of_row(dataset, feature));
    if (missing.count() > 0)
        dataset.diagnostics.push_back(
            {DiagnosticKind::missing_geometry, Severity::warning, where, missing.count(), missing.text()});

    Examples invalid;
    for (const InvalidFeature& feature : find_invalid(dataset.geometry))
        invalid.add(fmt::format("{} ({})", name_of_row(dataset, feature.feature), feature.reason));
    if (invalid.count() > 0)
        dataset.diagnostics.push_back(
            {DiagnosticKind::invalid_ring, Severity::warning, where, invalid.count(), invalid.text()});
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
