// Asking: a query and the layers in, what was found out. Long work: on all cores, with progress and cancelling.
//
//     QueryCache cache;  // kept while the same is asked again with other numbers
//     auto answer = ask(FeatureQuery{"communes", "beyond 5 km of shelters", {}}, layers, cache, progress);
//     answer->hit_count;  answer->sentence;
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/progress.h"
#include "data/dataset.h"
#include "query/layers.h"
#include "query/query.h"

namespace diaban {

/// What was computed on the way and does not hang on the numbers being changed (distances, what lies in what), by what
/// it depends on; the least recently used is forgotten. Safe to use from several threads at once.
class QueryCache {
public:
    QueryCache();
    ~QueryCache();
    QueryCache(const QueryCache&) = delete;
    QueryCache& operator=(const QueryCache&) = delete;

    struct Entries;
    [[nodiscard]] Entries& entries() { return *entries_; }

private:
    std::unique_ptr<Entries> entries_;
};

/// Which features a condition holds for, and the same for each of its parts: what the builder shows beside them.
struct Hits {
    std::vector<uint8_t> kept;  ///< one a feature
    uint32_t count = 0;         ///< of them
    std::vector<Hits> parts;    ///< of AllOf, AnyOf and Not, in their order; else empty
};

/// The layer's own filter does not enter; those of target layers do. Errors (wrong_usage, with the character): an
/// unknown layer or column (with the nearest name), a number where text is, a distance without a unit, a layer without
/// shapes, a layer whose filter asks for this one in a circle; (bad_input) a layer without a coordinate system where
/// distances are measured, one that cannot be brought into another's. `notes` gets what was passed over: shapes that
/// are not valid.
[[nodiscard]] Expected<Hits> find_hits(const query::Condition& condition, const QueryLayers& layers,
                                       const QueryLayer& of, QueryCache& cache, Progress& progress,
                                       Diagnostics* notes = nullptr);

/// The errors that find_hits() would give, without the work. With `as_filter` it is to be the layer's own filter, so
/// that other layers' filters must not come back to this one.
[[nodiscard]] Expected<void> can_ask(const query::Condition& condition, const QueryLayers& layers, const QueryLayer& of,
                                     QueryCache& cache, bool as_filter = false);

/// A calculated column: real for numbers, distances (metres) and areas (m²), integer for counts, text for texts.
[[nodiscard]] Expected<Column> calculate(const std::string& name, const query::Sum& sum, const QueryLayers& layers,
                                         const QueryLayer& of, QueryCache& cache, Progress& progress,
                                         Diagnostics* notes = nullptr);

/// The features that a layer shows: those its own filter keeps.
[[nodiscard]] Expected<std::vector<uint8_t>> kept_by_filter(const QueryLayers& layers, const QueryLayer& of,
                                                            QueryCache& cache, Progress& progress);

struct Answer {
    std::string layer;            ///< id
    Hits hits;                    ///< among those that the layer's own filter keeps
    uint32_t asked_count = 0;     ///< how many those are
    std::vector<Column> columns;  ///< as asked, a row for each feature of the layer
    std::string name;             ///< "Communes: beyond 5 km of shelters"
    /// What this is: what, where, when, from which file and period, under which filter, how many.
    std::string sentence;
    Diagnostics notes;
};

[[nodiscard]] Expected<Answer> ask(const FeatureQuery& query, const QueryLayers& layers, QueryCache& cache,
                                   Progress& progress);

/// The hits as a dataset: the layer's columns (joined ones at the year asked for), then the calculated ones (under
/// names that are free), the shapes; "Communes: beyond 5 km of shelters" is its name.
[[nodiscard]] DatasetPtr to_dataset(const Answer& answer, const QueryLayers& layers);

}  // namespace diaban
