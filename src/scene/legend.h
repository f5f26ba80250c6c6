// The legend: what each visible layer's colours, marks, lines and circles mean.
#pragma once

#include "scene/block.h"

namespace diaban {

/// Round values for a nested-circle legend, largest first, none above `largest`: 1, 2 or 5 × 10^k.
[[nodiscard]] std::vector<double> circle_legend_values(double largest);

/// `crowds`: how points are shown in this view (ViewContext::crowds); empty: as in a view of everything. On a card, at
/// most `max_width` wide and `max_height` high: text shrinks first, then there are two columns where they fit into
/// `columns_width`, then the lowest layers are left out and counted. Empty when no visible layer is in the legend.
[[nodiscard]] Block make_legend(const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                                const MapRequest& request, double max_width, double max_height,
                                double columns_width = 0, const std::vector<CrowdView>& crowds = {});

}  // namespace diaban
