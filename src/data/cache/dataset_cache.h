// What was read from a file, kept for the next time: by the file's content, not by its name or date.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/cache_folder.h"
#include "data/read.h"

namespace diaban {

/// Whether a file of that size may have been kept: found out sooner than its name.
[[nodiscard]] bool may_be_in_cache(const CacheFolder& cache, const std::filesystem::path& path);

/// What a reading depends on, as a name for the cache: the content of the file and of those beside it with the same
/// stem (a shapefile's, a database's journal), and what was asked for. Nothing for what is not worth keeping: small
/// files, databases, readings that rest on decisions.
[[nodiscard]] std::optional<std::string> cache_name(const std::filesystem::path& path, const ReadOptions& options);

/// The name of one of the datasets of a reading (Dataset::content).
[[nodiscard]] std::string content_name(const std::string& name, std::size_t index, std::size_t count);

/// What was kept under a name, as it would be read from `path` now; nothing when it is not all there.
[[nodiscard]] std::optional<std::vector<DatasetPtr>> find_in_cache(const CacheFolder& cache, const std::string& name,
                                                                   const std::filesystem::path& path);

/// Keeps a dataset that read() has given a name (Dataset::content), unless it is there. One that is checked takes the
/// place of what it was before.
void keep_in_cache(const CacheFolder& cache, const Dataset& dataset);

}  // namespace diaban
