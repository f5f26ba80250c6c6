// `diaban info`: what is in files and everything that is wrong with it, in words or as JSON.
#pragma once

#include <filesystem>
#include <ostream>
#include <vector>

namespace diaban {

/// Describes data files and workspaces on `out`. Returns the exit code: 0, or that of the first file that cannot be
/// read, with its message on `err` and nothing on `out`. Layers of a workspace that cannot be opened are described as
/// such and are no failure.
///
/// JSON: {"files": [{"file", "driver", "layers": [{"name", "layer", "geometry", "features", "vertices", "crs",
/// "extent", "fields", "diagnostics"}]}, {"file", "workspace", "sources", "layers", "queries", "diagnostics"}]}. The
/// extent is west, south, east, north in degrees; what is unknown is null.
[[nodiscard]] int info_command(const std::vector<std::filesystem::path>& files, bool json, std::ostream& out,
                               std::ostream& err);

}  // namespace diaban
