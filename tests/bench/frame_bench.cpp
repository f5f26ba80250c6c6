// Frames: of a view that moves, at rest, and after a change of style; by the software painter into memory, and as the
// window paints them, through OpenGL. And what is under the pointer.
#include <benchmark/benchmark.h>
#include <epoxy/gl.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "bench/measured.h"
#include "bench/moving_view.h"
#include "render/gl_context.h"
#include "render/gl_target.h"
#include "render/painter.h"
#include "render/part.h"
#include "render/software/software_painter.h"

namespace diaban::bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// Into memory, by the software painter.
class MemoryPicture {
public:
    void paint(const Scene& scene) {
        painter_.paint(scene, {0, 0, width, height}, {pixels_.data(), width, height, std::ptrdiff_t{4} * width});
        benchmark::DoNotOptimize(pixels_.data());
    }
    [[nodiscard]] static bool unfinished() { return false; }

private:
    SoftwarePainter painter_;
    std::vector<uint8_t> pixels_ = std::vector<uint8_t>(std::size_t{4} * width * height);
};

/// Into a framebuffer, by whichever painter the window would take, until the last pixel is there.
class WindowPicture {
public:
    [[nodiscard]] static std::unique_ptr<WindowPicture> create(benchmark::State& state) {
        auto context = OffscreenContext::create();
        if (!context) {
            state.SkipWithError(to_text(context.error()).c_str());
            return nullptr;
        }
        context->make_current();
        return std::make_unique<WindowPicture>(std::move(*context));
    }
    explicit WindowPicture(OffscreenContext context) : context_(std::move(context)) {
        painter_ = std::make_unique<Painter>();
        target_.resize(width, height, bin_);
    }
    ~WindowPicture() {
        painter_.reset();
        target_ = GlTarget(TargetFormat::window, 0);
        bin_->empty();
    }
    WindowPicture(const WindowPicture&) = delete;
    WindowPicture& operator=(const WindowPicture&) = delete;

    void paint(const Scene& scene) {
        painter_->paint(scene, target_.framebuffer());
        glFinish();
    }
    [[nodiscard]] bool unfinished() const { return painter_->unfinished(); }
    [[nodiscard]] std::string device() const { return context_.renderer_name(); }

private:
    OffscreenContext context_;
    std::shared_ptr<GlBin> bin_ = std::make_shared<GlBin>();
    std::unique_ptr<Painter> painter_;
    GlTarget target_{TargetFormat::window, 0};
};

template <class Picture>
void paint_moving(benchmark::State& state, MovingView& view, Picture& picture) {
    for (int i = 0; i < 8; ++i)
        picture.paint(view.next());  // the first ones make what all later ones use
    std::vector<double> times;
    std::size_t coarse = 0;
    for (auto _ : state) {
        const auto begin = Clock::now();
        const Scene scene = view.next();
        picture.paint(scene);
        times.push_back(milliseconds_since(begin));
        if (scene.unfinished || picture.unfinished()) ++coarse;
    }
    tell_times(state, times);
    state.counters["coarse"] = static_cast<double>(coarse) / static_cast<double>(times.size());
}

void moving_frame(benchmark::State& state, Content content, double nearer) {
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    MovingView view(*opened, content, nearer, dense_place_on_map(*opened));
    MemoryPicture picture;
    paint_moving(state, view, picture);
}

void moving_window(benchmark::State& state, double nearer) {
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    const auto picture = WindowPicture::create(state);
    if (!picture) return;
    state.SetLabel(picture->device());
    MovingView view(*opened, Content::picture, nearer, dense_place_on_map(*opened));
    paint_moving(state, view, *picture);
}

/// At its best: what makes the last picture after a movement, once the background has made what it wants
/// (`made_ms`: how long that takes). Labels are placed anew in each.
void resting_frame(benchmark::State& state, double nearer) {
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    MovingView view(*opened, Content::picture, nearer, dense_place_on_map(*opened));
    MemoryPicture picture;
    picture.paint(view.next_at_rest());
    std::vector<double> times, making;
    std::size_t coarse = 0;
    for (auto _ : state) {
        state.PauseTiming();
        making.push_back(view.go_on_and_wait());
        state.ResumeTiming();
        const auto begin = Clock::now();
        const Scene scene = view.next_at_rest();
        picture.paint(scene);
        times.push_back(milliseconds_since(begin));
        if (scene.unfinished) ++coarse;
    }
    tell_times(state, times);
    state.counters["coarse"] = static_cast<double>(coarse) / static_cast<double>(times.size());
    state.counters["made_ms"] = quantile(making, 0.5);
}

/// The parts of a moving frame: deriving it, painting it.
void moving_derive(benchmark::State& state, double nearer) {
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    MovingView view(*opened, Content::picture, nearer, dense_place_on_map(*opened));
    for (auto _ : state)
        benchmark::DoNotOptimize(view.next().labels.data());
}

void moving_paint(benchmark::State& state, double nearer) {
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    MovingView view(*opened, Content::picture, nearer, dense_place_on_map(*opened));
    MemoryPicture picture;
    std::vector<double> times;
    for (auto _ : state) {
        state.PauseTiming();
        const Scene scene = view.next();
        state.ResumeTiming();
        const auto begin = Clock::now();
        picture.paint(scene);
        times.push_back(milliseconds_since(begin));
    }
    tell_times(state, times);
}

/// Other classes and other colours for every feature, each time ones not seen before, and the picture of them;
/// `frame_ms` is the same picture without a change, `more_ms` what the change costs.
void restyle(benchmark::State& state) {
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    Workspace workspace = opened->workspace;
    GraduatedFill* fill = graduated_fill(workspace);
    if (fill == nullptr) return state.SkipWithError("no layer with classes");
    DeriveCache cache;
    MemoryPicture picture;
    const MapRequest request = request_for(Content::picture);
    const auto draw = [&] {
        const auto begin = Clock::now();
        picture.paint(derive(workspace, opened->datasets, request, cache));
        return milliseconds_since(begin);
    };
    for (int i = 0; i < 3; ++i)
        draw();
    std::vector<double> still, changed;
    int round = 0;
    for (auto _ : state) {
        ++round;
        fill->measure.scale = 1 + 1e-6 * round;  // another measure: nothing that is remembered fits
        fill->classes = 4 + round % 5;
        fill->ramp = round % 2 == 0 ? "YlOrRd" : "Blues";
        changed.push_back(draw());
        state.PauseTiming();
        still.push_back(draw());
        state.ResumeTiming();
    }
    tell_times(state, changed);
    state.counters["frame_ms"] = quantile(still, 0.5);
    state.counters["more_ms"] = quantile(changed, 0.5) - quantile(still, 0.5);
}
BENCHMARK(restyle)->Name("restyle")->Unit(benchmark::kMillisecond);

/// Places all over the features: each in the box of one, so that large and small ones are asked for alike.
std::vector<Point> places_to_ask(const MapShapes& shapes, std::size_t count) {
    std::mt19937 random(1);
    std::uniform_int_distribution<uint32_t> any(0, shapes.feature_count() - 1);
    std::uniform_real_distribution<double> share(0, 1);
    std::vector<Point> out;
    while (out.size() < count) {
        const Box& box = shapes.box_of(any(random));
        if (!box.empty())
            out.push_back({box.min_x + share(random) * box.width(), box.min_y + share(random) * box.height()});
    }
    return out;
}

/// The feature at a place, exactly, as the window asks: layer after layer from the top, lines and points with the reach
/// that a pointer has. `max_us` is the worst of all places asked for the first time; `worst_us` the worst of the same
/// places where each is asked three times and the best counts, which a busy machine disturbs less.
void hover(benchmark::State& state) {
    constexpr double reach_pixels = 5;
    const Opened* opened = opened_data(state);
    if (opened == nullptr) return;
    DeriveCache cache;
    const auto layers = derive_layers(opened->workspace, opened->datasets, cache);
    const double reach = reach_pixels * whole_frame(*opened, cache).units_per_pixel;
    const auto largest = std::max_element(layers.begin(), layers.end(), [](const auto& a, const auto& b) {
        return (a->shapes ? a->shapes->source().points().size() : 0) <
               (b->shapes ? b->shapes->source().points().size() : 0);
    });
    if (largest == layers.end() || !(*largest)->shapes || (*largest)->shapes->feature_count() == 0)
        return state.SkipWithError("no features");
    const std::vector<Point> places = places_to_ask(*(*largest)->shapes, 20'000);
    const auto find = [&](Point at) {
        for (const LayerResultPtr& layer : layers) {
            if (!layer->shapes) continue;
            const bool areal = layer->shapes->kind() == GeometryKind::polygon;
            if (const auto found = layer->shapes->pick(at, areal ? 0 : reach, layer->shown)) return found;
        }
        return std::optional<uint32_t>();
    };
    const auto ask = [&](Point at) {
        const auto begin = Clock::now();
        benchmark::DoNotOptimize(find(at));
        return milliseconds_since(begin) * 1e3;
    };
    std::vector<double> first, best;
    for (const Point at : places) {
        first.push_back(ask(at));
        best.push_back(std::min({first.back(), ask(at), ask(at)}));
    }
    std::size_t next = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(find(places[next++ % places.size()]));
    state.counters["p50_us"] = quantile(first, 0.5);
    state.counters["p99_us"] = quantile(first, 0.99);
    state.counters["max_us"] = quantile(first, 1);
    state.counters["worst_us"] = quantile(best, 1);
}
BENCHMARK(hover)->Name("hover")->Unit(benchmark::kMicrosecond);

using Row = void (*)(benchmark::State&, double);

/// One row a zoom: how much nearer than the whole.
void add_rows(const std::string& name, Row row) {
    for (const int nearer : {1, 4, 16, 64}) {
        benchmark::RegisterBenchmark((name + std::to_string(nearer)).c_str(), row, static_cast<double>(nearer))
            ->Unit(benchmark::kMillisecond);
    }
}

[[maybe_unused]] const bool added = [] {
    add_rows("frame/zoom", [](benchmark::State& s, double nearer) { moving_frame(s, Content::picture, nearer); });
    add_rows("frame/map_zoom", [](benchmark::State& s, double nearer) { moving_frame(s, Content::map_alone, nearer); });
    add_rows("frame/window_zoom", moving_window);
    add_rows("frame/rest_zoom", resting_frame);
    add_rows("derive/zoom", moving_derive);
    add_rows("paint/zoom", moving_paint);
    return true;
}();

}  // namespace
}  // namespace diaban::bench
