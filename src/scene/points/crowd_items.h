// Crowded points in the scene: how each layer's are shown in this view, and what is drawn for it.
#pragma once

#include <vector>

#include "scene/cache_entries.h"
#include "scene/theme_colours.h"

namespace diaban {

/// One a layer, in the workspace's order (ViewContext::crowds). `to_degrees` is the map CRS's.
[[nodiscard]] std::vector<CrowdView> choose_crowds(const Workspace& workspace,
                                                   const std::vector<LayerResultPtr>& layers, const Frame& frame,
                                                   const std::optional<Transform>& to_degrees,
                                                   DeriveCache::Entries& cache);

/// A layer's clusters and lone points, or its surface. Only for a layer whose mode is not markers.
void add_crowd(const ViewContext& view, std::size_t layer, std::vector<MapItem>& out);

/// The same for some of its features: clusters that hold any, and lone points. Each is a symbol as it is drawn.
[[nodiscard]] std::vector<Symbol> crowd_symbols_of(const ViewContext& view, std::size_t layer,
                                                   const std::vector<uint32_t>& features);

/// The numbers on all clusters, in pixels.
void add_cluster_texts(const ViewContext& view, std::vector<PixelItem>& out);

/// The features of a layer that may have a label: those in view that are shown as themselves, ascending. Of markers,
/// none where more than `most_labelled` are in view: nobody could tell whose name is whose.
[[nodiscard]] std::vector<uint32_t> features_to_label(const ViewContext& view, std::size_t layer);
constexpr std::size_t most_labelled = 20'000;

}  // namespace diaban
