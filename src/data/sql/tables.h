// Layers as tables of the database: made without rows first, and filled with what a statement reads, once that is
// known.
#pragma once

#include <span>

#include "base/diagnostic.h"
#include "base/progress.h"
#include "data/sql/reads.h"
#include "data/sql/sql_console.h"
#include "data/sql/sqlite_handles.h"
#include "data/sql/systems.h"

namespace diaban::sql {

/// Notes name the tables that SQLite does not take, because it keeps their names for itself.
[[nodiscard]] Diagnostics create_tables(sqlite3* database, std::span<const SqlTable> tables);

/// Rows for the tables that are read, of which the columns that are not read stay null. Where SpatiaLite's SpatialIndex
/// or KNN2 is read, the shapes of all these tables get an index. Errors: cancelled; failure where memory is short.
[[nodiscard]] Expected<void> fill_tables(sqlite3* database, std::span<const SqlTable> tables, const Reads& reads,
                                         Systems& systems, Progress& progress);

}  // namespace diaban::sql
