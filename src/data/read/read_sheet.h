// Spreadsheets and text tables as Datasets.
#pragma once

#include <filesystem>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "data/read.h"

namespace diaban {

/// Whether read_sheets() rather than GDAL is to read it: by its extension, unless it is a text file with a column of
/// well-known text (called "WKT") or with its types in a .csvt beside it, which GDAL makes geometry and types of.
[[nodiscard]] bool reads_as_sheet(const std::filesystem::path& path);

/// A Dataset for each worksheet, those without a row too; as read() promises. Only the one called `options.layer` where
/// that is not empty. Errors: those of read_sheets(), no such layer.
[[nodiscard]] Expected<std::vector<Dataset>> read_sheet_file(const std::filesystem::path& path,
                                                             const ReadOptions& options, Progress& progress);

/// The error for a layer that is not there, with the nearest name.
[[nodiscard]] tl::unexpected<Error> no_such_layer(const std::string& path, const std::string& asked,
                                                  const std::vector<std::string>& names);

}  // namespace diaban
