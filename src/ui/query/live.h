// A question asked again and again, while something is dragged: at once while that is quick, else in the background.
// The latest one wins, and the last good answer stays until a better one is there.
//
//     Live<Coverage> live;                                       // kept between frames
//     live.ask(session.jobs(), {.title = tr("Asking the map"), .what = text, .alike = without_numbers(text), .work =
//     …}); if (live.take(session.jobs())) …                           // once a frame: something new was found out
//     live.good();  live.error();  live.waiting();
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/i18n.h"
#include "ui/jobs.h"

namespace diaban::ui {

/// The text with "#" for every number: equal for questions that differ in their numbers only.
[[nodiscard]] std::string without_numbers(std::string_view text);

template <class Result>
class Live {
public:
    struct Question {
        std::string title;  ///< of the job
        std::string what;   ///< all that the answer depends on
        std::string alike;  ///< equal for questions that take about as long
        std::function<Expected<Result>(Progress&)> work;
    };
    /// An answer that comes within this time is waited for; longer ones, and all of a new kind, come by themselves.
    static constexpr double quick_seconds = 0.008;
    /// A running job that is alike is let finish, so that a long drag shows something; not if it takes this long.
    static constexpr double patient_seconds = 0.5;

    /// Nothing happens where it was asked last.
    void ask(Jobs& jobs, Question question) {
        if (question.what == asked_) return;
        asked_ = question.what;
        next_.reset();
        if (!running_ && question.alike == quick_ && good_) {
            Progress progress;
            const auto began = std::chrono::steady_clock::now();
            settle(question, answered(question, progress), seconds_since(began));
            fresh_ = true;
            return;
        }
        next_ = std::move(question);
        advance(jobs);
    }
    /// Takes in what was found out meanwhile; true when that is new: an answer, or an error.
    bool take(Jobs& jobs) {
        if (running_) {
            const std::scoped_lock lock(running_->mutex);
            if (running_->done) {
                // What was stopped is no answer; what was overtaken is one until the next is there.
                const bool stopped = !*running_->done && running_->done->error().kind == ErrorKind::cancelled;
                if (!stopped) {
                    settle(running_->question, std::move(*running_->done), running_->seconds);
                    fresh_ = true;
                }
                finished_ = true;
            }
        }
        if (std::exchange(finished_, false)) running_.reset();
        advance(jobs);
        return std::exchange(fresh_, false);
    }
    /// The last good answer stays; it is asked again when the question changes.
    void cancel() {
        next_.reset();
        if (running_) running_->progress->cancel();
    }
    /// As if nothing had been asked.
    void forget() {
        cancel();
        *this = Live();
    }
    /// So that the same is asked again.
    void ask_again() { asked_.reset(); }

    [[nodiscard]] bool waiting() const { return (running_ && !running_->progress->cancelled()) || next_; }
    /// Whether good() answers what was asked last.
    [[nodiscard]] bool answered() const { return good_ && asked_ && good_of_ == *asked_ && !error_; }
    /// Whether what was asked last was stopped before it was answered; ask_again() makes up for that.
    [[nodiscard]] bool stopped() const { return asked_ && !waiting() && !answered() && !error_; }
    /// Null before the first one; the error of the last question, if it had one, does not take it away.
    [[nodiscard]] const std::shared_ptr<const Result>& good() const { return good_; }
    /// What was asked that good() answers.
    [[nodiscard]] const std::string& good_of() const { return good_of_; }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    struct Desk {
        Question question;
        std::shared_ptr<Progress> progress;
        std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
        std::mutex mutex;
        std::optional<Expected<Result>> done;
        double seconds = 0;
    };
    static double seconds_since(std::chrono::steady_clock::time_point began) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    }
    static Expected<Result> answered(const Question& question, Progress& progress) {
        try {
            return question.work(progress);
        } catch (const std::exception& exception) {
            return fail(ErrorKind::failure,
                        std::string(tr("The question could not be answered")) + ": " + exception.what());
        }
    }
    void settle(const Question& question, Expected<Result> result, double seconds) {
        quick_ = seconds < quick_seconds ? std::optional(question.alike) : std::nullopt;
        error_.reset();
        if (!result) {
            error_ = result.error();
            return;
        }
        good_ = std::make_shared<const Result>(std::move(*result));
        good_of_ = question.what;
    }
    void advance(Jobs& jobs) {
        if (!next_) return;
        if (running_) {
            const bool let =
                running_->question.alike == next_->alike && seconds_since(running_->began) < patient_seconds;
            if (!let) running_->progress->cancel();
            return;
        }
        auto desk = std::make_shared<Desk>();
        desk->question = std::move(*next_);
        next_.reset();
        // The answer is left on the desk at once, so that a long job in front of this one does not hold it up.
        desk->progress = jobs.start(desk->question.title, [desk](Progress& progress) -> Jobs::Delivery {
            Expected<Result> result = answered(desk->question, progress);
            const std::scoped_lock lock(desk->mutex);
            desk->done = std::move(result);
            desk->seconds = seconds_since(desk->began);
            return {};
        });
        running_ = std::move(desk);
    }

    std::optional<std::string> asked_;
    std::optional<std::string> quick_;  ///< the kind of the last answer, when it came quickly
    std::optional<Question> next_;
    std::shared_ptr<Desk> running_;
    bool fresh_ = false;
    bool finished_ = false;
    std::shared_ptr<const Result> good_;
    std::string good_of_;
    std::optional<Error> error_;
};

}  // namespace diaban::ui
