// The hot paths from a file to a picture, offscreen. The file is DIABAN_DATA, else the province's of ../shared/data.
#include <benchmark/benchmark.h>
#include <epoxy/gl.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "data/read.h"
#include "geo/triangulate.h"
#include "render/gl_context.h"
#include "render/gl_target.h"
#include "render/image.h"
#include "render/painter.h"
#include "render/part.h"
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

/// A view that moves: each scene looks elsewhere, so that no frame is the last one again.
class MovingView {
public:
    MovingView(const Opened& opened, double nearer) : opened_(opened) {
        frame_ = derive(opened_.workspace, opened_.datasets, request_, cache_).frame;
        frame_.units_per_pixel /= nearer;
        request_.frame = frame_;
        benchmark::DoNotOptimize(derive(opened_.workspace, opened_.datasets, request_, cache_).labels.data());
        request_.moving = true;
    }
    [[nodiscard]] Scene next() {
        frame_.centre.x += frame_.units_per_pixel;
        request_.frame = frame_;
        return derive(opened_.workspace, opened_.datasets, request_, cache_);
    }

private:
    const Opened& opened_;
    DeriveCache cache_;
    MapRequest request_{.width = 1920, .height = 1080};
    Frame frame_;
};

/// How much nearer than the whole.
void each_zoom(benchmark::internal::Benchmark* moving) {
    moving->Arg(1)->Arg(4)->Arg(16)->Arg(64)->Unit(benchmark::kMillisecond);
}

/// What a moving frame costs as a picture: derived, painted, read back.
void moving_frame(benchmark::State& state) {
    const auto opened = open_data(state);
    if (!opened) return;
    const auto context = OffscreenContext::create();
    if (!context) return state.SkipWithError(to_text(context.error()).c_str());
    context->make_current();
    Painter painter;
    MovingView view(*opened, static_cast<double>(state.range(0)));
    // The first one makes what all later ones use.
    if (const auto first = draw_image(*context, painter, view.next()); !first)
        return state.SkipWithError(to_text(first.error()).c_str());
    for (auto _ : state) {
        const auto image = draw_image(*context, painter, view.next());
        if (!image) return state.SkipWithError(to_text(image.error()).c_str());
        benchmark::DoNotOptimize(image->rgba.data());
    }
}
BENCHMARK(moving_frame)->Name("frame/zoom")->Apply(each_zoom);

/// The part of it that is derive's.
void moving_derive(benchmark::State& state) {
    const auto opened = open_data(state);
    if (!opened) return;
    MovingView view(*opened, static_cast<double>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(view.next().labels.data());
}
BENCHMARK(moving_derive)->Name("derive/zoom")->Apply(each_zoom);

/// The part of it that is the painter's, until the last pixel is there; what a window waits for, without reading back.
void moving_paint(benchmark::State& state) {
    const auto opened = open_data(state);
    if (!opened) return;
    const auto context = OffscreenContext::create();
    if (!context) return state.SkipWithError(to_text(context.error()).c_str());
    context->make_current();
    const auto bin = std::make_shared<GlBin>();
    {
        Painter painter;
        GlTarget target(TargetFormat::colour, 0);
        MovingView view(*opened, static_cast<double>(state.range(0)));
        const auto paint = [&](const Scene& scene) {
            painter.paint(scene, target.framebuffer());
            glFinish();
        };
        const Scene first = view.next();
        target.resize(device_width(first.frame), device_height(first.frame), bin);
        paint(first);
        for (auto _ : state) {
            state.PauseTiming();
            const Scene scene = view.next();
            state.ResumeTiming();
            paint(scene);
        }
    }
    bin->empty();
}
BENCHMARK(moving_paint)->Name("paint/zoom")->Apply(each_zoom);

}  // namespace
}  // namespace diaban

BENCHMARK_MAIN();
