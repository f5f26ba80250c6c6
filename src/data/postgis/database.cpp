#include "data/postgis/database.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/i18n.h"
#include "data/connection.h"
#include "data/postgis/conninfo.h"

namespace diaban {

namespace {

const char* password_refused() {
    return tr("the database refuses the password");
}
const char* password_missing() {
    return tr("the database asks for a password");
}

}  // namespace

bool is_about_password(std::string_view what) {
    return what.starts_with(password_refused()) || what.starts_with(password_missing());
}

}  // namespace diaban

namespace diaban::pg {

namespace {

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// The server's reason in the words of what the user can do about it.
tl::unexpected<Error> cannot_connect(const Database& database, const std::string& reason) {
    const Place where{.file = database.shown, .layer = {}, .field = {}, .row = {}};
    const auto with_reason = [&](const char* what) {
        return reason.empty() ? std::string(what) : fmt::format("{} ({})", what, reason);
    };
    if (has(reason, "password authentication failed"))
        return fail(ErrorKind::bad_input, with_reason(password_refused()), where,
                    tr("Check the user's name and the password."));
    if (has(reason, "no password supplied"))
        return fail(ErrorKind::bad_input, with_reason(password_missing()), where,
                    tr("Give the password, or put it into ~/.pgpass."));
    if (has(reason, "database") && has(reason, "does not exist"))
        return fail(ErrorKind::bad_input, with_reason(tr("the server has no such database")), where,
                    tr("Check the database's name (dbname=…)."));
    if (has(reason, "definition of service"))
        return fail(ErrorKind::bad_input, with_reason(tr("there is no such service")), where,
                    tr("Name it in ~/.pg_service.conf, or give host, dbname and user."));
    if (has(reason, "connection to server") || has(reason, "could not"))
        return fail(ErrorKind::bad_input, with_reason(tr("no database server answers")), where,
                    tr("Check host and port, and that the server runs and can be reached."));
    return fail(ErrorKind::bad_input, with_reason(tr("the database cannot be opened")), where,
                tr("Check the connection's settings."));
}

/// "geometry(MultiPolygon,5899)", "geometry", "postgis.geography(PointZ,4326)".
void read_geometry_type(std::string_view type, PgTable& table) {
    table.geography = has(type, "geography");
    table.kind = "Geometry";
    if (table.geography) table.srid = 4326;
    const auto open = type.find('('), close = type.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos) return;
    std::string_view inside = type.substr(open + 1, close - open - 1);
    const auto comma = inside.find(',');
    table.kind = inside.substr(0, comma);
    if (comma == std::string_view::npos) return;
    inside.remove_prefix(comma + 1);
    std::from_chars(inside.data(), inside.data() + inside.size(), table.srid);
}

}  // namespace

std::string clean_message(const Database& database, std::string message) {
    std::replace(message.begin(), message.end(), '\n', ' ');
    if (!database.secret.empty())
        for (auto at = message.find(database.secret); at != std::string::npos; at = message.find(database.secret, at))
            message.replace(at, database.secret.size(), "…");
    // GDAL quotes the whole query behind the server's words.
    for (const char* heading : {"ERROR:", "FATAL:"})
        if (const auto at = message.find(heading); at == 0) message.erase(0, std::string_view(heading).size());
    return message.substr(std::min(message.find_first_not_of(' '), message.size()));
}

Expected<Database> connect(const std::string& connection, const std::string& password) {
    gdal::set_up();
    gdal::Messages messages;
    Database database;
    database.shown = without_password(connection);
    database.secret = password;
    const std::string complete = complete_connection(connection, password);
    database.handle.reset(GDALOpenEx(complete.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
    if (!database.handle) return cannot_connect(database, clean_message(database, messages.first_failure()));
    return database;
}

Expected<Rows> ask(const Database& database, const std::string& sql) {
    gdal::Messages messages;
    const OGRLayerH layer = GDALDatasetExecuteSQL(database.handle.get(), sql.c_str(), nullptr, "");
    Rows rows;
    if (layer) {
        const int columns = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer));
        while (const gdal::Feature feature{OGR_L_GetNextFeature(layer)}) {
            std::vector<std::string> row;
            for (int i = 0; i < columns; ++i)
                row.emplace_back(OGR_F_GetFieldAsString(feature.get(), i));
            rows.push_back(std::move(row));
        }
        GDALDatasetReleaseResultSet(database.handle.get(), layer);
    }
    if (!layer || !messages.failures().empty())
        return fail(ErrorKind::bad_input, clean_message(database, messages.first_failure()),
                    {.file = database.shown, .layer = {}, .field = {}, .row = {}});
    return rows;
}

bool is_alive(const Database& database) {
    // Answered also after an error, which makes a transaction deaf to everything else.
    gdal::Messages messages;
    GDALDatasetExecuteSQL(database.handle.get(), "ROLLBACK", nullptr, "");
    return messages.failures().empty();
}

Expected<std::optional<std::string>> postgis_schema(const Database& database) {
    const auto rows = ask(database,
                          "SELECT n.nspname::text AS schema FROM pg_catalog.pg_extension e "
                          "JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'");
    if (!rows) return tl::make_unexpected(rows.error());
    return rows->empty() ? std::optional<std::string>() : rows->front().front();
}

Expected<std::vector<PgTable>> tables_of(const Database& database) {
    const auto rows = ask(
        database,
        "SELECT n.nspname::text AS schema, c.relname::text AS name, g.attname::text AS geometry, g.type AS type, "
        "c.reltuples::bigint AS estimate FROM pg_catalog.pg_class c "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "LEFT JOIN (SELECT a.attrelid, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type "
        "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
        "WHERE a.attnum > 0 AND NOT a.attisdropped AND t.typname IN ('geometry', 'geography')) g "
        "ON g.attrelid = c.oid WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition "
        "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'topology', 'tiger') "
        "AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT') "
        // What belongs to an extension (spatial_ref_sys, geometry_columns) is nobody's data.
        "AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass "
        "AND d.objid = c.oid AND d.deptype = 'e') ORDER BY n.nspname, c.relname, g.attnum");
    if (!rows) return tl::make_unexpected(rows.error());
    std::vector<PgTable> tables;
    for (const auto& row : *rows) {
        PgTable table{.schema = row[0], .name = row[1], .geometry_column = row[2]};
        if (!table.geometry_column.empty()) read_geometry_type(row[3], table);
        std::from_chars(row[4].data(), row[4].data() + row[4].size(), table.estimated_rows);
        tables.push_back(std::move(table));
    }
    return tables;
}

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string quoted_text(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'') quoted += '\'';
        quoted += c;
    }
    return quoted + '\'';
}

}  // namespace diaban::pg
