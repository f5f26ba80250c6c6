// Work off the interface thread. A job's result arrives as a value, in the order asked for, when poll() is called; a
// cancelled one never arrives.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "base/progress.h"

namespace diaban::ui {

class Jobs {
public:
    /// What finished work leaves to be done on the interface thread.
    using Delivery = std::function<void()>;

    Jobs() = default;
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;
    /// Cancels all and waits for their threads.
    ~Jobs();
    /// `work` runs on another thread and returns what to do here with its result (nothing: an empty function). `wake`
    /// (set once, before the first start) is called from that thread when it is done, so that a sleeping event loop
    /// looks up. An exception of `work` is rethrown by the poll() that would have delivered it. Returns what the job
    /// alone is stopped by; stopped that way it still comes home.
    std::shared_ptr<Progress> start(std::string title, std::function<Delivery(Progress&)> work);
    void set_wake(std::function<void()> wake) { wake_ = std::move(wake); }

    /// Delivers finished jobs from the front; true when any was.
    bool poll();
    /// Whether anything is still to be delivered; cancelled jobs are not.
    [[nodiscard]] bool busy() const { return !jobs_.empty(); }
    struct Status {
        std::string title;
        std::string stage;
        double fraction = -1;
    };
    /// Of the job in front; an empty title when there is none.
    [[nodiscard]] Status status() const;
    /// Asks all to stop and forgets their results; does not wait for them.
    void cancel_all();
    /// Waits for all and delivers them: for tests and for leaving.
    void finish();

private:
    struct Job {
        std::string title;
        std::shared_ptr<Progress> progress;
        std::future<Delivery> result;
        std::jthread thread;
    };
    [[nodiscard]] static bool ready(const Job& job);

    std::deque<Job> jobs_;
    std::deque<Job> leaving_;  ///< cancelled, their threads not yet back
    std::function<void()> wake_;
};

}  // namespace diaban::ui
