// One frame of the interface: takes the keys and dropped files in, and lays out menu bar, panels, map and status bar.
#pragma once

#include "ui/ui.h"

namespace diaban::ui {

/// Between ImGui::NewFrame() and ImGui::Render(). Everything that the window shows but the map's picture itself, which
/// is painted below it (map_canvas.h). The same call serves the window and the tests.
void draw_frame(Ui& ui);

/// Whether something moves by itself, so that the next frame has to come without any event: a toast, a text cursor, a
/// job's progress. Seconds until then; negative: never.
[[nodiscard]] double seconds_to_next_frame(Ui& ui);

// ── its parts, each drawing its own ImGui window ──
void menu_bar(Ui& ui, const ScreenRect& place);
void status_bar(Ui& ui, const ScreenRect& place);
/// The strip below the map: tabs of the drawer at the left, the year at the right.
void drawer_strip(Ui& ui, const ScreenRect& place);
/// Years that any layer has data for, ascending; empty when none has several.
[[nodiscard]] std::vector<int64_t> years(Session& session);

}  // namespace diaban::ui
