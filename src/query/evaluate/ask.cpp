#include <algorithm>

#include "query/evaluate/sentence.h"
#include "query/language/parse.h"
#include "query/language/write.h"

namespace diaban {

namespace {

/// Of what the layer shows alone, the parts too.
void keep_only(Hits& hits, const std::vector<uint8_t>& shown) {
    hits.count = 0;
    for (std::size_t f = 0; f < shown.size(); ++f) {
        hits.kept[f] &= shown[f];
        hits.count += hits.kept[f];
    }
    for (Hits& part : hits.parts)
        keep_only(part, shown);
}

Error in_column(Error error, const std::string& name) {
    error.where.field = name;
    return error;
}

Expected<AskedParts> parsed(const FeatureQuery& query) {
    AskedParts asked;
    auto where = parse_condition(query.where);
    if (!where) return tl::unexpected(where.error());
    asked.where = std::move(*where);
    for (const AskedColumn& column : query.columns) {
        auto sum = parse_sum(column.value);
        if (!sum) return tl::unexpected(in_column(sum.error(), column.name));
        asked.columns.emplace_back(column.name, std::move(*sum));
    }
    return asked;
}

}  // namespace

Expected<Answer> ask(const FeatureQuery& query, const QueryLayers& layers, QueryCache& cache, Progress& progress) {
    const auto of = layers.require(query.layer);
    if (!of) return tl::unexpected(of.error());
    const auto asked = parsed(query);
    if (!asked) return tl::unexpected(asked.error());

    Answer answer;
    answer.layer = (*of)->id;
    auto hits = find_hits(asked->where, layers, **of, cache, progress, &answer.notes);
    if (!hits) return tl::unexpected(hits.error());
    answer.hits = std::move(*hits);
    const auto shown = kept_by_filter(layers, **of, cache, progress);
    if (!shown) return tl::unexpected(shown.error());
    keep_only(answer.hits, *shown);
    answer.asked_count = static_cast<uint32_t>(std::ranges::count(*shown, uint8_t{1}));
    for (const auto& [name, sum] : asked->columns) {
        auto column = calculate(name, sum, layers, **of, cache, progress, &answer.notes);
        if (!column) return tl::unexpected(in_column(column.error(), name));
        answer.columns.push_back(std::move(*column));
    }
    const std::string where = to_text(asked->where);
    answer.name = where.empty() ? (*of)->name : (*of)->name + ": " + where;
    answer.sentence = sentence_of(*asked, layers, **of, answer.hits.count, answer.asked_count);
    return answer;
}

}  // namespace diaban
