// What answer.h promises of conditions and sums, over the evaluator.
#include <fmt/format.h>

#include <cmath>

#include "base/i18n.h"
#include "query/evaluate/check.h"
#include "query/evaluate/conditions.h"

namespace diaban {

using namespace query;

namespace {

Expected<void> has_data(const QueryLayer& of) {
    if (of.features) return {};
    return fail(ErrorKind::bad_input, tr("the layer's data could not be read"),
                {.file = of.file, .layer = of.name, .field = {}, .row = {}});
}

Column text_column(const std::string& name, const Values& values, std::size_t count) {
    std::vector<std::string> texts(count);
    std::vector<uint8_t> present(count);
    for (std::size_t f = 0; f < count; ++f) {
        present[f] = values.is_null(f) ? 0 : 1;
        if (present[f] != 0) texts[f] = values.texts->raw[values.code(f)];
    }
    return Column(name, ColumnType::text, std::move(texts), std::move(present));
}

Column real_column(const std::string& name, const Values& values, std::size_t count) {
    std::vector<double> numbers(count, 0);
    std::vector<uint8_t> present(count);
    for (std::size_t f = 0; f < count; ++f) {
        present[f] = std::isfinite(values.number(f)) ? 1 : 0;
        if (present[f] != 0) numbers[f] = values.number(f);
    }
    return Column(name, ColumnType::real, std::move(numbers), std::move(present));
}

Column count_column(const std::string& name, const Values& values, std::size_t count) {
    std::vector<int64_t> numbers(count, 0);
    std::vector<uint8_t> present(count);
    for (std::size_t f = 0; f < count; ++f) {
        present[f] = values.is_null(f) ? 0 : 1;
        if (present[f] != 0) numbers[f] = static_cast<int64_t>(values.number(f));
    }
    return Column(name, ColumnType::integer, std::move(numbers), std::move(present));
}

bool counts(const Sum& sum) {
    const auto* aggregate = std::get_if<Aggregate>(&sum.is);
    return aggregate != nullptr &&
           (aggregate->kind == AggregateKind::count || aggregate->kind == AggregateKind::distinct);
}

}  // namespace

Expected<void> can_ask(const Condition& condition, const QueryLayers& layers, const QueryLayer& of, QueryCache& cache,
                       bool as_filter) {
    if (auto data = has_data(of); !data) return data;
    Progress progress;
    const OpenFilters open{&of, nullptr};
    return check(condition, {layers, of, cache.entries(), progress, nullptr, as_filter ? &open : nullptr});
}

Expected<Hits> find_hits(const Condition& condition, const QueryLayers& layers, const QueryLayer& of, QueryCache& cache,
                         Progress& progress, Diagnostics* notes) {
    if (auto data = has_data(of); !data) return tl::unexpected(data.error());
    const World world{layers, of, cache.entries(), progress, notes};
    if (auto checked = check(condition, world); !checked) return tl::unexpected(checked.error());
    return evaluate(condition, world);
}

Expected<Column> calculate(const std::string& name, const Sum& sum, const QueryLayers& layers, const QueryLayer& of,
                           QueryCache& cache, Progress& progress, Diagnostics* notes) {
    if (auto data = has_data(of); !data) return tl::unexpected(data.error());
    const World world{layers, of, cache.entries(), progress, notes};
    if (auto checked = check(sum, world); !checked) return tl::unexpected(checked.error());
    const auto values = evaluate(sum, world);
    if (!values) return tl::unexpected(values.error());
    if (values->is_text) return text_column(name, *values, world.count());
    return counts(sum) ? count_column(name, *values, world.count()) : real_column(name, *values, world.count());
}

Expected<std::vector<uint8_t>> kept_by_filter(const QueryLayers& layers, const QueryLayer& of, QueryCache& cache,
                                              Progress& progress) {
    if (auto data = has_data(of); !data) return tl::unexpected(data.error());
    World world{layers, of, cache.entries(), progress};
    const auto filter = checked_filter(world);
    if (!filter) return tl::unexpected(filter.error());
    world.open = &filter->open;
    auto hits = evaluate(filter->condition, world);
    if (!hits) return tl::unexpected(hits.error());
    return std::move(hits->kept);
}

}  // namespace diaban
