#include "query/areas.h"

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/gather.h"
#include "geo/areas/buffers.h"
#include "geo/measures.h"
#include "query/asked_features.h"
#include "query/language/write.h"

namespace diaban {
namespace {

/// The same rows on other ground.
DatasetPtr on_ground(Dataset dataset, Geometry degrees, Diagnostics notes) {
    dataset.geometry = std::move(degrees);
    dataset.crs = Crs::wgs84();
    dataset.repairs = {};
    dataset.unchecked = false;
    dataset.content.clear();
    dataset.diagnostics = std::move(notes);
    return std::make_shared<const Dataset>(std::move(dataset));
}

/// One row that says what the one shape is.
Dataset one_row(uint32_t features, Metres distance, std::string name) {
    std::vector<Column> columns;
    columns.emplace_back("features", ColumnType::integer, std::vector<int64_t>{features});
    columns.emplace_back("distance_m", ColumnType::real, std::vector<double>{distance.value()});
    Dataset dataset;
    dataset.name = std::move(name);
    dataset.table = Table(std::move(columns), 1);
    return dataset;
}

std::vector<int32_t> rows_of(const std::vector<uint8_t>& mask) {
    std::vector<int32_t> rows;
    for (std::size_t f = 0; f < mask.size(); ++f)
        if (mask[f] != 0) rows.push_back(static_cast<int32_t>(f));
    return rows;
}

Column areas_of(const Geometry& cells, std::span<const uint32_t> facilities, uint32_t count) {
    std::vector<double> values(count);
    std::vector<uint8_t> present(count);
    for (uint32_t c = 0; c < cells.feature_count(); ++c) {
        values[facilities[c]] = square_kilometres(geodesic_area(cells, c));
        present[facilities[c]] = 1;
    }
    return Column("area_km2", ColumnType::real, std::move(values), std::move(present));
}

}  // namespace

Expected<DatasetPtr> buffer_dataset(const BufferQuery& query, const QueryLayers& layers, QueryCache& cache,
                                    Progress& progress) {
    const auto layer = layer_on_ground(layers, query.layer);
    if (!layer) return tl::unexpected(layer.error());
    Diagnostics notes;
    auto asked = asked_features(layers, **layer, query.where, cache, progress, notes);
    if (!asked) return tl::unexpected(asked.error());
    const Dataset& data = (*layer)->features->base();
    const auto to_degrees = Transform::between(data.crs, Crs::wgs84());
    if (!to_degrees) return tl::unexpected(to_degrees.error());
    progress.set_stage(tr("Making buffers"));
    const Metres distance = query.distance.metres();
    auto shapes = buffers(data.geometry, *asked, *to_degrees, distance, query.dissolve, progress);
    if (!shapes) return tl::unexpected(shapes.error());
    std::string name = fmt::format(fmt::runtime(tr("Within {0} of {1}")), to_text(query.distance),
                                   asked_in_words(layers, **layer, query.where));
    if (query.dissolve)
        return on_ground(one_row(count_of(*asked), distance, std::move(name)), std::move(*shapes), std::move(notes));
    Geometry of_asked = gathered(*shapes, rows_of(*asked));
    return on_ground(with_columns(layers, **layer, std::move(*asked), {}, std::move(name)), std::move(of_asked),
                     std::move(notes));
}

Expected<DatasetPtr> service_area_dataset(const ServiceAreaQuery& query, const QueryLayers& layers, QueryCache& cache,
                                          Progress& progress) {
    const auto layer = layer_on_ground(layers, query.facilities);
    if (!layer) return tl::unexpected(layer.error());
    Diagnostics notes;
    const auto asked = asked_features(layers, **layer, query.where, cache, progress, notes);
    if (!asked) return tl::unexpected(asked.error());
    const Dataset& data = (*layer)->features->base();
    const auto to_degrees = Transform::between(data.crs, Crs::wgs84());
    if (!to_degrees) return tl::unexpected(to_degrees.error());
    progress.set_stage(tr("Making service areas"));
    Geometry clip;
    std::optional<Transform> clip_to_degrees;
    if (!query.clip.empty()) {
        const auto outline = layer_on_ground(layers, query.clip);
        if (!outline) return tl::unexpected(outline.error());
        const Dataset& shapes = (*outline)->features->base();
        const auto kept = kept_by_filter(layers, **outline, cache, progress);
        if (!kept) return tl::unexpected(kept.error());
        const bool all = count_of(*kept) == kept->size();
        clip = all ? shapes.geometry : gathered(shapes.geometry, rows_of(*kept));
        auto way = Transform::between(shapes.crs, Crs::wgs84());
        if (!way) return tl::unexpected(way.error());
        clip_to_degrees = std::move(*way);
    }
    auto areas = service_areas(data.geometry, *asked, *to_degrees, query.clip.empty() ? nullptr : &clip,
                               clip_to_degrees ? &*clip_to_degrees : nullptr, progress);
    if (!areas) return tl::unexpected(areas.error());
    if (!areas->same_place.empty())
        notes.push_back(
            {.kind = DiagnosticKind::other,
             .severity = Severity::warning,
             .where = {.file = (*layer)->file, .layer = (*layer)->name, .field = {}, .row = {}},
             .count = static_cast<int64_t>(areas->same_place.size()),
             .detail = fmt::format(fmt::runtime(tr("{} left out because another one stands at the very same place")),
                                   format_integer(static_cast<int64_t>(areas->same_place.size())))});
    std::vector<uint8_t> with_cell(data.size());
    for (const uint32_t facility : areas->facilities)
        with_cell[facility] = 1;
    std::vector<Column> columns;
    columns.push_back(areas_of(areas->cells, areas->facilities, (*layer)->features->count()));
    std::string name =
        fmt::format(fmt::runtime(tr("Service areas of {}")), asked_in_words(layers, **layer, query.where));
    return on_ground(with_columns(layers, **layer, std::move(with_cell), std::move(columns), std::move(name)),
                     std::move(areas->cells), std::move(notes));
}

}  // namespace diaban
