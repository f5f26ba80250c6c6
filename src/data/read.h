// The one door through which files come in: any vector format (GDAL), spreadsheets and text tables.
//
//     auto datasets = read("communes.gpkg", {}, progress);   // one Dataset a layer (and a kind of geometry)
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/cache_folder.h"
#include "base/progress.h"
#include "data/dataset.h"
#include "data/import_options.h"

namespace diaban {

struct LayerInfo {
    std::string name;
    int64_t feature_count = 0;
    std::string geometry;  ///< GDAL's word: "Multi Polygon", "None", "Unknown (any)"
    std::string crs;       ///< name and code, empty when unknown
};

struct FileInfo {
    std::string driver;
    std::vector<LayerInfo> layers;
};

/// What is in a file, without reading features; spreadsheets and text tables are read for it.
[[nodiscard]] Expected<FileInfo> inspect(const std::filesystem::path& path);

struct ReadOptions {
    std::string layer;           ///< only this one; empty: all
    std::string crs;             ///< overrides the file's
    bool check_geometry = true;  ///< find and repair invalid rings, find duplicates, empty shapes and slivers
    ImportOptions import;        ///< the user's decisions about its content
    /// Layers of more corners are left unchecked (Dataset::unchecked), so that they can be shown sooner.
    std::size_t most_corners_checked = static_cast<std::size_t>(-1);
    CacheFolderPtr cache;     ///< where readings are kept between runs; null: nowhere is looked
    std::optional<Box> near;  ///< degrees: where the data are expected, for proposing a CRS
    std::string password;     ///< of a database; never kept
    bool empty = false;       ///< a layer of shapes is welcome without rows, too, also alone: nothing lies in it
    bool rasters = false;     ///< a raster is wanted too (Dataset::raster), not only features: else it is an error
};

/// Every layer that can be read, in the file's order; a layer of mixed geometry gives one Dataset a kind, with a
/// diagnostic, and "#polygons", "#lines" or "#points" behind its name in Provenance::layer. Curves become lines, Z and
/// M are left out. Text is NFC, and Unicode whatever old encoding it came in: told from its letters, column by column,
/// with what was done in Dataset::import. Spreadsheets and text tables are understood as data/sheet/interpret.h says:
/// header rows under titles, totals left out, numbers by their column's convention; codes stay text. A table with
/// columns of coordinates is a layer (data/places/point_columns.h). Rows of a table without any value are passed over.
/// Invalid polygons are repaired (Dataset::repairs); diagnostics say what else is wrong. GDAL prints nothing.
///
/// Errors (bad_input): the file is missing, cannot be read, is in no format known, is empty, has no such layer (with
/// the nearest name). A layer without rows is a Dataset of size 0 with a diagnostic when others exist, an error when
/// alone (but for ReadOptions::empty). How a CRS that is missing or cannot be is settled: data/places/settle_crs.h.
[[nodiscard]] Expected<std::vector<DatasetPtr>> read(const std::filesystem::path& path, const ReadOptions& options,
                                                     Progress& progress);

/// What reading left for later: the same dataset with its geometry checked, and repaired unless `repair` is false.
[[nodiscard]] DatasetPtr check_now(const DatasetPtr& dataset, bool repair);

}  // namespace diaban
