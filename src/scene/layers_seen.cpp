#include "scene/layers_seen.h"

#include <algorithm>

#include "base/i18n.h"
#include "query/answer.h"
#include "workspace/query_layers.h"

namespace diaban {

namespace {

DatasetPtr find_dataset(const Datasets& datasets, const std::string& id) {
    const auto found = datasets.find(id);
    return found == datasets.end() ? nullptr : found->second;
}

JoinedFeatures join_features(const Layer& layer, const FeaturesKey& key) {
    JoinedFeatures out;
    auto features = std::make_shared<Features>(key.base);
    out.source_dates[layer.source] = key.base->from.modified;
    for (const JoinSpec& join : key.joins) {
        if (join.table == nullptr) {
            Diagnostic missing{.kind = DiagnosticKind::other, .severity = Severity::error};
            missing.where.layer = layer.name;
            missing.detail = std::string(tr("The joined table is not available:")) + " " + join.name;
            out.diagnostics.push_back(std::move(missing));
            continue;
        }
        out.source_dates[join.name] = join.table->from.modified;
        auto joined = features->join(join);
        if (!joined) {
            out.diagnostics.push_back(layer_trouble(joined.error(), layer.name));
            continue;
        }
        out.diagnostics.insert(out.diagnostics.end(), joined->begin(), joined->end());
    }
    out.features = std::move(features);
    return out;
}

/// Whether the filter or a column of any layer speaks of a layer.
bool any_looks_around(const Workspace& workspace) {
    return std::ranges::any_of(workspace.layers, [](const Layer& layer) {
        return (!layer.filter.empty() || !layer.columns.empty()) && !layers_of(layer).empty();
    });
}

CalculatedFeatures calculate(const Layer& layer, const CalculatedKey& key, const LayersSeen& seen,
                             const Workspace& workspace, QueryCache& queries) {
    Progress progress;
    auto features = calculate_columns(layer, seen.with(layer, workspace), queries, progress);
    if (features) return {std::move(*features), {}};
    return {key.features, features.error()};
}

void calculate_all(LayersSeen& seen, const Workspace& workspace, DeriveCache::Entries& cache) {
    for (const Layer* layer : calculation_order(workspace)) {
        const auto joined = seen.joined.find(layer->id);
        if (joined == seen.joined.end()) continue;
        std::shared_ptr<const Features>& features = joined->second.features;
        const CalculatedKey key{layer->id, features, layer->columns, features->time_index(workspace.time),
                                seen.seen_by(*layer, workspace)};
        const CalculatedFeatures calculated =
            cache.calculated.get(key, [&] { return calculate(*layer, key, seen, workspace, *cache.queries); });
        features = calculated.features;
        joined->second.not_calculated = calculated.error;
        const auto entry = std::ranges::find(seen.layers.list, layer->id, &QueryLayer::id);
        if (entry != seen.layers.list.end()) entry->features = features;
    }
}

}  // namespace

Diagnostic layer_trouble(const Error& error, const std::string& layer_name) {
    Error placed = error;
    Diagnostic out{.kind = DiagnosticKind::other, .severity = Severity::error, .where = error.where};
    out.where.layer = layer_name;
    placed.where = {};
    out.detail = to_text(placed);
    return out;
}

std::vector<SeenLayer> LayersSeen::seen_by(const Layer& layer, const Workspace& workspace) const {
    std::vector<SeenLayer> seen;
    if (layers.list.empty()) return seen;
    const std::vector<std::string> names = layers_of(layer);
    if (names.empty()) return seen;
    for (const Layer* other : layers_behind(workspace, names)) {
        const auto joined_other = joined.find(other->id);
        const auto features = joined_other == joined.end() ? nullptr : joined_other->second.features;
        seen.push_back(
            {other->id, other->name, other->filter, features, features ? features->time_index(workspace.time) : 0});
    }
    return seen;
}

QueryLayers LayersSeen::with(const Layer& layer, const Workspace& workspace) const {
    if (!layers.list.empty()) return layers;
    QueryLayers alone{.list = {}, .time = workspace.time};
    const auto own = joined.find(layer.id);
    if (own != joined.end())
        alone.list.push_back(
            {.id = layer.id, .name = layer.name, .features = own->second.features, .filter = layer.filter});
    return alone;
}

LayersSeen see_layers(const Workspace& workspace, const Datasets& datasets, DeriveCache::Entries& cache) {
    LayersSeen seen;
    for (const Layer& layer : workspace.layers) {
        FeaturesKey key{find_dataset(datasets, layer.source), {}};
        if (key.base == nullptr || key.base->is_raster()) continue;
        for (const Join& join : layer.joins)
            key.joins.push_back(to_spec(join, find_dataset(datasets, join.source)));
        // A copy: making one entry may push another out of the cache.
        seen.joined[layer.id] = cache.features.get(key, [&] { return join_features(layer, key); });
    }
    if (any_looks_around(workspace))
        seen.layers = query_layers(workspace, [&](const Layer& layer) -> std::shared_ptr<const Features> {
            const auto joined = seen.joined.find(layer.id);
            return joined == seen.joined.end() ? nullptr : joined->second.features;
        });
    calculate_all(seen, workspace, cache);
    return seen;
}

}  // namespace diaban
