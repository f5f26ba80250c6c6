#include "data/crosswalk/flows.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/crosswalk/columns.h"
#include "data/crosswalk/unit_lookup.h"

namespace diaban::crosswalk {
namespace {

using PairsOfUnit = std::vector<std::vector<const Correspondence*>>;

std::unordered_map<std::string, std::size_t> positions_of(const std::vector<Unit>& units) {
    std::unordered_map<std::string, std::size_t> positions;
    for (std::size_t i = 0; i < units.size(); ++i)
        positions.emplace(units[i].id, i);
    return positions;
}

/// The pairs with a share, by the position of the unit on one side.
PairsOfUnit pairs_by(const Crosswalk& crosswalk, const std::vector<Unit>& units, std::string Correspondence::*side) {
    const auto positions = positions_of(units);
    PairsOfUnit lists(units.size());
    for (const Correspondence& pair : crosswalk.pairs)
        if (pair.share > 0) lists[positions.at(pair.*side)].push_back(&pair);
    return lists;
}

struct Findings {
    Examples no_key, unknown, ambiguous, nowhere, repeated;
};

class FlowFinder {
public:
    FlowFinder(const Column& key, const Column* time, const Crosswalk& crosswalk)
        : key_(key),
          time_(time),
          crosswalk_(crosswalk),
          lookup_(crosswalk.from_units),
          outgoing_(pairs_by(crosswalk, crosswalk.from_units, &Correspondence::from)),
          to_(positions_of(crosswalk.to_units)) {}

    Flows find() {
        for (std::size_t row = 0; row < key_.size(); ++row)
            add_row(row);
        name_missing_sources();
        const Place where{.file = {}, .layer = {}, .field = key_.name(), .row = {}};
        Diagnostics& notes = flows_.diagnostics;
        report(notes, Severity::warning, where, tr("rows without a unit, not carried: {}: {}"), findings_.no_key);
        report(notes, Severity::warning, where, tr("rows whose unit the crosswalk does not know, not carried: {}: {}"),
               findings_.unknown);
        report(notes, Severity::warning, where, tr("rows whose name several units bear, not carried: {}: {}"),
               findings_.ambiguous);
        report(notes, Severity::warning, where, tr("rows whose unit goes nowhere, not carried: {}: {}"),
               findings_.nowhere);
        report(notes, Severity::note, where, tr("rows whose unit has another row at the same time, added up: {}: {}"),
               findings_.repeated);
        return std::move(flows_);
    }

private:
    void add_row(std::size_t row) {
        OldRow& old = flows_.old_rows.emplace_back();
        old.time = time_ ? cell(time_, row) : std::string();
        old.nowhere = 1;
        const std::string text = cell(&key_, row);
        const auto answer = lookup_.find(text);
        if (!answer.unit) {
            if (text.empty())
                findings_.no_key.add(
                    fmt::format(fmt::runtime(tr("row {}")), format_integer(static_cast<int64_t>(row) + 1)));
            else
                (answer.ambiguous ? findings_.ambiguous : findings_.unknown).add(text);
            return;
        }
        if (outgoing_[*answer.unit].empty()) findings_.nowhere.add(text);
        if (!seen_.emplace(old.time, *answer.unit).second) findings_.repeated.add(text);
        double sum = 0;
        for (const Correspondence* pair : outgoing_[*answer.unit]) {
            const std::size_t target = new_row(to_.at(pair->to), old.time, row);
            old.flows.push_back({target, pair});
            flows_.new_rows[target].sources.emplace_back(row, pair);
            sum += pair->share;
        }
        old.nowhere = sum >= 1 - share_tolerance ? 0 : 1 - sum;
    }

    std::size_t new_row(std::size_t unit, const std::string& time, std::size_t row) {
        const auto [it, added] = rows_.emplace(std::pair(time, unit), flows_.new_rows.size());
        if (added) flows_.new_rows.push_back({unit, row, {}, {}});
        return it->second;
    }

    void name_missing_sources() {
        const auto incoming = pairs_by(crosswalk_, crosswalk_.to_units, &Correspondence::to);
        const auto from = positions_of(crosswalk_.from_units);
        for (NewRow& row : flows_.new_rows)
            for (const Correspondence* pair : incoming[row.unit])
                if (const std::size_t unit = from.at(pair->from);
                    !seen_.contains({flows_.old_rows[row.first_old].time, unit}))
                    row.without_row.push_back(unit);
    }

    const Column& key_;
    const Column* time_;
    const Crosswalk& crosswalk_;
    UnitLookup lookup_;
    PairsOfUnit outgoing_;
    std::unordered_map<std::string, std::size_t> to_;
    std::map<std::pair<std::string, std::size_t>, std::size_t> rows_;  ///< new rows, by time and to-unit
    std::set<std::pair<std::string, std::size_t>> seen_;               ///< times and from-units that have a row
    Flows flows_;
    Findings findings_;
};

}  // namespace

Flows find_flows(const Column& key, const Column* time, const Crosswalk& crosswalk) {
    return FlowFinder(key, time, crosswalk).find();
}

}  // namespace diaban::crosswalk
