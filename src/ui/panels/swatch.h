// A layer's style in the size of an icon: for the list of layers.
#pragma once

#include <imgui.h>

#include "scene/derive.h"

namespace diaban::ui {

/// Draws into the box from `from` to `to` of the current window what `layer` looks like, given what was derived of it
/// (null or without features: an empty box).
void draw_swatch(const Layer& layer, const LayerResultPtr& result, ImVec2 from, ImVec2 to);
/// A marker's shape around `centre`, simplified to what ImGui can draw.
void draw_marker(MarkerShape shape, ImVec2 centre, float radius, Rgba fill, Rgba outline);

}  // namespace diaban::ui
