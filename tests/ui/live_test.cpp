#include "ui/query/live.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace diaban::ui {
namespace {

using Question = Live<int>::Question;

Question answer_at_once(const std::string& what, int answer) {
    return {"asking", what, "alike", [answer](Progress&) -> Expected<int> { return answer; }};
}

/// Waits until it is let go or asked to stop.
Question held(const std::string& what, const std::string& alike, int answer, const std::atomic<bool>& go) {
    return {"asking", what, alike, [answer, &go](Progress& progress) -> Expected<int> {
                while (!go && !progress.cancelled())
                    std::this_thread::yield();
                if (progress.cancelled()) return tl::make_unexpected(cancelled_error());
                return answer;
            }};
}

TEST(Live, asks_in_the_background_first_and_at_once_when_that_was_quick) {
    Jobs jobs;
    Live<int> live;
    live.ask(jobs, answer_at_once("1", 1));
    EXPECT_TRUE(live.waiting());
    jobs.finish();
    EXPECT_TRUE(live.take(jobs));
    ASSERT_TRUE(live.good());
    EXPECT_EQ(*live.good(), 1);
    live.ask(jobs, answer_at_once("2", 2));
    EXPECT_FALSE(live.waiting());
    EXPECT_TRUE(live.take(jobs));
    EXPECT_EQ(*live.good(), 2);
    EXPECT_EQ(live.good_of(), "2");
    EXPECT_FALSE(live.take(jobs)) << "nothing new";
}

TEST(Live, asks_the_same_once) {
    Jobs jobs;
    Live<int> live;
    int asked = 0;
    const auto question = [&] {
        return Question{"asking", "same", "alike", [&asked](Progress&) -> Expected<int> { return ++asked; }};
    };
    live.ask(jobs, question());
    jobs.finish();
    static_cast<void>(live.take(jobs));
    live.ask(jobs, question());
    EXPECT_EQ(asked, 1);
    live.ask_again();
    live.ask(jobs, question());
    EXPECT_EQ(asked, 2);
}

TEST(Live, keeps_the_last_good_answer_beside_an_error) {
    Jobs jobs;
    Live<int> live;
    live.ask(jobs, answer_at_once("1", 1));
    jobs.finish();
    static_cast<void>(live.take(jobs));
    live.ask(jobs, {"asking", "2", "alike",
                    [](Progress&) -> Expected<int> { return fail(ErrorKind::wrong_usage, "no such column"); }});
    EXPECT_TRUE(live.take(jobs));
    ASSERT_TRUE(live.error());
    EXPECT_EQ(live.error()->what, "no such column");
    EXPECT_EQ(*live.good(), 1);
    live.ask(jobs, answer_at_once("3", 3));
    static_cast<void>(live.take(jobs));
    EXPECT_FALSE(live.error());
}

TEST(Live, lets_a_running_answer_of_its_kind_come_and_asks_only_the_latest_of_those_after_it) {
    Jobs jobs;
    Live<int> live;
    std::atomic<bool> go = false;
    live.ask(jobs, held("1", "alike", 1, go));
    live.ask(jobs, held("2", "alike", 2, go));
    live.ask(jobs, held("3", "alike", 3, go));
    go = true;
    jobs.finish();
    EXPECT_TRUE(live.take(jobs));
    EXPECT_EQ(*live.good(), 1) << "a long drag shows something on the way";
    EXPECT_TRUE(live.waiting());
    jobs.finish();
    EXPECT_TRUE(live.take(jobs));
    EXPECT_EQ(*live.good(), 3) << "the second one was overtaken";
    EXPECT_FALSE(live.waiting());
}

TEST(Live, stops_what_is_running_when_something_else_is_asked) {
    Jobs jobs;
    Live<int> live;
    const std::atomic<bool> never = false;
    live.ask(jobs, held("1", "long", 1, never));
    live.ask(jobs, answer_at_once("2", 2));
    jobs.finish();
    static_cast<void>(live.take(jobs));
    EXPECT_EQ(live.good(), nullptr) << "what was stopped is no answer";
    jobs.finish();
    EXPECT_TRUE(live.take(jobs));
    EXPECT_EQ(*live.good(), 2);
}

TEST(Live, keeps_the_answer_when_it_is_cancelled) {
    Jobs jobs;
    Live<int> live;
    live.ask(jobs, answer_at_once("1", 1));
    jobs.finish();
    static_cast<void>(live.take(jobs));
    const std::atomic<bool> never = false;
    live.ask(jobs, held("2", "another", 2, never));
    live.cancel();
    EXPECT_FALSE(live.waiting());
    jobs.finish();
    EXPECT_FALSE(live.take(jobs));
    EXPECT_EQ(*live.good(), 1);
    EXPECT_FALSE(live.error());
}

TEST(Live, tells_questions_apart_by_more_than_their_numbers) {
    EXPECT_EQ(without_numbers("beyond 5 km of shelters"), without_numbers("beyond 12.75 km of shelters"));
    EXPECT_NE(without_numbers("beyond 5 km of shelters"), without_numbers("within 5 km of shelters"));
}

}  // namespace
}  // namespace diaban::ui
