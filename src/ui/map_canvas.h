// The map's part of the window: pointer and wheel become panning, zooming, picking and selecting; hover becomes a
// tooltip; the picture itself is painted below ImGui.
#pragma once

#include <string>

#include "ui/ui.h"

namespace diaban::ui {

/// The ImGui side, within draw_frame().
void map_canvas(Ui& ui, const ScreenRect& place);

/// The outline (of a point: a ring) of the feature under the pointer, over the map's picture and below its furniture.
void draw_hover(Ui& ui, const ScreenRect& place);

/// The OpenGL side: paints the scene of now into the framebuffer that is bound, at the map's place. `height` is the
/// framebuffer's, in device pixels. Needs ui.painter; does nothing without.
void paint_map(Ui& ui, int framebuffer_height);

/// What hovering says: the feature's name, and the value that its layer shows (with n/N for a rate); a line each.
[[nodiscard]] std::vector<std::string> hover_lines(Session& session, const Hover& hover);

}  // namespace diaban::ui
