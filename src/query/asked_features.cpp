#include "query/asked_features.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/i18n.h"
#include "query/language/parse.h"
#include "query/language/words.h"

namespace diaban {
namespace {

Place place_of(const QueryLayer& layer) {
    return {.file = layer.file, .layer = layer.name, .field = {}, .row = {}};
}

LayerNames names_of(const QueryLayers& layers) {
    return [&layers](const std::string& id) {
        const auto layer = layers.require(id);
        return layer ? (*layer)->name : id;
    };
}

}  // namespace

Expected<const QueryLayer*> layer_on_ground(const QueryLayers& layers, const std::string& id) {
    auto layer = layers.require(id);
    if (!layer) return layer;
    const Dataset& data = (*layer)->features->base();
    if (!data.has_geometry() || data.is_raster())
        return fail(ErrorKind::wrong_usage, tr("the layer has no shapes"), place_of(**layer),
                    tr("Choose a layer of points, lines or polygons."));
    if (!data.crs.known())
        return fail(ErrorKind::bad_input, tr("the layer has no coordinate system, so nothing can be measured"),
                    place_of(**layer), tr("Say which one it is in the import settings."));
    return layer;
}

Expected<std::vector<uint8_t>> asked_features(const QueryLayers& layers, const QueryLayer& of, const std::string& where,
                                              QueryCache& cache, Progress& progress, Diagnostics& notes) {
    auto mask = kept_by_filter(layers, of, cache, progress);
    if (!mask) return mask;
    const auto condition = parse_condition(where);
    if (!condition) return tl::unexpected(condition.error());
    if (!condition->keeps_all()) {
        const auto hits = find_hits(*condition, layers, of, cache, progress, &notes);
        if (!hits) return tl::unexpected(hits.error());
        for (std::size_t f = 0; f < mask->size(); ++f)
            (*mask)[f] &= hits->kept[f];
    }
    const Geometry& geometry = of.features->base().geometry;
    for (uint32_t f = 0; f < geometry.feature_count(); ++f)
        if (!geometry.has_geometry(f)) (*mask)[f] = 0;
    return mask;
}

uint32_t count_of(const std::vector<uint8_t>& mask) {
    return static_cast<uint32_t>(std::ranges::count_if(mask, [](uint8_t kept) { return kept != 0; }));
}

std::vector<std::string> feature_names(const QueryLayer& of) {
    const Table& table = of.features->base().table;
    const Column* name = table.find(guess_name_column(table));
    const Column* code = table.find(guess_code_column(table));
    std::vector<std::string> names(of.features->count());
    for (std::size_t f = 0; f < names.size(); ++f) {
        if (name != nullptr) names[f] = name->text(f);
        if (names[f].empty() && code != nullptr) names[f] = code->text(f);
        if (names[f].empty())
            names[f] = fmt::format(fmt::runtime(tr("No. {}")), format_integer(static_cast<int64_t>(f) + 1));
    }
    return names;
}

std::string asked_in_words(const QueryLayers& layers, const QueryLayer& of, const std::string& where) {
    std::string words = of.name;
    for (const std::string& text : {of.filter, where}) {
        const auto condition = parse_condition(text);
        if (!condition || condition->keeps_all()) continue;
        words += (words == of.name ? " " : fmt::format(" {} ", tr("and"))) + in_words(*condition, names_of(layers));
    }
    return words;
}

std::string sources_in_words(const QueryLayers& layers, const std::vector<std::string>& ids) {
    std::vector<std::string> told;
    for (const std::string& id : ids) {
        const auto layer = id.empty() ? tl::unexpected(Error{}) : layers.require(id);
        if (!layer || (*layer)->file.empty()) continue;
        std::string source = (*layer)->file;
        if (!(*layer)->date.empty()) source += ", " + (*layer)->date;
        if ((*layer)->invented) source += fmt::format(" ({})", tr("invented"));
        if (std::ranges::find(told, source) == told.end()) told.push_back(source);
    }
    if (told.empty()) return {};
    return fmt::format(fmt::runtime(tr("From {}.")), fmt::join(told, "; "));
}

Dataset with_columns(const QueryLayers& layers, const QueryLayer& of, std::vector<uint8_t> mask,
                     std::vector<Column> columns, std::string name) {
    Answer answer;
    answer.layer = of.id;
    answer.hits.count = count_of(mask);
    answer.hits.kept = std::move(mask);
    answer.asked_count = of.features->count();
    answer.columns = std::move(columns);
    Dataset dataset = *to_dataset(answer, layers);
    dataset.name = std::move(name);
    return dataset;
}

}  // namespace diaban
