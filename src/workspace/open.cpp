#include "workspace/open.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "data/cache/dataset_cache.h"
#include "data/join/guess_join.h"
#include "data/join/match.h"
#include "data/raster/tile_address.h"
#include "data/read.h"
#include "style/style.h"
#include "workspace/failure.h"
#include "workspace/file.h"
#include "workspace/query_layers.h"

namespace diaban {

namespace {

namespace fs = std::filesystem;

/// What tells sources apart that have to be read: those that agree share one Dataset.
struct ReadKey {
    fs::path path;
    std::string layer, crs;
    ImportOptions import;
    bool operator==(const ReadKey&) const = default;
};
ReadKey read_key(const Source& source) {
    return {source.path, source.layer, source.crs, source.import};
}

void add_failure(Diagnostics& diagnostics, const fs::path& path, const std::string& layer, std::string detail) {
    diagnostics.push_back(layer_failure(to_utf8(path), layer, std::move(detail)));
}

/// Layers and joins that name a source which is not there, or has nothing to draw.
void check_layers(const Opened& opened, Diagnostics& diagnostics) {
    const Workspace& workspace = opened.workspace;
    const auto missing = [&](const Layer& layer, const std::string& source) {
        if (workspace.find_source(source) || workspace.find_carried(source) || workspace.find_query(source)) return;
        add_failure(diagnostics, {}, layer.name,
                    fmt::format(fmt::runtime(tr("the workspace has no source “{}”")), source));
    };
    for (const Layer& layer : workspace.layers) {
        missing(layer, layer.source);
        for (const Join& join : layer.joins)
            missing(layer, join.source);
        const auto dataset = opened.datasets.find(layer.source);
        if (dataset != opened.datasets.end() && !dataset->second->has_geometry())
            add_failure(diagnostics, dataset->second->from.path, layer.name,
                        tr("it is a table without geometry, which can be joined but not drawn"));
    }
}

/// Makes the carried sources, each from what is there by then. One that cannot be made is a diagnostic. Errors:
/// cancelled.
Expected<void> carry_all(Opened& opened, Progress& progress) {
    const auto lookup = [&](const std::string& id) {
        const auto it = opened.datasets.find(id);
        return it == opened.datasets.end() ? DatasetPtr() : it->second;
    };
    for (const CarriedSource& carried : opened.workspace.carried) {
        auto data = carry_source(carried, lookup, progress);
        if (!data && data.error().kind == ErrorKind::cancelled) return tl::make_unexpected(data.error());
        if (!data) {
            add_failure(opened.diagnostics, data.error().where.file, layers_that_need(opened.workspace, carried.id),
                        fmt::format("{}: {}", carried.id, without_place(data.error())));
            continue;
        }
        const Diagnostics& said = data->dataset->diagnostics;
        opened.diagnostics.insert(opened.diagnostics.end(), said.begin(), said.end());
        opened.datasets.emplace(carried.id, std::move(data->dataset));
    }
    return {};
}

/// Makes the data of the saved queries that layers show or join, each from what is there by then. Those that cannot be
/// made are diagnostics. Errors: cancelled.
Expected<void> carry_out_queries(Opened& opened, QueryCache& cache, Progress& progress) {
    const Workspace& workspace = opened.workspace;
    const Diagnostics circles = circle_failures(workspace);
    opened.diagnostics.insert(opened.diagnostics.end(), circles.begin(), circles.end());
    for (const SavedQuery* query : source_queries(workspace).in_order) {
        progress.set_stage(fmt::format(fmt::runtime(tr("Asking: {}")), query->name));
        auto made = carry_out(*query, workspace, opened.datasets, cache, progress);
        if (!made && made.error().kind == ErrorKind::cancelled) return tl::make_unexpected(made.error());
        if (!made) {
            opened.diagnostics.push_back(query_failure(workspace, *query, made.error()));
            continue;
        }
        const Diagnostics& said = (*made)->diagnostics;
        opened.diagnostics.insert(opened.diagnostics.end(), said.begin(), said.end());
        opened.datasets.emplace(query->id, std::move(*made));
    }
    return {};
}

/// Goes once through filters and calculated columns that look at other layers. What is wrong with them is told where
/// they are used. Errors: cancelled.
Expected<void> look_around(const Opened& opened, QueryCache& cache, Progress& progress) {
    std::vector<std::string> names;
    for (const Layer& layer : opened.workspace.layers)
        if ((!layer.filter.empty() || !layer.columns.empty()) && !layers_of(layer).empty()) names.push_back(layer.id);
    if (names.empty()) return {};
    const auto behind = layers_behind(opened.workspace, names);
    const auto layers = query_layers(opened.workspace, opened.datasets, &behind, cache, progress);
    if (!layers) return tl::make_unexpected(layers.error());
    for (const QueryLayer& layer : layers->list) {
        if (!layer.features || std::ranges::find(names, layer.id) == names.end()) continue;
        const auto kept = kept_by_filter(*layers, layer, cache, progress);
        if (!kept && kept.error().kind == ErrorKind::cancelled) return tl::make_unexpected(kept.error());
    }
    return {};
}

Expected<Opened> open_workspace(const fs::path& path, Progress& progress, OpenOptions options) {
    auto workspace = load_workspace(path);
    if (!workspace) return tl::make_unexpected(workspace.error());
    Opened opened;
    opened.workspace = std::move(*workspace);
    const bool made = !opened.workspace.carried.empty() || !source_queries(opened.workspace).in_order.empty();
    if (made) options.most_corners_checked = OpenOptions().most_corners_checked;

    std::vector<std::pair<ReadKey, Expected<DatasetPtr>>> read_already;
    for (const Source& source : opened.workspace.sources) {
        const ReadKey key = read_key(source);
        auto it = std::find_if(read_already.begin(), read_already.end(),
                               [&](const auto& entry) { return entry.first == key; });
        if (it == read_already.end()) {
            auto dataset = read_source(source, progress, {}, options);
            if (!dataset && dataset.error().kind == ErrorKind::cancelled) return tl::make_unexpected(dataset.error());
            if (dataset)
                opened.diagnostics.insert(opened.diagnostics.end(), (*dataset)->diagnostics.begin(),
                                          (*dataset)->diagnostics.end());
            it = read_already.emplace(read_already.end(), key, std::move(dataset));
        }
        if (it->second) {
            opened.datasets.emplace(source.id, *it->second);
        } else {
            const std::string layers = layers_that_need(opened.workspace, source.id);
            add_failure(opened.diagnostics, source.path, layers, without_place(it->second.error()));
        }
    }
    if (auto carried = carry_all(opened, progress); !carried) return tl::make_unexpected(carried.error());
    const auto queries = options.queries ? options.queries : std::make_shared<QueryCache>();
    if (auto asked = carry_out_queries(opened, *queries, progress); !asked) return tl::make_unexpected(asked.error());
    if (options.queries)
        if (auto looked = look_around(opened, *queries, progress); !looked) return tl::make_unexpected(looked.error());
    Diagnostics failures;
    check_layers(opened, failures);
    opened.diagnostics.insert(opened.diagnostics.end(), failures.begin(), failures.end());
    return opened;
}

/// The least is drawn lowest.
int drawing_rank(const Dataset& dataset) {
    if (dataset.is_raster()) return -1;
    switch (dataset.geometry.kind()) {
        case GeometryKind::none:
            return 0;
        case GeometryKind::polygon:
            return 1;
        case GeometryKind::line:
            return 2;
        case GeometryKind::point:
            return 3;
    }
    return 0;
}

/// Joins a table to the layer that it belongs to, and says what became of it.
Diagnostic join_where_it_belongs(Opened& opened, const Dataset& table) {
    Diagnostic note{DiagnosticKind::other,
                    Severity::note,
                    {.file = to_utf8(table.from.path.filename()), .layer = table.name, .field = {}, .row = {}},
                    1,
                    {}};
    const auto source = std::find_if(opened.datasets.begin(), opened.datasets.end(),
                                     [&](const auto& entry) { return entry.second.get() == &table; });
    DIABAN_CHECK(source != opened.datasets.end());
    auto home = find_home(opened.workspace, opened.datasets, source->first, {});
    if (!home) {
        note.severity = Severity::warning;
        note.detail = fmt::format(fmt::runtime(tr("it is a table without geometry, and joined to no layer: {}")),
                                  home.error().what);
        return note;
    }
    note.detail = fmt::format(fmt::runtime(tr("it is a table, {}")), home->in_words);
    opened.workspace.find_layer(home->layer)->joins.push_back(std::move(home->join));
    return note;
}

Expected<Opened> open_data(const std::vector<fs::path>& paths, Progress& progress, const OpenOptions& options) {
    ReadOptions reading;
    reading.cache = options.cache;
    reading.most_corners_checked = options.most_corners_checked;
    reading.rasters = true;
    reading.empty = options.empty;
    std::vector<DatasetPtr> all;
    for (const fs::path& path : paths) {
        const auto crs = options.crs.find(path);
        reading.crs = crs == options.crs.end() ? std::string() : crs->second;
        auto datasets = read(path, reading, progress);
        if (!datasets) return tl::make_unexpected(datasets.error());
        all.insert(all.end(), datasets->begin(), datasets->end());
    }
    if (std::none_of(all.begin(), all.end(), [](const DatasetPtr& d) { return d->has_geometry(); }))
        return fail(ErrorKind::bad_input, tr("it is a table without geometry: there is nothing to draw"),
                    {.file = to_utf8(paths.front()), .layer = {}, .field = {}, .row = {}},
                    tr("Open boundaries, lines or points, and join the table to them in a workspace."));

    Opened opened;
    const auto features = std::ranges::find_if(all, [](const DatasetPtr& d) { return !d->is_raster(); });
    opened.workspace.title = (features == all.end() ? all.front() : *features)->name;
    // The last one added is drawn on top; among equals the file named first stays above.
    auto from_below = all;
    std::reverse(from_below.begin(), from_below.end());
    std::stable_sort(from_below.begin(), from_below.end(),
                     [](const DatasetPtr& a, const DatasetPtr& b) { return drawing_rank(*a) < drawing_rank(*b); });
    for (const DatasetPtr& dataset : from_below) {
        add_dataset(opened.workspace, dataset);
        opened.datasets.emplace(opened.workspace.sources.back().id, dataset);
    }
    for (const DatasetPtr& dataset : all) {
        opened.diagnostics.insert(opened.diagnostics.end(), dataset->diagnostics.begin(), dataset->diagnostics.end());
        if (!dataset->has_geometry()) opened.diagnostics.push_back(join_where_it_belongs(opened, *dataset));
    }
    return opened;
}

/// The layers from the top, the preferred one before them.
std::vector<const Layer*> in_order_of_preference(const Workspace& workspace, const std::string& preferred) {
    std::vector<const Layer*> layers;
    for (const Layer& layer : workspace.layers)
        layers.push_back(&layer);
    std::stable_partition(layers.begin(), layers.end(), [&](const Layer* layer) { return layer->id == preferred; });
    return layers;
}

/// "joined by the columns “code” and “ma_xa” to the layer “Communes” (263 of 270 rows matched …)".
std::string joined_in_words(const Join& join, const std::string& layer, const MatchReport& report) {
    const std::string by =
        join.key == join.foreign_key
            ? fmt::format(fmt::runtime(tr("joined by the column “{}” to the layer “{}”")), join.key, layer)
            : fmt::format(fmt::runtime(tr("joined by the columns “{}” and “{}” to the layer “{}”")), join.foreign_key,
                          join.key, layer);
    return fmt::format("{} ({})", by, summary(report));
}

/// Under everything that has features, above the rasters that are there; tiles of a server, which cover all the ground,
/// under these too.
std::vector<Layer>::iterator place_of_raster(Workspace& workspace, const Source& source) {
    auto place = workspace.layers.end();
    if (is_tile_address(to_utf8(source.path))) return place;
    while (place != workspace.layers.begin() && std::prev(place)->style.raster)
        --place;
    return place;
}

}  // namespace

Expected<DatasetPtr> read_source(const Source& source, Progress& progress, const std::string& password,
                                 const OpenOptions& options) {
    ReadOptions reading;
    reading.password = password;
    reading.layer = source.layer;
    reading.crs = source.crs;
    reading.import = source.import;
    reading.cache = options.cache;
    reading.most_corners_checked = options.most_corners_checked;
    reading.rasters = true;
    reading.empty = options.empty;
    auto datasets = read(source.path, reading, progress);
    if (!datasets) return tl::make_unexpected(datasets.error());
    return datasets->front();
}

Expected<Opened> open_files(const std::vector<fs::path>& paths, Progress& progress, const OpenOptions& options) {
    if (paths.empty())
        return fail(ErrorKind::wrong_usage, tr("no file was named"), {}, tr("Name a workspace or data files."));
    const auto workspace = std::find_if(paths.begin(), paths.end(), is_workspace_path);
    if (workspace == paths.end()) return open_data(paths, progress, options);
    if (paths.size() > 1)
        return fail(ErrorKind::wrong_usage, tr("a workspace is opened by itself, without other files"),
                    {.file = to_utf8(*workspace), .layer = {}, .field = {}, .row = {}},
                    tr("Open the workspace, then add the other files to it."));
    return open_workspace(*workspace, progress, options);
}

void keep_for_next_time(const Datasets& datasets, const CacheFolderPtr& cache) {
    if (!cache) return;
    for (const auto& [id, dataset] : datasets)
        if (dataset) keep_in_cache(*cache, *dataset);
}

std::string add_dataset(Workspace& workspace, const DatasetPtr& dataset) {
    DIABAN_CHECK(dataset != nullptr);
    // In these formats a file is one layer, and its name in the file is an accident.
    static constexpr std::array<std::string_view, 5> one_layer{"GeoJSON", "CSV", "ESRI Shapefile", "FlatGeobuf",
                                                               "TopoJSON"};
    const Provenance& from = dataset->from;
    const bool named_by_file = std::find(one_layer.begin(), one_layer.end(), from.driver) != one_layer.end() &&
                               from.layer.find('#') == std::string::npos;
    Source source;
    source.id = unused_id(workspace, dataset->name);
    std::error_code problem;
    // GDAL's own names ("/vsizip/…", "PG:…") are no paths of the disk.
    source.path = fs::exists(from.path, problem) ? fs::absolute(from.path).lexically_normal() : from.path;
    source.layer = named_by_file ? std::string() : from.layer;
    if (dataset->is_raster()) source.attribution = dataset->raster->info().attribution;
    workspace.sources.push_back(source);
    if (!dataset->has_geometry()) return {};

    Layer layer;
    layer.name = dataset->name;
    layer.source = source.id;
    layer.id = source.id;  // no layer has it either
    layer.style = default_style(*dataset, workspace.layers.size());
    const std::string id = layer.id;
    const auto place = dataset->is_raster() ? place_of_raster(workspace, source) : workspace.layers.begin();
    workspace.layers.insert(place, std::move(layer));
    return id;
}

Expected<Home> find_home(const Workspace& workspace, const Datasets& datasets, const std::string& table_source,
                         const std::string& preferred) {
    const DatasetPtr& table = datasets.at(table_source);
    Home home;
    std::size_t most = 0;
    std::string looked_at;
    for (const Layer* layer : in_order_of_preference(workspace, preferred)) {
        const auto base = datasets.find(layer->source);
        if (base == datasets.end() || base->second->size() == 0 || base->second->is_raster()) continue;
        looked_at += fmt::format("{}“{}”", looked_at.empty() ? "" : ", ", layer->name);
        auto spec = guess_join(*base->second, *table);
        if (!spec) continue;
        spec->table = table;
        const auto matched = match_rows(*base->second, *spec);
        if (!matched || matched->report.count(MatchState::matched) <= most) continue;
        most = matched->report.count(MatchState::matched);
        home.layer = layer->id;
        home.join = {table_source, spec->key, spec->foreign_key, spec->time_field, spec->role, spec->further, {}};
        home.in_words = joined_in_words(home.join, layer->name, matched->report);
    }
    if (most > 0) return home;
    if (looked_at.empty())
        return fail(ErrorKind::bad_input, tr("there is no layer to which it could be joined"), {},
                    tr("Add the layer that it belongs to, then the table again."));
    return fail(ErrorKind::bad_input,
                fmt::format(fmt::runtime(tr("none of its columns holds the codes or names of {}")), looked_at), {},
                tr("Add the layer that it belongs to, then the table again."));
}

}  // namespace diaban
