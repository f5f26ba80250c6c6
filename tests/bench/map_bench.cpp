// The hot paths from a file to a picture, offscreen. The file is DIABAN_DATA, else the province's of ../shared/data.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "data/read.h"
#include "geo/triangulate.h"
#include "render/gl_context.h"
#include "render/image.h"
#include "render/painter.h"
#include "scene/derive.h"
#include "workspace/open.h"

namespace diaban {
namespace {

std::filesystem::path data_file() {
    if (const char* named = std::getenv("DIABAN_DATA")) return named;
    return DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
}

/// The opened file, or nothing with the benchmark told why.
std::optional<Opened> open_data(benchmark::State& state) {
    Progress progress;
    auto opened = open_files({data_file()}, progress);
    if (opened) return std::move(*opened);
    state.SkipWithError(to_text(opened.error()).c_str());
    return {};
}

void read_file(benchmark::State& state) {
    for (auto _ : state) {
        Progress progress;
        const auto datasets = read(data_file(), {}, progress);
        if (!datasets) return state.SkipWithError(to_text(datasets.error()).c_str());
        benchmark::DoNotOptimize(datasets->front()->geometry.points().data());
    }
}
BENCHMARK(read_file)->Name("read")->Unit(benchmark::kMillisecond);

void triangulate_all(benchmark::State& state) {
    const auto opened = open_data(state);
    if (!opened) return;
    const auto& geometry = opened->datasets.begin()->second->geometry;
    for (auto _ : state)
        benchmark::DoNotOptimize(triangulate(geometry).indices.data());
    state.counters["vertices"] = static_cast<double>(geometry.points().size());
}
BENCHMARK(triangulate_all)->Name("triangulate")->Unit(benchmark::kMillisecond);

/// From files to the first picture, but for the process's start; nothing is kept from one round to the next.
void first_picture(benchmark::State& state) {
    for (auto _ : state) {
        const auto opened = open_data(state);
        if (!opened) return;
        const auto context = OffscreenContext::create();
        if (!context) return state.SkipWithError(to_text(context.error()).c_str());
        context->make_current();
        Painter painter;
        DeriveCache cache;
        const auto scene = derive(opened->workspace, opened->datasets, {.width = 1920, .height = 1080}, cache);
        const auto image = draw_image(*context, painter, scene);
        if (!image) return state.SkipWithError(to_text(image.error()).c_str());
        benchmark::DoNotOptimize(image->rgba.data());
    }
}
BENCHMARK(first_picture)->Name("open/first_picture")->Unit(benchmark::kMillisecond);

/// A frame of a moving view: each one looks elsewhere, so that no frame is the last one again.
void moving_frame(benchmark::State& state) {
    const auto opened = open_data(state);
    if (!opened) return;
    const auto context = OffscreenContext::create();
    if (!context) return state.SkipWithError(to_text(context.error()).c_str());
    context->make_current();
    Painter painter;
    DeriveCache cache;
    MapRequest request{.width = 1920, .height = 1080};
    auto frame = derive(opened->workspace, opened->datasets, request, cache).frame;
    frame.units_per_pixel /= static_cast<double>(state.range(0));
    double step = 0;
    for (auto _ : state) {
        request.frame = frame;
        step += 1;
        request.frame->centre.x += step * frame.units_per_pixel;
        const auto scene = derive(opened->workspace, opened->datasets, request, cache);
        const auto image = draw_image(*context, painter, scene);
        if (!image) return state.SkipWithError(to_text(image.error()).c_str());
        benchmark::DoNotOptimize(image->rgba.data());
    }
}
BENCHMARK(moving_frame)->Name("frame/zoom")->Arg(1)->Arg(4)->Arg(16)->Arg(64)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace diaban

BENCHMARK_MAIN();
