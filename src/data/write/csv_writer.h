// A table as comma-separated values: UTF-8, after RFC 4180.
#pragma once

#include <filesystem>

#include "base/progress.h"
#include "data/write/plan.h"

namespace diaban {

[[nodiscard]] Expected<void> write_csv(const std::filesystem::path& path, const std::filesystem::path& shown,
                                       const OutLayer& layer, bool byte_order_mark, Progress& progress);

}  // namespace diaban
