// A table that turns out to be a layer: what reading does with a file without shapes of its own.
#pragma once

#include "data/dataset.h"
#include "data/import_options.h"

namespace diaban {

/// Gives the dataset, a plain table, the geometry of its rows where its columns hold coordinates (see
/// point_columns.h); `options.points` names them, `options.no_points` forbids it. The report gets the columns and every
/// cell that is no coordinate, with its row in the file; the diagnostics a summary for each column, and that the order
/// of two numbers in one cell was assumed. Its CRS is WGS 84 for degrees and unknown for metres, for settle_crs().
void place_points(Dataset& dataset, const ImportOptions& options, const std::optional<Box>& near, const Place& where);

}  // namespace diaban
