#include "workspace/failure.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"
#include "workspace/query_layers.h"

namespace diaban {

std::string layers_that_need(const Workspace& workspace, const std::string& source) {
    std::string names;
    for (const Layer& layer : workspace.layers) {
        const bool joins = std::any_of(layer.joins.begin(), layer.joins.end(),
                                       [&](const Join& join) { return join.source == source; });
        if (layer.source != source && !joins) continue;
        if (!names.empty()) names += ", ";
        names += layer.name;
    }
    return names;
}

std::string without_place(const Error& error) {
    if (error.remedy.empty()) return error.what;
    std::string remedy = error.remedy;
    if (remedy.back() == '.') remedy.pop_back();
    return fmt::format("{} ({})", error.what, remedy);
}

Diagnostic layer_failure(const std::string& file, const std::string& layers, std::string detail) {
    return {DiagnosticKind::layer_failed,
            Severity::error,
            {.file = file, .layer = layers, .field = {}, .row = {}},
            1,
            std::move(detail)};
}

Diagnostic query_failure(const Workspace& workspace, const SavedQuery& query, const Error& error) {
    return layer_failure(error.where.file, layers_that_need(workspace, query.id),
                         fmt::format("{}: {}", query.name, without_place(error)));
}

Diagnostics circle_failures(const Workspace& workspace) {
    Diagnostics failures;
    for (const auto& [query, round] : source_queries(workspace).circles)
        failures.push_back(layer_failure(
            {}, layers_that_need(workspace, query->id),
            fmt::format(fmt::runtime(tr("the query “{}” needs its own answer: {}")), query->name, round)));
    return failures;
}

}  // namespace diaban
