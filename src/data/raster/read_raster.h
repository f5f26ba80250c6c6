// A raster as a Dataset: its outline as the geometry, so that whatever asks where data lie, or in which CRS they are,
// need not know that it is one.
#pragma once

#include <filesystem>
#include <vector>

#include "data/raster/tile_address.h"
#include "data/read.h"

namespace diaban {

/// Whether GDAL takes it for a raster that it can read, or for a damaged one that is nothing else. Not asked of a path
/// that is not there.
[[nodiscard]] bool is_raster_file(const std::filesystem::path& path);

/// One dataset. `named`: the CRS that overrides the raster's; how a missing one is settled: data/places/settle_crs.h.
/// Errors (bad_input): as Raster::open(); a raster where none is wanted (ReadOptions::rasters).
[[nodiscard]] Expected<std::vector<DatasetPtr>> read_raster(const std::filesystem::path& path, const Crs& named,
                                                            const ReadOptions& options);

}  // namespace diaban
