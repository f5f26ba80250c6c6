// How the map's tools look: over the map's picture, and in a bar on it while a tool is on.
#pragma once

#include <optional>

#include "ui/ui.h"

namespace diaban::ui {

/// What is measured or being drawn, the outline of what was drawn last, and the pointer's cross. `pointer`: where the
/// next point would be, while the pointer is over the map.
void draw_tools(Ui& ui, const ScreenRect& place, std::optional<Pixel> pointer);

/// What the tool does with what it finds, or which measurement it makes; what it found; what to do. Nothing while the
/// map is only moved.
void tool_bar(Ui& ui, const ScreenRect& place, std::optional<Pixel> pointer);

/// To the clipboard, as text.
void copy_measured(const Ui& ui);

}  // namespace diaban::ui
