#include "workspace/query_layers.h"

#include <algorithm>

namespace diaban {

namespace {

std::shared_ptr<const Features> join_features(const Layer& layer, const Datasets& datasets) {
    const auto base = datasets.find(layer.source);
    if (base == datasets.end() || base->second->is_raster()) return nullptr;
    auto features = std::make_shared<Features>(base->second);
    for (const Join& join : layer.joins)
        if (const auto table = datasets.find(join.source); table != datasets.end())
            // What does not match is told where the layer is derived.
            (void)features->join(to_spec(join, table->second));
    return features;
}

}  // namespace

QueryLayers query_layers(const Workspace& workspace, const FeaturesLookup& features) {
    QueryLayers layers{.list = {}, .time = workspace.time};
    for (const Layer& layer : workspace.layers) {
        auto seen = features(layer);
        if (seen && seen->base().is_raster()) continue;
        QueryLayer entry{.id = layer.id, .name = layer.name, .features = std::move(seen), .filter = layer.filter};
        if (const Source* source = workspace.find_source(layer.source)) {
            entry.file = source->path.filename().string();
            entry.date = source->date;
        }
        const auto files = workspace.files_behind(layer.source);
        entry.invented = std::ranges::any_of(files, [](const Source* source) { return source->invented; });
        layers.list.push_back(std::move(entry));
    }
    return layers;
}

QueryLayers query_layers(const Workspace& workspace, const Datasets& datasets) {
    return query_layers(workspace, [&](const Layer& layer) { return join_features(layer, datasets); });
}

}  // namespace diaban
