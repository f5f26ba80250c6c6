// What every panel is given: the session, the map view, and the state that belongs to the window rather than the
// workspace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ui/map_view.h"
#include "ui/panels/panel_state.h"
#include "ui/session.h"
#include "ui/theme.h"

namespace diaban {
class Painter;
}

namespace diaban::ui {

/// A part of the window in ImGui units (window coordinates), origin top left.
struct ScreenRect {
    float x = 0, y = 0, width = 0, height = 0;
};

/// Sizes that the splitters set, in logical pixels, and where things came to lie in the frame being drawn.
struct LayoutState {
    double left_width = 264;
    double right_width = 316;
    double drawer_height = 232;
    ScreenRect map;  ///< of this frame; toasts and hints are placed by it
};

/// A key as GLFW names it (GLFW_KEY_*), with what was held.
struct KeyPress {
    int key = 0;
    bool ctrl = false, shift = false, alt = false;
};

/// What a drag on the map is doing. Pixels are logical, relative to the map's top left.
struct MapGesture {
    enum class Kind { none, press, pan, box, lasso, circle };
    Kind kind = Kind::none;
    Kind wanted = Kind::none;  ///< what a press becomes once it has moved
    Pixel start;
    Pixel last;
    std::vector<Pixel> path;  ///< of a lasso
};

struct Ui {
    Session session;
    MapView map;
    Theme theme = Theme::light;
    float scale = 1;                   ///< logical → ImGui units: the monitor's content scale × the user's text size
    double pixel_ratio = 1;            ///< device pixels an ImGui unit (a framebuffer larger than its window)
    Mode mode = Mode::explore;         ///< present hides everything but the map
    Mode mode_before = Mode::explore;  ///< where leaving the presentation leads
    Tool tool = Tool::pan;
    bool labels = true;
    PanelState panels;  ///< which drawers are open, what is typed in their fields
    LayoutState layout;
    MapGesture gesture;
    std::vector<KeyPress> keys;                  ///< pressed since the last frame; draw_frame() takes them
    std::vector<KeyPress> pressed;               ///< in this frame: what dialogs act on, however short the press
    std::vector<std::filesystem::path> dropped;  ///< files dropped on the window; draw_frame() takes them
    Painter* painter = nullptr;  ///< the window's, with its context current; null where nothing is painted
    uint64_t painted = 0;        ///< which scene (MapView::derived) the painter painted last, 0 for none
    bool wants_quit = false;
    bool always_traced = false;          ///< frames are traced whether the overlay shows them or not
    std::optional<Theme> applied_theme;  ///< that ImGui's style has now; draw_frame() keeps it up to date
    float applied_scale = 0;

    /// What the map's picture holds besides the map, in the current mode.
    [[nodiscard]] Furniture furniture() const;
};

}  // namespace diaban::ui
