#include "data/sql/result.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/read/read_layer.h"
#include "data/sql/spatialite_blob.h"
#include "data/sql/sql_console.h"
#include "data/unique_names.h"

namespace diaban::sql {

namespace {

GeometryKind kind_of(const std::string& declared) {
    for (const auto& [word, kind] : {std::pair("point", GeometryKind::point), std::pair("line", GeometryKind::line),
                                     std::pair("polygon", GeometryKind::polygon)})
        if (lower_case(declared).find(word) != std::string::npos) return kind;
    return GeometryKind::none;
}

std::string declared_type(sqlite3_stmt* statement, int column) {
    const char* type = sqlite3_column_decltype(statement, column);
    return type ? type : "";
}

void note(Dataset& dataset, Severity severity, int64_t count, std::string detail) {
    dataset.diagnostics.push_back({DiagnosticKind::other, severity, {}, count, std::move(detail)});
}

}  // namespace

Result::Result(sqlite3* database, sqlite3_stmt* statement)
    : statement_(statement), taken_apart_(prepare(database, "SELECT ST_SRID(?1), ST_AsBinary(?1)")) {
    const int count = sqlite3_column_count(statement);
    for (int i = 0; i < count; ++i)
        columns_.emplace_back(sqlite3_column_name(statement, i), declared_type(statement, i));
    find_shape_column();
}

/// The column called "geometry", else the first that is a table's own shapes, else the first in which a shape comes.
void Result::find_shape_column() {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const GeometryKind kind = kind_of(columns_[i].declared());
        const bool named = lower_case(columns_[i].name()) == sql_shape_column;
        if (!named && (kind == GeometryKind::none || shape_column_ >= 0)) continue;
        shape_column_ = static_cast<int>(i);
        declared_kind_ = kind;
        if (named) return;
    }
}

bool Result::take_shape(int index) {
    const std::string_view blob = bytes_of(statement_, index);
    if (!looks_like_shape(blob)) return false;
    sqlite3_stmt* apart = taken_apart_.get();
    sqlite3_reset(apart);
    sqlite3_bind_blob64(apart, 1, blob.data(), blob.size(), SQLITE_STATIC);
    if (sqlite3_step(apart) != SQLITE_ROW || sqlite3_column_type(apart, 1) != SQLITE_BLOB) return false;
    if (shape_column_ < 0) shape_column_ = index;
    if (index != shape_column_) {
        const std::string& name = columns_[static_cast<std::size_t>(index)].name();
        if (std::ranges::find(further_shapes_, name) == further_shapes_.end()) further_shapes_.push_back(name);
        return true;
    }
    const int srid = sqlite3_column_int(apart, 0);
    if (!srid_) srid_ = srid;
    if (srid != *srid_) {
        ++other_systems_;
        return true;
    }
    const std::string_view wkb = bytes_of(apart, 1);
    OGRGeometryH raw = nullptr;
    OGR_G_CreateFromWkb(wkb.data(), nullptr, &raw, static_cast<int>(wkb.size()));
    const gdal::Geometry geometry(raw);
    shapes_.add(geometry.get(), static_cast<uint32_t>(rows_));
    bytes_ += blob.size();
    return true;
}

void Result::add_row() {
    for (int i = 0; i < static_cast<int>(columns_.size()); ++i) {
        ResultColumn& column = columns_[static_cast<std::size_t>(i)];
        const bool shape = sqlite3_column_type(statement_, i) == SQLITE_BLOB && take_shape(i);
        shape ? column.add_null() : column.add(statement_, i);
        bytes_ += shape ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(statement_, i)) + sizeof(int64_t);
    }
    ++rows_;
}

void Result::add_shapes(Dataset& dataset, const Systems& systems) {
    auto kinds = shapes_.kinds();
    GeometryKind kind = declared_kind_;
    if (!kinds.empty())
        kind = *std::ranges::max_element(kinds, {}, [&](GeometryKind k) { return shapes_.rows(k).size(); });
    if (kind == GeometryKind::none) return;
    int64_t others = 0;
    for (const GeometryKind other : kinds)
        if (other != kind) others += static_cast<int64_t>(shapes_.rows(other).size());
    std::vector<uint32_t> rows(rows_);
    std::iota(rows.begin(), rows.end(), 0U);
    dataset.geometry = shapes_.take(kind, rows);
    dataset.crs = systems.crs_of(srid_.value_or(0));
    if (others > 0)
        note(dataset, Severity::note, others,
             fmt::format(
                 fmt::runtime(tr_n("{} shape of another kind than most is left out",
                                   "{} shapes of other kinds than most are left out", static_cast<long>(others))),
                 format_integer(others)));
    if (other_systems_ > 0)
        note(dataset, Severity::warning, other_systems_,
             fmt::format(fmt::runtime(tr_n("{} shape in another coordinate system than the first is left out: "
                                           "ST_Transform gives all of them the same",
                                           "{} shapes in another coordinate system than the first are left out: "
                                           "ST_Transform gives all of them the same",
                                           static_cast<long>(other_systems_))),
                         format_integer(other_systems_)));
    report_left_out(shapes_, {}, dataset.diagnostics);
}

Dataset Result::finish(const Systems& systems, bool whole) && {
    Dataset dataset;
    dataset.name = tr("Result");
    add_shapes(dataset, systems);
    std::vector<Column> columns;
    UniqueNames names;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (static_cast<int>(i) == shape_column_ && dataset.has_geometry()) continue;
        if (std::ranges::find(further_shapes_, columns_[i].name()) != further_shapes_.end()) continue;
        columns.push_back(std::move(columns_[i]).finish(names.take(columns_[i].name())));
    }
    dataset.table = Table(std::move(columns), rows_);
    for (const std::string& name : further_shapes_)
        note(dataset, Severity::note, 1,
             fmt::format(fmt::runtime(tr("“{}” holds shapes too and is left out: a row has one shape; "
                                         "ST_AsText gives the other as text")),
                         name));
    if (!whole)
        note(dataset, Severity::warning, 1,
             fmt::format(fmt::runtime(tr("these are the first {} rows; there are more")),
                         format_integer(static_cast<int64_t>(rows_))));
    return dataset;
}

}  // namespace diaban::sql
