// The map on screen as a file.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "ui/ui.h"

namespace diaban::ui {

/// Draws what the map shows now, `scale` times as large (1 to 8, the picture's content stays the same), with its
/// sources stated and nothing hovered, and writes it as PNG. Needs ui.painter and its context current. Errors: no
/// painter (failure), what drawing and writing say.
Expected<void> save_picture(Ui& ui, const std::filesystem::path& path, double scale);

}  // namespace diaban::ui
