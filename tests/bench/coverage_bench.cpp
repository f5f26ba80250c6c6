// Who is reached, and what ground is near: a million weighted villages and ten thousand facilities, spread evenly over
// the box of the data, whose first polygons are the areas.
#include <benchmark/benchmark.h>

#include <memory>
#include <random>

#include "bench/measured.h"
#include "geo/areas/buffers.h"
#include "query/coverage.h"

namespace diaban::bench {
namespace {

DatasetPtr scattered(const Box& degrees, uint32_t count, uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> east(degrees.min_x, degrees.max_x), north(degrees.min_y, degrees.max_y);
    std::uniform_int_distribution<int64_t> households(1, 500);
    GeometryBuilder builder(GeometryKind::point);
    builder.reserve(count, count);
    std::vector<int64_t> weights;
    for (uint32_t i = 0; i < count; ++i) {
        const Point p{east(random), north(random)};
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(std::span(&p, 1));
        weights.push_back(households(random));
    }
    auto dataset = std::make_shared<Dataset>();
    dataset->geometry = std::move(builder).finish();
    dataset->table = Table({Column("households", ColumnType::integer, std::move(weights))}, count);
    dataset->crs = Crs::wgs84();
    return dataset;
}

struct Question {
    QueryLayers layers;
    CoverageQuery query;
    DatasetPtr areas;
};

QueryLayer layer_of(const std::string& id, DatasetPtr data) {
    return {.id = id, .name = id, .features = std::make_shared<const Features>(Features(std::move(data)))};
}

/// Made once for all rows; null with the benchmark told why.
const Question* question(benchmark::State& state) {
    static std::unique_ptr<const Question> made;
    if (made) return made.get();
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return nullptr;
    const DatasetPtr areas = main_dataset(*opened);
    if (areas == nullptr || areas->geometry.kind() != GeometryKind::polygon) {
        state.SkipWithError("the data have no polygons");
        return nullptr;
    }
    Question q;
    q.areas = areas;
    const Box box = areas->lon_lat_box();
    q.layers.list.push_back(layer_of("villages", scattered(box, 1'000'000, 1)));
    q.layers.list.push_back(layer_of("facilities", scattered(box, 10'000, 2)));
    q.layers.list.push_back(layer_of("areas", areas));
    q.query.demand = "villages", q.query.facilities = "facilities", q.query.weight = "households";
    q.query.by = "areas";
    made = std::make_unique<const Question>(std::move(q));
    return made.get();
}

Expected<CoverageBasisPtr> basis_of(const Question& q) {
    QueryCache cache;  // a new one each time: nothing is known yet
    Progress progress;
    return coverage_basis(q.query, q.layers, cache, progress);
}

void basis(benchmark::State& state) {
    const Question* q = question(state);
    if (q == nullptr) return;
    for (auto _ : state) {
        const auto made = basis_of(*q);
        if (!made) return state.SkipWithError(made.error().what.c_str());
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(basis)->Name("coverage/basis")->Unit(benchmark::kMillisecond)->Iterations(3)->UseRealTime();

/// Each step another distance, from 1 to 20 km and back.
void drag(benchmark::State& state) {
    const Question* q = question(state);
    if (q == nullptr) return;
    static const auto made = basis_of(*q);
    if (!made) return state.SkipWithError(made.error().what.c_str());
    double kilometres = 1, step = 0.1;
    for (auto _ : state) {
        const CoverageAnswer answer = covered_within(**made, Metres(kilometres * 1000));
        benchmark::DoNotOptimize(answer.total.covered);
        if (kilometres + step > 20 || kilometres + step < 1) step = -step;
        kilometres += step;
    }
}
BENCHMARK(drag)->Name("coverage/drag")->Unit(benchmark::kMillisecond)->UseRealTime();

void dissolve(benchmark::State& state) {
    const Question* q = question(state);
    if (q == nullptr) return;
    const Dataset& facilities = q->layers.list[1].features->base();
    const Transform same = Transform::between(Crs::wgs84(), Crs::wgs84()).value();
    const Metres distance(static_cast<double>(state.range(0)));
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(buffers(facilities.geometry, {}, same, distance, true, progress));
    }
}
BENCHMARK(dissolve)->Name("areas/dissolve")->Arg(5000)->Arg(20000)->Unit(benchmark::kMillisecond)->UseRealTime();

void around_areas(benchmark::State& state) {
    const Question* q = question(state);
    if (q == nullptr) return;
    const auto way = Transform::between(q->areas->crs, Crs::wgs84());
    std::vector<uint8_t> some(q->areas->size());
    for (std::size_t f = 0; f < some.size(); f += 100)
        some[f] = 1;
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(buffers(q->areas->geometry, some, *way, Metres(1000), false, progress));
    }
}
BENCHMARK(around_areas)->Name("areas/around_hundredth")->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

void service(benchmark::State& state) {
    const Question* q = question(state);
    if (q == nullptr) return;
    const Dataset& facilities = q->layers.list[1].features->base();
    const Transform same = Transform::between(Crs::wgs84(), Crs::wgs84()).value();
    const auto way = Transform::between(q->areas->crs, Crs::wgs84());
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(service_areas(facilities.geometry, {}, same, &q->areas->geometry, &*way, progress));
    }
}
BENCHMARK(service)->Name("areas/service")->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace diaban::bench
