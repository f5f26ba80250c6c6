#include "cli/describe.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/file.h"
#include "cli/describe_import.h"
#include "scene/derive.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

std::string type_id(ColumnType type) {
    switch (type) {
        case ColumnType::boolean:
            return "boolean";
        case ColumnType::integer:
            return "integer";
        case ColumnType::real:
            return "real";
        case ColumnType::text:
            return "text";
        case ColumnType::date:
            return "date";
        case ColumnType::date_time:
            return "date_time";
    }
    return {};
}

std::string kind_id(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::none:
            return "none";
        case GeometryKind::point:
            return "point";
        case GeometryKind::line:
            return "line";
        case GeometryKind::polygon:
            return "polygon";
    }
    return {};
}

Json value_at(const Column& column, std::size_t row) {
    if (column.type() == ColumnType::integer) return *column.integer(row);
    if (column.type() == ColumnType::real) return column.number(row).value_or(std::nan(""));
    if (column.type() == ColumnType::boolean) return *column.integer(row) != 0;
    return column.text(row);
}

/// Smallest and largest of what has an order that means something; how many different values of the rest.
Json describe(const Column& column) {
    Json field{{"name", column.name()}, {"type", type_id(column.type())}, {"nulls", column.null_count()}};
    std::optional<std::size_t> low, high, first;
    std::unordered_set<std::string> distinct;
    const bool ordered =
        column.numeric() || column.type() == ColumnType::date || column.type() == ColumnType::date_time;
    // Dates are ordered as their ISO text is, numbers as numbers.
    const auto less = [&](std::size_t a, std::size_t b) {
        return column.numeric() ? column.number(a) < column.number(b) : column.integer(a) < column.integer(b);
    };
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (column.is_null(row)) continue;
        if (!first) first = row;
        if (!ordered) {
            distinct.insert(column.text(row));
            continue;
        }
        if (!low || less(row, *low)) low = row;
        if (!high || less(*high, row)) high = row;
    }
    if (ordered) {
        field["min"] = low ? value_at(column, *low) : Json();
        field["max"] = high ? value_at(column, *high) : Json();
    } else {
        field["distinct"] = distinct.size();
    }
    field["example"] = first ? value_at(column, *first) : Json();
    return field;
}

Json describe(const Crs& crs) {
    if (!crs.known()) return {};
    return {{"name", crs.name()}, {"code", crs.code().empty() ? Json() : Json(crs.code())}};
}

Json describe(const Box& box) {
    if (box.empty()) return {};
    return Json::array({box.min_x, box.min_y, box.max_x, box.max_y});
}

Json describe(const Diagnostics& diagnostics) {
    Json list = Json::array();
    for (const Diagnostic& diagnostic : diagnostics)
        list.push_back(describe(diagnostic));
    return list;
}

std::string kind_id(const Dataset& dataset) {
    return dataset.is_raster() ? "raster" : kind_id(dataset.geometry.kind());
}

Json describe(const Raster& raster) {
    const RasterInfo& info = raster.info();
    const auto or_null = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
    Json stretch = Json::array();
    for (const ValueStretch& s : raster.stretch())
        stretch.push_back(Json::array({s.low, s.high}));
    return {{"width", info.width},
            {"height", info.height},
            {"bands", info.bands},
            {"type", info.type},
            {"palette", info.palette},
            {"nodata", or_null(info.nodata)},
            {"overviews", info.overviews},
            {"pixel", raster.pixel()},
            {"stretch", std::move(stretch)},
            {"served", info.served},
            {"description", or_null(info.description)},
            {"attribution", or_null(info.attribution)}};
}

/// A layer with what its joins, its filter and its style come to.
Json describe(const Layer& layer, const LayerResult& derived, const Opened& opened) {
    Json result{{"id", layer.id}, {"name", layer.name}, {"source", layer.source}, {"visible", layer.visible}};
    if (!layer.filter.empty()) result["filter"] = layer.filter;
    const auto base = opened.datasets.find(layer.source);
    result["features"] = base == opened.datasets.end() ? Json() : Json(base->second->size());
    result["geometry"] = base == opened.datasets.end() ? Json() : Json(kind_id(*base->second));
    Json joins = Json::array();
    for (const Join& join : layer.joins) {
        Json one{{"source", join.source}, {"key", join.key}, {"foreign_key", join.foreign_key}};
        if (!join.time_field.empty()) one["time_field"] = join.time_field;
        joins.push_back(std::move(one));
    }
    result["joins"] = std::move(joins);
    if (!layer.columns.empty()) result["columns"] = diaban::describe(layer.columns);
    if (derived.features && !layer.filter.empty()) result["shown"] = derived.shown_count;
    return result;
}

}  // namespace

Json describe(const Diagnostic& diagnostic) {
    Json result{{"kind", to_id(diagnostic.kind)}, {"severity", to_id(diagnostic.severity)}};
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty()) result[key] = value;
    };
    add("file", diagnostic.where.file);
    add("layer", diagnostic.where.layer);
    add("field", diagnostic.where.field);
    if (diagnostic.where.row) result["row"] = *diagnostic.where.row;
    result["count"] = diagnostic.count;
    add("detail", diagnostic.detail);
    result["text"] = to_text(diagnostic);
    add("remedy", remedy(diagnostic.kind));
    return result;
}

Json describe(const Dataset& dataset) {
    Json fields = Json::array();
    for (const Column& column : dataset.table.columns())
        fields.push_back(describe(column));
    const auto or_null = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
    Json import = dataset.import ? describe(*dataset.import) : Json();
    if (!dataset.repairs.list.empty()) import["repairs"] = describe(dataset.repairs);
    Json result{{"name", dataset.name},
                {"layer", dataset.from.layer},
                {"geometry", kind_id(dataset)},
                {"features", dataset.is_raster() ? 0 : dataset.size()},
                {"vertices", dataset.geometry.points().size()},
                {"crs", describe(dataset.crs)},
                {"extent", describe(dataset.lon_lat_box())},
                {"code_field", or_null(guess_code_column(dataset.table))},
                {"name_field", or_null(guess_name_column(dataset.table))},
                {"fields", std::move(fields)},
                {"diagnostics", describe(dataset.diagnostics)}};
    if (!import.empty()) result["import"] = std::move(import);
    if (dataset.is_raster()) result["raster"] = describe(*dataset.raster);
    return result;
}

Json describe(const Opened& opened) {
    const Workspace& workspace = opened.workspace;
    Diagnostics diagnostics = opened.diagnostics;
    Json sources = Json::array();
    for (const Source& source : workspace.sources) {
        Json one{{"id", source.id}, {"file", to_utf8(source.path)}};
        if (!source.layer.empty()) one["layer"] = source.layer;
        if (!source.attribution.empty()) one["attribution"] = source.attribution;
        if (!source.date.empty()) one["date"] = source.date;
        one["invented"] = source.invented;
        const auto dataset = opened.datasets.find(source.id);
        const bool open = dataset != opened.datasets.end();
        one["opened"] = open;
        one["rows"] = open ? Json(dataset->second->size()) : Json();
        one["geometry"] = open ? Json(kind_id(*dataset->second)) : Json();
        one["crs"] = open ? describe(dataset->second->crs) : Json();
        sources.push_back(std::move(one));
    }
    Json layers = Json::array();
    DeriveCache cache;
    const std::vector<LayerResultPtr> derived = derive_layers(workspace, opened.datasets, cache);
    for (std::size_t i = 0; i < derived.size(); ++i) {
        layers.push_back(describe(workspace.layers[i], *derived[i], opened));
        diagnostics.insert(diagnostics.end(), derived[i]->diagnostics.begin(), derived[i]->diagnostics.end());
    }
    return {{"workspace", workspace.title},
            {"sources", std::move(sources)},
            {"layers", std::move(layers)},
            {"queries", diaban::describe(workspace.queries)},
            {"diagnostics", describe(diagnostics)}};
}

}  // namespace diaban
