// Tools that draw on the map, as actions: clicks become points, points a measurement or a polygon, and what was drawn
// selects features and is kept for queries. No ImGui here; tools/draw_tools.h shows it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/earth/measured.h"
#include "ui/tools/map_places.h"
#include "ui/ui.h"

namespace diaban::ui {

// ── which tool does what ──
[[nodiscard]] bool measures(Tool tool);
[[nodiscard]] bool selects(Tool tool);       ///< by drawing
[[nodiscard]] bool takes_points(Tool tool);  ///< each click adds one, and a drag moves the map

struct HeldKeys {
    bool shift = false, alt = false, ctrl = false;
};
/// How what a drawing finds is combined with the selection. With a selecting tool Shift (or Ctrl) adds, Alt removes,
/// both look within, and without them it is as the buttons say. With another tool Shift and Alt say what is drawn, and
/// Ctrl adds.
[[nodiscard]] Combine combine_wanted(const Ui& ui, HeldKeys held);

/// Once a frame, before anything below: another workspace or tool ends what was begun.
void follow_drawing(Ui& ui);

// ── points ──
/// Where a click at the pointer would put its point: on the first one when that would close an outline, else on a
/// corner of the feature that is pointed at, else (and always with `free`) just there.
[[nodiscard]] Pixel snapped(Ui& ui, Pixel at, bool free);
/// Begins anew when the last drawing is done. Nothing where the map shows no place of the earth. A click on the first
/// point of an outline finishes it, and so does a bearing's second point.
void add_point(Ui& ui, Pixel at, Combine how);
void take_back_point(Ui& ui);
/// Of a measurement: no more points come. Of a polygon: features in it are selected.
void finish_points(Ui& ui, Combine how);
/// Whether points were begun that can be finished or taken back.
[[nodiscard]] bool drawing(const Ui& ui);

// ── dragged shapes: each selects, and is kept ──
void finish_box(Ui& ui, const PixelBox& box, Combine how);
void finish_lasso(Ui& ui, const std::vector<Pixel>& path, Combine how);
void finish_circle(Ui& ui, Pixel centre, Pixel edge, Combine how);

/// What Esc takes away first: points, else the outline of what was drawn last while its tool is on. False: neither.
bool clear_drawing(Ui& ui);

// ── what was measured ──
/// The points, and where the next one would be.
[[nodiscard]] MeasuredPath measured_path(const MeasureState& state, std::optional<Point> next);
[[nodiscard]] MeasuredArea measured_area(const MeasureState& state, std::optional<Point> next);
/// To be copied; empty: nothing was measured.
[[nodiscard]] std::string measured_words(const Ui& ui);

}  // namespace diaban::ui
