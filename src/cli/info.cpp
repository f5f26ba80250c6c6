#include "cli/info.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "cli/describe.h"
#include "cli/describe_import.h"
#include "cli/say.h"
#include "cli/subcommand.h"
#include "data/connection.h"
#include "data/problems.h"
#include "data/read.h"
#include "workspace/file.h"

namespace diaban {

namespace {

using Json = nlohmann::ordered_json;

/// Its tables, unread: there may be many, and large.
Expected<Json> describe_database(const std::filesystem::path& connection, Json result) {
    const auto database = inspect(connection);
    if (!database) return tl::make_unexpected(database.error());
    result["driver"] = database->driver;
    Json tables = Json::array();
    for (const LayerInfo& table : database->layers)
        tables.push_back({{"name", table.name},
                          {"geometry", table.geometry},
                          {"estimated_rows", table.feature_count < 0 ? Json() : Json(table.feature_count)}});
    result["tables"] = std::move(tables);
    return result;
}

Expected<Json> describe_file(const std::filesystem::path& path) {
    Progress progress;
    Json result{{"file", without_password(to_utf8(path))}};
    if (is_workspace_path(path)) {
        auto opened = open_files({path}, progress);
        if (!opened) return tl::make_unexpected(opened.error());
        result.update(describe(*opened));
        return result;
    }
    if (is_postgres(to_utf8(path))) return describe_database(path, std::move(result));
    ReadOptions options;
    options.rasters = true;
    auto datasets = read(path, options, progress);
    if (!datasets) return tl::make_unexpected(datasets.error());
    result["driver"] = datasets->front()->from.driver;
    Json layers = Json::array();
    for (const DatasetPtr& dataset : *datasets) {
        Json layer = describe(*dataset);
        const auto overlaps_and_gaps = coverage_diagnostics(*dataset, progress);
        if (!overlaps_and_gaps) return tl::make_unexpected(overlaps_and_gaps.error());
        for (const Diagnostic& diagnostic : *overlaps_and_gaps)
            layer["diagnostics"].push_back(describe(diagnostic));
        layers.push_back(std::move(layer));
    }
    result["layers"] = std::move(layers);
    return result;
}

// ── in words ──

std::string geometry_in_words(const std::string& kind, int64_t count) {
    if (kind == "raster") return tr("raster");
    const std::string number = format_integer(count);
    const auto n = static_cast<long>(count);
    if (kind == "point") return say(tr_n("{} point feature", "{} point features", n), number);
    if (kind == "line") return say(tr_n("{} line feature", "{} line features", n), number);
    if (kind == "polygon") return say(tr_n("{} polygon feature", "{} polygon features", n), number);
    return say(tr_n("table of {} row", "table of {} rows", n), number);
}

/// A value as it stands in the data: no thousands separators, so that codes and years can be copied.
std::string value_in_words(const Json& value) {
    if (value.is_null()) return "–";
    if (value.is_number_float()) return fmt::format("{}", value.get<double>());
    if (!value.is_string()) return value.dump();
    constexpr std::size_t most = 60;
    std::string text = value.get<std::string>();
    if (text.size() <= most) return text;
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U)
        --cut;
    return text.substr(0, cut) + "…";
}

std::string type_in_words(const std::string& id) {
    if (id == "boolean") return to_text(ColumnType::boolean);
    if (id == "integer") return to_text(ColumnType::integer);
    if (id == "real") return to_text(ColumnType::real);
    if (id == "date") return to_text(ColumnType::date);
    if (id == "date_time") return to_text(ColumnType::date_time);
    return to_text(ColumnType::text);
}

std::string field_in_words(const Json& field) {
    std::string text = type_in_words(field["type"]);
    if (const auto nulls = field["nulls"].get<int64_t>(); nulls > 0)
        text += ", " + say(tr("{} empty"), format_integer(nulls));
    if (field.contains("min") && !field["min"].is_null())
        text += ", " + say(tr("{} to {}"), value_in_words(field["min"]), value_in_words(field["max"]));
    if (field.contains("distinct"))
        text += ", " + say(tr("{} different"), format_integer(field["distinct"].get<int64_t>()));
    if (!field["example"].is_null() && !field.contains("min"))
        text += ", " + say(tr("for example {}"), value_in_words(field["example"]));
    return text;
}

std::string crs_in_words(const Json& crs) {
    if (crs.is_null()) return tr("unknown");
    const std::string name = crs["name"];
    return crs["code"].is_null() ? name : fmt::format("{} ({})", name, crs["code"].get<std::string>());
}

/// What print_import() has said of the layer is not said again.
void print_diagnostics(const Json& diagnostics, const Json& import, const std::string& indent, std::ostream& out) {
    if (diagnostics.empty()) {
        out << indent << tr("Nothing wrong was found.") << "\n";
        return;
    }
    bool headed = false;
    for (const Json& diagnostic : diagnostics) {
        if (said_by_import(import, diagnostic)) continue;
        if (!headed) out << indent << tr("To note:") << "\n";
        headed = true;
        out << indent << "  " << diagnostic["text"].get<std::string>();
        if (diagnostic.contains("remedy")) out << " " << diagnostic["remedy"].get<std::string>();
        out << "\n";
    }
}

/// "raster of 8000 × 6000 pixels, 3 bands (Byte), 4 overviews"
std::string raster_in_words(const Json& raster) {
    const auto number = [&](const char* key) { return raster[key].get<int64_t>(); };
    const auto counted = [&](const char* one, const char* several, const char* key) {
        return say(tr_n(one, several, static_cast<long>(number(key))), format_integer(number(key)));
    };
    std::string text =
        say(tr("raster of {} × {} pixels"), format_integer(number("width")), format_integer(number("height")));
    text += ", " + counted("{} band", "{} bands", "bands") + " (" + raster["type"].get<std::string>() + ")";
    if (raster["palette"].get<bool>()) text += std::string(", ") + tr("with a palette");
    text += ", " + (number("overviews") > 0 ? counted("{} overview", "{} overviews", "overviews")
                                            : std::string(tr("no overviews")));
    if (!raster["nodata"].is_null())
        text += ", " + say(tr("without data where it is {}"), value_in_words(raster["nodata"]));
    return text;
}

void print_raster(const Json& raster, std::ostream& out) {
    const auto line = [&](const char* words, const std::string& value) { out << "    " << say(words, value) << "\n"; };
    for (const Json& stretch : raster["stretch"])
        out << "    "
            << say(tr("Shown from black to white: {} to {}"), value_in_words(stretch[0]), value_in_words(stretch[1]))
            << "\n";
    if (!raster["description"].is_null()) line(tr("Description: {}"), value_in_words(raster["description"]));
    if (!raster["attribution"].is_null()) line(tr("Attribution: {}"), value_in_words(raster["attribution"]));
}

void print_layer(const Json& layer, std::ostream& out) {
    const std::string kind = layer["geometry"];
    out << "\n  " << layer["name"].get<std::string>() << "\n    "
        << (layer.contains("raster") ? raster_in_words(layer["raster"])
                                     : geometry_in_words(kind, layer["features"].get<int64_t>()));
    if (kind == "line" || kind == "polygon")
        out << ", " << say(tr("{} vertices"), format_integer(layer["vertices"].get<int64_t>()));
    out << "\n";
    if (kind != "none") {
        out << "    " << say(tr("Coordinate system: {}"), crs_in_words(layer["crs"])) << "\n";
        if (const Json& box = layer["extent"]; !box.is_null())
            out << "    "
                << say(tr("Extent: {} to {}"), format_lon_lat(box[0].get<double>(), box[1].get<double>()),
                       format_lon_lat(box[2].get<double>(), box[3].get<double>()))
                << "\n";
    }
    if (layer.contains("raster")) print_raster(layer["raster"], out);
    if (!layer["fields"].empty()) out << "    " << tr("Fields:") << "\n";
    for (const Json& field : layer["fields"])
        out << "      " << field["name"].get<std::string>() << ": " << field_in_words(field) << "\n";
    const Json import = layer.value("import", Json());
    print_import(import, "    ", out);
    print_diagnostics(layer["diagnostics"], import, "    ", out);
}

void print_workspace(const Json& file, std::ostream& out) {
    if (const std::string title = file["workspace"]; !title.empty()) out << "  " << title << "\n";
    out << "\n  " << tr("Sources:") << "\n";
    for (const Json& source : file["sources"]) {
        out << "    " << source["id"].get<std::string>() << ": ";
        if (source["opened"].get<bool>())
            out << geometry_in_words(source["geometry"], source["rows"].get<int64_t>());
        else
            out << tr("could not be opened");
        out << ", " << source["file"].get<std::string>();
        if (source["invented"].get<bool>()) out << ", " << tr("invented");
        out << "\n";
    }
    out << "\n  " << tr("Layers, the top one first:") << "\n";
    for (const Json& layer : file["layers"]) {
        out << "    " << layer["name"].get<std::string>() << ": ";
        if (layer["features"].is_null())
            out << tr("could not be opened");
        else
            out << geometry_in_words(layer["geometry"], layer["features"].get<int64_t>());
        if (!layer["visible"].get<bool>()) out << ", " << tr("hidden");
        if (layer.contains("filter")) out << ", " << say(tr("where {}"), layer["filter"].get<std::string>());
        out << "\n";
        for (const Json& join : layer["joins"])
            out << "      "
                << say(tr("joined: {} by {} = {}"), join["source"].get<std::string>(), join["key"].get<std::string>(),
                       join["foreign_key"].get<std::string>())
                << (join.contains("time_field")
                        ? ", " + say(tr("a time for each {}"), join["time_field"].get<std::string>())
                        : std::string())
                << "\n";
        for (const Json& column : layer.value("columns", Json::array()))
            out << "      "
                << say(tr("calculated: {} = {}"), column["name"].get<std::string>(), column["value"].get<std::string>())
                << "\n";
    }
    if (!file["queries"].empty()) out << "\n  " << tr("Saved queries:") << "\n";
    for (const Json& query : file["queries"])
        out << "    " << query["id"].get<std::string>() << ": " << query["name"].get<std::string>() << "\n      "
            << query["text"].get<std::string>() << "\n";
    out << "\n";
    print_diagnostics(file["diagnostics"], {}, "  ", out);
}

void print_tables(const Json& tables, std::ostream& out) {
    out << "\n  " << tr("Tables, to be read with --layer:") << "\n";
    for (const Json& table : tables) {
        out << "    " << table["name"].get<std::string>() << ": " << table["geometry"].get<std::string>();
        if (!table["estimated_rows"].is_null())
            out << ", " << say(tr("about {} rows"), format_integer(table["estimated_rows"].get<int64_t>()));
        out << "\n";
    }
}

void print_file(const Json& file, std::ostream& out) {
    out << file["file"].get<std::string>();
    if (file.contains("driver")) out << " (" << file["driver"].get<std::string>() << ")";
    out << "\n";
    if (file.contains("workspace")) {
        print_workspace(file, out);
        return;
    }
    if (file.contains("tables")) {
        print_tables(file["tables"], out);
        return;
    }
    for (const Json& layer : file["layers"])
        print_layer(layer, out);
}

}  // namespace

int info_command(const std::vector<std::filesystem::path>& files, bool json, std::ostream& out, std::ostream& err) {
    Json described = Json::array();
    for (const std::filesystem::path& path : files) {
        auto file = describe_file(path);
        if (!file) {
            return refuse(file.error(), err);
        }
        described.push_back(std::move(*file));
    }
    if (json) {
        out << Json{{"files", std::move(described)}}.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
        return 0;
    }
    for (std::size_t i = 0; i < described.size(); ++i) {
        if (i > 0) out << "\n";
        print_file(described[i], out);
    }
    return 0;
}

Subcommand add_info(CLI::App& app) {
    struct Arguments {
        std::vector<std::string> files;
        bool json = false;
    };
    auto arguments = std::make_shared<Arguments>();
    auto* info = app.add_subcommand("info", tr("layers, fields, CRS, counts, and everything wrong with the data"));
    info->add_option("FILE", arguments->files, tr("data files or workspaces"))->required();
    info->add_flag("--json", arguments->json, tr("print JSON, for machines"));
    info->footer(tr("Example: diaban info communes.gpkg"));
    return {info,
            [arguments] { return info_command(to_paths(arguments->files), arguments->json, std::cout, std::cerr); }};
}

}  // namespace diaban
