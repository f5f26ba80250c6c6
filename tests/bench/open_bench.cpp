// From a file to its first picture, in a process of its own, and what memory that takes.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "bench/child.h"
#include "bench/measured.h"
#include "render/image.h"

namespace diaban::bench {
namespace {

namespace fs = std::filesystem;

fs::path empty_cache() {
    const fs::path folder = scratch_folder() / "cache";
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    fs::create_directories(folder);
    return folder;
}

/// Rounds of a child; `cold`: each finds an empty cache, else what the first one left. Time is that of parent and child
/// together, to the child's end; the picture's is p50_ms.
void open_in_child(benchmark::State& state, Content content, bool cold) {
    const fs::path file = data_file(state);
    if (file.empty()) return;
    ChildWish wish{.file = file, .cache = empty_cache(), .content = content};
    if (!cold && !run_child(wish)) return state.SkipWithError("the file cannot be drawn");
    std::vector<double> wall, cpu;
    for (auto _ : state) {
        state.PauseTiming();
        if (cold) wish.cache = empty_cache();
        state.ResumeTiming();
        const auto times = run_child(wish);
        if (!times) return state.SkipWithError(to_text(times.error()).c_str());
        wall.push_back(times->picture_ms);
        cpu.push_back(times->picture_cpu_ms);
    }
    tell_times(state, wall);
    state.counters["least_ms"] = quantile(wall, 0);
    state.counters["cpu_ms"] = quantile(cpu, 0.5);
}
BENCHMARK_CAPTURE(open_in_child, cold, Content::picture, true)
    ->Name("open/first_picture")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(open_in_child, warm, Content::picture, false)
    ->Name("open/cached_picture")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(open_in_child, cold_map, Content::map_alone, true)
    ->Name("open/first_map")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(open_in_child, warm_map, Content::map_alone, false)
    ->Name("open/cached_map")
    ->Unit(benchmark::kMillisecond);

/// In this process, without a cache.
void open_here(benchmark::State& state) {
    const fs::path file = data_file(state);
    if (file.empty()) return;
    for (auto _ : state) {
        Progress progress;
        auto opened = open_files({file}, progress);
        if (!opened) return state.SkipWithError(to_text(opened.error()).c_str());
        style_as_peers(file, *opened);
        DeriveCache cache;
        const Scene scene = derive(opened->workspace, opened->datasets, request_for(Content::picture), cache);
        const auto image = draw_image(scene);
        if (!image) return state.SkipWithError(to_text(image.error()).c_str());
        benchmark::DoNotOptimize(image->rgba.data());
    }
}
BENCHMARK(open_here)->Name("open/without_start")->Unit(benchmark::kMillisecond);

/// A file open, drawn, and the view at rest with nothing left to do.
void memory_of_child(benchmark::State& state) {
    const fs::path file = data_file(state);
    if (file.empty()) return;
    std::vector<double> resident, most;
    for (auto _ : state) {
        const auto times = run_child({.file = file, .cache = empty_cache(), .rest = true});
        if (!times) return state.SkipWithError(to_text(times.error()).c_str());
        resident.push_back(times->resident);
        most.push_back(times->most_resident);
    }
    const auto bytes = static_cast<double>(fs::file_size(file));
    state.counters["resident_MB"] = quantile(resident, 0.5) / 1e6;
    state.counters["resident_per_file"] = quantile(resident, 0.5) / bytes;
    state.counters["most_per_file"] = quantile(most, 0.5) / bytes;
}
BENCHMARK(memory_of_child)->Name("memory/open")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace diaban::bench
