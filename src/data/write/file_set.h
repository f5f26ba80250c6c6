// A Shapefile is several files that have to change together.
#pragma once

#include <filesystem>
#include <functional>

#include "base/error.h"

namespace diaban {

/// Lets `write` make the file of the same name in a folder of its own beside the target, and then puts it and whatever
/// lies beside it there in the place of the target and of all its companions (same name, other extension of a
/// Shapefile). On an error everything is as it was and nothing is left behind.
Expected<void> write_file_set(const std::filesystem::path& path,
                              const std::function<Expected<void>(const std::filesystem::path& temporary)>& write);

/// Whether both are parts of one Shapefile, or one file.
[[nodiscard]] bool belong_together(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace diaban
