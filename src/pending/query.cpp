// Until the real ones are merged.
#include "query/answer.h"
namespace diaban {
#define PENDING __attribute__((weak))
PENDING Expected<Hits> find_hits(const query::Condition&, const QueryLayers&, const QueryLayer&, QueryCache&, Progress&, Diagnostics*) { return fail(ErrorKind::failure, "pending"); }
PENDING Expected<Column> calculate(const std::string&, const query::Sum&, const QueryLayers&, const QueryLayer&, QueryCache&, Progress&, Diagnostics*) { return fail(ErrorKind::failure, "pending"); }
PENDING Expected<std::vector<uint8_t>> kept_by_filter(const QueryLayers&, const QueryLayer&, QueryCache&, Progress&) { return fail(ErrorKind::failure, "pending"); }
PENDING Expected<Answer> ask(const FeatureQuery&, const QueryLayers&, QueryCache&, Progress&) { return fail(ErrorKind::failure, "pending"); }
PENDING DatasetPtr to_dataset(const Answer&, const QueryLayers&) { return nullptr; }
}
