#include "scene/detail_maker.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "base/parallel.h"

namespace diaban {

DetailMaker::DetailMaker(std::function<void()> wake) : wake_(std::move(wake)), thread_([this] { run(); }) {}

DetailMaker::~DetailMaker() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        waiting_.clear();
    }
    changed_.notify_all();
    thread_.join();
}

void DetailMaker::ask(std::string key, std::function<void()> make) {
    {
        const std::lock_guard lock(mutex_);
        if (busy_ && making_ == key) return;
        const auto known = std::ranges::find(waiting_, key, &Wanted::key);
        if (known != waiting_.end()) {
            known->make = std::move(make);
            waiting_.splice(waiting_.begin(), waiting_, known);
            return;
        }
        waiting_.push_front({std::move(key), std::move(make)});
        if (waiting_.size() > most_waiting) waiting_.pop_back();
    }
    changed_.notify_all();
}

bool DetailMaker::idle() const {
    const std::lock_guard lock(mutex_);
    return !busy_ && waiting_.empty();
}

void DetailMaker::finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !busy_ && waiting_.empty(); });
}

void DetailMaker::run() {
    // What is on screen goes first. Linux gives each thread its own niceness; where it does not, nothing is lost.
    constexpr int background = 19;
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), background);
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
        if (stop_) return;
        const Wanted wanted = std::move(waiting_.front());
        waiting_.pop_front();
        making_ = wanted.key;
        busy_ = true;
        lock.unlock();
        try {
            without_helpers(wanted.make);
        } catch (...) {  // what could not be made is not drawn better; the next view asks again
        }
        lock.lock();
        making_.clear();  // whoever is woken may ask for it again, of another place
        lock.unlock();
        if (wake_) wake_();
        lock.lock();
        busy_ = false;
        changed_.notify_all();
    }
}

}  // namespace diaban
