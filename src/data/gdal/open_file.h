// Opening a file through GDAL, and saying clearly why one cannot be opened.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/gdal/gdal_handles.h"

namespace diaban {

class MemoryFolder;

struct OpenFile {
    std::shared_ptr<MemoryFolder> memory;                      ///< where a repaired copy lies; outlives `handle`
    std::vector<std::unique_ptr<gdal::ThreadOption>> options;  ///< that reading needs; on the thread that opened it
    gdal::Dataset handle;
    std::filesystem::path path;
    std::string driver;       ///< "GPKG"
    Diagnostics diagnostics;  ///< what had to be made up for
};

/// For reading vectors. A Shapefile without its index (.shx) is read from a copy in memory with the index made anew.
/// GDAL's own paths ("/vsizip/…", "PG:…") are taken as they are. `messages`, which has to
/// be the innermost one alive, tells what the format's reader stumbled over.
[[nodiscard]] Expected<OpenFile> open_file(const std::filesystem::path& path, const gdal::Messages& messages);

/// What the file system says against a path, before GDAL is asked: missing, a folder, a pipe, unreadable, empty.
[[nodiscard]] Expected<void> check_path(const std::filesystem::path& path);

/// ".xlsx" of "SDD.XLSX".
[[nodiscard]] std::string lower_extension(const std::filesystem::path& path);

/// Fewer when the file is shorter or cannot be read.
[[nodiscard]] std::string first_bytes(const std::string& path, std::size_t count);

[[nodiscard]] tl::unexpected<Error> no_known_format(const Place& where);

/// The day of the file's last change (UTC), "2025-07-01"; empty when unknown.
[[nodiscard]] std::string modified_on(const std::filesystem::path& path);

}  // namespace diaban
