// Layers written through GDAL.
#pragma once

#include <filesystem>
#include <span>

#include "base/progress.h"
#include "data/write/format.h"
#include "data/write/plan.h"

namespace diaban {

/// Makes the file `path` (for a Shapefile, its files beside it), which must not exist; `shown` is what errors call it.
/// On an error what was written so far stays for the caller to remove.
[[nodiscard]] Expected<void> write_with_gdal(const std::filesystem::path& path, const std::filesystem::path& shown,
                                             const FormatRules& rules, std::span<const OutLayer> layers,
                                             Progress& progress);

}  // namespace diaban
