#include "ui/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace diaban::ui {
namespace {

using namespace std::chrono_literals;

TEST(Jobs, deliver_in_the_order_asked_for_however_long_each_takes) {
    Jobs jobs;
    std::vector<int> delivered;
    std::atomic<bool> second_done = false;
    jobs.start("slow", [&](Progress&) -> Jobs::Delivery {
        while (!second_done)
            std::this_thread::sleep_for(1ms);
        return [&] { delivered.push_back(1); };
    });
    jobs.start("fast", [&](Progress&) -> Jobs::Delivery {
        second_done = true;
        return [&] { delivered.push_back(2); };
    });
    jobs.finish();
    EXPECT_EQ(delivered, (std::vector<int>{1, 2}));
    EXPECT_FALSE(jobs.busy());
}

TEST(Jobs, tell_the_title_and_progress_of_the_one_in_front) {
    Jobs jobs;
    std::atomic<bool> go_on = false;
    std::atomic<bool> told = false;
    jobs.start("Reading communes", [&](Progress& progress) -> Jobs::Delivery {
        progress.set(0.5);
        progress.set_stage("Joining");
        told = true;
        while (!go_on)
            std::this_thread::sleep_for(1ms);
        return {};
    });
    while (!told)
        std::this_thread::sleep_for(1ms);
    EXPECT_EQ(jobs.status().title, "Reading communes");
    EXPECT_EQ(jobs.status().stage, "Joining");
    EXPECT_EQ(jobs.status().fraction, 0.5);
    go_on = true;
    jobs.finish();
    EXPECT_EQ(jobs.status().title, "");
}

TEST(Jobs, never_deliver_what_was_cancelled) {
    Jobs jobs;
    bool delivered = false;
    jobs.start("endless", [&](Progress& progress) -> Jobs::Delivery {
        while (!progress.cancelled())
            std::this_thread::sleep_for(1ms);
        return [&] { delivered = true; };
    });
    jobs.cancel_all();
    EXPECT_FALSE(jobs.busy());
    std::this_thread::sleep_for(20ms);
    jobs.poll();
    jobs.finish();
    EXPECT_FALSE(delivered);
}

TEST(Jobs, wake_the_loop_only_once_the_result_is_there) {
    Jobs jobs;
    std::atomic<bool> woken = false;
    jobs.set_wake([&] { woken = true; });
    bool delivered = false;
    jobs.start("work", [&](Progress&) -> Jobs::Delivery { return [&] { delivered = true; }; });
    while (!woken)
        std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(jobs.poll());
    EXPECT_TRUE(delivered);
}

TEST(Jobs, hand_an_exception_to_the_poll_that_would_have_delivered) {
    Jobs jobs;
    jobs.start("broken", [](Progress&) -> Jobs::Delivery { throw std::runtime_error("no memory"); });
    EXPECT_THROW(jobs.finish(), std::runtime_error);
    EXPECT_FALSE(jobs.busy());
}

TEST(Jobs, have_nothing_to_deliver_when_none_was_started) {
    Jobs jobs;
    EXPECT_FALSE(jobs.poll());
    EXPECT_FALSE(jobs.busy());
    jobs.finish();
    jobs.cancel_all();
}

}  // namespace
}  // namespace diaban::ui
