// Making levels of detail.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "bench/measured.h"
#include "data/read.h"
#include "geo/build_detail.h"

namespace diaban {
namespace {

DatasetPtr read_data(benchmark::State& state) {
    const std::filesystem::path path = bench::data_file(state);
    if (path.empty()) return nullptr;
    Progress progress;
    const auto datasets = read(path, {.check_geometry = false}, progress);
    if (datasets) return datasets->front();
    state.SkipWithError(to_text(datasets.error()).c_str());
    return nullptr;
}

GridTransform to_map(const Dataset& dataset) {
    const auto transform = Transform::between(dataset.crs, suggest_map_crs(dataset.lon_lat_box()));
    return transform ? GridTransform(*transform, dataset.geometry.box()) : GridTransform();
}

/// The whole layer for a picture of 1000 pixels, and 4 and 16 times nearer.
void whole_layer(benchmark::State& state) {
    const DatasetPtr dataset = read_data(state);
    if (!dataset) return;
    const GridTransform to_plane = to_map(*dataset);
    const Box box = dataset->geometry.box();
    const double side = std::max(box.width() * to_plane.scale_x(), box.height() * to_plane.scale_y());
    const DetailWish wish{.tolerance = side / 1000 / 2 / static_cast<double>(state.range(0))};
    Detail detail;
    for (auto _ : state)
        detail = build_detail(dataset->geometry, to_plane, wish);
    state.counters["points"] = static_cast<double>(detail.points.size());
    state.counters["arcs"] = static_cast<double>(detail.arcs.size());
    state.counters["dots"] = static_cast<double>(detail.dots.size());
    state.counters["KiB"] = static_cast<double>(detail.bytes()) / 1024;
}
BENCHMARK(whole_layer)->Name("detail/whole")->Arg(1)->Arg(4)->Arg(16)->Unit(benchmark::kMillisecond);

void make_grid(benchmark::State& state) {
    const DatasetPtr dataset = read_data(state);
    if (!dataset) return;
    const auto transform = Transform::between(dataset->crs, suggest_map_crs(dataset->lon_lat_box()));
    if (!transform) return state.SkipWithError(to_text(transform.error()).c_str());
    for (auto _ : state)
        benchmark::DoNotOptimize(GridTransform(*transform, dataset->geometry.box()).scale_x());
}
BENCHMARK(make_grid)->Name("detail/grid_transform")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace diaban
