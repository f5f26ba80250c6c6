// What checking shapes costs.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "bench/measured.h"
#include "data/problems.h"
#include "data/read.h"
#include "geo/coverage.h"
#include "geo/validity.h"

namespace diaban {
namespace {

/// The first layer, unchecked; null with the benchmark told why.
DatasetPtr data_to_check(benchmark::State& state) {
    const std::filesystem::path file = bench::data_file(state);
    if (file.empty()) return nullptr;
    Progress progress;
    const auto datasets = read(file, {.check_geometry = false}, progress);
    if (datasets) return datasets->front();
    state.SkipWithError(to_text(datasets.error()).c_str());
    return {};
}

void check_validity(benchmark::State& state) {
    const DatasetPtr dataset = data_to_check(state);
    if (!dataset) return;
    for (auto _ : state)
        benchmark::DoNotOptimize(find_invalid(dataset->geometry).size());
    state.counters["vertices"] = static_cast<double>(dataset->geometry.points().size());
}
BENCHMARK(check_validity)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void check_overlaps_and_gaps(benchmark::State& state) {
    const DatasetPtr dataset = data_to_check(state);
    if (!dataset) return;
    std::size_t found = 0;
    for (auto _ : state) {
        Progress progress;
        found = check_coverage(dataset->geometry, {}, progress)->problems.size();
    }
    state.counters["problems"] = static_cast<double>(found);
}
BENCHMARK(check_overlaps_and_gaps)
    ->Name("check_coverage")
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// All of it, validity and the summary in words included.
void check_all(benchmark::State& state) {
    const DatasetPtr dataset = data_to_check(state);
    if (!dataset) return;
    for (auto _ : state) {
        Progress progress;
        const auto problems = find_problems(*dataset, progress);
        benchmark::DoNotOptimize(problem_diagnostics(*dataset, *problems, {}).size());
    }
}
BENCHMARK(check_all)->Name("find_problems")->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace diaban
