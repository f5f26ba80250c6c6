// Who is reached, and what ground is near: a million weighted villages and ten thousand facilities, spread evenly over
// the box of the data, whose first polygons are the areas.
#include <benchmark/benchmark.h>

#include <memory>

#include "bench/scattered.h"
#include "geo/areas/buffers.h"
#include "query/coverage.h"

namespace diaban::bench {
namespace {

struct Question {
    QueryLayers layers;
    CoverageQuery query;
    DatasetPtr areas;
};

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
