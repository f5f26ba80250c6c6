// A million points over Vietnam's box, most of them in clumps as towns are: what a moving frame's scene costs.
#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <random>

#include "query/pick.h"
#include "scene/derive.h"
#include "scene/points/point_crowd.h"

namespace diaban {
namespace {

constexpr std::size_t how_many = 1'000'000;

Geometry clumped_points() {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> east(102.143914, 117.827998), north(7.183812, 23.392643), share(0, 1);
    std::normal_distribution<double> near(0, 1);
    struct Town {
        Point at;
        double reach;
    };
    std::vector<Town> towns;
    for (int i = 0; i < 600; ++i)
        towns.push_back({{east(random), north(random)}, 0.01 + 0.15 * std::pow(share(random), 3)});
    GeometryBuilder builder(GeometryKind::point);
    builder.reserve(how_many, how_many);
    for (std::size_t i = 0; i < how_many; ++i) {
        Point p{east(random), north(random)};
        if (share(random) < 0.8) {
            const Town& town = towns[static_cast<std::size_t>(share(random) * share(random) * 600)];
            p = {town.at.x + near(random) * town.reach, town.at.y + near(random) * town.reach};
        }
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::span(&p, 1));
    }
    return std::move(builder).finish();
}

/// A workspace of these points, in the CRS of the country's maps.
struct Points {
    Workspace workspace;
    Datasets datasets;
    DeriveCache cache;
    MapRequest request{.width = 1920, .height = 1080};
    Frame frame;
    int64_t step = 0;

    explicit Points(CrowdingMode mode, double nearer = 1) {
        auto dataset = std::make_shared<Dataset>();
        dataset->name = "points";
        dataset->geometry = clumped_points();
        dataset->table = Table({}, how_many);
        dataset->crs = Crs::wgs84();
        datasets["points"] = dataset;
        workspace.sources.push_back({.id = "points", .path = "points.csv"});
        Layer layer{.id = "points", .name = "points", .source = "points"};
        layer.style = default_style(*dataset, 0);
        layer.style.crowding.mode = mode;
        workspace.layers.push_back(std::move(layer));
        workspace.map_crs = "EPSG:3405";
        frame = derive(workspace, datasets, request, cache).frame;
        frame.units_per_pixel /= nearer;
    }

    /// The next frame of a view that swings to and fro by a picture's width; where `zooming`, nearer by a tenth each
    /// time and back again.
    Scene next(bool zooming = false) {
        constexpr int64_t pixels = 3, swing = 640;
        frame.centre.x += (step++ / swing % 2 == 0 ? pixels : -pixels) * frame.units_per_pixel;
        constexpr int64_t steps = 24;
        if (zooming) frame.units_per_pixel *= step / steps % 2 == 0 ? 1 / 1.1 : 1.1;
        request.frame = frame;
        return derive(workspace, datasets, request, cache);
    }
};

void clusters(benchmark::State& state) {
    Points points(CrowdingMode::clusters, static_cast<double>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(points.next().map.data());
}
BENCHMARK(clusters)->Name("points/clusters")->Arg(1)->Arg(16)->Unit(benchmark::kMillisecond);

void density(benchmark::State& state) {
    Points points(CrowdingMode::density, static_cast<double>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(points.next().map.data());
}
BENCHMARK(density)->Name("points/density")->Arg(1)->Arg(16)->Unit(benchmark::kMillisecond);

/// Each frame at another scale: no surface can be used twice.
void density_zooming(benchmark::State& state) {
    Points points(CrowdingMode::density);
    for (auto _ : state)
        benchmark::DoNotOptimize(points.next(true).map.data());
}
BENCHMARK(density_zooming)->Name("points/density_zooming")->Unit(benchmark::kMillisecond)->Iterations(200);

void markers_zoomed(benchmark::State& state) {
    Points points(CrowdingMode::markers, 64);
    for (auto _ : state)
        benchmark::DoNotOptimize(points.next().map.data());
}
BENCHMARK(markers_zoomed)->Name("points/markers_zoomed")->Unit(benchmark::kMillisecond);

void index(benchmark::State& state) {
    const Geometry geometry = clumped_points();
    for (auto _ : state)
        benchmark::DoNotOptimize(SpatialIndex(geometry).size());
}
BENCHMARK(index)->Name("points/index")->Unit(benchmark::kMillisecond);

/// The curve and the counts along it, made once for a layer and once for a filter.
void order(benchmark::State& state) {
    const auto geometry = std::make_shared<const Geometry>(clumped_points());
    const MapShapes shapes(geometry, std::nullopt);
    const std::vector<uint8_t> shown(how_many, 1);
    for (auto _ : state) {
        const PointCrowd crowd(std::make_shared<const CurveOrder>(shapes), shown);
        benchmark::DoNotOptimize(crowd.shown_count());
    }
}
BENCHMARK(order)->Name("points/order")->Unit(benchmark::kMillisecond);

void recount(benchmark::State& state) {
    const auto geometry = std::make_shared<const Geometry>(clumped_points());
    const MapShapes shapes(geometry, std::nullopt);
    const auto curve = std::make_shared<const CurveOrder>(shapes);
    const std::vector<uint8_t> shown(how_many, 1);
    for (auto _ : state)
        benchmark::DoNotOptimize(PointCrowd(curve, shown).shown_count());
}
BENCHMARK(recount)->Name("points/recount")->Unit(benchmark::kMillisecond);

/// The nearest of a million, with hundreds of thousands within reach.
void pick_one(benchmark::State& state) {
    const Geometry geometry = clumped_points();
    const SpatialIndex tree(geometry);
    double x = 102;
    for (auto _ : state) {
        x = x < 117 ? x + 0.0137 : 102;
        benchmark::DoNotOptimize(pick(geometry, tree, {x, 16}, 2, {}));
    }
}
BENCHMARK(pick_one)->Name("points/pick")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace diaban
