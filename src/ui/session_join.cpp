// How tables of the import assistant are joined: to what, and what would become of their rows.
#include <algorithm>
#include <exception>
#include <utility>

#include "base/i18n.h"
#include "data/join/guess_join.h"
#include "data/join/match.h"
#include "ui/session.h"

namespace diaban::ui {

namespace {

struct Candidate {
    JoinTarget target;
    DatasetPtr data;
};

/// What a matching job brings home: by which join, and what became of the rows.
struct Matching {
    JoinTarget target;
    Join join;
    std::shared_ptr<const MatchReport> report;
    std::string error;
};

/// The source's id is known only when the table is taken in.
Join as_join(const JoinSpec& spec) {
    return {.source = {},
            .key = spec.key,
            .foreign_key = spec.foreign_key,
            .time_field = spec.time_field,
            .role = spec.role,
            .further = spec.further,
            .confirmed = spec.confirmed};
}

/// A pair whose columns are still being chosen does not count yet.
Join complete_pairs(Join join) {
    std::erase_if(join.further, [](const KeyPair& pair) { return pair.field.empty() || pair.foreign_field.empty(); });
    return join;
}

/// With several candidates, or no join yet, the first that shares keys with the table is taken.
Matching match(const std::vector<Candidate>& candidates, const DatasetPtr& table, const Join& known, bool guess) {
    Matching found{candidates.front().target, known, nullptr, {}};
    DatasetPtr base = candidates.front().data;
    if (guess) {
        found.join = {};
        if (candidates.size() > 1) found.target = {};
        for (const Candidate& candidate : candidates) {
            const auto spec = guess_join(*candidate.data, *table);
            if (!spec) continue;
            found.target = candidate.target;
            found.join = as_join(*spec);
            base = candidate.data;
            break;
        }
        if (found.join.key.empty()) return found;
    }
    JoinSpec spec = to_spec(found.join, table);
    spec.name = table->name;
    auto matched = match_rows(*base, spec);
    if (matched) {
        found.report = std::make_shared<const MatchReport>(std::move(matched->report));
    } else {
        found.error = to_text(matched.error());
    }
    return found;
}

Matching guarded_match(const std::vector<Candidate>& candidates, const DatasetPtr& table, const Join& known,
                       bool guess) {
    try {
        return match(candidates, table, known, guess);
    } catch (const std::exception& exception) {
        return {candidates.front().target, known, nullptr, exception.what()};
    }
}

}  // namespace

DatasetPtr Session::join_target(const JoinTarget& target) const {
    if (target.item != 0) {
        const ImportItem* item = import.find(target.item);
        return item != nullptr && item->take && item->dataset && item->dataset->has_geometry() ? item->dataset
                                                                                               : nullptr;
    }
    const Layer* layer = workspace().find_layer(target.layer);
    const auto it = layer != nullptr ? datasets_.find(layer->source) : datasets_.end();
    return it == datasets_.end() ? nullptr : it->second;
}

std::vector<JoinTarget> Session::join_targets() const {
    std::vector<JoinTarget> targets;
    const auto offer = [&](JoinTarget target) {
        if (join_target(target) && std::ranges::find(targets, target) == targets.end())
            targets.push_back(std::move(target));
    };
    offer({.layer = active_layer});  // the chosen layer first: the user is looking at it
    for (const Layer& layer : workspace().layers)
        offer({.layer = layer.id});
    for (const ImportItem& item : import.items)
        if (item.source.empty()) offer({.layer = {}, .item = item.id});
    return targets;
}

void Session::guess_joins() {
    for (ImportItem& item : import.items) {
        if (!item.table_only() || !item.joins || !item.source.empty() || !item.target.none()) continue;
        item.guess_among = join_targets();
        item.matching.ask();
    }
}

void Session::join_to(uint64_t id, const JoinTarget& target) {
    ImportItem* item = import.find(id);
    if (item == nullptr || !join_target(target)) return;
    item->joins = true;
    item->target = target;
    item->guess_among = {target};
    match_again(id);
}

void Session::match_again(uint64_t id) {
    ImportItem* item = import.find(id);
    if (item == nullptr) return;
    item->matching.ask();
    if (item->matching.under_way() && item->matching.progress) item->matching.progress->cancel();
    touch();
}

void Session::begin_matching(ImportItem& item) {
    item.matching.begun = item.matching.wanted;
    const bool guess = !item.guess_among.empty();
    std::vector<Candidate> candidates;
    for (const JoinTarget& target : guess ? item.guess_among : std::vector<JoinTarget>{item.target})
        if (DatasetPtr data = join_target(target)) candidates.push_back({target, std::move(data)});
    const bool complete = guess || (!item.join.key.empty() && !item.join.foreign_key.empty());
    if (!item.joins || candidates.empty() || !item.dataset || !complete) {
        item.matching.done = item.matching.begun;
        item.match.reset();
        item.match_error.clear();
        return;
    }
    const auto token = std::make_shared<const uint64_t>(item.id);
    item.matching.alive = token;
    item.matching.progress =
        jobs_.start(tr("Matching rows"),
                    [this, token, candidates, guess, table = item.dataset, join = complete_pairs(item.join),
                     errand = item.matching.begun](Progress&) -> Jobs::Delivery {
                        auto found = std::make_shared<Matching>(guarded_match(candidates, table, join, guess));
                        return [this, token, errand, guess, found] {
                            ImportItem* matched = import.find(*token);
                            if (matched == nullptr) return;
                            matched->matching.alive.reset();
                            if (errand != matched->matching.wanted) return;
                            matched->matching.done = errand;
                            matched->guess_among.clear();
                            matched->target = found->target;
                            matched->join = found->join;
                            matched->match = found->report;
                            matched->match_error = found->error;
                        };
                    });
}

}  // namespace diaban::ui
