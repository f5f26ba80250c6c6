// How a subcommand joins the command line: its words for CLI11, and what runs once they are parsed.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "geo/geometry.h"

namespace CLI {
class App;
}

namespace diaban {

struct Subcommand {
    CLI::App* app = nullptr;   ///< true when its name was given
    std::function<int()> run;  ///< returns the exit code; writes to standard output and error
};

[[nodiscard]] Subcommand add_info(CLI::App& app);
[[nodiscard]] Subcommand add_render(CLI::App& app);
[[nodiscard]] Subcommand add_import(CLI::App& app);
[[nodiscard]] Subcommand add_join(CLI::App& app);
[[nodiscard]] Subcommand add_crosswalk(CLI::App& app);
[[nodiscard]] Subcommand add_query(CLI::App& app);
[[nodiscard]] Subcommand add_measure(CLI::App& app);

// ── what several share; what is wrong with a word is thrown as CLI11's ValidationError ──
struct PixelSize {
    int width = 0;
    int height = 0;
};
/// "1920x1080".
[[nodiscard]] PixelSize parse_size(const std::string& text);
/// West, south, east, north in degrees.
[[nodiscard]] Box parse_box(const char* option, const std::vector<double>& numbers);
[[nodiscard]] std::vector<std::filesystem::path> to_paths(const std::vector<std::string>& names);

}  // namespace diaban
