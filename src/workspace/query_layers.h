// A workspace's layers as queries see them, and its saved queries carried out: a saved query that makes a dataset
// (coverage's gap, buffers, service areas, SQL, hits with columns) is a source like any other, and layers may refer to
// its id.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "query/answer.h"
#include "workspace/open.h"
#include "workspace/workspace.h"

namespace diaban {

/// How a layer's features (with its joins) are had, so that a cache can be used; null where its data are not there.
using FeaturesLookup = std::function<std::shared_ptr<const Features>(const Layer& layer)>;

/// In the workspace's order, rasters left out.
[[nodiscard]] QueryLayers query_layers(const Workspace& workspace, const FeaturesLookup& features);
/// Likewise, joined here and now.
[[nodiscard]] QueryLayers query_layers(const Workspace& workspace, const Datasets& datasets);

/// What a question makes: for FeatureQuery the hits with their columns, for CoverageQuery the gap (or what is
/// covered), else the shapes or the rows. Its name is the query's.
[[nodiscard]] Expected<DatasetPtr> carry_out(const SavedQuery& query, const QueryLayers& layers, QueryCache& cache,
                                             Progress& progress);

/// Ids of the layers that the question names, its conditions included.
[[nodiscard]] std::vector<std::string> layers_of(const Query& query);

}  // namespace diaban
