// Layers made up for the benchmarks of queries, and the line that areas are measured to.
#pragma once

#include <cstdint>
#include <string>

#include "bench/measured.h"
#include "query/layers.h"

namespace diaban::bench {

/// So many points anywhere in the box, with `households` from 1 to 500 and a `name`, no two the same.
[[nodiscard]] DatasetPtr scattered(const Box& degrees, uint32_t count, uint64_t seed);

/// The data's layer `land_border` if it has one, else that of the province's file, else the outer outline of its
/// areas: what no two of them share. Null with the benchmark told why.
[[nodiscard]] DatasetPtr border_line(benchmark::State& state, const Opened& opened);

[[nodiscard]] QueryLayer layer_of(const std::string& id, DatasetPtr data);

}  // namespace diaban::bench
