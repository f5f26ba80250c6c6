// SQL over layers, for those who know it: SQLite with SpatiaLite's and GDAL's functions, as GDAL's SQLite dialect has
// them, read-only, stopped at once when cancelled. docs/sql.md is for those who write statements.
//
//     auto result = run_sql("select name, st_area(geometry) from communes", tables, {}, progress);
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "data/features.h"

namespace diaban {

/// A layer as a table of the console: its own columns and the joined ones ("malnutrition.stunted", at the year `time`),
/// and "geometry". A feature's number, from 1, is its rowid.
struct SqlTable {
    std::string name;  ///< its id
    std::shared_ptr<const Features> features;
    std::size_t time = 0;  ///< index into features->times()
};

struct SqlOptions {
    std::size_t most_rows =
        static_cast<std::size_t>(-1);  ///< of the result; more are left out, which a diagnostic says
};

/// One SELECT (or WITH … SELECT, VALUES, EXPLAIN); everything else is refused, and so is whatever reaches beyond the
/// tables: files, the network, other programs. Only the columns that the statement reads are copied. The result is a
/// table; the column "geometry", else the first one with shapes, is the dataset's geometry, in the CRS that its SRID
/// names. Values keep their types: a column as it is its declared one, an expression the one that holds all its values.
///
/// Errors: wrong_usage with SQLite's own words and the nearest name ("at character 8: no such column: nam");
/// bad_input where a result is too large to be held; cancelled, within a moment even while a single function of
/// SpatiaLite goes on (its thread then ends by itself).
[[nodiscard]] Expected<DatasetPtr> run_sql(std::string_view sql, std::span<const SqlTable> tables,
                                           const SqlOptions& options, Progress& progress);

/// "at character 14: …" of an error of run_sql(): 14; 0 where it has none.
[[nodiscard]] std::size_t sql_error_position(const Error& error);

// ── what there is to write about ──

inline constexpr const char* sql_shape_column = "geometry";

struct SqlColumn {
    std::string name;
    std::optional<ColumnType> type;  ///< nothing: shapes
    bool operator==(const SqlColumn&) const = default;
};

/// A table's columns in order, the shapes last: by the fields' names, with "_2" behind one that SQLite could not tell
/// from another (it tells no capitals from small letters).
[[nodiscard]] std::vector<SqlColumn> sql_columns(const Features& features);

/// The name as SQL has it: name, "malnutrition.stunted", "group".
[[nodiscard]] std::string sql_name(std::string_view name);

}  // namespace diaban
