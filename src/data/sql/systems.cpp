#include "data/sql/systems.h"

#include <algorithm>
#include <charconv>
#include <string>

#include <fmt/format.h>
#include <ogr_srs_api.h>

namespace diaban::sql {

namespace {

constexpr int first_own = 1000000;

struct ReleaseReference {
    void operator()(OGRSpatialReferenceH reference) const { OSRRelease(reference); }
};
using Reference = std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, ReleaseReference>;

/// 5899 of "EPSG:5899"; 0 of everything else.
int epsg_code(const std::string& code) {
    constexpr std::string_view authority = "EPSG:";
    int number = 0;
    if (code == "OGC:CRS84") return 4326;
    if (!code.starts_with(authority)) return 0;
    const char* end = code.data() + code.size();
    return std::from_chars(code.data() + authority.size(), end, number).ptr == end ? number : 0;
}

std::string wkt_of(OGRSpatialReferenceH reference) {
    const char* options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
    char* raw = nullptr;
    OSRExportToWktEx(reference, &raw, options);
    const gdal::Text text(raw);
    return text ? text.get() : "";
}

std::string proj_string_of(OGRSpatialReferenceH reference) {
    char* raw = nullptr;
    OSRExportToProj4(reference, &raw);
    const gdal::Text text(raw);
    return text ? text.get() : "";
}

/// SpatiaLite asks PROJ for "authority:code", whatever the two are. Where no authority knows a system, its definition
/// is cut in two at a colon: that of a remark put behind it.
std::pair<std::string, std::string> authority_and_code(const Crs& crs, const std::string& wkt) {
    if (const auto colon = crs.code().find(':'); colon != std::string::npos)
        return {crs.code().substr(0, colon), crs.code().substr(colon + 1)};
    if (!wkt.ends_with(']')) return {"none", "0"};
    return {wkt.substr(0, wkt.size() - 1) + ",REMARK[\"", "\"]]"};
}

void bind_text(sqlite3_stmt* statement, int index, const std::string& text) {
    sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

int Systems::srid_of(const Crs& crs) {
    if (!crs.known()) return 0;
    const auto known = std::ranges::find(numbered_, crs, &std::pair<int, Crs>::second);
    if (known != numbered_.end()) return known->first;
    int srid = epsg_code(crs.code());
    const auto taken = [&](int number) {
        return std::ranges::find(numbered_, number, &std::pair<int, Crs>::first) != numbered_.end();
    };
    if (srid == 0 || taken(srid)) srid = first_own + static_cast<int>(numbered_.size());
    if (!crs_of(srid).known()) add_row(srid, crs);
    numbered_.emplace_back(srid, crs);
    return srid;
}

Crs Systems::crs_of(int srid) const {
    const auto known = std::ranges::find(numbered_, srid, &std::pair<int, Crs>::first);
    if (known != numbered_.end()) return known->second;
    const Statement find =
        prepare(database_, "SELECT upper(auth_name) || ':' || auth_srid FROM spatial_ref_sys WHERE srid = ?1");
    sqlite3_bind_int(find.get(), 1, srid);
    if (sqlite3_step(find.get()) != SQLITE_ROW) return {};
    return Crs::from_text(bytes_of(find.get(), 0)).value_or(Crs());
}

void Systems::add_row(int srid, const Crs& crs) const {
    const gdal::Messages messages;
    const Reference reference(OSRNewSpatialReference(nullptr));
    if (OSRSetFromUserInput(reference.get(), crs.definition().c_str()) != OGRERR_NONE) return;
    const std::string wkt = wkt_of(reference.get());
    const auto [authority, code] = authority_and_code(crs, wkt);
    const Statement add = prepare(database_,
                                  "INSERT INTO spatial_ref_sys "
                                  "(srid, auth_name, auth_srid, ref_sys_name, proj4text, srtext) "
                                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    sqlite3_bind_int(add.get(), 1, srid);
    bind_text(add.get(), 2, authority);
    bind_text(add.get(), 3, code);
    bind_text(add.get(), 4, crs.name());
    bind_text(add.get(), 5, proj_string_of(reference.get()));
    bind_text(add.get(), 6, wkt);
    DIABAN_CHECK(sqlite3_step(add.get()) == SQLITE_DONE);
}

}  // namespace diaban::sql
