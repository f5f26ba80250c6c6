#include "data/gather.h"
#include "data/unique_names.h"
#include "query/answer.h"
#include "query/column_seen.h"

namespace diaban {

DatasetPtr to_dataset(const Answer& answer, const QueryLayers& layers) {
    const auto layer = layers.require(answer.layer);
    DIABAN_CHECK(layer.has_value());
    const Features& features = *(*layer)->features;
    const Dataset& base = features.base();
    std::vector<int32_t> rows;
    for (std::size_t f = 0; f < answer.hits.kept.size(); ++f)
        if (answer.hits.kept[f] != 0) rows.push_back(static_cast<int32_t>(f));

    auto made = std::make_shared<Dataset>();
    made->name = answer.name;
    made->from = base.from;
    made->crs = base.crs;
    made->geometry = gathered(base.geometry, rows);
    made->diagnostics = answer.notes;
    std::vector<Column> columns = columns_seen(features, rows, features.time_index(layers.time));
    UniqueNames names;
    for (const Column& column : columns)
        names.take(column.name());
    for (const Column& column : answer.columns)
        columns.push_back(gathered(column, rows, names.take(column.name())));
    made->table = Table(std::move(columns), rows.size());
    return made;
}

}  // namespace diaban
