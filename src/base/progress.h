// How long work tells how far it is, and how it is asked to stop. Safe to share between threads.
//
//     Progress progress;                    // the worker:  progress.set(0.4);  if (progress.cancelled()) return …
//     progress.fraction();  progress.cancel();   // the watcher
#pragma once

#include <atomic>
#include <mutex>
#include <string>

#include "base/error.h"

namespace diaban {

class Progress {
public:
    /// 0 to 1; a negative fraction means "busy, no idea how long".
    void set(double fraction) { fraction_.store(fraction, std::memory_order_relaxed); }
    [[nodiscard]] double fraction() const { return fraction_.load(std::memory_order_relaxed); }

    /// What is being done now, translated: "Reading communes".
    void set_stage(std::string stage);
    [[nodiscard]] std::string stage() const;

    void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> fraction_{-1};
    std::atomic<bool> cancelled_{false};
    mutable std::mutex mutex_;
    std::string stage_;
};

/// The error that cancelled work returns.
[[nodiscard]] Error cancelled_error();

}  // namespace diaban
