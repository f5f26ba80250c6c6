// The one door through which files come in: any vector format (GDAL), spreadsheets and text tables.
//
//     auto datasets = read("communes.gpkg", {}, progress);   // one Dataset a layer (and a kind of geometry)
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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
    std::optional<Box> near;     ///< degrees: where the data are expected, for proposing a CRS
    std::string password;        ///< of a database; never kept
};

/// Every layer that can be read, in the file's order; a layer of mixed geometry gives one Dataset a kind, with a
/// diagnostic, and "#polygons", "#lines" or "#points" behind its name in Provenance::layer. Curves become lines, Z and
/// M are left out. Text is NFC. Only diagnostics say what is wrong with geometry and codes; nothing is repaired. GDAL
/// prints nothing.
///
/// Spreadsheets and text tables (csv, tsv, psv, txt, tab, xlsx, xlsm, xls, ods) are read by data/sheet, a Dataset a
/// worksheet: the heading is found under titles, totals and notes are left out, each column's encoding and type are
/// told from all its cells, and codes stay text; options.import overrides it, and Dataset::import tells what was
/// decided and every row and cell that is not in the table. Rows in their diagnostics are the file's own. A text file
/// with a column called "WKT", or with a .csvt beside it, is read by GDAL instead: its first row holds the names, and
/// its columns are typed in the same way. A table with a longitude and a latitude column (degrees) is a layer of points
/// in WGS 84.
///
/// Errors (bad_input): the file is missing, cannot be read, is in no format known, is empty, has no such layer (with
/// the nearest name). A layer without rows is a Dataset of size 0 with a diagnostic when others exist, an error when
/// alone. A file without a CRS whose coordinates are all plausible degrees is taken as WGS 84 with a `no_crs`
/// diagnostic; otherwise its CRS stays unknown, as does one of degrees whose coordinates mostly cannot be degrees.
[[nodiscard]] Expected<std::vector<DatasetPtr>> read(const std::filesystem::path& path, const ReadOptions& options,
                                                     Progress& progress);

}  // namespace diaban
