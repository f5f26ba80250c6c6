// What lies in what, and what has to do with what: whole layers at once, indices made anew each time.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "bench/measured.h"
#include "geo/relate/lies_in.h"
#include "geo/relate/related.h"

namespace diaban {
namespace {

/// The polygons of the data; null with the benchmark told why.
const Geometry* areas(benchmark::State& state) {
    const Opened* opened = bench::opened_data(state);
    if (opened == nullptr) return nullptr;
    const DatasetPtr main = bench::main_dataset(*opened);
    if (main && main->geometry.kind() == GeometryKind::polygon) return &main->geometry;
    state.SkipWithError("no polygons in the data");
    return nullptr;
}

/// Anywhere in the box, as the peers' points lie.
std::vector<Point> points_over(const Box& box, std::size_t count) {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> east(box.min_x, box.max_x), north(box.min_y, box.max_y);
    std::vector<Point> points(count);
    for (Point& p : points)
        p = {east(random), north(random)};
    return points;
}

/// The points of DIABAN_POINTS (x,y under a header), for counting the same as a peer; where there is no such file, a
/// million over the box, which are written there to the places that the peers' points have.
std::vector<Point> shared_points(const Box& box) {
    std::vector<Point> points;
    const char* name = std::getenv("DIABAN_POINTS");
    if (name == nullptr || !std::filesystem::exists(name)) points = points_over(box, 1'000'000);
    if (name == nullptr) return points;
    if (!points.empty()) {
        std::ofstream file(name);
        file << "x,y\n" << std::fixed << std::setprecision(7);
        for (const Point p : points)
            file << p.x << ',' << p.y << '\n';
    }
    points.clear();
    std::ifstream file(name);
    std::string line;
    for (std::getline(file, line); std::getline(file, line);) {
        char* end = nullptr;
        const double x = std::strtod(line.c_str(), &end);
        if (*end == ',') points.push_back({x, std::strtod(end + 1, nullptr)});
    }
    return points;
}

/// Hits of `points` in `polygons`, counted anew for each time.
void count_in(benchmark::State& state, const Geometry& polygons, const std::vector<Point>& points) {
    std::size_t hits = 0;
    for (auto _ : state) {
        Progress progress;
        hits = lies_in(polygons, points, progress)->items.size();
    }
    state.counters["hits"] = static_cast<double>(hits);
    state.counters["areas"] = polygons.feature_count();
}

void points_in_communes(benchmark::State& state) {
    if (const Geometry* communes = areas(state)) count_in(state, *communes, shared_points(communes->box()));
}
BENCHMARK(points_in_communes)->Name("count/points_in_communes")->Unit(benchmark::kMillisecond);

/// All the points in one ragged area of a million corners.
void points_in_one_area(benchmark::State& state) {
    std::mt19937_64 random(2);
    std::uniform_real_distribution<double> reach(0.98, 1);
    std::vector<Point> ring(1'000'000);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(ring.size());
        const double r = reach(random) * (1 + 0.5 * std::sin(40 * angle));
        ring[i] = {r * std::cos(angle), r * std::sin(angle)};
    }
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature(), builder.begin_part(), builder.add_ring(ring);
    count_in(state, std::move(builder).finish(), points_over({-1, -1, 1, 1}, 1'000'000));
}
BENCHMARK(points_in_one_area)->Name("count/points_in_one_area")->Unit(benchmark::kMillisecond);

/// A million cells of a net, all but a stray one in a corner of the layer's box.
void points_in_cells(benchmark::State& state) {
    constexpr int side = 1'000;
    GeometryBuilder builder(GeometryKind::polygon);
    const auto add = [&](double x, double y) {
        const Point ring[] = {{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}};
        builder.begin_feature(), builder.begin_part(), builder.add_ring(ring);
    };
    for (int i = 0; i < side * side; ++i)
        add(i % side, i / side);
    add(1e9, 1e9);
    count_in(state, std::move(builder).finish(), points_over({0, 0, side, side}, 1'000'000));
}
BENCHMARK(points_in_cells)->Name("count/points_in_cells")->Unit(benchmark::kMillisecond);

void standing(benchmark::State& state) {
    const Geometry* communes = areas(state);
    if (communes == nullptr) return;
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(standing_points(*communes, progress)->data());
    }
}
BENCHMARK(standing)->Name("count/standing_points")->Unit(benchmark::kMillisecond);

/// The communes beside each other: every one has neighbours along the same corners.
void relate(benchmark::State& state, SpatialRelation relation) {
    const Geometry* communes = areas(state);
    if (communes == nullptr) return;
    std::size_t kept = 0;
    for (auto _ : state) {
        Progress progress;
        const auto found = related(*communes, *communes, {}, relation, progress, true);
        kept = static_cast<std::size_t>(std::ranges::count(found->kept, 1));
    }
    state.counters["kept"] = static_cast<double>(kept);
}
BENCHMARK_CAPTURE(relate, intersects, SpatialRelation::intersects)
    ->Name("relate/intersects")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(relate, within, SpatialRelation::within)->Name("relate/within")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(relate, touches, SpatialRelation::touches)->Name("relate/touches")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(relate, overlaps, SpatialRelation::overlaps)->Name("relate/overlaps")->Unit(benchmark::kMillisecond);

/// A million points: which of them lie within a commune.
void points_within(benchmark::State& state) {
    const Geometry* communes = areas(state);
    if (communes == nullptr) return;
    GeometryBuilder builder(GeometryKind::point);
    for (const Point p : points_over(communes->box(), 1'000'000))
        builder.begin_feature(), builder.begin_part(), builder.add_ring(std::span(&p, 1));
    const Geometry points = std::move(builder).finish();
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(related(points, *communes, {}, SpatialRelation::within, progress)->kept.data());
    }
}
BENCHMARK(points_within)->Name("relate/points_within")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace diaban
