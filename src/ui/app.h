// The window: GLFW, Dear ImGui, the map and the panels.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"

namespace diaban::ui {

struct WindowOptions {
    std::vector<std::filesystem::path> files;
    int width = 1440;
    int height = 900;
    bool dark = false;
    bool presentation = false;
    /// Where frames slower than `slow_milliseconds` are written (trace_json()); empty: nowhere.
    std::filesystem::path trace;
    double slow_milliseconds = 50;
};

/// Opens the window, and returns when it is closed: 0, or an error when no window could be had (no display).
[[nodiscard]] Expected<int> run_window(const WindowOptions& options);

}  // namespace diaban::ui
