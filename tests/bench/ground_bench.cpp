// Distances on the ellipsoid over whole layers. Villages and facilities are scattered over the box of Vietnam;
// communes are those of the benchmarks' file, the line the borders between its first and all other features … or, with
// DIABAN_LINE, the first layer of lines of that file.
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

DatasetPtr areas(benchmark::State& state) {
    const bench::Opened* none = nullptr;
    static_cast<void>(none);
    const auto file = bench::data_file(state);
    if (file.empty()) return nullptr;
    Progress progress;
    const auto datasets = read(file, {}, progress);
    if (!datasets || datasets->front()->geometry.kind() != GeometryKind::polygon) {
        state.SkipWithError("no polygons in the first layer");
        return nullptr;
    }
    return datasets->front();
}
}  // namespace
}  // namespace diaban
