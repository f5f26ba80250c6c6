// SQLite's C handles as values, and a database in memory as GDAL's SQLite driver opens it. Only data/sql includes this.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "base/error.h"
#include "data/gdal/gdal_handles.h"

namespace diaban::sql {

struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

/// An empty database in memory with SpatiaLite's and GDAL's functions and every coordinate system of the EPSG's list:
/// what GDAL's SQLite dialect runs its statements in. Of this thread alone.
class Database {
public:
    [[nodiscard]] static Expected<Database> open();
    [[nodiscard]] sqlite3* handle() const { return handle_; }

private:
    gdal::Dataset dataset_;  ///< owns `handle_`
    sqlite3* handle_ = nullptr;
};

/// A statement of ours, which cannot be wrong (DIABAN_CHECK).
[[nodiscard]] Statement prepare(sqlite3* database, const std::string& sql);
/// Runs it to its end; false when SQLite refuses.
bool run(sqlite3* database, const std::string& sql);

/// "Xã" as "\"Xã\"": a name as SQL writes it, whatever is in it.
[[nodiscard]] std::string quote_name(std::string_view name);

/// The bytes of a column of the row at hand.
[[nodiscard]] std::string_view bytes_of(sqlite3_stmt* statement, int column);

}  // namespace diaban::sql
