#include "data/write/plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/write/shapes.h"

namespace diaban {

namespace {

using Columns = std::vector<std::shared_ptr<const Column>>;

void report(Diagnostics& diagnostics, Severity severity, const Place& where, int64_t count, std::string detail) {
    diagnostics.push_back({DiagnosticKind::other, severity, where, count, std::move(detail)});
}

// ── names of layers ──

/// Excel refuses these in a sheet's name.
std::string sheet_name(std::string name) {
    constexpr std::string_view refused = "[]:*?/\\";
    for (char& c : name)
        if (refused.find(c) != std::string_view::npos) c = '_';
    while (!name.empty() && name.front() == '\'')
        name.erase(0, 1);
    while (!name.empty() && name.back() == '\'')
        name.pop_back();
    return name;
}

std::string first_letters(const std::string& text, std::size_t letters) {
    std::size_t seen = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte & 0xC0U) == 0x80U) continue;
        // Letters beyond the basic plane count twice in UTF-16.
        seen += byte >= 0xF0U ? 2 : 1;
        if (seen > letters) return text.substr(0, at);
    }
    return text;
}

/// SQLite's and GeoPackage's own tables, and those that Diaban passes over as other programs' notes.
bool is_reserved(const std::string& name) {
    static constexpr std::array<std::string_view, 3> prefixes{"gpkg_", "sqlite_", "rtree_"};
    return name == "layer_styles" || name == "qgis_projects" ||
           std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view p) { return name.starts_with(p); });
}

std::vector<std::string> layer_names(std::span<const DatasetPtr> datasets, const FormatRules& rules) {
    std::vector<std::string> names;
    for (const DatasetPtr& dataset : datasets) {
        std::string name = dataset->name.empty() ? std::string(tr("layer")) : dataset->name;
        if (rules.format == OutFormat::geopackage && is_reserved(name)) name = "layer_" + name;
        if (rules.format == OutFormat::xlsx) name = first_letters(sheet_name(name), rules.layer_name_letters);
        names.push_back(name.empty() ? std::string(tr("layer")) : name);
    }
    FormatRules layers = rules;
    layers.name_bytes = FormatRules::no_limit;
    layers.names_differ_in_case = false;
    std::vector<std::string> fitted = fit_names(names, layers);
    for (std::size_t i = 0; i < fitted.size(); ++i)
        if (fitted[i] != names[i] && rules.layer_name_letters != FormatRules::no_limit) {
            const std::string number = fitted[i].substr(names[i].size());
            fitted[i] = first_letters(names[i], rules.layer_name_letters - number.size()) + number;
        }
    return fitted;
}

// ── shapes ──

/// In degrees of WGS 84 where the format asks for them.
Expected<void> settle_geometry(OutLayer& layer, const DatasetPtr& dataset, const FormatRules& rules,
                               Diagnostics& diagnostics) {
    layer.geometry = std::shared_ptr<const Geometry>(dataset, &dataset->geometry);
    layer.crs = dataset->crs;
    if (rules.any_crs) return {};
    if (!layer.crs.known()) {
        report(diagnostics, Severity::warning, layer.where, 1,
               fmt::format(fmt::runtime(tr("its coordinate system is unknown: the coordinates are written as they are, "
                                           "though readers of {} take them for degrees (WGS 84)")),
                           rules.name));
        return {};
    }
    const auto to_degrees = Transform::between(layer.crs, Crs::wgs84());
    if (!to_degrees) return tl::make_unexpected(to_degrees.error());
    const Crs before = std::exchange(layer.crs, Crs::wgs84());
    if (to_degrees->identity()) {
        layer.decimals = decimals_of(layer.geometry->points());
        return {};
    }
    std::size_t failed = 0;
    Geometry degrees = rounded(to_degrees->apply(*layer.geometry, &failed));
    layer.decimals = reprojected_decimals;
    report(
        diagnostics, Severity::note, layer.where, 1,
        fmt::format(fmt::runtime(tr("the coordinates were reprojected from {} to degrees of WGS 84, which {} asks for "
                                    "({})")),
                    before.name(), rules.name, to_degrees->operation()));
    if (failed > 0) {
        diagnostics.push_back({DiagnosticKind::dropped_by_transform, Severity::warning, layer.where,
                               static_cast<int64_t>(failed), tr("their features are written without a shape")});
        degrees = without_lost_features(degrees);
    }
    layer.geometry = std::make_shared<const Geometry>(std::move(degrees));
    return {};
}

bool says(const Column& column, const Geometry& points, double Point::*coordinate) {
    constexpr double tolerance = 1e-9;
    if (!column.numeric()) return false;
    for (uint32_t row = 0; row < points.feature_count(); ++row) {
        const auto number = column.number(row);
        if (number.has_value() != points.has_geometry(row)) return false;
        if (number && std::abs(*number - points.points_of(row).front().*coordinate) > tolerance) return false;
    }
    return true;
}

/// A longitude and a latitude for each row, unless the table says them already.
void add_point_columns(Columns& columns, const OutLayer& layer) {
    const Geometry& points = *layer.geometry;
    const bool degrees = layer.crs.known();
    for (const auto& [name, coordinate] :
         {std::pair{degrees ? "lon" : "x", &Point::x}, std::pair{degrees ? "lat" : "y", &Point::y}}) {
        const auto same = [&, coordinate = coordinate](const auto& column) {
            return says(*column, points, coordinate);
        };
        if (std::any_of(columns.begin(), columns.end(), same)) continue;
        std::vector<double> values(layer.rows);
        std::vector<uint8_t> present(layer.rows);
        for (uint32_t row = 0; row < points.feature_count(); ++row) {
            if (!points.has_geometry(row)) continue;
            values[row] = points.points_of(row).front().*coordinate;
            present[row] = 1;
        }
        columns.push_back(std::make_shared<Column>(name, ColumnType::real, std::move(values), std::move(present)));
    }
}

/// GDAL and QGIS know the column by this name. A table that was read from such a file has it among its columns still.
void add_text_column(Columns& columns, const OutLayer& layer) {
    static constexpr const char* name = "WKT";
    std::erase_if(columns, [](const auto& column) { return column->name() == name; });
    std::vector<std::string> texts(layer.rows);
    std::vector<uint8_t> present(layer.rows);
    for (uint32_t row = 0; row < layer.geometry->feature_count(); ++row) {
        texts[row] = exact_wkt(*layer.geometry, row);
        present[row] = texts[row].empty() ? 0 : 1;
    }
    columns.push_back(std::make_shared<Column>(name, ColumnType::text, std::move(texts), std::move(present)));
}

/// Shapes as columns, where the format has nothing better.
void columns_for_shapes(Columns& columns, OutLayer& layer, const FormatRules& rules, Diagnostics& diagnostics) {
    if (layer.geometry->kind() == GeometryKind::point && !layer.multi)
        add_point_columns(columns, layer);
    else if (rules.shapes == OutShapes::text)
        add_text_column(columns, layer);
    else
        report(diagnostics, Severity::warning, layer.where, static_cast<int64_t>(layer.rows),
               fmt::format(fmt::runtime(tr("its shapes are not written: of shapes, {} holds single points alone")),
                           rules.name));
    layer.geometry = nullptr;
}

// ── the table ──

void report_renamed(const std::vector<std::string>& names, const std::vector<std::string>& fitted,
                    const FormatRules& rules, const Place& where, Diagnostics& diagnostics) {
    std::string pairs;
    int64_t count = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == fitted[i]) continue;
        ++count;
        pairs += fmt::format("{}{} → {}", pairs.empty() ? "" : "; ", names[i], fitted[i]);
    }
    if (count == 0) return;
    const bool by_length = rules.name_bytes != FormatRules::no_limit;
    report(diagnostics, by_length ? Severity::warning : Severity::note, where, count,
           fmt::format(fmt::runtime(by_length ? tr_n("{} column got another name, of at most {} bytes: {}",
                                                     "{} columns got other names, of at most {} bytes: {}",
                                                     static_cast<long>(count))
                                              : tr_n("{0} column got another name: {2}",
                                                     "{0} columns got other names: {2}", static_cast<long>(count))),
                       format_integer(count), rules.name_bytes, pairs));
}

/// Diaban's own reader passes over them in every plain table.
void report_empty_rows(const OutLayer& layer, const FormatRules& rules, Diagnostics& diagnostics) {
    if (rules.empty_rows && layer.geometry) return;
    int64_t empty = 0;
    for (std::size_t row = 0; row < layer.rows; ++row)
        if (std::all_of(layer.columns.begin(), layer.columns.end(), [&](const OutColumn& column) {
                return column.values->is_null(row) || column.values->text(row).empty();
            }))
            ++empty;
    if (empty > 0)
        report(diagnostics, Severity::warning, layer.where, empty,
               fmt::format(fmt::runtime(tr_n("{} row without any value is passed over when the file is read",
                                             "{} rows without any value are passed over when the file is read",
                                             static_cast<long>(empty))),
                           format_integer(empty)));
}

Expected<void> check_size(const OutLayer& layer, std::size_t columns, const FormatRules& rules) {
    if (layer.rows > rules.rows)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("{} rows are more than the {} that {} holds")),
                                format_integer(static_cast<int64_t>(layer.rows)),
                                format_integer(static_cast<int64_t>(rules.rows)), rules.name),
                    layer.where, tr("Write a GeoPackage or a CSV instead."));
    if (columns > rules.columns)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("{} columns are more than the {} that {} holds")),
                                format_integer(static_cast<int64_t>(columns)),
                                format_integer(static_cast<int64_t>(rules.columns)), rules.name),
                    layer.where, tr("Write a GeoPackage or a CSV instead."));
    return {};
}

void settle_columns(OutLayer& layer, const Columns& columns, const FormatRules& rules, Diagnostics& diagnostics) {
    std::vector<std::string> names;
    for (const auto& column : columns)
        names.push_back(column->name());
    const std::vector<std::string> fitted = fit_names(names, rules);
    report_renamed(names, fitted, rules, layer.where, diagnostics);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        Place where = layer.where;
        where.field = names[i];
        OutColumn column = fit_column(columns[i], rules, where, diagnostics);
        column.name = fitted[i];
        layer.columns.push_back(std::move(column));
    }
    report_empty_rows(layer, rules, diagnostics);
}

/// Rows that only a shape would carry into the file.
void settle_shapeless(OutLayer& layer, const FormatRules& rules, Diagnostics& diagnostics) {
    layer.skip_shapeless = !rules.shapeless_rows;
    const auto lost = static_cast<int64_t>(layer.rows - written_rows(layer));
    if (lost > 0)
        report(diagnostics, Severity::warning, layer.where, lost,
               fmt::format(fmt::runtime(tr_n("{} row without a shape is left out, which {} cannot hold",
                                             "{} rows without a shape are left out, which {} cannot hold",
                                             static_cast<long>(lost))),
                           format_integer(lost), rules.name));
}

}  // namespace

std::size_t written_rows(const OutLayer& layer) {
    if (!layer.skip_shapeless || !layer.geometry) return layer.rows;
    std::size_t rows = 0;
    for (uint32_t feature = 0; feature < layer.geometry->feature_count(); ++feature)
        if (layer.geometry->has_geometry(feature)) ++rows;
    return rows;
}

Expected<OutPlan> plan_output(std::span<const DatasetPtr> datasets, const FormatRules& rules, const std::string& file) {
    OutPlan plan;
    const std::vector<std::string> names = layer_names(datasets, rules);
    for (std::size_t i = 0; i < datasets.size(); ++i) {
        const DatasetPtr& dataset = datasets[i];
        OutLayer layer;
        layer.name = names[i];
        layer.where = {.file = file, .layer = rules.many_layers ? names[i] : "", .field = {}, .row = {}};
        layer.rows = dataset->size();
        if (names[i] != dataset->name && rules.many_layers)
            report(plan.diagnostics, Severity::note, layer.where, 1,
                   fmt::format(fmt::runtime(tr("the layer “{}” got another name")), dataset->name));
        Columns columns;
        for (const Column& column : dataset->table.columns())
            columns.emplace_back(dataset, &column);
        if (dataset->has_geometry()) {
            for (uint32_t f = 0; f < dataset->geometry.feature_count() && !layer.multi; ++f)
                layer.multi = dataset->geometry.parts_of(f).size() > 1;
            // No shapes, no reprojecting them.
            const bool lost = rules.shapes == OutShapes::points_only &&
                              (layer.multi || dataset->geometry.kind() != GeometryKind::point);
            if (lost)
                layer.geometry = std::shared_ptr<const Geometry>(dataset, &dataset->geometry);
            else if (auto settled = settle_geometry(layer, dataset, rules, plan.diagnostics); !settled)
                return tl::make_unexpected(settled.error());
            if (rules.shapes != OutShapes::any) columns_for_shapes(columns, layer, rules, plan.diagnostics);
        }
        if (auto fits = check_size(layer, columns.size(), rules); !fits) return tl::make_unexpected(fits.error());
        settle_shapeless(layer, rules, plan.diagnostics);
        settle_columns(layer, columns, rules, plan.diagnostics);
        plan.layers.push_back(std::move(layer));
    }
    return plan;
}

}  // namespace diaban
