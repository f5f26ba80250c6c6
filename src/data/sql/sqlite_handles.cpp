#include "data/sql/sqlite_handles.h"

#include <array>

#include "base/i18n.h"

namespace diaban::sql {

Expected<Database> Database::open() {
    gdal::set_up();
    const gdal::Messages messages;
    std::array<const char*, 3> options{"SPATIALITE=YES", "INIT_WITH_EPSG=YES", nullptr};
    Database database;
    const GDALDriverH driver = GDALGetDriverByName("SQLite");
    if (driver) database.dataset_.reset(GDALCreate(driver, ":memory:", 0, 0, 0, GDT_Unknown, options.data()));
    if (database.dataset_)
        database.handle_ = static_cast<sqlite3*>(GDALGetInternalHandle(database.dataset_.get(), "SQLITE_HANDLE"));
    if (!database.handle_)
        return fail(ErrorKind::failure, tr("SQL is not to be had: this GDAL cannot open SQLite with SpatiaLite"), {},
                    tr("Install GDAL with SpatiaLite."));
    return database;
}

Statement prepare(sqlite3* database, const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    DIABAN_CHECK(sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()), &raw, nullptr) == SQLITE_OK);
    return Statement(raw);
}

bool run(sqlite3* database, const std::string& sql) {
    return sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::string quote_name(std::string_view name) {
    std::string text = "\"";
    for (const char c : name)
        text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

std::string_view bytes_of(sqlite3_stmt* statement, int column) {
    // The pointer first: asking for it may change how many bytes there are.
    const void* bytes = sqlite3_column_blob(statement, column);
    const int count = sqlite3_column_bytes(statement, column);
    return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(count))
                 : std::string_view();
}

}  // namespace diaban::sql
