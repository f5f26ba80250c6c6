// Questions: what the first answer costs, with nothing known yet, and each step while a number in them is dragged, with
// the same cache. Each step asks for another number, there and back, by the text form, as the window does.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "bench/scattered.h"
#include "query/answer.h"
#include "query/language/parse.h"
#include "render/part.h"
#include "render/software/software_painter.h"

namespace diaban::bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// The data's areas, the border line, a million villages, and facilities by how many there are.
struct Asked {
    const Opened* opened = nullptr;
    QueryLayers layers;
    std::string layer_id;  ///< of the areas, in the workspace
};

/// Made once for all rows; null with the benchmark told why.
const Asked* asked(benchmark::State& state) {
    static std::unique_ptr<const Asked> made;
    if (made) return made.get();
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return nullptr;
    const DatasetPtr areas = main_dataset(*opened);
    if (!areas || areas->geometry.kind() != GeometryKind::polygon) {
        state.SkipWithError("the data have no polygons");
        return nullptr;
    }
    const DatasetPtr line = border_line(state, *opened);
    if (!line) return nullptr;
    auto all = std::make_unique<Asked>();
    all->opened = opened;
    for (const Layer& layer : opened->workspace.layers)
        if (const auto found = opened->datasets.find(layer.source);
            found != opened->datasets.end() && found->second == areas)
            all->layer_id = layer.id;
    const Box box = areas->lon_lat_box();
    all->layers.list.push_back(layer_of("areas", areas));
    all->layers.list.push_back(layer_of("border", line));
    all->layers.list.push_back(layer_of("villages", scattered(box, 1'000'000, 1)));
    all->layers.list.push_back(layer_of("facilities", scattered(box, 10'000, 2)));
    all->layers.list.push_back(layer_of("posts", scattered(box, 400, 3)));
    made = std::move(all);
    return made.get();
}

/// A number that goes from `low` to `high` in so many steps and back, never twice the same way.
class Dragged {
public:
    Dragged(double low, double high, int steps) : low_(low), high_(high), step_((high - low) / steps), at_(low) {}
    double next() {
        if (at_ + step_ > high_ || at_ + step_ < low_) step_ = -step_;
        return at_ += step_;
    }

private:
    double low_, high_, step_, at_;
};

Expected<Hits> find(const Asked& data, const char* layer, const std::string& text, QueryCache& cache) {
    const auto condition = parse_condition(text);
    if (!condition) return tl::unexpected(condition.error());
    Progress progress;
    return find_hits(*condition, data.layers, **data.layers.require(layer), cache, progress);
}

/// Of one number, with a new cache each time.
void first(benchmark::State& state, const char* layer, const char* text) {
    const Asked* data = asked(state);
    if (data == nullptr) return;
    for (auto _ : state) {
        QueryCache cache;
        const auto hits = find(*data, layer, text, cache);
        if (!hits) return state.SkipWithError(to_text(hits.error()).c_str());
        state.counters["hits"] = hits->count;
    }
}

/// `text` has a place for the number.
void drag(benchmark::State& state, const char* layer, const char* text, Dragged number) {
    const Asked* data = asked(state);
    if (data == nullptr) return;
    QueryCache cache;
    std::vector<double> times;
    const auto step = [&] { return find(*data, layer, fmt::format(fmt::runtime(text), number.next()), cache); };
    if (const auto known = step(); !known) return state.SkipWithError(to_text(known.error()).c_str());
    for (auto _ : state) {
        const auto begin = Clock::now();
        benchmark::DoNotOptimize(step());
        times.push_back(milliseconds_since(begin));
    }
    tell_times(state, times);
}

/// A whole frame: the answer, the scene with the hits marked as the window marks them, the picture in memory.
void drag_frame(benchmark::State& state, const char* text, Dragged number) {
    const Asked* data = asked(state);
    if (data == nullptr) return;
    DeriveCache derived;
    MapRequest request = request_for(Content::picture);
    request.selection.layer_id = data->layer_id;
    SoftwarePainter painter;
    std::vector<uint8_t> pixels(std::size_t{4} * width * height);
    double most_hits = 0, derive_ms = 0, find_ms = 0;
    const auto frame = [&]() -> Expected<void> {
        const auto begin = Clock::now();
        const auto hits = find(*data, "areas", fmt::format(fmt::runtime(text), number.next()), *derived.query_cache());
        if (!hits) return tl::unexpected(hits.error());
        std::set<uint32_t>& marked = request.selection.features;
        marked.clear();
        for (uint32_t f = 0; f < hits->kept.size(); ++f)
            if (hits->kept[f] != 0) marked.insert(marked.end(), f);
        find_ms += milliseconds_since(begin);
        const auto found = Clock::now();
        const Scene scene = derive(data->opened->workspace, data->opened->datasets, request, derived);
        derive_ms += milliseconds_since(found);
        painter.paint(scene, {0, 0, width, height}, {pixels.data(), width, height, std::ptrdiff_t{4} * width});
        benchmark::DoNotOptimize(pixels.data());
        most_hits = std::max(most_hits, static_cast<double>(hits->count));
        return {};
    };
    for (int i = 0; i < 3; ++i)
        if (const auto done = frame(); !done) return state.SkipWithError(to_text(done.error()).c_str());
    find_ms = derive_ms = 0;
    std::vector<double> times;
    for (auto _ : state) {
        const auto begin = Clock::now();
        if (!frame()) return;
        times.push_back(milliseconds_since(begin));
    }
    tell_times(state, times);
    const auto count = static_cast<double>(times.size());
    state.counters["find_ms"] = find_ms / count;
    state.counters["derive_ms"] = derive_ms / count;
    state.counters["most_hits"] = most_hits;
}

template <class... Arguments>
benchmark::internal::Benchmark* add(const char* name, Arguments... arguments) {
    return benchmark::RegisterBenchmark(name, arguments...)
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
}

const int added = [] {
    constexpr int there = 397;  // steps, and as many back
    add("query/border_first", first, "areas", "within 10 km of border");
    add("query/border_drag", drag, "areas", "within {:.3f} km of border", Dragged(0.1, 100, there));
    add("frame/query_drag", drag_frame, "within {:.3f} km of border", Dragged(0.1, 1000, there))->Iterations(2 * there);
    add("frame/query_drag_scattered", drag_frame, "beyond {:.3f} km of posts", Dragged(0.1, 60, there))
        ->Iterations(2 * there);
    add("query/nearest_first", first, "villages", "beyond 5 km of facilities");
    add("query/nearest_drag", drag, "villages", "beyond {:.3f} km of facilities", Dragged(0.1, 20, there));
    add("query/count_within_first", first, "areas", "count(facilities within 5 km) >= 3");
    add("query/count_within_drag", drag, "areas", "count(facilities within {:.3f} km) >= 3", Dragged(1, 20, there));
    add("query/filter_first", first, "villages", "households > 100");
    add("query/filter_drag", drag, "villages", "households > {:.3f}", Dragged(1, 500, there));
    add("query/like_first", first, "villages", "name like '%77%'");
    add("query/like_drag", drag, "villages", "name like '%{:.0f}%'", Dragged(10, 99, 89));
    add("query/area_first", first, "areas", "area() > 20 km2");
    add("query/circle_drag", drag, "villages", "in circle(105.8, 21, {:.3f} km)", Dragged(1, 200, there));
    return 0;
}();

}  // namespace
}  // namespace diaban::bench
