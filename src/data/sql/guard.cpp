#include "data/sql/guard.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "base/i18n.h"

namespace diaban::sql {

namespace {

/// Beginnings of the names of functions that reach beyond the tables: files, the network, other programs, settings of
/// the process, waiting; and of those that are there to write, which would say so on the terminal when they cannot.
constexpr std::array outside{std::string_view("load_extension"),
                             std::string_view("fts3_tokenizer"),
                             std::string_view("sqlite_log"),
                             std::string_view("readfile"),
                             std::string_view("writefile"),
                             std::string_view("eval"),
                             std::string_view("pause"),
                             std::string_view("import"),
                             std::string_view("export"),
                             std::string_view("blobfromfile"),
                             std::string_view("blobtofile"),
                             std::string_view("xb_"),
                             std::string_view("zipfile_"),
                             std::string_view("sqlproc_"),
                             std::string_view("storedproc_"),
                             std::string_view("proj_setdatabasepath"),
                             std::string_view("ogr_datasource"),
                             std::string_view("ogr_geocode"),
                             std::string_view("ogr_layer"),
                             std::string_view("gdal_"),
                             std::string_view("wms_"),
                             std::string_view("postgresql_"),
                             std::string_view("create"),
                             std::string_view("clone"),
                             std::string_view("drop"),
                             std::string_view("recover"),
                             std::string_view("discard"),
                             std::string_view("rename"),
                             std::string_view("init"),
                             std::string_view("insertepsg"),
                             std::string_view("rebuild"),
                             std::string_view("register"),
                             std::string_view("update"),
                             std::string_view("upgrade"),
                             std::string_view("addgeometrycolumn"),
                             std::string_view("addtemporary"),
                             std::string_view("addfdo"),
                             std::string_view("autofdo"),
                             std::string_view("autogpkg"),
                             std::string_view("gpkg"),
                             std::string_view("topogeo_"),
                             std::string_view("toponet_"),
                             std::string_view("se_"),
                             std::string_view("rl2_")};

/// Those of SpatiaLite and GDAL that compute, though they are not declared to give the same each time.
constexpr std::array computing{std::string_view("regexp"),
                               std::string_view("createuuid"),
                               std::string_view("geos_getlasterrormsg"),
                               std::string_view("geos_getlastwarningmsg"),
                               std::string_view("proj_getlasterrormsg"),
                               std::string_view("proj_aswkt"),
                               std::string_view("proj_asprojstring"),
                               std::string_view("proj_guesssridfromwkt")};

bool may_be_called(const std::string& name, bool built_in, bool same_each_time) {
    if (std::ranges::find(computing, name) != computing.end()) return true;
    if (std::ranges::any_of(outside, [&](std::string_view start) { return name.starts_with(start); })) return false;
    return built_in || same_each_time;
}

std::set<std::string> callable(sqlite3* database) {
    std::set<std::string> names;
    const Statement list = prepare(
        database,
        fmt::format("SELECT lower(name), builtin, (flags & {}) != 0 FROM pragma_function_list", SQLITE_DETERMINISTIC));
    while (sqlite3_step(list.get()) == SQLITE_ROW) {
        std::string name(bytes_of(list.get(), 0));
        if (may_be_called(name, sqlite3_column_int(list.get(), 1) != 0, sqlite3_column_int(list.get(), 2) != 0))
            names.insert(std::move(name));
    }
    return names;
}

std::string only_reading() {
    return tr("only reading is possible here: SELECT, WITH … SELECT, VALUES, EXPLAIN");
}

}  // namespace

Guard::Guard(sqlite3* database) : database_(database), functions_(callable(database)) {
    sqlite3_set_authorizer(
        database_,
        [](void* self, int action, const char* first, const char* second, const char*, const char*) {
            return static_cast<Guard*>(self)->decide(action, first, second);
        },
        this);
}

Guard::~Guard() {
    sqlite3_set_authorizer(database_, nullptr, nullptr);
}

int Guard::decide(int action, const char* first, const char* second) {
    if (!on_) return SQLITE_OK;
    const auto text = [](const char* word) { return std::string(word ? word : ""); };
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_READ:
            reads_.note_column(text(first), text(second));
            return SQLITE_OK;
        case SQLITE_FUNCTION:
            reads_.note_function(text(second));
            if (functions_.contains(in_small_letters(text(second)))) return SQLITE_OK;
            return refuse(fmt::format(
                fmt::runtime(tr("the function {} cannot be used here: it reaches beyond the tables")), text(second)));
        case SQLITE_PRAGMA:
            // SpatiaLite's functions ask for a table's columns.
            if (text(first) == "table_info") return SQLITE_OK;
            return refuse(only_reading());
        default:
            return refuse(only_reading());
    }
}

int Guard::refuse(std::string why) {
    if (refusal_.empty()) refusal_ = std::move(why);
    return SQLITE_DENY;
}

}  // namespace diaban::sql
