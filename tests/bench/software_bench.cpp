// The software painter alone: what a frame's fills and lines cost, without deriving or labels. CPU is that of all
// threads together.
#include <benchmark/benchmark.h>

#include <memory>
#include <optional>
#include <vector>

#include "bench/measured.h"
#include "data/read.h"
#include "render/part.h"
#include "render/software/map_bands.h"
#include "render/software/software_painter.h"
#include "scene/map_shapes.h"

namespace diaban {
namespace {

constexpr int width = 1920, height = 1080;

/// The file's first layer, in its own plane; null with the benchmark told why.
const MapShapes* shapes(benchmark::State& state) {
    static std::unique_ptr<MapShapes> kept;
    if (kept) return kept.get();
    const auto file = bench::data_file(state);
    if (file.empty()) return nullptr;
    Progress progress;
    const auto datasets = read(file, {}, progress);
    if (!datasets) {
        state.SkipWithError(to_text(datasets.error()).c_str());
        return nullptr;
    }
    const DatasetPtr first = datasets->front();
    kept = std::make_unique<MapShapes>(MapShapes::GeometryPtr(first, &first->geometry), std::nullopt);
    return kept.get();
}

struct Picture {
    Scene scene;
    std::vector<uint8_t> pixels = std::vector<uint8_t>(std::size_t{4} * width * height);
    Surface surface{pixels.data(), width, height, std::ptrdiff_t{4} * width};
};

/// All of it in the picture, or `nearer` times as near where a feature lies.
std::unique_ptr<Picture> picture(benchmark::State& state, double nearer, bool filled, bool stroked) {
    const MapShapes* layer = shapes(state);
    if (layer == nullptr) return nullptr;
    auto out = std::make_unique<Picture>();
    Frame& frame = out->scene.frame;
    frame = Frame{width, height, 1, {}, 1}.fitted(layer->box(), {0, 0, width, height});
    if (nearer > 1) frame.centre = layer->box_of(layer->feature_count() / 2).centre();
    frame.units_per_pixel /= nearer;
    const DetailPtr detail = layer->detail(frame.extent(), frame.units_per_pixel).detail;
    if (filled) {
        FillItem fill;
        fill.detail = detail;
        std::vector<Rgba> colours;
        for (uint32_t f = 0; f < detail->feature_count(); ++f)
            colours.push_back({static_cast<uint8_t>(120 + 37 * f % 120), static_cast<uint8_t>(140 + 71 * f % 100),
                               static_cast<uint8_t>(100 + 13 * f % 90), 255});
        fill.colours = std::make_shared<const std::vector<Rgba>>(std::move(colours));
        out->scene.map.push_back(fill);
    }
    if (stroked) {
        StrokeItem stroke;
        stroke.detail = detail;
        stroke.stroke.width = Pixels(0.7);
        out->scene.map.push_back(stroke);
    }
    state.counters["points"] = static_cast<double>(detail->points.size());
    state.counters["arcs"] = static_cast<double>(detail->arcs.size());
    return out;
}

void paint(benchmark::State& state, bool filled, bool stroked) {
    const auto made = picture(state, static_cast<double>(state.range(0)), filled, stroked);
    if (!made) return;
    SoftwarePainter painter;
    for (auto _ : state) {
        painter.paint(made->scene, {0, 0, width, height}, made->surface);
        benchmark::DoNotOptimize(made->pixels.data());
    }
}

void each_zoom(benchmark::internal::Benchmark* bench) {
    bench->Arg(1)->Arg(4)->Arg(16)->Arg(64)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
}
BENCHMARK_CAPTURE(paint, ground, false, false)->Name("software/ground/zoom")->Apply(each_zoom);
BENCHMARK_CAPTURE(paint, fill, true, false)->Name("software/fill/zoom")->Apply(each_zoom);
BENCHMARK_CAPTURE(paint, stroke, false, true)->Name("software/stroke/zoom")->Apply(each_zoom);
BENCHMARK_CAPTURE(paint, both, true, true)->Name("software/fill_and_stroke/zoom")->Apply(each_zoom);

/// What it takes to settle where things lie, before any pixel is painted.
void prepare_only(benchmark::State& state) {
    const auto made = picture(state, static_cast<double>(state.range(0)), true, true);
    if (!made) return;
    const PartView view{made->scene.frame, {0, 0, width, height}};
    for (auto _ : state) {
        benchmark::DoNotOptimize(prepare(std::get<FillItem>(made->scene.map[0]), view));
        benchmark::DoNotOptimize(prepare(std::get<StrokeItem>(made->scene.map[1]), view));
    }
}
BENCHMARK(prepare_only)->Name("software/prepare/zoom")->Apply(each_zoom);

}  // namespace
}  // namespace diaban
