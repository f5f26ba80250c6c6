// What is drawn on the map for the visible layers and, over them, for hover and selection.
#pragma once

#include <vector>

#include "scene/cache_entries.h"
#include "scene/theme_colours.h"

namespace diaban {

/// Over a classified fill, on features whose value rests in part on an assumption; in the legend alike.
inline constexpr Hatch assumed_hatch{.colour = {40, 40, 40, 120}, .width = Pixels(0.9), .spacing = Pixels(5)};

/// Bottom first; symbols outside the frame are left out.
[[nodiscard]] std::vector<MapItem> make_map_items(const ViewContext& view, DeriveCache::Entries& cache);

/// What ViewContext::details holds; `unfinished` is set when something better is being made (MapRequest::maker).
[[nodiscard]] std::vector<DetailPtr> choose_details(const Workspace& workspace,
                                                    const std::vector<LayerResultPtr>& layers,
                                                    const MapRequest& request, const Frame& frame, bool& unfinished);

/// The colour of a feature by its layer's fill: transparent where not shown, `no_data` where it has no class.
[[nodiscard]] Rgba feature_colour(const Layer& layer, const LayerResult& result, uint32_t feature);

/// What the fills show at a place, over the map's background; hatches, lines and symbols are not looked at.
[[nodiscard]] Rgba ground_colour(const ViewContext& view, Point at);

/// Radius of a proportional circle: its area is in proportion to the value. 0 for what is not above 0.
[[nodiscard]] double circle_radius(double value, double largest, double max_radius);

}  // namespace diaban
