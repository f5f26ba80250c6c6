#include "base/trace.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

namespace diaban {
namespace {

using Clock = std::chrono::steady_clock;
const Clock::time_point process_began = Clock::now();

/// Since the system's start, in nanoseconds: the clock that Linux notes a process's start in.
int64_t since_boot() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

const int64_t began_since_boot = since_boot();

int64_t nanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - process_began).count();
}

struct Recording {
    std::mutex mutex;
    uint64_t number = 0;
    bool open = false;
    FrameTime frame;  // the one being drawn
    std::deque<FrameTime> frames;
    std::optional<FrameTime> slowest;
    int threads = 0;
};

std::atomic<bool> on{false};
std::atomic<int> drawing_thread{-1};

/// Never destroyed: a thread may still be in a stage while the process ends.
Recording& recording() {
    static Recording* const one = new Recording;  // NOLINT(cppcoreguidelines-owning-memory): see above
    return *one;
}

/// A number of its own for each thread that asks.
int this_thread() {
    static std::atomic<int> next{0};
    thread_local const int mine = next++;
    return mine;
}

thread_local int depth = 0;

bool by_start(const StageTime& a, const StageTime& b) {
    return a.start != b.start ? a.start < b.start : a.depth < b.depth;
}

/// Threads as they are numbered in a frame: the drawing one is 0.
int number_of(int thread) {
    const int drawing = drawing_thread;
    return thread == drawing ? 0 : thread < drawing ? thread + 1 : thread;
}

}  // namespace

void set_tracing(bool wanted) {
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    if (wanted && !on) {
        all.number = 0;
        all.frames.clear();
        all.slowest.reset();
    }
    if (!wanted) all.open = false;
    on = wanted;
}

bool tracing() {
    return on.load(std::memory_order_relaxed);
}

void begin_frame() {
    if (!tracing()) return;
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    drawing_thread = this_thread();
    all.open = true;
    all.frame = {};
    all.frame.start = nanoseconds();
}

void end_frame() {
    if (!tracing()) return;
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    if (!all.open) return;
    all.open = false;
    all.frame.end = nanoseconds();
    all.frame.number = ++all.number;
    std::sort(all.frame.stages.begin(), all.frame.stages.end(), by_start);
    if (!all.slowest || all.frame.milliseconds() > all.slowest->milliseconds()) all.slowest = all.frame;
    all.frames.push_back(std::move(all.frame));
    if (all.frames.size() > most_traced_frames) all.frames.pop_front();
}

void drop_frame() {
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    all.open = false;
}

Stage::Stage(const char* name) {
    if (!tracing()) return;
    name_ = name;
    ++depth;
    start_ = nanoseconds();
}

Stage::~Stage() {
    if (name_ == nullptr) return;
    const int64_t end = nanoseconds();
    --depth;
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    if (all.open) all.frame.stages.push_back({name_, number_of(this_thread()), depth, start_, end});
}

std::chrono::nanoseconds time_before_main() {
    // Field 22 of /proc/self/stat (proc(5)), counted after the program's name, which may hold blanks: clock ticks
    // between the system's start and the process's.
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t name_end = line.rfind(')');
    if (name_end == std::string::npos) return {};
    std::istringstream fields(line.substr(name_end + 1));
    std::string field;
    for (int i = 3; i <= 22; ++i)
        fields >> field;
    const double ticks = std::strtod(field.c_str(), nullptr);
    const double started = ticks / static_cast<double>(sysconf(_SC_CLK_TCK)) * 1e9;
    return std::chrono::nanoseconds(std::max(int64_t{0}, began_since_boot - static_cast<int64_t>(started)));
}

std::vector<FrameTime> traced_frames() {
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    return {all.frames.begin(), all.frames.end()};
}

std::optional<FrameTime> slowest_frame() {
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    return all.slowest;
}

void forget_slowest_frame() {
    Recording& all = recording();
    const std::lock_guard lock(all.mutex);
    all.slowest.reset();
}

std::vector<StageSum> stage_sums(const FrameTime& frame) {
    struct Key {
        int thread;
        int depth;
        std::string_view name;
        bool operator==(const Key&) const = default;
    };
    std::vector<Key> keys;
    std::vector<StageSum> sums;
    const auto sum_of = [&](const StageTime& stage) -> StageSum& {
        const Key key{stage.thread, stage.depth, stage.name};
        const auto found = std::find(keys.begin(), keys.end(), key);
        if (found != keys.end()) return sums[static_cast<std::size_t>(found - keys.begin())];
        keys.push_back(key);
        return sums.emplace_back(StageSum{stage.name, stage.thread, stage.depth, 0, 0, 0});
    };
    double other = frame.milliseconds();
    std::map<int, std::vector<const StageTime*>> open;  // by thread, the innermost last
    for (const StageTime& stage : frame.stages) {
        const double took = static_cast<double>(stage.end - stage.start) / 1e6;
        StageSum& sum = sum_of(stage);
        ++sum.calls;
        sum.milliseconds += took;
        sum.own += took;
        std::vector<const StageTime*>& around = open[stage.thread];
        while (!around.empty() && around.back()->depth >= stage.depth)
            around.pop_back();
        if (!around.empty()) {
            sum_of(*around.back()).own -= took;
        } else if (stage.thread == 0) {
            other -= took;
        }
        around.push_back(&stage);
    }
    std::stable_sort(sums.begin(), sums.end(),
                     [](const StageSum& a, const StageSum& b) { return a.thread < b.thread; });
    const auto last = std::find_if(sums.begin(), sums.end(), [](const StageSum& s) { return s.thread > 0; });
    sums.insert(last, StageSum{"other", 0, 0, 1, other, other});
    return sums;
}

double frame_quantile(std::span<const FrameTime> frames, double q) {
    if (frames.empty()) return 0;
    std::vector<double> times;
    for (const FrameTime& frame : frames)
        times.push_back(frame.milliseconds());
    const double rank = std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(times.size())) - 1;
    const auto at = times.begin() + static_cast<std::ptrdiff_t>(std::max(0.0, rank));
    std::nth_element(times.begin(), at, times.end());
    return *at;
}

std::string trace_json(std::span<const FrameTime> frames) {
    auto events = nlohmann::ordered_json::array();
    const auto add = [&](const std::string& name, int thread, int64_t start, int64_t end) {
        events.push_back({{"name", name},
                          {"ph", "X"},
                          {"pid", 1},
                          {"tid", thread},
                          {"ts", static_cast<double>(start) / 1e3},
                          {"dur", static_cast<double>(end - start) / 1e3}});
    };
    for (const FrameTime& frame : frames) {
        add("frame " + std::to_string(frame.number), 0, frame.start, frame.end);
        for (const StageTime& stage : frame.stages)
            add(stage.name, stage.thread, stage.start, stage.end);
    }
    const nlohmann::ordered_json whole{{"displayTimeUnit", "ms"}, {"traceEvents", std::move(events)}};
    return whole.dump() + "\n";
}

}  // namespace diaban
