// The software painter alone: what a frame's fills and lines cost, without deriving or labels. The file is DIABAN_DATA,
// else the province's of ../shared/data.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "data/read.h"
#include "geo/lattice.h"
#include "render/part.h"
#include "render/software/map_bands.h"
#include "render/software/software_painter.h"

namespace diaban {
namespace {

constexpr int width = 1920, height = 1080;

std::filesystem::path data_file() {
    if (const char* named = std::getenv("DIABAN_DATA")) return named;
    return DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
}

const Geometry* geometry(benchmark::State& state) {
    static std::vector<DatasetPtr> kept;
    if (kept.empty()) {
        Progress progress;
        auto datasets = read(data_file(), {}, progress);
        if (!datasets) {
            state.SkipWithError(to_text(datasets.error()).c_str());
            return nullptr;
        }
        kept = std::move(*datasets);
    }
    return &kept.front()->geometry;
}

/// A level of detail as a painter gets it: borders that run alike are one arc, without points nearer to the last than
/// `tolerance`. Good enough to paint, not to keep.
DetailPtr thinned(const Geometry& geometry, double tolerance) {
    auto out = std::make_shared<Detail>();
    out->kind = GeometryKind::polygon;
    out->tolerance = tolerance;
    out->extent = geometry.box();
    const Lattice lattice(geometry.box());
    out->origin = lattice.origin();
    out->unit = lattice.unit();
    // A grid decides which points are kept, so that both sides of a border keep the same ones.
    const auto snapped = [&](Point p) {
        const double x = out->origin.x + std::round((p.x - out->origin.x) / tolerance) * tolerance;
        const double y = out->origin.y + std::round((p.y - out->origin.y) / tolerance) * tolerance;
        return lattice.place({x, y});
    };
    using Edge = std::pair<std::pair<int32_t, int32_t>, std::pair<int32_t, int32_t>>;
    const auto edge_of = [](LatticePoint a, LatticePoint b) {
        const std::pair from{a.x, a.y}, to{b.x, b.y};
        return from < to ? Edge{from, to} : Edge{to, from};
    };
    std::map<Edge, std::vector<uint32_t>> owners;
    std::vector<std::vector<std::vector<LatticePoint>>> rings(geometry.feature_count());
    for (uint32_t f = 0; f < geometry.feature_count(); ++f) {
        for (const uint32_t ring : geometry.rings_of(f)) {
            std::vector<LatticePoint> kept;
            for (const Point p : geometry.ring(ring)) {
                const LatticePoint q = snapped(p);
                if (kept.empty() || kept.back() != q) kept.push_back(q);
            }
            if (kept.size() < 4) continue;
            for (std::size_t i = 1; i < kept.size(); ++i)
                owners[edge_of(kept[i - 1], kept[i])].push_back(f);
            rings[f].push_back(std::move(kept));
        }
    }
    // A run of edges of the same owners is an arc, made by the first of them to come along.
    std::map<Edge, uint32_t> arc_of_first_edge;
    out->ring_offsets.push_back(0);
    out->feature_offsets.push_back(0);
    for (uint32_t f = 0; f < rings.size(); ++f) {
        for (const auto& ring : rings[f]) {
            for (std::size_t from = 0; from + 1 < ring.size();) {
                const auto& who = owners[edge_of(ring[from], ring[from + 1])];
                std::size_t to = from + 1;
                while (to + 1 < ring.size() && to - from < Arc::most_edges &&
                       owners[edge_of(ring[to], ring[to + 1])] == who)
                    ++to;
                const uint32_t other = who.size() < 2 ? Arc::nobody : who[0] == f ? who[1] : who[0];
                const Edge last = edge_of(ring[to - 1], ring[to]);
                const auto known = arc_of_first_edge.find(last);
                const bool same = known != arc_of_first_edge.end() && other != Arc::nobody && other < f &&
                                  out->arcs[known->second].count == to - from + 1;
                if (same) {
                    out->arc_refs.push_back(~static_cast<int32_t>(known->second));
                } else {
                    append_arcs(*out, std::span(ring).subspan(from, to - from + 1), f, other, out->unit);
                    arc_of_first_edge[edge_of(ring[from], ring[from + 1])] =
                        static_cast<uint32_t>(out->arcs.size() - 1);
                }
                from = to;
            }
            out->ring_offsets.push_back(static_cast<uint32_t>(out->arc_refs.size()));
            out->holes.push_back(0);
        }
        out->feature_offsets.push_back(static_cast<uint32_t>(out->ring_offsets.size() - 1));
    }
    out->index = SpatialIndex(geometry);
    return out;
}

struct Picture {
    Scene scene;
    std::vector<uint8_t> pixels = std::vector<uint8_t>(std::size_t{4} * width * height);
    Surface surface{pixels.data(), width, height, std::ptrdiff_t{4} * width};
};

/// The whole file fitted into the picture and looked at `nearer` times as near.
std::unique_ptr<Picture> picture(benchmark::State& state, double nearer, double line) {
    const Geometry* shapes = geometry(state);
    if (shapes == nullptr) return nullptr;
    auto out = std::make_unique<Picture>();
    out->scene.frame = Frame{width, height, 1, {}, 1}.fitted(shapes->box(), {0, 0, width, height});
    out->scene.frame.units_per_pixel /= nearer;
    const double pixel = out->scene.frame.units_per_pixel;
    static std::map<double, DetailPtr> details;
    DetailPtr& detail = details[pixel];
    if (!detail) detail = thinned(*shapes, pixel);
    FillItem fill;
    fill.detail = detail;
    std::vector<Rgba> colours;
    for (uint32_t f = 0; f < detail->feature_count(); ++f)
        colours.push_back({static_cast<uint8_t>(120 + 37 * f % 120), static_cast<uint8_t>(140 + 71 * f % 100),
                           static_cast<uint8_t>(100 + 13 * f % 90), 255});
    fill.colours = std::make_shared<const std::vector<Rgba>>(std::move(colours));
    if (line <= 0) {
        out->scene.map.push_back(fill);
    } else {
        if (line > 1) out->scene.map.push_back(fill), line -= 1;
        StrokeItem stroke;
        stroke.detail = detail;
        stroke.stroke.width = Pixels(line);
        out->scene.map.push_back(stroke);
    }
    state.counters["ring points"] = static_cast<double>(detail->points.size());
    return out;
}

void paint(benchmark::State& state, double line) {
    const auto made = picture(state, static_cast<double>(state.range(0)), line);
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
BENCHMARK_CAPTURE(paint, fill, 0.0)->Name("software/fill/zoom")->Apply(each_zoom);
BENCHMARK_CAPTURE(paint, stroke, 0.7)->Name("software/stroke/zoom")->Apply(each_zoom);
BENCHMARK_CAPTURE(paint, both, 1.7)->Name("software/fill_and_stroke/zoom")->Apply(each_zoom);

/// What it takes to settle where things lie, before any pixel is painted.
void prepare_only(benchmark::State& state) {
    const auto made = picture(state, static_cast<double>(state.range(0)), 1.7);
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
