// Distances on the ellipsoid over whole layers. Villages and facilities are scattered over the box of Vietnam;
// areas are those of the benchmarks' file (DIABAN_DATA), the line is the first of DIABAN_LINE, else the land border of
// the province's file.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "bench/measured.h"
#include "data/read.h"
#include "geo/earth/earth_shapes.h"

namespace diaban {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t village_count = 1'000'000;

Transform stays() {
    return Transform::between(Crs::wgs84(), Crs::wgs84()).value();
}

Geometry scattered(std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> x(102.1, 109.5), y(8.5, 23.4);
    GeometryBuilder builder(GeometryKind::point);
    builder.reserve(count, count);
    for (std::size_t i = 0; i < count; ++i) {
        const Point p{x(random), y(random)};
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring({&p, 1});
    }
    return std::move(builder).finish();
}

const Geometry& villages() {
    static const Geometry made = scattered(village_count, 1);
    return made;
}

EarthShapesPtr on_ground(const Geometry& geometry, const Transform& to_degrees) {
    Progress progress;
    return EarthShapes::make(geometry, to_degrees, progress).value();
}

/// Each time with the trees of both layers.
void nearest_of_points(benchmark::State& state) {
    const Geometry facilities = scattered(static_cast<std::size_t>(state.range(0)), 2);
    villages();
    for (auto _ : state) {
        Progress progress;
        const auto of = on_ground(villages(), stays()), among = on_ground(facilities, stays());
        benchmark::DoNotOptimize(nearest(*of, *among, {}, Metres(infinite), progress).value());
    }
}

void nearest_two(benchmark::State& state) {
    const Geometry facilities = scattered(10'000, 2);
    villages();
    for (auto _ : state) {
        Progress progress;
        const auto of = on_ground(villages(), stays()), among = on_ground(facilities, stays());
        benchmark::DoNotOptimize(nearest_k(*of, *among, {}, 2, Metres(infinite), progress).value());
    }
}

void within_five_kilometres(benchmark::State& state) {
    const Geometry facilities = scattered(10'000, 2);
    const auto of = on_ground(facilities, stays()), among = on_ground(villages(), stays());
    for (auto _ : state) {
        Progress progress;
        const auto found = neighbours_within(*of, *among, Metres(5'000), progress).value();
        state.counters["neighbours"] = static_cast<double>(found.neighbours.size());
    }
}

/// The first layer of one kind in a file; null with the benchmark told why.
DatasetPtr layer_of(benchmark::State& state, const std::filesystem::path& file, GeometryKind kind) {
    if (file.empty()) return nullptr;
    Progress progress;
    const auto datasets = read(file, {.check_geometry = false}, progress);
    if (datasets)
        for (const DatasetPtr& dataset : *datasets)
            if (dataset->geometry.kind() == kind) return dataset;
    state.SkipWithError(("no such shapes in " + file.string()).c_str());
    return nullptr;
}

struct Communes {
    DatasetPtr areas, line;
    [[nodiscard]] EarthShapesPtr on_ground(const DatasetPtr& dataset) const {
        return diaban::on_ground(dataset->geometry, Transform::between(dataset->crs, Crs::wgs84()).value());
    }
};

Communes communes(benchmark::State& state) {
    const char* named = std::getenv("DIABAN_LINE");
    const auto line = named ? named : DIABAN_SOURCE_DIR "/../shared/data/quang_ninh.gpkg";
    static const DatasetPtr areas = layer_of(state, bench::data_file(state), GeometryKind::polygon);
    static const DatasetPtr border = areas ? layer_of(state, line, GeometryKind::line) : nullptr;
    if (!areas || !border) state.SkipWithError("no polygons (DIABAN_DATA) or no line (DIABAN_LINE)");
    return {areas, border};
}

/// The trees of both layers each time; afterwards another distance is a comparison of numbers.
void distance_of_areas(benchmark::State& state) {
    const Communes data = communes(state);
    if (!data.areas || !data.line) return;
    for (auto _ : state) {
        Progress progress;
        const auto of = data.on_ground(data.areas), line = data.on_ground(data.line);
        benchmark::DoNotOptimize(nearest(*of, *line, {}, Metres(infinite), progress).value());
    }
    state.counters["corners"] = static_cast<double>(data.areas->geometry.points().size());
}

void make_areas(benchmark::State& state) {
    const Communes data = communes(state);
    if (!data.areas || !data.line) return;
    for (auto _ : state)
        benchmark::DoNotOptimize(data.on_ground(data.areas));
}

void areas_along(benchmark::State& state) {
    const Communes data = communes(state);
    if (!data.areas || !data.line) return;
    const auto of = data.on_ground(data.areas), line = data.on_ground(data.line);
    for (auto _ : state) {
        Progress progress;
        const auto metres = length_along(*of, *line, {}, Metres(static_cast<double>(state.range(0))), progress).value();
        double sum = 0;
        for (const double each : metres)
            sum += each;
        state.counters["kilometres"] = sum / 1000;
    }
}

void areas_to_points(benchmark::State& state) {
    const Communes data = communes(state);
    if (!data.areas || !data.line) return;
    const auto of = data.on_ground(data.areas), points = on_ground(villages(), stays());
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(nearest(*of, *points, {}, Metres(infinite), progress).value());
    }
}

void points_to_areas(benchmark::State& state) {
    const Communes data = communes(state);
    if (!data.areas || !data.line) return;
    const auto among = data.on_ground(data.areas), points = on_ground(villages(), stays());
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(nearest(*points, *among, {}, Metres(infinite), progress).value());
    }
}

template <class Function>
void add(const char* name, Function* measured, std::initializer_list<int64_t> arguments = {}) {
    auto* row = benchmark::RegisterBenchmark(name, measured);
    row->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
    for (const int64_t argument : arguments)
        row->Arg(argument);
}

const int added = [] {
    add("ground/nearest", nearest_of_points, {10'000, 100'000});
    add("ground/nearest_two", nearest_two);
    add("ground/within_5_km", within_five_kilometres);
    add("ground/make_areas", make_areas);
    add("ground/areas_to_line", distance_of_areas);
    add("ground/areas_along_line", areas_along, {100, 10'000});
    add("ground/areas_to_points", areas_to_points);
    add("ground/points_to_areas", points_to_areas);
    return 0;
}();

}  // namespace
}  // namespace diaban
