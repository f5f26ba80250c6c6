// From files to a workspace with its data: what `diaban FILE…`, a drop on the window and `--layer` all go through.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "workspace/workspace.h"

namespace diaban {

/// The data behind a workspace, by source id. A source that failed is not in it.
using Datasets = std::map<std::string, DatasetPtr>;

struct Opened {
    Workspace workspace;
    Datasets datasets;
    Diagnostics diagnostics;  ///< of all datasets, plus layer_failed for what could not be opened
};

/// Reads a source's dataset (the layer it names, else the file's first). `password` is for a database; never kept.
[[nodiscard]] Expected<DatasetPtr> read_source(const Source& source, Progress& progress,
                                               const std::string& password = {});

/// A workspace (one *.toml) or data files (an unsaved workspace of their layers, styled by default_style, polygons
/// below lines below points; tables without geometry joined to the first layer that likely_join() finds). A layer of a
/// workspace that cannot be read is a diagnostic, and the others stay; files given by themselves that cannot be read
/// are errors.
[[nodiscard]] Expected<Opened> open_files(const std::vector<std::filesystem::path>& paths, Progress& progress);

/// Adds a dataset as a new layer (and its source) with a sensible style; returns the layer's id. A table without
/// geometry becomes a source only, and the id is empty.
std::string add_dataset(Workspace& workspace, const DatasetPtr& dataset);

/// How a table most likely belongs to a layer's data: by the column that identifies the layer's rows, when the table
/// has one of the same name (but not "id", "fid" or "gid", which every table has and which mean nothing); a column
/// "year" or "nam" beside it makes it a table of several times. Nothing when they have no such column in common.
[[nodiscard]] std::optional<Join> likely_join(const Dataset& layer, const std::string& table_source,
                                              const Dataset& table);

}  // namespace diaban
