// The colours of what is not data, for each theme; and what one derivation of a scene is given.
#pragma once

#include <vector>

#include "scene/derive.h"
#include "scene/points/crowd_view.h"

namespace diaban {

struct ThemeColours {
    Rgba background;  ///< of the map, where there is no data
    Rgba panel;       ///< cards of title, legend …
    Rgba panel_line;
    Rgba text;
    Rgba muted;
    Rgba tag;  ///< the card of a note that has to be seen
    Rgba tag_text;
    Rgba accent;  ///< selection
    Rgba hover;
    Rgba hover_casing;
};

[[nodiscard]] const ThemeColours& theme_colours(Theme theme);
/// Background layers are styled for light ground; on dark ground they step back.
[[nodiscard]] Rgba themed(Rgba colour, Theme theme, bool background);

/// A scene in the making.
struct ViewContext {
    const Workspace& workspace;
    const std::vector<LayerResultPtr>& layers;  ///< as many as the workspace's, in its order
    const MapRequest& request;
    const Frame& frame;
    /// The level of detail of each layer that is drawn as lines and areas; null for the others.
    std::vector<DetailPtr> details = {};
    /// How each layer's points are shown.
    std::vector<CrowdView> crowds = {};

    /// Markers where nothing else was decided.
    [[nodiscard]] CrowdingMode mode_of(std::size_t layer) const {
        return layer < crowds.size() ? crowds[layer].mode : CrowdingMode::markers;
    }
    [[nodiscard]] const ThemeColours& colours() const { return theme_colours(request.theme); }
};

}  // namespace diaban
