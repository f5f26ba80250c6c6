// Saved queries carried out: what makes their data, and what these hang on.
#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"
#include "data/sql/sql_console.h"
#include "query/areas.h"
#include "query/coverage.h"
#include "workspace/in_order.h"
#include "workspace/query_layers.h"

namespace diaban {

namespace {

/// The saved queries whose data these layers show or join, each once.
std::vector<const SavedQuery*> queries_under(const Workspace& workspace, const std::vector<const Layer*>& layers) {
    std::vector<const SavedQuery*> queries;
    const auto add = [&](const std::string& source) {
        const SavedQuery* query = workspace.find_query(source);
        if (query != nullptr && std::ranges::find(queries, query) == queries.end()) queries.push_back(query);
    };
    for (const Layer* layer : layers) {
        add(layer->source);
        for (const Join& join : layer->joins)
            add(join.source);
    }
    return queries;
}

struct CarryOut {
    const QueryLayers& layers;
    QueryCache& cache;
    Progress& progress;

    Expected<DatasetPtr> operator()(const FeatureQuery& query) const {
        auto answer = ask(query, layers, cache, progress);
        if (!answer) return tl::make_unexpected(answer.error());
        return with_notes(to_dataset(*answer, layers), answer->notes);
    }
    Expected<DatasetPtr> operator()(const CoverageQuery& query) const {
        const auto basis = coverage_basis(query, layers, cache, progress);
        if (!basis) return tl::make_unexpected(basis.error());
        const CoverageAnswer coverage = covered_within(**basis, query.reach.metres());
        return with_notes(gap_dataset(query, coverage, **basis, layers), (*basis)->notes);
    }
    Expected<DatasetPtr> operator()(const BufferQuery& query) const {
        return buffer_dataset(query, layers, cache, progress);
    }
    Expected<DatasetPtr> operator()(const ServiceAreaQuery& query) const {
        return service_area_dataset(query, layers, cache, progress);
    }
    Expected<DatasetPtr> operator()(const SqlQuery& query) const {
        std::vector<SqlTable> tables;
        for (const QueryLayer& layer : layers.list)
            if (layer.features) tables.push_back({layer.id, layer.features, layer.features->time_index(layers.time)});
        return run_sql(query.sql, tables, {}, progress);
    }

private:
    /// What was passed over belongs to what came out of it.
    static DatasetPtr with_notes(DatasetPtr made, const Diagnostics& notes) {
        const bool there = std::ranges::all_of(notes, [&](const Diagnostic& note) {
            return std::ranges::find(made->diagnostics, note) != made->diagnostics.end();
        });
        if (there) return made;
        Dataset told = *made;
        for (const Diagnostic& note : notes)
            if (std::ranges::find(told.diagnostics, note) == told.diagnostics.end()) told.diagnostics.push_back(note);
        return std::make_shared<const Dataset>(std::move(told));
    }
};

/// What of a layer its features hang on.
Layer without_looks(const Layer& layer) {
    Layer bare;
    bare.id = layer.id;
    bare.name = layer.name;
    bare.source = layer.source;
    bare.joins = layer.joins;
    bare.filter = layer.filter;
    bare.columns = layer.columns;
    return bare;
}

}  // namespace

SourceQueries source_queries(const Workspace& workspace) {
    SourceQueries result;
    if (workspace.queries.empty()) return result;
    std::vector<const Layer*> all;
    for (const Layer& layer : workspace.layers)
        all.push_back(&layer);
    const auto needs = [&](const SavedQuery& query) {
        return queries_under(workspace, layers_behind(workspace, layers_of(query.ask)));
    };
    auto ordered = in_order(queries_under(workspace, all), needs, [](const SavedQuery& query) { return query.name; });
    result.circles = std::move(ordered.circles);
    result.in_order = std::move(ordered.order);
    std::erase_if(result.in_order, [&](const SavedQuery* query) {
        return std::ranges::any_of(result.circles, [&](const auto& circle) { return circle.first == query; });
    });
    return result;
}

QueryInputs inputs_of(const SavedQuery& query, const Workspace& workspace, const Datasets& datasets) {
    QueryInputs inputs{query, query.time ? query.time : workspace.time, {}, {}};
    const auto add = [&](const std::string& source) {
        const auto it = datasets.find(source);
        inputs.datasets.push_back(it == datasets.end() ? nullptr : it->second);
    };
    // Whatever their order on the map.
    auto behind = layers_behind(workspace, layers_of(query.ask));
    std::ranges::sort(behind, {}, [](const Layer* layer) { return layer->id; });
    for (const Layer* layer : behind) {
        inputs.layers.push_back(without_looks(*layer));
        add(layer->source);
        for (const Join& join : layer->joins)
            add(join.source);
    }
    return inputs;
}

Expected<DatasetPtr> carry_out(const SavedQuery& query, const QueryLayers& layers, QueryCache& cache,
                               Progress& progress) {
    QueryLayers seen;
    if (query.time) {
        seen = layers;
        seen.time = query.time;
    }
    auto made = std::visit(CarryOut{query.time ? seen : layers, cache, progress}, query.ask);
    if (!made) return made;
    Dataset named = **made;
    if (!query.name.empty()) named.name = query.name;
    return std::make_shared<const Dataset>(std::move(named));
}

Expected<DatasetPtr> carry_out(const SavedQuery& query, const Workspace& workspace, const Datasets& datasets,
                               QueryCache& cache, Progress& progress) {
    const auto behind = layers_behind(workspace, layers_of(query.ask));
    const Workspace* at = &workspace;
    Workspace then;
    // Calculated columns are of that time too.
    if (query.time && query.time != workspace.time) {
        then = workspace;
        then.time = query.time;
        at = &then;
    }
    std::vector<const Layer*> wanted;
    for (const Layer* layer : behind)
        wanted.push_back(at->find_layer(layer->id));
    auto layers = query_layers(*at, datasets, &wanted, cache, progress);
    if (!layers) return tl::make_unexpected(layers.error());
    return carry_out(query, *layers, cache, progress);
}

}  // namespace diaban
