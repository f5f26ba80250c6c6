// The layers of a workspace with their features, before filters and styles: what the filter and the calculated columns
// of each see of the others, and by what their results are remembered.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "query/layers.h"
#include "scene/cache_entries.h"

namespace diaban {

struct LayersSeen {
    std::map<std::string, JoinedFeatures> joined;  ///< by layer id; without rasters and what could not be read
    QueryLayers layers;                            ///< filled only where some layer looks at another

    /// What the result of a filter or a column hangs on besides its own layer. Empty where it looks at no other.
    [[nodiscard]] std::vector<SeenLayer> seen_by(const Layer& layer, const Workspace& workspace) const;
    /// As queries see the layer and, where it matters, the others.
    [[nodiscard]] QueryLayers with(const Layer& layer, const Workspace& workspace) const;
};

/// Joined and calculated, as far as that is not remembered.
[[nodiscard]] LayersSeen see_layers(const Workspace& workspace, const Datasets& datasets, DeriveCache::Entries& cache);

[[nodiscard]] Diagnostic layer_trouble(const Error& error, const std::string& layer_name);

}  // namespace diaban
