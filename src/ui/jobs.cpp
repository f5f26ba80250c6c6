#include "ui/jobs.h"

#include <chrono>
#include <exception>
#include <utility>

namespace diaban::ui {

Jobs::~Jobs() {
    cancel_all();
}  // the threads are joined by their jthreads

std::shared_ptr<Progress> Jobs::start(std::string title, std::function<Delivery(Progress&)> work) {
    auto progress = std::make_shared<Progress>();
    std::promise<Delivery> promise;
    Job job{std::move(title), progress, promise.get_future(), {}};
    // The result has to be there before the wake: the loop that it wakes looks once and goes back to sleep.
    job.thread = std::jthread([progress, work = std::move(work), promise = std::move(promise), wake = wake_]() mutable {
        try {
            promise.set_value(work(*progress));
        } catch (...) {
            promise.set_exception(std::current_exception());
        }
        if (wake) wake();
    });
    jobs_.push_back(std::move(job));
    return progress;
}

bool Jobs::ready(const Job& job) {
    return job.result.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

bool Jobs::poll() {
    std::erase_if(leaving_, ready);
    bool any = false;
    while (!jobs_.empty() && ready(jobs_.front())) {
        // Taken off first: a delivery may start jobs or cancel them.
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        any = true;
        const Delivery deliver = job.result.get();
        if (deliver) deliver();
    }
    return any;
}

Jobs::Status Jobs::status() const {
    if (jobs_.empty()) return {};
    const Job& job = jobs_.front();
    return {job.title, job.progress->stage(), job.progress->fraction()};
}

void Jobs::cancel_all() {
    for (Job& job : jobs_) {
        job.progress->cancel();
        leaving_.push_back(std::move(job));
    }
    jobs_.clear();
}

void Jobs::finish() {
    while (!jobs_.empty()) {
        jobs_.front().result.wait();
        poll();
    }
}

}  // namespace diaban::ui
