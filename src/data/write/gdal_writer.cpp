#include "data/write/gdal_writer.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>

#include "base/file.h"
#include "base/i18n.h"
#include "data/gdal/gdal_handles.h"

namespace diaban {

namespace {

struct ReleaseReference {
    void operator()(OGRSpatialReferenceH reference) const { OSRRelease(reference); }
};
using Reference = std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, ReleaseReference>;

struct DestroyField {
    void operator()(OGRFieldDefnH field) const { OGR_Fld_Destroy(field); }
};
using FieldDefinition = std::unique_ptr<std::remove_pointer_t<OGRFieldDefnH>, DestroyField>;

Reference reference_of(const Crs& crs) {
    if (!crs.known()) return {};
    Reference reference(OSRNewSpatialReference(nullptr));
    if (OSRSetFromUserInput(reference.get(), crs.definition().c_str()) != OGRERR_NONE) return {};
    OSRSetAxisMappingStrategy(reference.get(), OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

OGRwkbGeometryType part_type(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point:
            return wkbPoint;
        case GeometryKind::line:
            return wkbLineString;
        case GeometryKind::polygon:
            return wkbPolygon;
        case GeometryKind::none:
            break;
    }
    return wkbNone;
}

OGRwkbGeometryType type_of(const OutLayer& layer) {
    if (!layer.geometry) return wkbNone;
    const OGRwkbGeometryType single = part_type(layer.geometry->kind());
    return layer.multi ? OGR_GT_GetCollection(single) : single;
}

// ── shapes ──

gdal::Geometry make_path(OGRwkbGeometryType type, std::span<const Point> points) {
    gdal::Geometry path(OGR_G_CreateGeometry(type));
    constexpr int stride = static_cast<int>(sizeof(Point));
    OGR_G_SetPoints(path.get(), static_cast<int>(points.size()), &points[0].x, stride, &points[0].y, stride, nullptr,
                    0);
    return path;
}

gdal::Geometry make_part(const Geometry& geometry, uint32_t part) {
    const auto rings = geometry.rings_of_part(part);
    if (geometry.kind() != GeometryKind::polygon)
        return make_path(part_type(geometry.kind()), geometry.ring(*rings.begin()));
    gdal::Geometry polygon(OGR_G_CreateGeometry(wkbPolygon));
    for (const uint32_t ring : rings)
        OGR_G_AddGeometryDirectly(polygon.get(), make_path(wkbLinearRing, geometry.ring(ring)).release());
    return polygon;
}

/// Null for a feature without geometry.
gdal::Geometry make_geometry(const OutLayer& layer, uint32_t feature) {
    const Geometry& geometry = *layer.geometry;
    if (!geometry.has_geometry(feature)) return {};
    if (!layer.multi) return make_part(geometry, *geometry.parts_of(feature).begin());
    gdal::Geometry all(OGR_G_CreateGeometry(OGR_GT_GetCollection(part_type(geometry.kind()))));
    for (const uint32_t part : geometry.parts_of(feature))
        OGR_G_AddGeometryDirectly(all.get(), make_part(geometry, part).release());
    return all;
}

// ── values ──

std::pair<OGRFieldType, OGRFieldSubType> field_type(ColumnType type) {
    switch (type) {
        case ColumnType::boolean:
            return {OFTInteger, OFSTBoolean};
        case ColumnType::integer:
            return {OFTInteger64, OFSTNone};
        case ColumnType::real:
            return {OFTReal, OFSTNone};
        case ColumnType::text:
            return {OFTString, OFSTNone};
        case ColumnType::date:
            return {OFTDate, OFSTNone};
        case ColumnType::date_time:
            return {OFTDateTime, OFSTNone};
    }
    return {OFTString, OFSTNone};
}

void set_time(OGRFeatureH feature, int field, std::chrono::sys_time<std::chrono::milliseconds> at, bool with_time) {
    constexpr int unknown_zone = 0, utc = 100;
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    const auto seconds =
        static_cast<float>(time.seconds().count()) + static_cast<float>(time.subseconds().count()) / 1000;
    OGR_F_SetFieldDateTimeEx(
        feature, field, static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
        static_cast<int>(static_cast<unsigned>(date.day())), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), seconds, with_time ? utc : unknown_zone);
}

void set_value(OGRFeatureH feature, int field, const Column& column, std::size_t row) {
    // NaN is Diaban's other way of having no number.
    if (column.is_null(row) || (column.type() == ColumnType::real && !column.number(row)))
        return OGR_F_SetFieldNull(feature, field);
    if (column.type() == ColumnType::real)
        return OGR_F_SetFieldDouble(feature, field, std::get<std::vector<double>>(column.values())[row]);
    if (column.type() == ColumnType::text)
        return OGR_F_SetFieldString(feature, field, std::get<std::vector<std::string>>(column.values())[row].c_str());
    const int64_t value = std::get<std::vector<int64_t>>(column.values())[row];
    switch (column.type()) {
        case ColumnType::date:
            return set_time(feature, field, std::chrono::sys_days(std::chrono::days(value)), false);
        case ColumnType::date_time:
            return set_time(feature, field,
                            std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(value)), true);
        case ColumnType::boolean:
            return OGR_F_SetFieldInteger(feature, field, value != 0 ? 1 : 0);
        case ColumnType::integer:
        case ColumnType::real:
        case ColumnType::text:
            break;
    }
    OGR_F_SetFieldInteger64(feature, field, value);
}

// ── layers ──

/// A name that no column bears, for what a format adds of its own.
std::string unused_name(const OutLayer& layer, std::string name, const FormatRules& rules) {
    std::vector<std::string> taken;
    for (const OutColumn& column : layer.columns)
        taken.push_back(column.name);
    return fit_names({std::move(name)}, rules, taken).front();
}

CPLStringList layer_options(const OutLayer& layer, const FormatRules& rules) {
    CPLStringList options;
    switch (rules.format) {
        case OutFormat::geopackage:
            options.SetNameValue("FID", unused_name(layer, "fid", rules).c_str());
            options.SetNameValue("GEOMETRY_NAME", unused_name(layer, "geom", rules).c_str());
            break;
        case OutFormat::geojson:
            // Its writer refuses numbers that cannot be degrees, which those of an unknown system may well be.
            options.SetNameValue("RFC7946", layer.crs.known() ? "YES" : "NO");
            options.SetNameValue("COORDINATE_PRECISION", std::to_string(layer.decimals).c_str());
            break;
        case OutFormat::flatgeobuf:
            // The index would put the rows into another order.
            options.SetNameValue("SPATIAL_INDEX", "NO");
            break;
        case OutFormat::shapefile:
            options.SetNameValue("ENCODING", "UTF-8");
            break;
        case OutFormat::csv:
        case OutFormat::xlsx:
            break;
    }
    return options;
}

/// As wide as the longest text, so that a Shapefile does not fill a disk with blanks.
int text_width(const Column& column) {
    std::size_t longest = 1;
    for (const std::string& text : std::get<std::vector<std::string>>(column.values()))
        longest = std::max(longest, text.size());
    return static_cast<int>(longest);
}

bool create_fields(OGRLayerH target, const OutLayer& layer, const FormatRules& rules) {
    for (const OutColumn& column : layer.columns) {
        const auto [type, subtype] = field_type(column.values->type());
        const FieldDefinition field(OGR_Fld_Create(column.name.c_str(), type));
        OGR_Fld_SetSubType(field.get(), subtype);
        if (column.width > 0) {
            OGR_Fld_SetWidth(field.get(), column.width);
            OGR_Fld_SetPrecision(field.get(), column.decimals);
        }
        if (rules.format == OutFormat::shapefile && type == OFTString)
            OGR_Fld_SetWidth(field.get(), text_width(*column.values));
        if (OGR_L_CreateField(target, field.get(), FALSE) != OGRERR_NONE) return false;
    }
    return OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(target)) >= static_cast<int>(layer.columns.size());
}

/// How far a file is that holds several layers, by rows.
struct RowsDone {
    std::size_t done = 0, all = 0;
};

Expected<bool> write_rows(OGRLayerH target, const OutLayer& layer, RowsDone& rows, Progress& progress) {
    constexpr std::size_t rows_between_looks = 256;
    for (std::size_t row = 0; row < layer.rows; ++row) {
        if (layer.skip_shapeless && !layer.geometry->has_geometry(static_cast<uint32_t>(row))) continue;
        const gdal::Feature feature(OGR_F_Create(OGR_L_GetLayerDefn(target)));
        for (std::size_t i = 0; i < layer.columns.size(); ++i)
            set_value(feature.get(), static_cast<int>(i), *layer.columns[i].values, row);
        if (layer.geometry)
            OGR_F_SetGeometryDirectly(feature.get(), make_geometry(layer, static_cast<uint32_t>(row)).release());
        if (OGR_L_CreateFeature(target, feature.get()) != OGRERR_NONE) return false;
        if (++rows.done % rows_between_looks != 0) continue;
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        progress.set(static_cast<double>(rows.done) / static_cast<double>(rows.all));
    }
    return true;
}

Expected<bool> write_layer(GDALDatasetH file, const OutLayer& layer, const FormatRules& rules, RowsDone& rows,
                           Progress& progress) {
    const Reference reference = reference_of(layer.crs);
    const CPLStringList options = layer_options(layer, rules);
    const OGRLayerH target =
        GDALDatasetCreateLayer(file, layer.name.c_str(), reference.get(), type_of(layer), options.List());
    if (!target || !create_fields(target, layer, rules)) return false;
    return write_rows(target, layer, rows, progress);
}

tl::unexpected<Error> cannot_write(const std::filesystem::path& shown, const std::string& reason) {
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("the file cannot be written ({})")), reason),
                {.file = to_utf8(shown)}, tr("Choose another folder, or make room on the disk."));
}

bool ends_as_json(const std::filesystem::path& path) {
    constexpr std::streamoff tail = 16;
    std::ifstream file(path, std::ios::binary);
    file.seekg(0, std::ios::end);
    file.seekg(std::max<std::streamoff>(0, file.tellg() - tail));
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
    return text.ends_with("]}");
}

/// Some writers notice a full disk only in passing: what they made is opened and counted.
bool is_whole(const std::filesystem::path& path, const FormatRules& rules, std::span<const OutLayer> layers) {
    // Its reader would take longer than all the rest; a file that breaks off lacks the end.
    if (rules.format == OutFormat::geojson) return ends_as_json(path);
    gdal::Messages messages;
    const gdal::ThreadOption headers("OGR_XLSX_HEADERS", "FORCE");
    const gdal::Dataset file(GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
    if (!file || GDALDatasetGetLayerCount(file.get()) < static_cast<int>(layers.size())) return false;
    // A workbook's reader passes over rows without values.
    if (!rules.empty_rows) return true;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const OGRLayerH layer = rules.many_layers ? GDALDatasetGetLayerByName(file.get(), layers[i].name.c_str())
                                                  : GDALDatasetGetLayer(file.get(), static_cast<int>(i));
        if (!layer || OGR_L_GetFeatureCount(layer, TRUE) != static_cast<GIntBig>(written_rows(layers[i]))) return false;
    }
    return true;
}

}  // namespace

Expected<void> write_with_gdal(const std::filesystem::path& path, const std::filesystem::path& shown,
                               const FormatRules& rules, std::span<const OutLayer> layers, Progress& progress) {
    gdal::set_up();
    gdal::Messages messages;
    RowsDone rows;
    for (const OutLayer& layer : layers)
        rows.all += layer.rows;
    {
        const gdal::Dataset file(
            GDALCreate(GDALGetDriverByName(rules.driver), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!file) return cannot_write(shown, messages.first_failure());
        // One transaction for all rows is what makes a database fast.
        const bool transaction = GDALDatasetTestCapability(file.get(), ODsCTransactions) != 0 &&
                                 GDALDatasetStartTransaction(file.get(), FALSE) == OGRERR_NONE;
        for (const OutLayer& layer : layers) {
            const auto written = write_layer(file.get(), layer, rules, rows, progress);
            if (!written) return tl::make_unexpected(written.error());
            if (!*written) return cannot_write(shown, messages.first_failure());
        }
        if (transaction && GDALDatasetCommitTransaction(file.get()) != OGRERR_NONE)
            return cannot_write(shown, messages.first_failure());
    }
    if (!messages.failures().empty()) return cannot_write(shown, messages.first_failure());
    if (!is_whole(path, rules, layers)) return cannot_write(shown, tr("what was written is not whole"));
    return {};
}

}  // namespace diaban
