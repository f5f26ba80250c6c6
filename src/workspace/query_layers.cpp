#include "workspace/query_layers.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/i18n.h"
#include "query/language/parse.h"
#include "workspace/in_order.h"

namespace diaban {

namespace {

std::shared_ptr<const Features> join_features(const Layer& layer, const Datasets& datasets) {
    const auto base = datasets.find(layer.source);
    if (base == datasets.end() || base->second->is_raster()) return nullptr;
    auto features = std::make_shared<Features>(base->second);
    for (const Join& join : layer.joins)
        if (const auto table = datasets.find(join.source); table != datasets.end())
            // What does not match is told where the layer is derived.
            (void)features->join(to_spec(join, table->second));
    return features;
}

/// "communes.gpkg, malnutrition.csv": the file of a source, or those that it was made from.
std::string files_in_words(const std::vector<const Source*>& files) {
    std::string names;
    std::set<std::string> seen;
    for (const Source* file : files) {
        std::string name = file->path.filename().string();
        if (!file->layer.empty() && file->layer != file->path.stem().string())
            name = fmt::format(fmt::runtime(tr("{}, layer {}")), name, file->layer);
        if (seen.insert(name).second) names += (names.empty() ? "" : "; ") + name;
    }
    return names;
}

std::string dates_of(const std::vector<const Source*>& files) {
    std::string dates;
    std::set<std::string> seen;
    for (const Source* file : files)
        if (!file->date.empty() && seen.insert(file->date).second) dates += (dates.empty() ? "" : "; ") + file->date;
    return dates;
}

void set_features(QueryLayers& layers, const std::string& id, std::shared_ptr<const Features> features) {
    const auto entry = std::ranges::find(layers.list, id, &QueryLayer::id);
    if (entry != layers.list.end()) entry->features = std::move(features);
}

Error in_column(Error error, const AskedColumn& column) {
    if (error.kind == ErrorKind::cancelled) return error;
    error.what = fmt::format(fmt::runtime(tr("the column “{}” cannot be calculated: {}")), column.name, error.what);
    return error;
}

}  // namespace

std::vector<const Layer*> calculation_order(const Workspace& workspace) {
    std::vector<const Layer*> calculated;
    for (const Layer& layer : workspace.layers)
        if (!layer.columns.empty()) calculated.push_back(&layer);
    if (calculated.size() < 2) return calculated;
    const auto needs = [&](const Layer& layer) {
        Layer columns_alone;
        columns_alone.columns = layer.columns;
        std::vector<const Layer*> seen = layers_behind(workspace, layers_of(columns_alone));
        std::erase_if(seen, [](const Layer* l) { return l->columns.empty(); });
        return seen;
    };
    return in_order(calculated, needs, [](const Layer& layer) { return layer.name; }).order;
}

QueryLayers query_layers(const Workspace& workspace, const FeaturesLookup& features) {
    QueryLayers layers{.list = {}, .time = workspace.time};
    for (const Layer& layer : workspace.layers) {
        auto seen = features(layer);
        if (seen && seen->base().is_raster()) continue;
        QueryLayer entry{.id = layer.id, .name = layer.name, .features = std::move(seen), .filter = layer.filter};
        auto files = workspace.files_behind(layer.source);
        entry.file = files_in_words(files);
        // Columns of joined tables are the layer's, too.
        std::vector<const Source*> tables;
        for (const Join& join : layer.joins)
            for (const Source* table : workspace.files_behind(join.source))
                tables.push_back(table);
        if (const std::string joined = files_in_words(tables); !joined.empty())
            entry.file = fmt::format(fmt::runtime(tr("{0} with {1}")), entry.file, joined);
        files.insert(files.end(), tables.begin(), tables.end());
        entry.date = dates_of(files);
        entry.invented = std::ranges::any_of(files, [](const Source* source) { return source->invented; });
        layers.list.push_back(std::move(entry));
    }
    return layers;
}

Expected<std::shared_ptr<const Features>> calculate_columns(const Layer& layer, QueryLayers layers, QueryCache& cache,
                                                            Progress& progress) {
    const auto own = layers.require(layer.id);
    if (!own) return tl::make_unexpected(own.error());
    std::shared_ptr<const Features> features = (*own)->features;
    for (const AskedColumn& column : layer.columns) {
        const auto sum = parse_sum(column.value);
        if (!sum) return tl::make_unexpected(in_column(sum.error(), column));
        const auto of = layers.require(layer.id);
        auto values = calculate(column.name, *sum, layers, **of, cache, progress);
        if (!values) return tl::make_unexpected(in_column(values.error(), column));
        auto table = std::make_shared<Dataset>();
        table->name = column.name;
        const std::size_t rows = values->size();
        table->table = Table({std::move(*values)}, rows);
        features =
            std::make_shared<const Features>(features->with_columns(std::string(calculated_prefix), std::move(table)));
        set_features(layers, layer.id, features);
    }
    return features;
}

Expected<QueryLayers> query_layers(const Workspace& workspace, const Datasets& datasets,
                                   const std::vector<const Layer*>* wanted, QueryCache& cache, Progress& progress,
                                   Diagnostics* notes) {
    const auto is_wanted = [&](const Layer& layer) {
        return wanted == nullptr || std::ranges::find(*wanted, &layer) != wanted->end();
    };
    QueryLayers layers = query_layers(workspace, [&](const Layer& layer) {
        return is_wanted(layer) ? join_features(layer, datasets) : std::shared_ptr<const Features>();
    });
    for (const Layer* layer : calculation_order(workspace)) {
        const auto own = std::ranges::find(layers.list, layer->id, &QueryLayer::id);
        if (!is_wanted(*layer) || own == layers.list.end() || !own->features) continue;
        auto calculated = calculate_columns(*layer, layers, cache, progress);
        if (calculated) {
            own->features = std::move(*calculated);
        } else if (calculated.error().kind == ErrorKind::cancelled) {
            return tl::make_unexpected(calculated.error());
        } else if (notes != nullptr) {
            Diagnostic note{.kind = DiagnosticKind::other, .severity = Severity::error};
            note.where.layer = layer->name;
            note.detail = to_text(calculated.error());
            notes->push_back(std::move(note));
        }
    }
    return layers;
}

}  // namespace diaban
