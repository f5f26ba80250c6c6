#include "cli/terminal_progress.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

namespace diaban {

namespace {

// What a signal handler may touch.
volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) {
    interrupted = 1;
    std::signal(SIGINT, SIG_DFL);
}

std::string bar(double fraction) {
    constexpr int width = 24;
    const int full = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * width);
    std::string text;
    for (int i = 0; i < width; ++i)
        text += i < full ? "█" : "░";
    return text + fmt::format(" {:3.0f} %", std::clamp(fraction, 0.0, 1.0) * 100);
}

}  // namespace

/// Looks at the progress ten times a second; the first line comes after half a second, so that quick work shows none.
struct TerminalProgress::Watcher {
    explicit Watcher(Progress& progress) : shown(isatty(STDERR_FILENO) != 0) {
        interrupted = 0;
        before = std::signal(SIGINT, on_interrupt);
        thread = std::jthread([this, &progress](const std::stop_token& stop) {
            const auto start = std::chrono::steady_clock::now();
            bool any = false;
            std::mutex mutex;
            std::unique_lock lock(mutex);
            while (!wake.wait_for(lock, stop, std::chrono::milliseconds(100), [] { return false; }) &&
                   !stop.stop_requested()) {
                if (interrupted != 0) progress.cancel();
                if (!shown || std::chrono::steady_clock::now() - start < std::chrono::milliseconds(500)) continue;
                const double fraction = progress.fraction();
                std::fprintf(stderr, "\r\x1b[K%s %s", progress.stage().c_str(),
                             fraction >= 0 ? bar(fraction).c_str() : "…");
                std::fflush(stderr);
                any = true;
            }
            if (any) std::fputs("\r\x1b[K", stderr);
        });
    }
    ~Watcher() {
        thread.request_stop();
        thread.join();
        std::signal(SIGINT, before);
    }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    bool shown;
    void (*before)(int) = SIG_DFL;
    std::condition_variable_any wake;
    std::jthread thread;
};

TerminalProgress::TerminalProgress() : watcher_(std::make_unique<Watcher>(progress_)) {}

TerminalProgress::~TerminalProgress() = default;

void TerminalProgress::clear() {
    watcher_.reset();
}

}  // namespace diaban
