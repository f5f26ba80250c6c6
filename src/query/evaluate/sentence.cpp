#include "query/evaluate/sentence.h"

#include <algorithm>

#include "base/format.h"
#include "query/language/mentions.h"
#include "query/language/parse.h"
#include "query/language/word_parts.h"

namespace diaban {

namespace {

const QueryLayer* find(const QueryLayers& layers, const std::string& id_or_name) {
    const auto found = layers.require(id_or_name);
    return found ? *found : nullptr;
}

/// The layer, those its question speaks of, and those that their filters speak of.
std::vector<const QueryLayer*> layers_used(const AskedParts& asked, const QueryLayers& layers, const QueryLayer& of) {
    std::vector<const QueryLayer*> used{&of};
    const auto add = [&](const std::vector<std::string>& mentioned) {
        for (const std::string& one : mentioned)
            if (const QueryLayer* layer = find(layers, one);
                layer != nullptr && std::ranges::find(used, layer->id, &QueryLayer::id) == used.end())
                used.push_back(layer);
    };
    add(layers_mentioned(asked.where));
    for (const auto& [name, sum] : asked.columns)
        add(layers_mentioned(sum));
    for (std::size_t i = 0; i < used.size(); ++i)
        if (const auto filter = parse_condition(used[i]->filter)) add(layers_mentioned(*filter));
    return used;
}

/// "Border shelters: shelters.csv, as of 2025-07-01, only those whose kind is “built”".
std::string source_in_words(const QueryLayer& layer, const LayerNames& names) {
    std::string out = layer.file.empty() ? layer.name : worded(tr("{0}: {1}"), layer.name, layer.file);
    if (!layer.date.empty()) out = worded(tr("{0}, as of {1}"), out, layer.date);
    if (layer.invented) out = worded(tr("{}, demonstration data"), out);
    const auto filter = parse_condition(layer.filter);
    if (filter && !filter->keeps_all()) out = worded(tr("{0}, only those {1}"), out, in_words(*filter, names));
    return out;
}

/// The year that joined tables are seen at; empty where no data has one.
std::string year_in_words(const QueryLayers& layers, const std::vector<const QueryLayer*>& used) {
    for (const QueryLayer* layer : used) {
        const auto& times = layer->features->times();
        const int64_t time = times[layer->features->time_index(layers.time)];
        if (times.size() > 1 || time != 0) return std::to_string(time);
    }
    return {};
}

}  // namespace

LayerNames names_of(const QueryLayers& layers) {
    return [&layers](const std::string& id) {
        const QueryLayer* layer = find(layers, id);
        return layer != nullptr ? layer->name : id;
    };
}

std::string sentence_of(const AskedParts& asked, const QueryLayers& layers, const QueryLayer& of, uint32_t hit_count,
                        uint32_t asked_count) {
    const LayerNames names = names_of(layers);
    const std::vector<const QueryLayer*> used = layers_used(asked, layers, of);
    const std::string words = in_words(asked.where, names);
    const std::string what = words.empty() ? of.name : of.name + " " + words;
    std::string out = worded(tr("{0}: {1}."), what, format_count_of(hit_count, asked_count));
    if (const std::string year = year_in_words(layers, used); !year.empty()) out += " " + worded(tr("In {}."), year);
    std::vector<std::string> columns;
    for (const auto& [name, sum] : asked.columns)
        columns.push_back(worded(tr("“{0}”, the {1}"), name, in_words(sum, names)));
    if (!columns.empty()) out += " " + worded(tr("With {}."), joined_by_and(columns));
    std::string sources;
    for (const QueryLayer* layer : used)
        sources += (sources.empty() ? "" : "; ") + source_in_words(*layer, names);
    return out + " " + worded(tr("From {}."), sources);
}

}  // namespace diaban
