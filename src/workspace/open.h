// From files to a workspace with its data: what `diaban FILE…`, a drop on the window and `--layer` all go through.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/cache_folder.h"
#include "base/progress.h"
#include "data/dataset.h"
#include "workspace/workspace.h"

namespace diaban {

class QueryCache;

/// The data behind a workspace, by source id. A source that failed is not in it.
using Datasets = std::map<std::string, DatasetPtr>;

struct Opened {
    Workspace workspace;
    Datasets datasets;
    Diagnostics diagnostics;  ///< of all datasets, plus layer_failed for what could not be opened
};

/// What opening may leave for later, or find from before: for a first picture as soon as possible.
struct OpenOptions {
    CacheFolderPtr cache;  ///< ReadOptions::cache
    /// ReadOptions::most_corners_checked; what carried sources are made from is checked whatever its size.
    std::size_t most_corners_checked = static_cast<std::size_t>(-1);
    std::map<std::filesystem::path, std::string> crs;  ///< of data files whose own is not to be taken
    /// Where what filters and queries find out on the way is kept for those who ask next; null: nowhere. With it the
    /// filters and calculated columns that look at other layers are gone through once, so that nobody waits for them.
    std::shared_ptr<QueryCache> queries;
    bool empty = false;  ///< ReadOptions::empty
};

/// Reads a source's dataset (the layer it names, else the file's first). `password` is for a database; never kept.
[[nodiscard]] Expected<DatasetPtr> read_source(const Source& source, Progress& progress,
                                               const std::string& password = {}, const OpenOptions& options = {});

/// A workspace (one *.toml) or data files (an unsaved workspace of their layers, styled by default_style, rasters
/// below polygons below lines below points; tables without geometry joined to the layer that find_home() finds). A
/// layer of a workspace that cannot be read is a diagnostic, and the others stay; files given by themselves that cannot
/// be read are errors.
[[nodiscard]] Expected<Opened> open_files(const std::vector<std::filesystem::path>& paths, Progress& progress,
                                          const OpenOptions& options = {});

/// Layers of more corners than this are shown before their geometry is checked.
inline constexpr std::size_t corners_checked_at_once = 400'000;

/// For the next time; call it when nobody waits.
void keep_for_next_time(const Datasets& datasets, const CacheFolderPtr& cache);

/// Adds a dataset as a new layer (and its source) with a sensible style, on top of the others, a raster under them;
/// returns the layer's id. A table without geometry becomes a source only, and the id is empty.
std::string add_dataset(Workspace& workspace, const DatasetPtr& dataset);

/// The layer that a table belongs to.
struct Home {
    std::string layer;  ///< its id
    Join join;          ///< the keys as guess_join() tells them, by code or by name within the parent unit
    std::string in_words;  ///< translated: "joined by the column “code” to the layer “Communes” (4 of 5 rows matched…)"
};

/// The layer of which the most rows of a table find a feature; among equals `preferred` (an id, may be empty), then the
/// upper one. The error says why there is none: no layer that could be read, or no columns that say the same.
[[nodiscard]] Expected<Home> find_home(const Workspace& workspace, const Datasets& datasets,
                                       const std::string& table_source, const std::string& preferred);

}  // namespace diaban
