#include "data/sql/tables.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/i18n.h"
#include "data/sql/spatialite_blob.h"

namespace diaban::sql {

namespace {

const char* declaration(ColumnType type) {
    switch (type) {
        case ColumnType::boolean:
            return "BOOLEAN";
        case ColumnType::integer:
            return "BIGINT";
        case ColumnType::real:
            return "DOUBLE";
        case ColumnType::text:
            return "TEXT";
        case ColumnType::date:
            return "DATE";
        case ColumnType::date_time:
            return "DATETIME";
    }
    return "";
}

const char* declaration(const Geometry& geometry) {
    const bool multi = has_several_parts(geometry);
    switch (geometry.kind()) {
        case GeometryKind::point:
            return multi ? "MULTIPOINT" : "POINT";
        case GeometryKind::line:
            return multi ? "MULTILINESTRING" : "LINESTRING";
        case GeometryKind::polygon:
            return multi ? "MULTIPOLYGON" : "POLYGON";
        case GeometryKind::none:
            break;
    }
    return "";
}

/// A field gives numbers as doubles, which do not hold every integer.
int64_t integer_of(const Field& field, uint32_t feature, std::size_t time) {
    constexpr double exact = 9007199254740992.0;  // 2^53
    const double number = field.number(feature, time).value_or(0);
    if (std::abs(number) < exact) return static_cast<int64_t>(number);
    const std::string text = field.text(feature, time);
    int64_t integer = 0;
    std::from_chars(text.data(), text.data() + text.size(), integer);
    return integer;
}

/// One row's value of one field, as SQLite has it.
void bind_value(sqlite3_stmt* insert, int index, const Field& field, uint32_t feature, std::size_t time) {
    if (field.is_null(feature, time)) {
        sqlite3_bind_null(insert, index);
        return;
    }
    switch (field.column().type()) {
        case ColumnType::real:
            if (const auto number = field.number(feature, time))
                sqlite3_bind_double(insert, index, *number);
            else
                sqlite3_bind_null(insert, index);
            return;
        case ColumnType::boolean:
        case ColumnType::integer:
            sqlite3_bind_int64(insert, index, integer_of(field, feature, time));
            return;
        case ColumnType::text:
        case ColumnType::date:
        case ColumnType::date_time: {
            const std::string text = field.text(feature, time);
            sqlite3_bind_text64(insert, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
            return;
        }
    }
}

struct Wanted {
    std::vector<std::pair<std::string, Field>> fields;  ///< by their names in SQL
    bool shapes = false;
};

Wanted wanted_of(const SqlTable& table, const Reads& reads, bool indexed) {
    const auto read = [&](const std::string& column) { return reads.column(table.name, column); };
    Wanted wanted;
    const std::vector<Field> fields = table.features->fields();
    const std::vector<SqlColumn> columns = sql_columns(*table.features);
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (read(columns[i].name)) wanted.fields.emplace_back(columns[i].name, fields[i]);
    wanted.shapes = columns.size() > fields.size() && (indexed || read(columns.back().name));
    return wanted;
}

Statement insertion(sqlite3* database, const SqlTable& table, const Wanted& wanted) {
    std::string columns = "rowid", values = "?1";
    int next = 1;
    const auto add = [&](const std::string& name) {
        columns += ", " + quote_name(name);
        values += fmt::format(", ?{}", ++next);
    };
    for (const auto& [name, field] : wanted.fields)
        add(name);
    if (wanted.shapes) add(sql_shape_column);
    return prepare(database, fmt::format("INSERT INTO {} ({}) VALUES ({})", quote_name(table.name), columns, values));
}

Expected<void> fill(sqlite3* database, const SqlTable& table, const Wanted& wanted, int srid, Progress& progress) {
    constexpr uint32_t rows_between_looks = 256;
    const Geometry& geometry = table.features->base().geometry;
    const bool multi = has_several_parts(geometry);
    const Statement insert = insertion(database, table, wanted);
    std::string blob;
    for (uint32_t feature = 0; feature < table.features->count(); ++feature) {
        int index = 0;
        sqlite3_bind_int64(insert.get(), ++index, int64_t{feature} + 1);
        for (const auto& [name, field] : wanted.fields)
            bind_value(insert.get(), ++index, field, feature, table.time);
        if (wanted.shapes) {
            write_blob(blob, geometry, feature, srid, multi);
            if (blob.empty())
                sqlite3_bind_null(insert.get(), ++index);
            else
                sqlite3_bind_blob64(insert.get(), ++index, blob.data(), blob.size(), SQLITE_STATIC);
        }
        if (sqlite3_step(insert.get()) != SQLITE_DONE)
            return fail(progress.cancelled() ? ErrorKind::cancelled : ErrorKind::failure,
                        fmt::format(fmt::runtime(tr("the rows of {} cannot be copied ({})")), table.name,
                                    sqlite3_errmsg(database)));
        sqlite3_reset(insert.get());
        if (feature % rows_between_looks == 0 && progress.cancelled()) return tl::make_unexpected(cancelled_error());
    }
    return {};
}

/// SpatiaLite's index over a table's shapes; it has to be told first what they are.
void index_shapes(sqlite3* database, const SqlTable& table, int srid) {
    for (const char* ask :
         {"SELECT RecoverGeometryColumn(?1, ?2, ?3, ?4, 'XY')", "SELECT CreateSpatialIndex(?1, ?2)"}) {
        const Statement tell = prepare(database, ask);
        sqlite3_bind_text(tell.get(), 1, table.name.c_str(), -1, SQLITE_STATIC);
        sqlite3_bind_text(tell.get(), 2, sql_shape_column, -1, SQLITE_STATIC);
        if (sqlite3_bind_parameter_count(tell.get()) > 2) {
            sqlite3_bind_int(tell.get(), 3, srid);
            sqlite3_bind_text(tell.get(), 4, declaration(table.features->base().geometry), -1, SQLITE_STATIC);
        }
        sqlite3_step(tell.get());
    }
}

}  // namespace

Diagnostics create_tables(sqlite3* database, std::span<const SqlTable> tables) {
    Diagnostics notes;
    for (const SqlTable& table : tables) {
        const Geometry& geometry = table.features->base().geometry;
        std::string columns;
        for (const SqlColumn& column : sql_columns(*table.features))
            columns += fmt::format("{}{} {}", columns.empty() ? "" : ", ", quote_name(column.name),
                                   column.type ? declaration(*column.type) : declaration(geometry));
        // SQLite has no table without a column.
        if (columns.empty()) columns = quote_name("nothing");
        if (!run(database, fmt::format("CREATE TABLE {} ({})", quote_name(table.name), columns)))
            notes.push_back({DiagnosticKind::other,
                             Severity::warning,
                             {.layer = table.name},
                             1,
                             fmt::format(fmt::runtime(tr("SQLite takes no table of this name ({}), which is thus not "
                                                         "there; another id helps")),
                                         sqlite3_errmsg(database))});
    }
    return notes;
}

Expected<void> fill_tables(sqlite3* database, std::span<const SqlTable> tables, const Reads& reads, Systems& systems,
                           Progress& progress) {
    const bool indexed = reads.table("SpatialIndex") || reads.table("KNN2") || reads.table("KNN");
    run(database, "BEGIN");
    for (const SqlTable& table : tables) {
        if (!reads.table(table.name)) continue;
        progress.set_stage(fmt::format(fmt::runtime(tr("Copying {}")), table.name));
        const Wanted wanted = wanted_of(table, reads, indexed);
        const int srid = wanted.shapes ? systems.srid_of(table.features->base().crs) : 0;
        if (auto filled = fill(database, table, wanted, srid, progress); !filled) return filled;
        if (indexed && wanted.shapes) index_shapes(database, table, srid);
    }
    run(database, "COMMIT");
    return {};
}

}  // namespace diaban::sql
