#include "data/gather.h"

#include <type_traits>
#include <utility>

namespace diaban {

Column gathered(const Column& column, std::span<const int32_t> rows, std::string name) {
    std::vector<uint8_t> present(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        present[i] = rows[i] >= 0 && !column.is_null(static_cast<std::size_t>(rows[i])) ? 1 : 0;
    Column::Values values = std::visit(
        [&](const auto& all) -> Column::Values {
            std::remove_cvref_t<decltype(all)> some(rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (present[i]) some[i] = all[static_cast<std::size_t>(rows[i])];
            return some;
        },
        column.values());
    return Column(std::move(name), column.type(), std::move(values), std::move(present));
}

Geometry gathered(const Geometry& geometry, std::span<const int32_t> features) {
    if (geometry.kind() == GeometryKind::none) return {};
    GeometryBuilder builder(geometry.kind());
    for (const int32_t feature : features) {
        builder.begin_feature();
        for (const uint32_t part : geometry.parts_of(static_cast<uint32_t>(feature))) {
            builder.begin_part();
            for (const uint32_t ring : geometry.rings_of_part(part))
                builder.add_ring(geometry.ring(ring));
        }
    }
    return std::move(builder).finish();
}

Dataset gathered(const Dataset& dataset, std::span<const int32_t> rows) {
    std::vector<Column> columns;
    for (const Column& column : dataset.table.columns())
        columns.push_back(gathered(column, rows, column.name()));
    Dataset some;
    some.name = dataset.name;
    some.from = dataset.from;
    some.table = Table(std::move(columns), rows.size());
    some.geometry = gathered(dataset.geometry, rows);
    some.crs = dataset.crs;
    return some;
}

}  // namespace diaban
