// Where a condition is evaluated: whose features are asked, among which layers, at what time.
#pragma once

#include "query/answer.h"
#include "query/evaluate/query_cache.h"
#include "query/language/condition.h"

namespace diaban {

/// The layers whose own filters are being evaluated, the innermost first: a filter that comes back to one of them would
/// never end.
struct OpenFilters {
    const QueryLayer* layer = nullptr;
    const OpenFilters* outer = nullptr;
};

struct World {
    const QueryLayers& layers;
    const QueryLayer& of;
    QueryCache::Entries& cache;
    Progress& progress;
    Diagnostics* notes = nullptr;
    const OpenFilters* open = nullptr;

    [[nodiscard]] const Features& features() const { return *of.features; }
    [[nodiscard]] const Dataset& data() const { return of.features->base(); }
    [[nodiscard]] const Geometry& geometry() const { return data().geometry; }
    [[nodiscard]] uint32_t count() const { return of.features->count(); }
    [[nodiscard]] std::size_t time() const { return of.features->time_index(layers.time); }

    /// The same with another layer's features asked.
    [[nodiscard]] World asking(const QueryLayer& other) const { return {layers, other, cache, progress, notes, open}; }
};

/// Adds a note unless it is there already.
void note(const World& world, Diagnostic diagnostic);

/// The error with the character that it happened at before its words.
[[nodiscard]] Error placed(Error error, query::Written written);

/// How a sum or a layer is called in messages: “stunted”, 'text', 20, “distance(shelters)”.
[[nodiscard]] std::string described(const query::Sum& sum);

/// A layer's own filter: parsed and checked, Everything where it has none. Errors name the layer; a filter that asks
/// for itself in a circle is one.
struct OwnFilter {
    query::Condition condition;
    OpenFilters open;  ///< with this layer
};
[[nodiscard]] Expected<OwnFilter> checked_filter(const World& world);
/// The same, with errors that say whose filter it is.
[[nodiscard]] Expected<OwnFilter> own_filter(const World& world);

}  // namespace diaban
