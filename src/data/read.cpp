#include "data/read.h"

#include <algorithm>
#include <future>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/cache/dataset_cache.h"
#include "data/connection.h"
#include "data/did_you_mean.h"
#include "data/encoding/encoding.h"
#include "data/gdal/open_file.h"
#include "data/postgis/postgis.h"
#include "data/raster/read_raster.h"
#include "data/read/read_layer.h"
#include "data/read/read_sheet.h"

namespace diaban {

namespace {

/// Tables that other programs keep in a file for themselves.
bool is_internal(std::string_view layer) {
    return layer == "layer_styles" || layer == "qgis_projects";
}

struct NamedLayer {
    OGRLayerH layer = nullptr;
    std::string name;
};

std::vector<NamedLayer> layers_of(GDALDatasetH file) {
    std::vector<NamedLayer> layers;
    for (int i = 0; i < GDALDatasetGetLayerCount(file); ++i) {
        const OGRLayerH layer = GDALDatasetGetLayer(file, i);
        std::string name = to_nfc(OGR_L_GetName(layer));
        if (!is_internal(name)) layers.push_back({layer, std::move(name)});
    }
    return layers;
}

/// A file's only layer is called as the file is, unless the format is one in which layers get their names by hand.
bool named_by_file(const OpenFile& file, std::size_t layer_count) {
    static const std::set<std::string_view> with_named_layers{"GPKG", "SQLite", "OpenFileGDB", "PostgreSQL"};
    return layer_count == 1 && !with_named_layers.contains(file.driver) && file.path.has_stem();
}

/// "places#points" asks for the points of the mixed layer "places".
struct Wanted {
    std::string layer;
    std::optional<GeometryKind> kind;
};
Wanted wanted_layer(const std::string& asked, const std::vector<NamedLayer>& layers) {
    const bool whole = std::any_of(layers.begin(), layers.end(), [&](const NamedLayer& l) { return l.name == asked; });
    const auto hash = asked.rfind('#');
    if (whole || hash == std::string::npos) return {asked, {}};
    const auto kind = geometry_kind_from_id(std::string_view(asked).substr(hash + 1));
    return kind ? Wanted{asked.substr(0, hash), kind} : Wanted{asked, {}};
}

std::vector<std::string> names_of(const std::vector<NamedLayer>& layers) {
    std::vector<std::string> names;
    for (const NamedLayer& layer : layers)
        names.push_back(layer.name);
    return names;
}

/// Shapes of whatever kind, as an empty GeoJSON has them, may as well be points, and in any coordinate system.
void settle_empty(Dataset& dataset) {
    if (!dataset.has_geometry()) dataset.geometry = GeometryBuilder(GeometryKind::point).finish();
    if (!dataset.crs.known()) dataset.crs = Crs::wgs84();
}

/// A layer without rows beside others is worth a word; alone, it is nothing to open.
Expected<void> check_rows(Dataset& dataset, const Place& where, const std::string& path, bool alone, bool others) {
    if (dataset.size() > 0) return {};
    if (alone)
        return fail(ErrorKind::bad_input, tr("there are no rows in it"),
                    {.file = path, .layer = where.layer, .field = {}, .row = {}},
                    others ? tr("Choose another layer of the file.") : tr("Open another file."));
    dataset.diagnostics.push_back({DiagnosticKind::other, Severity::warning, where, 1, tr("there are no rows in it")});
    return {};
}

Expected<Crs> override_crs(const std::string& text, const Place& where) {
    if (text.empty()) return Crs();
    auto crs = Crs::from_text(text);
    if (!crs) {
        Error error = crs.error();
        error.where = where;
        return tl::make_unexpected(std::move(error));
    }
    return crs;
}

/// Of an ordinary file; 0 for what is none.
std::size_t bytes_of(const std::filesystem::path& path) {
    std::error_code problem;
    const auto bytes = std::filesystem::file_size(path, problem);
    return problem ? 0 : static_cast<std::size_t>(bytes);
}

Expected<void> check_encoding(const std::string& id, const Place& where) {
    if (id.empty() || encoding_from_id(id)) return {};
    std::vector<std::string> ids;
    for (const Encoding encoding : all_encodings())
        ids.push_back(to_id(encoding));
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no encoding “{}”")), id), where,
                fmt::format(fmt::runtime(tr("Choose one of {}.")), fmt::join(ids, ", ")));
}

std::string crs_in_words(const Crs& crs) {
    if (!crs.known()) return {};
    return crs.code().empty() ? crs.name() : fmt::format("{} ({})", crs.name(), crs.code());
}

Expected<std::vector<DatasetPtr>> read_sheets_as_datasets(const std::filesystem::path& path, const ReadOptions& options,
                                                          Progress& progress) {
    auto datasets = read_sheet_file(path, options, progress);
    if (!datasets) return tl::make_unexpected(datasets.error());
    std::vector<DatasetPtr> result;
    for (Dataset& dataset : *datasets) {
        const bool alone = datasets->size() == 1;
        const bool others = alone && !options.layer.empty();
        const Place where{
            .file = to_utf8(path.filename()), .layer = alone && !others ? "" : dataset.name, .field = {}, .row = {}};
        if (const auto rows = check_rows(dataset, where, to_utf8(path), alone, others); !rows)
            return tl::make_unexpected(rows.error());
        result.push_back(std::make_shared<const Dataset>(std::move(dataset)));
    }
    return result;
}

Expected<FileInfo> inspect_sheets(const std::filesystem::path& path) {
    Progress progress;
    const auto datasets = read_sheet_file(path, {}, progress);
    if (!datasets) return tl::make_unexpected(datasets.error());
    FileInfo info;
    for (const Dataset& dataset : *datasets) {
        info.driver = dataset.from.driver;
        info.layers.push_back({dataset.from.layer, static_cast<int64_t>(dataset.size()),
                               dataset.has_geometry() ? "Point" : "None", crs_in_words(dataset.crs)});
    }
    return info;
}

/// Kept before its geometry was checked, and wanted checked.
std::vector<DatasetPtr> checked_as_wanted(std::vector<DatasetPtr> kept, const ReadOptions& options) {
    for (DatasetPtr& dataset : kept)
        if (dataset->unchecked && dataset->geometry.points().size() <= options.most_corners_checked)
            dataset = check_now(dataset, options.import.repair);
    return kept;
}

}  // namespace

Expected<FileInfo> inspect(const std::filesystem::path& path) {
    if (reads_as_sheet(path)) return inspect_sheets(path);
    if (is_postgres(to_utf8(path))) return inspect_database(to_utf8(path));
    gdal::Messages messages;
    auto file = open_file(path, messages);
    if (!file) return tl::make_unexpected(file.error());
    FileInfo info;
    info.driver = file->driver;
    for (const NamedLayer& layer : layers_of(file->handle.get())) {
        LayerInfo one;
        one.name = layer.name;
        one.feature_count = OGR_L_GetFeatureCount(layer.layer, TRUE);
        one.geometry = OGRGeometryTypeToName(OGR_L_GetGeomType(layer.layer));
        one.crs = crs_in_words(crs_of(layer.layer));
        info.layers.push_back(std::move(one));
    }
    return info;
}

DatasetPtr check_now(const DatasetPtr& dataset, bool repair) {
    auto checked = std::make_shared<Dataset>(*dataset);
    checked->unchecked = false;
    // As read() names the place: without the layer where the file is named for it.
    const bool by_file = dataset->name == to_nfc(to_utf8(dataset->from.path.stem()));
    const std::string layer = dataset->from.layer.substr(0, dataset->from.layer.find('#'));
    const Place where{
        .file = to_utf8(dataset->from.path.filename()), .layer = by_file ? "" : layer, .field = {}, .row = {}};
    check_geometry(*checked, where, repair);
    return checked;
}

Expected<std::vector<DatasetPtr>> read(const std::filesystem::path& path, const ReadOptions& options,
                                       Progress& progress) {
    gdal::Messages messages;
    const std::string shown = to_utf8(path);
    if (is_postgres(shown)) {
        progress.set_stage(fmt::format(fmt::runtime(tr("Reading {}")), without_password(shown)));
        return read_table(shown, options, progress);
    }
    const Place whole_file{
        .file = is_tile_address(shown) ? host_of(shown) : shown, .layer = {}, .field = {}, .row = {}};
    const std::string name_shown = is_tile_address(shown) ? host_of(shown) : to_utf8(path.filename());
    progress.set_stage(fmt::format(fmt::runtime(tr("Reading {}")), name_shown));
    if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
    const auto crs = override_crs(options.crs, whole_file);
    if (!crs) return tl::make_unexpected(crs.error());
    if (const auto known = check_encoding(options.import.encoding, whole_file); !known)
        return tl::make_unexpected(known.error());
    if (is_tile_address(shown)) return read_raster(path, *crs, options);
    if (reads_as_sheet(path)) return read_sheets_as_datasets(path, options, progress);
    std::optional<std::string> name;
    std::future<std::optional<std::string>> naming;
    if (options.cache && may_be_in_cache(*options.cache, path)) {
        name = cache_name(path, options);
        auto kept = name ? find_in_cache(*options.cache, *name, path) : std::nullopt;
        if (kept) return checked_as_wanted(*std::move(kept), options);
    } else if (options.cache) {
        // Nothing to be found, so the name can wait until it is needed for keeping.
        naming = std::async(std::launch::async, [&] { return cache_name(path, options); });
    }
    auto file = open_file(path, messages);
    if (!file) {
        if (is_raster_file(path)) return read_raster(path, *crs, options);
        return tl::make_unexpected(file.error());
    }

    const auto layers = layers_of(file->handle.get());
    if (layers.empty() && is_raster_file(path)) return read_raster(path, *crs, options);
    if (layers.empty())
        return fail(ErrorKind::bad_input, tr("the file holds no layers"), whole_file,
                    tr("Open a file with boundaries, lines, points or a table in it."));
    const Wanted wanted = wanted_layer(options.layer, layers);
    std::vector<NamedLayer> chosen = layers;
    if (!wanted.layer.empty())
        std::erase_if(chosen, [&](const NamedLayer& layer) { return layer.name != wanted.layer; });
    if (chosen.empty()) {
        if (options.rasters && is_raster_file(path)) {
            if (auto raster = read_raster(path, *crs, options)) return raster;
        }
        return no_such_layer(shown, wanted.layer, names_of(layers));
    }

    const bool by_file = named_by_file(*file, layers.size());
    std::vector<Dataset> read_so_far;
    const double share = 1.0 / static_cast<double>(chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const NamedLayer& layer = chosen[i];
        LayerTask task;
        task.layer = layer.layer;
        task.dataset_name = by_file ? to_nfc(to_utf8(path.stem())) : layer.name;
        task.from = {path, layer.name, file->driver, modified_on(path)};
        task.where = {.file = to_utf8(path.filename()), .layer = by_file ? "" : layer.name, .field = {}, .row = {}};
        task.kind = wanted.kind;
        task.crs = *crs;
        task.cells_are_text = file->driver == "CSV";
        task.check_geometry = options.check_geometry;
        task.most_corners_checked = options.most_corners_checked;
        task.import = options.import;
        task.near = options.near;
        task.bytes = bytes_of(path) / layers.size();
        task.progress_from = share * static_cast<double>(i);
        task.progress_to = share * static_cast<double>(i + 1);
        auto datasets = read_layer(task, progress);
        if (!datasets) return tl::make_unexpected(datasets.error());
        if (i == 0 && !datasets->empty())
            datasets->front().diagnostics.insert(datasets->front().diagnostics.begin(), file->diagnostics.begin(),
                                                 file->diagnostics.end());
        for (Dataset& dataset : *datasets) {
            const bool shapes = OGR_L_GetGeomType(layer.layer) != wkbNone;
            if (options.empty && dataset.size() == 0 && shapes) settle_empty(dataset);
            const bool welcome = options.empty && dataset.has_geometry();
            const auto rows = check_rows(dataset, task.where, shown, chosen.size() == 1 && !welcome, layers.size() > 1);
            if (!rows) return tl::make_unexpected(rows.error());
            read_so_far.push_back(std::move(dataset));
        }
    }
    if (read_so_far.empty()) return no_such_layer(shown, options.layer, names_of(layers));
    if (naming.valid()) name = naming.get();
    std::vector<DatasetPtr> result;
    for (std::size_t i = 0; i < read_so_far.size(); ++i) {
        if (name) read_so_far[i].content = content_name(*name, i, read_so_far.size());
        result.push_back(std::make_shared<const Dataset>(std::move(read_so_far[i])));
    }
    return result;
}

}  // namespace diaban
