#include "cli/timings.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/i18n.h"

namespace diaban {
namespace {

/// "read", "derive" …: those of the drawing thread, after the one before there was any.
std::vector<StageSum> sums_from_the_start(const FrameTime& frame) {
    std::vector<StageSum> sums = stage_sums(frame);
    const double before = static_cast<double>(time_before_main().count() + frame.start) / 1e6;
    sums.insert(sums.begin(), StageSum{"start", 0, 0, 1, before, before});
    return sums;
}

void print_row(std::ostream& out, const std::string& name, double milliseconds, int calls) {
    out << fmt::format("{:<36}{:>12}{:>8}\n", name, format_number(milliseconds, 1),
                       calls > 0 ? format_integer(calls) : "");
}

}  // namespace

void print_timings(const FrameTime& frame, bool json, std::ostream& out) {
    const std::vector<StageSum> sums = sums_from_the_start(frame);
    const double total = sums.front().milliseconds + frame.milliseconds();
    if (json) {
        auto stages = nlohmann::ordered_json::array();
        for (const StageSum& sum : sums) {
            stages.push_back({{"name", sum.name},
                              {"depth", sum.depth},
                              {"calls", sum.calls},
                              {"ms", sum.milliseconds},
                              {"own_ms", sum.own},
                              {"thread", sum.thread}});
        }
        out << nlohmann::ordered_json{{"stages", std::move(stages)}, {"total_ms", total}}.dump(2) << '\n';
        return;
    }
    out << fmt::format("{:<36}{:>12}{:>8}\n", tr("stage"), "ms", tr("calls"));
    bool others = false;
    for (const StageSum& sum : sums) {
        if (sum.thread > 0 && !std::exchange(others, true)) out << tr("on other threads:") << '\n';
        const auto indent = static_cast<std::size_t>(2 * (sum.depth + (others ? 1 : 0)));
        print_row(out, std::string(indent, ' ') + sum.name, sum.milliseconds, sum.calls);
    }
    print_row(out, tr("total"), total, 0);
}

}  // namespace diaban
