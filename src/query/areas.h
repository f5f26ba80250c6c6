// Questions whose answers are new shapes: buffers and service areas.
#pragma once

#include "query/answer.h"

namespace diaban {

/// A polygon for each feature asked for (with its columns), or with `dissolve` one feature. WGS 84. The name says what
/// it is.
[[nodiscard]] Expected<DatasetPtr> buffer_dataset(const BufferQuery& query, const QueryLayers& layers,
                                                  QueryCache& cache, Progress& progress);
/// A cell for each facility, with its columns and its area in km².
[[nodiscard]] Expected<DatasetPtr> service_area_dataset(const ServiceAreaQuery& query, const QueryLayers& layers,
                                                        QueryCache& cache, Progress& progress);

}  // namespace diaban
