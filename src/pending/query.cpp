// Until the real ones are merged.
#include "query/areas.h"
#include "query/coverage.h"
namespace diaban {
#define PENDING __attribute__((weak))
PENDING Expected<Hits> find_hits(const query::Condition&, const QueryLayers&, const QueryLayer&, QueryCache&, Progress&, Diagnostics*) { return fail(ErrorKind::failure, "pending"); }
PENDING Expected<Column> calculate(const std::string&, const query::Sum&, const QueryLayers&, const QueryLayer&, QueryCache&, Progress&, Diagnostics*) { return fail(ErrorKind::failure, "pending"); }
PENDING Expected<std::vector<uint8_t>> kept_by_filter(const QueryLayers&, const QueryLayer&, QueryCache&, Progress&) { return fail(ErrorKind::failure, "pending"); }
PENDING Expected<Answer> ask(const FeatureQuery&, const QueryLayers&, QueryCache&, Progress&) { return fail(ErrorKind::failure, "pending"); }
PENDING DatasetPtr to_dataset(const Answer&, const QueryLayers&) { return nullptr; }
PENDING Expected<CoverageBasisPtr> coverage_basis(const CoverageQuery&, const QueryLayers&, QueryCache&, Progress&) { return fail(ErrorKind::failure, "pending"); }
PENDING Coverage covered_within(const CoverageBasis&, Metres) { return {}; }
PENDING DatasetPtr gap_dataset(const CoverageQuery&, const Coverage&, const CoverageBasis&, const QueryLayers&) { return nullptr; }
PENDING Expected<DatasetPtr> buffer_dataset(const BufferQuery&, const QueryLayers&, QueryCache&, Progress&) { return fail(ErrorKind::failure, "pending"); }
PENDING Expected<DatasetPtr> service_area_dataset(const ServiceAreaQuery&, const QueryLayers&, QueryCache&, Progress&) { return fail(ErrorKind::failure, "pending"); }
}
