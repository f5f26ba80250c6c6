// Progress of long work on a terminal: one line that is rewritten and wiped away at the end. Where standard error is no
// terminal nothing is shown. While it lives, Ctrl+C cancels the work, so that nothing half-written stays behind; a
// second Ctrl+C ends the program at once.
#pragma once

#include <memory>

#include "base/progress.h"

namespace diaban {

class TerminalProgress {
public:
    TerminalProgress();
    ~TerminalProgress();
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

    [[nodiscard]] Progress& progress() { return progress_; }
    /// The work is over: wipes the line. Before anything is printed.
    void clear();

private:
    struct Watcher;
    Progress progress_;
    std::unique_ptr<Watcher> watcher_;  ///< null once cleared
};

}  // namespace diaban
