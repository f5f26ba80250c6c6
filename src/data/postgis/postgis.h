// PostGIS as a source: what is in a database, and one of its tables as Datasets.
//
//     auto tables = list_tables("service=province", password, progress);
//     auto communes = read_table("service=province", {.layer = "public.communes", .password = password}, progress);
//
// A password comes from the options, else from where libpq looks (PGPASSWORD, ~/.pgpass, the service); it stands in no
// dataset, error or diagnostic. Every transaction is read-only. Waiting for a server that does not answer ends after
// ten seconds, unless the connection says otherwise (connect_timeout).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "data/read.h"

namespace diaban {

struct PgTable {
    std::string schema;
    std::string name;
    std::string geometry_column;  ///< empty for a table without; one entry for each where there are several
    std::string kind;             ///< PostGIS's word: "MultiPolygon"; "Geometry" where the table does not say
    int srid = 0;                 ///< 0: the table does not say
    int64_t estimated_rows = -1;  ///< the planner's guess; negative where it has none
    bool geography = false;
    bool operator==(const PgTable&) const = default;
};

/// What ReadOptions::layer calls it: "public.communes"; with its column, "public.communes(centre)", where the table
/// has an earlier one.
[[nodiscard]] std::string layer_name(const PgTable& table, const std::vector<PgTable>& among);

/// Tables, views and foreign tables that may be read, by schema and name; those of the system and of PostGIS itself are
/// left out. Errors (bad_input): no server at the host and port, which are named; the password is wrong; there is no
/// such database or service; the database has no PostGIS.
[[nodiscard]] Expected<std::vector<PgTable>> list_tables(const std::string& connection, const std::string& password,
                                                         Progress& progress);

/// Whether an error says, in its `what`, that the database wants another password: it was refused, or there was none.
[[nodiscard]] bool is_about_password(std::string_view what);

/// One table as read() gives a layer. `options.layer` names it ("schema.table", or "table" where one schema alone has
/// it); empty: the only one with shapes. `options.import.where` and `options.import.extent` are part of the query, so
/// that the database sends only what is asked for. Where the connection is lost while reading, it is made anew and the
/// table read again from the start, once; after that it is an error, and never half a table.
///
/// Errors: as list_tables() (a table without shapes needs no PostGIS); no such table, with the nearest name; several to
/// choose from; a condition that the database does not understand, or that is more than a condition.
[[nodiscard]] Expected<std::vector<DatasetPtr>> read_table(const std::string& connection, const ReadOptions& options,
                                                           Progress& progress);

/// As inspect(): every table, its rows as the planner guesses them (negative where it cannot).
[[nodiscard]] Expected<FileInfo> inspect_database(const std::string& connection);

}  // namespace diaban
