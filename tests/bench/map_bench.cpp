// Reading a file, and cutting its polygons into triangles.
#include <benchmark/benchmark.h>

#include "bench/measured.h"
#include "data/read.h"
#include "geo/triangulate.h"

namespace diaban::bench {
namespace {

void read_file(benchmark::State& state) {
    const auto file = data_file(state);
    if (file.empty()) return;
    for (auto _ : state) {
        Progress progress;
        const auto datasets = read(file, {}, progress);
        if (!datasets) return state.SkipWithError(to_text(datasets.error()).c_str());
        benchmark::DoNotOptimize(datasets->front()->geometry.points().data());
    }
}
BENCHMARK(read_file)->Name("read")->Unit(benchmark::kMillisecond);

void triangulate_all(benchmark::State& state) {
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    const auto& geometry = opened->datasets.begin()->second->geometry;
    for (auto _ : state)
        benchmark::DoNotOptimize(triangulate(geometry).indices.data());
    state.counters["vertices"] = static_cast<double>(geometry.points().size());
}
BENCHMARK(triangulate_all)->Name("triangulate")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace diaban::bench
