#include "base/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <numeric>
#include <thread>

namespace diaban {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Tracing for the length of a test.
struct Tracing : testing::Test {
    Tracing() {
        set_tracing(false);
        set_tracing(true);
    }
    ~Tracing() override { set_tracing(false); }
};

/// A frame of 10 ms: two calls of "a" (3 and 1 ms), the first with "b" (2 ms) in it, and another thread's 5 ms.
FrameTime by_hand() {
    const auto ms = [](int64_t v) { return v * 1'000'000; };
    return {.number = 7,
            .start = ms(100),
            .end = ms(110),
            .stages = {{"else", 1, 0, ms(98), ms(103)},
                       {"a", 0, 0, ms(101), ms(104)},
                       {"b", 0, 1, ms(101), ms(103)},
                       {"a", 0, 0, ms(105), ms(106)}}};
}

TEST_F(Tracing, nests_stages_within_each_other_and_within_their_frame) {
    begin_frame();
    {
        const Stage outer("outer");
        const Stage inner("inner");
    }
    { const Stage next("next"); }
    end_frame();
    const std::vector<FrameTime> frames = traced_frames();
    ASSERT_THAT(frames, SizeIs(1));
    const std::vector<StageTime>& stages = frames[0].stages;
    ASSERT_THAT(stages, SizeIs(3));
    EXPECT_STREQ(stages[0].name, "outer");
    EXPECT_STREQ(stages[1].name, "inner");
    EXPECT_STREQ(stages[2].name, "next");
    EXPECT_EQ(stages[0].depth, 0);
    EXPECT_EQ(stages[1].depth, 1);
    EXPECT_EQ(stages[2].depth, 0);
    EXPECT_LE(frames[0].start, stages[0].start);
    EXPECT_LE(stages[0].start, stages[1].start);
    EXPECT_LE(stages[1].end, stages[0].end);
    EXPECT_LE(stages[0].end, stages[2].start);
    EXPECT_LE(stages[2].end, frames[0].end);
}

TEST_F(Tracing, tells_the_drawing_thread_from_others) {
    begin_frame();
    std::thread([] { const Stage stage("elsewhere"); }).join();
    { const Stage stage("here"); }
    end_frame();
    const std::vector<StageTime> stages = traced_frames().back().stages;
    ASSERT_THAT(stages, SizeIs(2));
    EXPECT_STREQ(stages[0].name, "elsewhere");
    EXPECT_GT(stages[0].thread, 0);
    EXPECT_EQ(stages[0].depth, 0);
    EXPECT_EQ(stages[1].thread, 0);
}

TEST_F(Tracing, keeps_nothing_while_it_is_off) {
    set_tracing(false);
    begin_frame();
    { const Stage stage("unseen"); }
    end_frame();
    EXPECT_THAT(traced_frames(), IsEmpty());
    EXPECT_FALSE(slowest_frame());
}

TEST_F(Tracing, keeps_nothing_of_a_frame_that_was_dropped_or_never_begun) {
    begin_frame();
    { const Stage stage("dropped"); }
    drop_frame();
    end_frame();
    { const Stage stage("between frames"); }
    EXPECT_THAT(traced_frames(), IsEmpty());
    begin_frame();
    end_frame();
    ASSERT_THAT(traced_frames(), SizeIs(1));
    EXPECT_THAT(traced_frames()[0].stages, IsEmpty());
}

TEST_F(Tracing, may_be_turned_on_and_off_within_a_stage) {
    begin_frame();
    {
        const Stage stage("begun while on");
        set_tracing(false);
        const Stage unseen("begun while off");
        set_tracing(true);
    }
    begin_frame();
    { const Stage stage("whole"); }
    end_frame();
    ASSERT_THAT(traced_frames(), SizeIs(1));
    ASSERT_THAT(traced_frames()[0].stages, SizeIs(1));
    EXPECT_EQ(traced_frames()[0].stages[0].depth, 0);
}

TEST_F(Tracing, keeps_the_latest_frames_and_the_slowest_of_all) {
    begin_frame();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    end_frame();
    for (std::size_t i = 0; i < most_traced_frames + 5; ++i) {
        begin_frame();
        end_frame();
    }
    const std::vector<FrameTime> frames = traced_frames();
    ASSERT_THAT(frames, SizeIs(most_traced_frames));
    EXPECT_EQ(frames.front().number, 7U);
    EXPECT_EQ(frames.back().number, most_traced_frames + 6);
    ASSERT_TRUE(slowest_frame());
    EXPECT_EQ(slowest_frame()->number, 1U);
    EXPECT_GE(slowest_frame()->milliseconds(), 20);
    forget_slowest_frame();
    EXPECT_FALSE(slowest_frame());
}

TEST(StageSums, add_up_to_the_frame) {
    const std::vector<StageSum> sums = stage_sums(by_hand());
    ASSERT_THAT(sums, SizeIs(4));
    EXPECT_EQ(sums[0].name, "a");
    EXPECT_EQ(sums[0].calls, 2);
    EXPECT_DOUBLE_EQ(sums[0].milliseconds, 4);
    EXPECT_DOUBLE_EQ(sums[0].own, 2);
    EXPECT_EQ(sums[1].name, "b");
    EXPECT_DOUBLE_EQ(sums[1].own, 2);
    EXPECT_EQ(sums[2].name, "other");
    EXPECT_DOUBLE_EQ(sums[2].own, 6);
    EXPECT_EQ(sums[3].name, "else");
    EXPECT_EQ(sums[3].thread, 1);
    EXPECT_DOUBLE_EQ(sums[3].milliseconds, 5);
    double drawing = 0;
    for (const StageSum& sum : sums)
        drawing += sum.thread == 0 ? sum.own : 0;
    EXPECT_DOUBLE_EQ(drawing, 10);
}

TEST(StageSums, of_an_empty_frame_are_other_alone) {
    const std::vector<StageSum> sums = stage_sums({.start = 0, .end = 2'000'000});
    ASSERT_THAT(sums, SizeIs(1));
    EXPECT_DOUBLE_EQ(sums[0].own, 2);
}

TEST(FrameQuantile, is_a_frame_that_was_drawn) {
    std::vector<FrameTime> frames;
    for (int64_t i = 100; i >= 1; --i)
        frames.push_back({.start = 0, .end = i * 1'000'000});
    EXPECT_DOUBLE_EQ(frame_quantile(frames, 0.5), 50);
    EXPECT_DOUBLE_EQ(frame_quantile(frames, 0.99), 99);
    EXPECT_DOUBLE_EQ(frame_quantile(frames, 1), 100);
    EXPECT_DOUBLE_EQ(frame_quantile(frames, 0), 1);
    EXPECT_DOUBLE_EQ(frame_quantile({}, 0.5), 0);
}

TEST(TraceJson, is_complete_events_in_microseconds) {
    const std::vector<FrameTime> frames{by_hand()};
    const auto json = nlohmann::json::parse(trace_json(frames));
    const auto& events = json.at("traceEvents");
    ASSERT_EQ(events.size(), 5U);
    EXPECT_EQ(events[0].at("name"), "frame 7");
    EXPECT_EQ(events[0].at("dur"), 10'000);
    EXPECT_EQ(events[1].at("tid"), 1);
    EXPECT_EQ(events[3].at("name"), "b");
    EXPECT_EQ(events[3].at("ph"), "X");
    EXPECT_EQ(events[3].at("ts"), 101'000);
    EXPECT_EQ(events[3].at("dur"), 2'000);
    EXPECT_THAT(nlohmann::json::parse(trace_json({})).at("traceEvents"), IsEmpty());
}

TEST(TimeBeforeMain, is_short_and_not_negative) {
    // Linking the test program takes less than a minute even on a busy machine.
    EXPECT_GE(time_before_main().count(), 0);
    EXPECT_LT(time_before_main(), std::chrono::minutes(1));
}

}  // namespace
}  // namespace diaban
