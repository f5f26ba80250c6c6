// `diaban render`: draws a workspace or data files into a picture, without a window.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "geo/geometry.h"
#include "style/style.h"

namespace diaban {

struct RenderOptions {
    std::vector<std::filesystem::path> files;  ///< one workspace, or data files
    std::filesystem::path output;              ///< *.png
    int width = 1600, height = 1000;           ///< logical pixels
    double scale = 1;                          ///< device pixels a logical pixel: the picture is width × scale wide
    std::optional<Box> bbox;                   ///< degrees: west, south, east, north; the view's extent otherwise
    std::vector<std::string> layers;     ///< only these are visible, by id or name; empty: as the workspace has it
    std::optional<int64_t> time;         ///< the year shown
    std::optional<CrowdingMode> points;  ///< how points are shown, whatever the workspace says
    bool dark = false;
    bool presentation = false;  ///< title and legend that can be read across a room
    bool title = true;
    bool legend = true;
    bool labels = true;
    bool bare = false;  ///< none of these, nor anything else that is not the map
    bool json = false;
    bool timings = false;  ///< says on `err` which stage took how long
};

/// Writes the picture and says so on `out`: "map.png 1600×1000, 54 features", or as JSON {"file", "width", "height",
/// "features", "layers", "unlabelled"}. Returns the exit code: 0; 2 for a format, a layer or a year that there is not;
/// 3 for files that cannot be read, a layer of a workspace among them; 4 for a failure of ours. On a failure nothing is
/// written but one message on `err`.
[[nodiscard]] int render_command(const RenderOptions& options, std::ostream& out, std::ostream& err);

}  // namespace diaban
