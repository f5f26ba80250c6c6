#include "data/read/read_layer.h"

#include <algorithm>
#include <numeric>
#include <span>

#include <fmt/format.h>
#include <ogr_srs_api.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/extent.h"
#include "data/places/place_points.h"
#include "data/places/settle_crs.h"
#include "data/read/read_attributes.h"
#include "data/read/read_geometry.h"

namespace diaban {

namespace {

/// Everything of a layer, as it came.
struct RawLayer {
    std::vector<Column> columns;
    GeometryCollector geometry;
    std::size_t rows = 0;
    Diagnostics diagnostics;
    ImportReport report;
};

/// What reading went through without stopping, in GDAL's words.
void add_messages(Diagnostics& diagnostics, const gdal::Messages& messages, const Place& where) {
    for (const std::string& text : messages.failures())
        diagnostics.push_back({DiagnosticKind::other, Severity::error, where, 1, text});
    for (const std::string& text : messages.warnings())
        diagnostics.push_back({DiagnosticKind::other, Severity::note, where, 1, text});
}

Expected<RawLayer> read_rows(const LayerTask& task, bool plain_table, Progress& progress) {
    constexpr std::size_t rows_between_looks = 1024;
    gdal::Messages messages;
    // Negative where it would have to be counted.
    const int64_t expected = task.expected_rows ? *task.expected_rows : OGR_L_GetFeatureCount(task.layer, FALSE);
    RawLayer raw{.geometry = GeometryCollector(task.bytes / sizeof(Point))};
    AttributeCollector attributes(OGR_L_GetLayerDefn(task.layer));
    std::size_t seen = 0;
    OGR_L_ResetReading(task.layer);
    while (const gdal::Feature feature{OGR_L_GetNextFeature(task.layer)}) {
        // Spreadsheets are full of formatted rows without content.
        if (!plain_table || attributes.any_value(feature.get())) {
            raw.geometry.add(OGR_F_GetGeometryRef(feature.get()), static_cast<uint32_t>(attributes.row_count()));
            attributes.add(feature.get());
        }
        if (++seen % rows_between_looks != 0) continue;
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        if (const auto fits =
                check_extent(attributes.row_count(), attributes.field_count(), attributes.value_count(), task.where);
            !fits)
            return tl::make_unexpected(fits.error());
        if (expected > 0) {
            const double share = std::min(1.0, static_cast<double>(seen) / static_cast<double>(expected));
            progress.set(task.progress_from + share * (task.progress_to - task.progress_from));
        }
    }
    if (task.all_or_nothing && !messages.failures().empty())
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("reading broke off ({})")), messages.first_failure()), task.where,
                    tr("Try again."));
    if (!messages.failures().empty() && static_cast<int64_t>(seen) < expected)
        return fail(
            ErrorKind::bad_input,
            fmt::format(fmt::runtime(tr("the file is damaged: reading broke off after {} of {} rows ({})")),
                        format_integer(static_cast<int64_t>(seen)), format_integer(expected), messages.first_failure()),
            task.where, tr("Get the file again, or export it anew from the program that made it."));

    raw.rows = attributes.row_count();
    if (!messages.failures().empty() && !plain_table && raw.rows > 0 && raw.geometry.kinds().empty())
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the file is damaged: none of its shapes can be read ({})")),
                                messages.first_failure()),
                    task.where, tr("Get the file again, or export it anew from the program that made it."));
    Attributes read =
        std::move(attributes)
            .finish(task.where, {.forced = task.import.encoding, .declared = declared_encoding(task.layer)});
    raw.diagnostics = std::move(read.diagnostics);
    add_messages(raw.diagnostics, messages, task.where);
    raw.columns = std::move(read.columns);
    if (task.cells_are_text) raw.columns = infer_types(std::move(raw.columns), task.where, raw.diagnostics);
    raw.report.rows_in_file = static_cast<int64_t>(raw.rows);
    raw.report.columns = std::move(read.reports);
    raw.report.questions = std::move(read.questions);
    for (std::size_t i = 0; i < raw.columns.size(); ++i)
        raw.report.columns[i].type = raw.columns[i].type();
    return raw;
}

/// The kind of a layer none of whose rows has a geometry, as far as the file declares one.
GeometryKind declared_kind(OGRLayerH layer) {
    switch (OGR_GT_Flatten(OGR_GT_GetLinear(OGR_L_GetGeomType(layer)))) {
        case wkbPoint:
        case wkbMultiPoint:
            return GeometryKind::point;
        case wkbLineString:
        case wkbMultiLineString:
            return GeometryKind::line;
        case wkbPolygon:
        case wkbMultiPolygon:
            return GeometryKind::polygon;
        default:
            return GeometryKind::none;
    }
}

std::string kind_in_words(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point:
            return tr("points");
        case GeometryKind::line:
            return tr("lines");
        case GeometryKind::polygon:
            return tr("polygons");
        case GeometryKind::none:
            break;
    }
    return {};
}

/// Which rows belong to each kind; those without geometry stay with the first.
std::vector<std::vector<uint32_t>> rows_by_kind(const RawLayer& raw, const std::vector<GeometryKind>& kinds) {
    std::vector<std::vector<uint32_t>> rows(kinds.size());
    if (kinds.size() == 1) {
        rows[0].resize(raw.rows);
        std::iota(rows[0].begin(), rows[0].end(), 0U);
        return rows;
    }
    std::vector<uint8_t> placed(raw.rows);
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        rows[k] = raw.geometry.rows(kinds[k]);
        for (const uint32_t row : rows[k])
            placed[row] = 1;
    }
    for (uint32_t row = 0; row < raw.rows; ++row)
        if (!placed[row]) rows[0].push_back(row);
    std::sort(rows[0].begin(), rows[0].end());
    return rows;
}

Dataset dataset_of_kind(const LayerTask& task, RawLayer& raw, GeometryKind kind, const std::vector<uint32_t>& rows,
                        bool split) {
    Dataset dataset;
    dataset.name = split ? fmt::format("{} ({})", task.dataset_name, kind_in_words(kind)) : task.dataset_name;
    dataset.from = task.from;
    if (split) dataset.from.layer.append("#").append(to_id(kind));
    dataset.geometry = raw.geometry.take(kind, rows);
    if (split) {
        std::vector<Column> columns;
        for (const Column& column : raw.columns)
            columns.push_back(select_rows(column, rows));
        dataset.table = Table(std::move(columns), rows.size());
    } else {
        dataset.table = Table(std::move(raw.columns), rows.size());
    }
    return dataset;
}

std::vector<Dataset> split_by_kind(const LayerTask& task, RawLayer& raw) {
    auto report = std::make_shared<const ImportReport>(std::move(raw.report));
    auto kinds = raw.geometry.kinds();
    if (kinds.empty()) kinds = {declared_kind(task.layer)};
    if (kinds.front() == GeometryKind::none) {
        Dataset table;
        table.name = task.dataset_name;
        table.from = task.from;
        table.table = Table(std::move(raw.columns), raw.rows);
        table.import = std::move(report);
        place_points(table, task.import, task.near, task.where);
        std::vector<Dataset> one;
        one.push_back(std::move(table));
        return one;
    }
    const auto rows = rows_by_kind(raw, kinds);
    std::vector<Dataset> datasets;
    for (std::size_t k = 0; k < kinds.size(); ++k)
        datasets.push_back(dataset_of_kind(task, raw, kinds[k], rows[k], kinds.size() > 1));
    for (Dataset& dataset : datasets)
        dataset.import = report;
    if (kinds.size() > 1) {
        std::string parts;
        for (std::size_t k = 0; k < kinds.size(); ++k)
            parts += fmt::format("{}{} {}", k ? "; " : "", format_integer(static_cast<int64_t>(rows[k].size())),
                                 kind_in_words(kinds[k]));
        raw.diagnostics.push_back(
            {DiagnosticKind::mixed_geometry, Severity::note, task.where, static_cast<int64_t>(kinds.size()), parts});
    }
    return datasets;
}

}  // namespace

Crs crs_of(OGRLayerH layer) {
    const OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer);
    return reference ? crs_of_reference(reference) : Crs();
}

Crs crs_of_reference(OGRSpatialReferenceH reference) {
    const char* authority = OSRGetAuthorityName(reference, nullptr);
    const char* code = OSRGetAuthorityCode(reference, nullptr);
    if (authority && code) {
        const std::string id = fmt::format("{}:{}", authority, code);
        if (id == "OGC:CRS84") return Crs::wgs84();
        if (auto crs = Crs::from_text(id)) return std::move(*crs);
    }
    char* raw_text = nullptr;
    const char* options[] = {"FORMAT=WKT2_2019", nullptr};
    OSRExportToWktEx(reference, &raw_text, options);
    const gdal::Text text(raw_text);
    auto crs = text ? Crs::from_text(text.get()) : Crs();
    return crs ? std::move(*crs) : Crs();
}

Expected<std::vector<Dataset>> read_layer(const LayerTask& task, Progress& progress) {
    const bool plain_table = OGR_L_GetGeomType(task.layer) == wkbNone;
    auto raw = read_rows(task, plain_table, progress);
    if (!raw) return tl::make_unexpected(raw.error());

    auto datasets = split_by_kind(task, *raw);
    const Crs crs = task.crs.known() ? task.crs : crs_of(task.layer);
    report_left_out(raw->geometry, task.where, raw->diagnostics);
    auto& first = datasets.front().diagnostics;  // where a table's coordinates may have left some
    first.insert(first.begin(), raw->diagnostics.begin(), raw->diagnostics.end());

    if (task.kind && datasets.size() > 1)
        std::erase_if(datasets, [&](const Dataset& dataset) { return dataset.geometry.kind() != *task.kind; });
    for (Dataset& dataset : datasets) {
        if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
        if (dataset.has_geometry()) settle_crs(dataset, crs, {task.import.swap_axes, task.near}, task.where);
        dataset.unchecked = task.check_geometry && dataset.geometry.points().size() > task.most_corners_checked;
        if (task.check_geometry && !dataset.unchecked) check_geometry(dataset, task.where, task.import.repair);
        check_codes(dataset, task.where);
    }
    progress.set(task.progress_to);
    return datasets;
}

}  // namespace diaban
