// A workspace's layers as queries see them, and its saved queries carried out: a saved query that makes a dataset
// (coverage's gap, buffers, service areas, SQL, hits with columns) is a source like any other, and layers may refer to
// its id. Layers look at each other in their filters and calculated columns, and so a source made by a query hangs on
// the sources of all layers that it looks at.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "query/answer.h"
#include "workspace/open.h"
#include "workspace/workspace.h"

namespace diaban {

// ── who looks at whom ──

/// Names of the layers that the question speaks of, its conditions included: as they are written, each once; none of a
/// text that cannot be understood. Of SQL every name in it, since a table's may be among them.
[[nodiscard]] std::vector<std::string> layers_of(const Query& query);
/// Likewise those of a layer's filter and calculated columns.
[[nodiscard]] std::vector<std::string> layers_of(const Layer& layer);

/// By id, else by name (fold()ed), as QueryLayers::require(); null when there is none.
[[nodiscard]] const Layer* find_layer_called(const Workspace& workspace, std::string_view id_or_name);

/// The layers of these names and all that they look at, theirs included, each once; in the workspace's order.
[[nodiscard]] std::vector<const Layer*> layers_behind(const Workspace& workspace,
                                                      const std::vector<std::string>& names);

/// The layers with calculated columns, each after those that its columns look at, so that these have theirs; of layers
/// that look at each other in a circle one is first, and sees the other without its calculated columns.
[[nodiscard]] std::vector<const Layer*> calculation_order(const Workspace& workspace);

// ── layers as queries see them ──

/// How a layer's features (with its joins) are had, so that a cache can be used; null where its data are not there.
using FeaturesLookup = std::function<std::shared_ptr<const Features>(const Layer& layer)>;

/// In the workspace's order, rasters left out.
[[nodiscard]] QueryLayers query_layers(const Workspace& workspace, const FeaturesLookup& features);
/// Likewise, joined and calculated here and now; only `wanted` layers get their features (null: all of them). Layers
/// whose columns cannot be calculated are seen without them; `notes` gets why. Errors: cancelled.
[[nodiscard]] Expected<QueryLayers> query_layers(const Workspace& workspace, const Datasets& datasets,
                                                 const std::vector<const Layer*>* wanted, QueryCache& cache,
                                                 Progress& progress, Diagnostics* notes = nullptr);

/// The prefix of calculated columns: "query.sanitation".
inline constexpr std::string_view calculated_prefix = "query";

/// The layer's features with its calculated columns, each of which may use those before it. `layers` holds the layer
/// and what it looks at. Errors: those of parse_sum() and calculate(), naming the column.
[[nodiscard]] Expected<std::shared_ptr<const Features>> calculate_columns(const Layer& layer, QueryLayers layers,
                                                                          QueryCache& cache, Progress& progress);

// ── saved queries carried out ──

/// What a question makes: for FeatureQuery the hits with their columns, for CoverageQuery the gap (or what is
/// covered), else the shapes or the rows. Its name is the query's. Asked at the query's own time, if it has one.
[[nodiscard]] Expected<DatasetPtr> carry_out(const SavedQuery& query, const QueryLayers& layers, QueryCache& cache,
                                             Progress& progress);

/// The saved queries that some layer, or a join of one, takes as its source, each after those whose data it needs.
/// Those that need their own data are left out; `circles` names the way round.
struct SourceQueries {
    std::vector<const SavedQuery*> in_order;
    std::vector<std::pair<const SavedQuery*, std::string>> circles;
};
[[nodiscard]] SourceQueries source_queries(const Workspace& workspace);

/// All that the data made by a query hang on: equal inputs, equal data.
struct QueryInputs {
    SavedQuery query;
    std::optional<int64_t> time;
    std::vector<Layer> layers;         ///< what it looks at, without how that is drawn
    std::vector<DatasetPtr> datasets;  ///< of their sources and joins, in their order; null: not there
    bool operator==(const QueryInputs&) const = default;
};
[[nodiscard]] QueryInputs inputs_of(const SavedQuery& query, const Workspace& workspace, const Datasets& datasets);

/// carry_out() over a workspace: only the layers that the query looks at are joined and calculated.
[[nodiscard]] Expected<DatasetPtr> carry_out(const SavedQuery& query, const Workspace& workspace,
                                             const Datasets& datasets, QueryCache& cache, Progress& progress);

}  // namespace diaban
