// One layer of an open file, as Datasets.
#pragma once

#include <string>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "data/gdal/gdal_handles.h"
#include "data/read.h"

namespace diaban {

/// How a layer is to be read.
struct LayerTask {
    OGRLayerH layer = nullptr;
    std::string dataset_name;  ///< what people will call it
    Provenance from;
    Place where;                       ///< of its diagnostics and errors
    std::optional<GeometryKind> kind;  ///< only this kind of a layer of mixed geometry
    Crs crs;                           ///< overrides the layer's when known
    bool cells_are_text = false;       ///< a CSV: types are to be told from the content
    bool check_geometry = true;
    std::size_t most_corners_checked = static_cast<std::size_t>(-1);
    ImportOptions import;
    std::optional<Box> near;               ///< degrees: where the data are expected
    bool all_or_nothing = false;           ///< any failure while reading is an error (a database's), not a diagnostic
    std::optional<int64_t> expected_rows;  ///< a guess, for a layer in which counting costs as much as reading
    std::size_t bytes = 0;                 ///< its share of the file, when known: bounds how many corners it can have
    double progress_from = 0, progress_to = 1;
};

/// Errors: the file breaks off; cancelled.
[[nodiscard]] Expected<std::vector<Dataset>> read_layer(const LayerTask& task, Progress& progress);

/// The layer's CRS as PROJ knows it; unknown when it has none, or one that PROJ cannot take.
[[nodiscard]] Crs crs_of(OGRLayerH layer);

/// What is wrong with a dataset's geometry and codes, added to its diagnostics. With `repair_rings`, invalid polygons
/// are repaired, and Dataset::repairs says so.
void check_geometry(Dataset& dataset, const Place& where, bool repair_rings);
void check_codes(Dataset& dataset, const Place& where);

/// "points", "lines", "polygons": what Provenance::layer carries behind "#" after a layer of mixed geometry was split.
[[nodiscard]] std::string to_id(GeometryKind kind);
[[nodiscard]] std::optional<GeometryKind> geometry_kind_from_id(std::string_view id);

}  // namespace diaban
