// Things that need each other, each after what it needs.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace diaban {

template <class Thing>
struct InOrder {
    std::vector<const Thing*> order;                            ///< all of them
    std::vector<std::pair<const Thing*, std::string>> circles;  ///< with the way round: "A → B → A"
};

/// `needs(thing)` gives what it needs of the same kind. Of what goes round in a circle the first one reached comes
/// last.
template <class Thing, class Needs, class Name>
[[nodiscard]] InOrder<Thing> in_order(const std::vector<const Thing*>& things, Needs needs, Name name) {
    InOrder<Thing> result;
    std::vector<const Thing*> done, way;
    const auto has = [](const std::vector<const Thing*>& list, const Thing* thing) {
        return std::ranges::find(list, thing) != list.end();
    };
    const std::function<void(const Thing*)> visit = [&](const Thing* thing) {
        if (has(done, thing)) return;
        if (const auto before = std::ranges::find(way, thing); before != way.end()) {
            // Everything from there on goes round.
            for (auto start = before; start != way.end(); ++start) {
                if (std::ranges::any_of(result.circles, [&](const auto& c) { return c.first == *start; })) continue;
                std::string round;
                for (auto at = start; at != way.end(); ++at)
                    round += name(**at) + " → ";
                for (auto at = before; at != start; ++at)
                    round += name(**at) + " → ";
                result.circles.emplace_back(*start, round + name(**start));
            }
            return;
        }
        way.push_back(thing);
        for (const Thing* needed : needs(*thing))
            visit(needed);
        way.pop_back();
        done.push_back(thing);
    };
    for (const Thing* thing : things)
        visit(thing);
    result.order = std::move(done);
    return result;
}

}  // namespace diaban
