// SQL over layers, for those who know it: GDAL's SQLite dialect with SpatiaLite's functions, read-only, stopped at once
// when cancelled.
//
//     auto result = run_sql("select name, st_area(geometry) from communes", tables, {}, progress);
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "data/features.h"

namespace diaban {

/// A layer as a table of the console: its own columns and the joined ones ("malnutrition.stunted", at the year `time`),
/// and "geometry".
struct SqlTable {
    std::string name;  ///< its id
    std::shared_ptr<const Features> features;
    std::size_t time = 0;  ///< index into features->times()
};

struct SqlOptions {
    std::size_t most_rows =
        static_cast<std::size_t>(-1);  ///< of the result; more are left out, which a diagnostic says
};

/// One SELECT (or WITH … SELECT, VALUES, EXPLAIN); everything else is refused, and so is whatever touches files. Tables
/// that the statement does not name are not looked at. The result is a table, with its geometry column (if any) as the
/// dataset's geometry, in the CRS that its SRID names. Errors: wrong_usage with SQLite's own words ("no such column:
/// nam"), and for a table that is not there the nearest name; cancelled.
[[nodiscard]] Expected<DatasetPtr> run_sql(std::string_view sql, std::span<const SqlTable> tables,
                                           const SqlOptions& options, Progress& progress);

}  // namespace diaban
