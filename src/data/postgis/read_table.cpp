#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "data/connection.h"
#include "data/did_you_mean.h"
#include "data/postgis/condition.h"
#include "data/postgis/database.h"
#include "data/postgis/postgis.h"
#include "data/read/read_layer.h"

namespace diaban {

namespace {

Place place_of(const pg::Database& database, const std::string& layer = {}) {
    return {.file = database.shown, .layer = layer, .field = {}, .row = {}};
}

// ── which table ──

std::string full_name(const PgTable& table) {
    return table.schema + "." + table.name;
}

tl::unexpected<Error> no_such_table(const pg::Database& database, const std::string& asked,
                                    const std::vector<PgTable>& tables) {
    std::vector<std::string> names;
    for (const PgTable& table : tables) {
        names.push_back(layer_name(table, tables));
        // People leave the schema out.
        if (asked.find('.') == std::string::npos) names.push_back(table.name);
    }
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("the database has no table “{}”")), asked),
                place_of(database), did_you_mean(asked, names));
}

Expected<PgTable> choose_table(const pg::Database& database, const std::string& asked,
                               const std::vector<PgTable>& tables) {
    std::vector<PgTable> fitting;
    for (const PgTable& table : tables) {
        const bool fits = asked.empty() ? !table.geometry_column.empty()
                                        : asked == layer_name(table, tables) || asked == full_name(table) ||
                                              asked == full_name(table) + "(" + table.geometry_column + ")" ||
                                              asked == table.name;
        if (fits) fitting.push_back(table);
    }
    if (fitting.empty() && asked.empty())
        return fail(ErrorKind::bad_input, tr("the database has no table with shapes"), place_of(database),
                    tr("Name one of its tables."));
    if (fitting.empty()) return no_such_table(database, asked, tables);
    // Of a table with several columns of shapes, the first is meant.
    const bool one_table = std::all_of(fitting.begin(), fitting.end(), [&](const PgTable& table) {
        return full_name(table) == full_name(fitting.front());
    });
    if (one_table) return fitting.front();
    std::string names;
    for (const PgTable& table : fitting)
        names += (names.empty() ? "" : ", ") + layer_name(table, tables);
    return fail(ErrorKind::bad_input, tr("the database has several tables to choose from"), place_of(database),
                fmt::format(fmt::runtime(tr("Name one of {}.")), names));
}

// ── its coordinates ──

/// Typed or not, the table's SRID: a view may leave it to its rows.
Expected<int> srid_of(const pg::Database& database, const PgTable& table, const std::string& postgis) {
    if (table.geometry_column.empty() || table.srid != 0) return table.srid;
    const std::string column = pg::quoted_name(table.geometry_column);
    const auto rows =
        pg::ask(database, fmt::format("SELECT {}.ST_SRID({}) AS srid FROM {}.{} WHERE {} IS NOT NULL LIMIT 1",
                                      pg::quoted_name(postgis), column, pg::quoted_name(table.schema),
                                      pg::quoted_name(table.name), column));
    if (!rows) return tl::make_unexpected(rows.error());
    return rows->empty() ? 0 : std::atoi(rows->front().front().c_str());
}

/// Unknown when PROJ knows neither its code nor its definition.
Expected<Crs> crs_of_srid(const pg::Database& database, int srid, const std::string& postgis) {
    if (srid == 0) return Crs();
    const auto rows =
        pg::ask(database, fmt::format("SELECT coalesce(auth_name || ':' || auth_srid, '') AS code, srtext FROM "
                                      "{}.spatial_ref_sys WHERE srid = {}",
                                      pg::quoted_name(postgis), srid));
    if (!rows) return tl::make_unexpected(rows.error());
    if (rows->empty()) return Crs();
    for (const std::string& text : rows->front())
        if (auto crs = text.empty() ? Expected<Crs>(Crs()) : Crs::from_text(text); crs && crs->known()) return crs;
    return Crs();
}

// ── the query ──

/// All columns but those of other shapes; the database has to name them, as tables change.
Expected<std::string> column_list(const pg::Database& database, const PgTable& table) {
    const auto rows = pg::ask(
        database, fmt::format("SELECT a.attname::text AS name FROM pg_catalog.pg_attribute a "
                              "JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
                              "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                              "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
                              "WHERE n.nspname = {} AND c.relname = {} AND a.attnum > 0 AND NOT a.attisdropped "
                              "AND (t.typname NOT IN ('geometry', 'geography') OR a.attname = {}) ORDER BY a.attnum",
                              pg::quoted_text(table.schema), pg::quoted_text(table.name),
                              pg::quoted_text(table.geometry_column)));
    if (!rows) return tl::make_unexpected(rows.error());
    std::string columns;
    for (const auto& row : *rows)
        columns += (columns.empty() ? "" : ", ") + pg::quoted_name(row.front());
    return columns;
}

/// "shape && envelope": what the table's index answers.
Expected<std::string> extent_condition(const pg::Database& database, const PgTable& table, const Box& degrees, int srid,
                                       const Crs& crs, const std::string& postgis) {
    const auto to_table = Transform::between(Crs::wgs84(), crs);
    if (!to_table) {
        Error error = to_table.error();
        error.where = place_of(database, full_name(table));
        return tl::make_unexpected(std::move(error));
    }
    const Box box = to_table->apply(degrees);
    if (box.empty()) return std::string("false");
    const std::string schema = pg::quoted_name(postgis);
    return fmt::format("{} OPERATOR({}.&&) {}.ST_MakeEnvelope({}, {}, {}, {}, {}){}",
                       pg::quoted_name(table.geometry_column), schema, schema, box.min_x, box.min_y, box.max_x,
                       box.max_y, srid, table.geography ? "::" + schema + ".geography" : std::string());
}

struct Query {
    std::string sql;
    PgTable table;
    Crs crs;
    std::optional<GeometryKind> kind;
    int64_t expected_rows = -1;  ///< a guess
};

Expected<std::string> conditions(const pg::Database& database, const Query& query, const ImportOptions& import,
                                 int srid, const std::string& postgis) {
    std::string all;
    if (!import.where.empty()) {
        if (!pg::is_one_condition(import.where))
            return fail(ErrorKind::bad_input, tr("the filter for the database is more than one condition"),
                        place_of(database, full_name(query.table)),
                        tr("Write what would stand behind WHERE, without semicolons, comments or backslashes."));
        all = "(" + import.where + ")";
    }
    if (!import.extent.empty() && !query.table.geometry_column.empty()) {
        const auto extent = extent_condition(database, query.table, import.extent, srid, query.crs, postgis);
        if (!extent) return tl::make_unexpected(extent.error());
        all += (all.empty() ? "" : " AND ") + *extent;
    }
    return all;
}

/// How many rows the planner expects, from a plan alone: so a mistake in the query is told from trouble while reading,
/// and nothing is counted twice.
Expected<int64_t> plan_query(const pg::Database& database, const Query& query) {
    const auto plan = pg::ask(database, "EXPLAIN " + query.sql);
    if (!plan)
        return fail(
            ErrorKind::bad_input,
            fmt::format(fmt::runtime(tr("the database does not understand the question ({})")), plan.error().what),
            place_of(database, full_name(query.table)), tr("Check the filter's columns and spelling."));
    int64_t rows = -1;
    const std::string first = plan->empty() ? std::string() : plan->front().front();
    if (const auto at = first.find("rows="); at != std::string::npos)
        std::from_chars(first.data() + at + 5, first.data() + first.size(), rows);
    return rows;
}

/// "places#points" asks for the points of a table that mixes kinds.
std::pair<std::string, std::optional<GeometryKind>> without_kind(const std::string& asked) {
    const auto hash = asked.rfind('#');
    if (hash == std::string::npos) return {asked, {}};
    const auto kind = geometry_kind_from_id(std::string_view(asked).substr(hash + 1));
    return kind ? std::pair{asked.substr(0, hash), kind} : std::pair{asked, kind};
}

Expected<Query> make_query(const pg::Database& database, const ReadOptions& options) {
    Query query;
    const auto tables = pg::tables_of(database);
    if (!tables) return tl::make_unexpected(tables.error());
    const auto [asked, kind] = without_kind(options.layer);
    query.kind = kind;
    auto table = choose_table(database, asked, *tables);
    if (!table) return tl::make_unexpected(table.error());
    query.table = std::move(*table);
    const auto postgis = pg::postgis_schema(database);
    if (!postgis) return tl::make_unexpected(postgis.error());
    const std::string schema = postgis->value_or("public");
    const auto srid = srid_of(database, query.table, schema);
    if (!srid) return tl::make_unexpected(srid.error());
    auto crs = options.crs.empty() ? crs_of_srid(database, *srid, schema) : Crs::from_text(options.crs);
    if (!crs) return tl::make_unexpected(crs.error());
    query.crs = std::move(*crs);
    const auto columns = column_list(database, query.table);
    if (!columns) return tl::make_unexpected(columns.error());
    const auto where = conditions(database, query, options.import, *srid, schema);
    if (!where) return tl::make_unexpected(where.error());
    query.sql = fmt::format("SELECT {} FROM {}.{}{}{}", *columns, pg::quoted_name(query.table.schema),
                            pg::quoted_name(query.table.name), where->empty() ? "" : " WHERE ", *where);
    const auto rows = plan_query(database, query);
    if (!rows) return tl::make_unexpected(rows.error());
    query.expected_rows = *rows;
    return query;
}

// ── reading ──

/// What one attempt came to.
struct Attempt {
    Expected<std::vector<Dataset>> datasets;
    bool lost = false;  ///< the connection, on the way
};

Attempt read_once(const std::string& connection, const ReadOptions& options, Progress& progress) {
    const auto database = pg::connect(connection, options.password);
    if (!database) return {tl::make_unexpected(database.error())};
    const auto query = make_query(*database, options);
    if (!query) return {tl::make_unexpected(query.error()), !pg::is_alive(*database)};
    if (progress.cancelled()) return {tl::make_unexpected(cancelled_error())};

    gdal::Messages messages;
    const OGRLayerH layer = GDALDatasetExecuteSQL(database->handle.get(), query->sql.c_str(), nullptr, "");
    if (!layer)
        return {fail(ErrorKind::bad_input, pg::clean_message(*database, messages.first_failure()),
                     place_of(*database, full_name(query->table))),
                !pg::is_alive(*database)};
    LayerTask task;
    task.layer = layer;
    task.dataset_name = to_nfc(query->table.name);
    task.from = {database->shown,
                 options.layer.empty() ? full_name(query->table) : without_kind(options.layer).first,
                 "PostgreSQL",
                 {}};
    task.where = place_of(*database, full_name(query->table));
    task.kind = query->kind;
    task.crs = query->crs;
    task.check_geometry = options.check_geometry;
    task.all_or_nothing = true;
    task.expected_rows = query->expected_rows;
    Attempt attempt{read_layer(task, progress)};
    GDALDatasetReleaseResultSet(database->handle.get(), layer);
    // Where the line is dead, GDAL may take the rows so far for all there are.
    if (!progress.cancelled()) attempt.lost = !pg::is_alive(*database);
    return attempt;
}

}  // namespace

std::string layer_name(const PgTable& table, const std::vector<PgTable>& among) {
    const auto first = std::find_if(among.begin(), among.end(), [&](const PgTable& other) {
        return other.schema == table.schema && other.name == table.name;
    });
    const bool is_first = first == among.end() || first->geometry_column == table.geometry_column;
    return is_first ? full_name(table) : full_name(table) + "(" + table.geometry_column + ")";
}

Expected<std::vector<PgTable>> list_tables(const std::string& connection, const std::string& password,
                                           Progress& progress) {
    if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
    const auto database = pg::connect(connection, password);
    if (!database) return tl::make_unexpected(database.error());
    const auto schema = pg::postgis_schema(*database);
    if (!schema) return tl::make_unexpected(schema.error());
    if (!*schema)
        return fail(ErrorKind::bad_input, tr("the database has no PostGIS, so there are no shapes in it"),
                    place_of(*database),
                    tr("Choose another database, or have its owner run CREATE EXTENSION postgis."));
    return pg::tables_of(*database);
}

Expected<std::vector<DatasetPtr>> read_table(const std::string& connection, const ReadOptions& options,
                                             Progress& progress) {
    constexpr int attempts = 2;
    Attempt attempt{tl::make_unexpected(cancelled_error())};
    for (int i = 0; i < attempts; ++i) {
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        attempt = read_once(connection, options, progress);
        if (!attempt.lost) break;
    }
    if (attempt.lost)
        return fail(ErrorKind::bad_input, tr("the connection to the database was lost while reading, twice"),
                    {.file = without_password(connection), .layer = options.layer, .field = {}, .row = {}},
                    tr("Try again when the server can be reached."));
    if (!attempt.datasets) return tl::make_unexpected(attempt.datasets.error());
    std::vector<DatasetPtr> result;
    for (Dataset& dataset : *attempt.datasets) {
        if (dataset.size() == 0)
            dataset.diagnostics.push_back(
                {DiagnosticKind::other,
                 Severity::warning,
                 {.file = dataset.from.path.string(), .layer = dataset.from.layer, .field = {}, .row = {}},
                 1,
                 tr("there are no rows in it")});
        result.push_back(std::make_shared<const Dataset>(std::move(dataset)));
    }
    return result;
}

Expected<FileInfo> inspect_database(const std::string& connection) {
    const auto database = pg::connect(connection, {});
    if (!database) return tl::make_unexpected(database.error());
    const auto tables = pg::tables_of(*database);
    if (!tables) return tl::make_unexpected(tables.error());
    FileInfo info{.driver = "PostgreSQL", .layers = {}};
    for (const PgTable& table : *tables) {
        LayerInfo layer{.name = layer_name(table, *tables), .feature_count = table.estimated_rows};
        layer.geometry = table.geometry_column.empty() ? "None" : table.kind;
        if (table.srid != 0) layer.crs = fmt::format("SRID {}", table.srid);
        info.layers.push_back(std::move(layer));
    }
    return info;
}

}  // namespace diaban
