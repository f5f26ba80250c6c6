// The command line: everything that the window can do, without a window.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace diaban {

/// What the command line leaves to the window when no subcommand was given.
struct WindowRequest {
    std::vector<std::filesystem::path> files;
    int width = 1440;
    int height = 900;
    bool dark = false;
    bool presentation = false;
    std::filesystem::path trace;  ///< where slow frames are written; empty: nowhere
};

/// Runs a subcommand, or `open_window` when there is none. Exit codes: 0 done, 2 wrong usage, 3 bad input (nothing
/// written), 4 a failure of ours.
[[nodiscard]] int run_command_line(int argc, char** argv, const std::function<int(const WindowRequest&)>& open_window);

}  // namespace diaban
