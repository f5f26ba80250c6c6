// Where a frame's time goes: stages with names, nested, on any thread.
//
//     set_tracing(true);                     // off at first; a stage then costs one look at a flag
//     begin_frame();
//     { const Stage stage("derive/labels"); … }
//     end_frame();
//     for (const StageSum& sum : stage_sums(traced_frames().back())) …
//
// A process has one trace: a stage deep down, perhaps on another thread, has no other way to the frame it belongs to.
// All functions may be called from any thread; begin_frame() and end_frame() belong to the one that draws.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diaban {

/// Nanoseconds are counted from a moment shortly after the process's start.
struct StageTime {
    const char* name = "";  ///< "derive/labels": a literal
    int thread = 0;         ///< 0: the one that draws; others are numbered as they come
    int depth = 0;          ///< how many stages of the same thread it lies in
    int64_t start = 0;
    int64_t end = 0;
    bool operator==(const StageTime&) const = default;
};

struct FrameTime {
    uint64_t number = 0;  ///< the first one traced is 1
    int64_t start = 0;
    int64_t end = 0;
    std::vector<StageTime> stages;  ///< by their start; of other threads also those that began before the frame
    [[nodiscard]] double milliseconds() const { return static_cast<double>(end - start) / 1e6; }
};

// ── recording ──
/// How many frames are kept, the latest ones.
inline constexpr std::size_t most_traced_frames = 240;

/// Turning it on forgets what an earlier trace holds; turning it off keeps it.
void set_tracing(bool on);
[[nodiscard]] bool tracing();
void begin_frame();
/// Keeps the frame; nothing where none was begun.
void end_frame();
/// It was none after all: nothing of it is kept.
void drop_frame();

class Stage {
public:
    /// `name` has to outlive the trace.
    explicit Stage(const char* name);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

private:
    const char* name_ = nullptr;  // null: not traced
    int64_t start_ = 0;
};

/// A frame for as long as it lives.
class FrameScope {
public:
    FrameScope() { begin_frame(); }
    ~FrameScope() { end_frame(); }
    FrameScope(const FrameScope&) = delete;
    FrameScope& operator=(const FrameScope&) = delete;
};

/// How long the process had been running when its main function began, to about 10 ms: its libraries were loaded.
[[nodiscard]] std::chrono::nanoseconds time_before_main();

// ── reading ──
/// The frames at hand, the oldest first.
[[nodiscard]] std::vector<FrameTime> traced_frames();
/// The slowest one since tracing was turned on, also when it is no longer among the latest.
[[nodiscard]] std::optional<FrameTime> slowest_frame();
void forget_slowest_frame();

/// What the stages of one name took in a frame.
struct StageSum {
    std::string name;
    int thread = 0;
    int depth = 0;
    int calls = 0;
    double milliseconds = 0;
    double own = 0;  ///< milliseconds less those of the stages in it
};
/// In the order of their first start, those of the drawing thread first. Their `own` times and what lay in no stage,
/// "other", are together what the frame took.
[[nodiscard]] std::vector<StageSum> stage_sums(const FrameTime& frame);

/// At which a share `q` (0–1) of the frames were done, in milliseconds; 0 without frames.
[[nodiscard]] double frame_quantile(std::span<const FrameTime> frames, double q);

/// As JSON that browsers' tracing views open (the Trace Event Format: complete events, microseconds).
[[nodiscard]] std::string trace_json(std::span<const FrameTime> frames);

}  // namespace diaban
