#include "data/crosswalk/correspondence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/crosswalk/unit_lookup.h"
#include "data/examples.h"

namespace diaban {
namespace {

constexpr std::array<std::pair<Basis, std::string_view>, 7> ids{{{Basis::whole, "whole"},
                                                                 {Basis::table, "table"},
                                                                 {Basis::names, "names"},
                                                                 {Basis::area, "area"},
                                                                 {Basis::points, "points"},
                                                                 {Basis::equal_split, "equal_split"},
                                                                 {Basis::corrected, "corrected"}}};

std::unordered_map<std::string, std::size_t> positions_of(const std::vector<Unit>& units) {
    std::unordered_map<std::string, std::size_t> positions;
    for (std::size_t i = 0; i < units.size(); ++i)
        positions.emplace(units[i].id, i);
    return positions;
}

const std::string& called(const Unit& unit) {
    return unit.name.empty() ? unit.id : unit.name;
}

void report(Diagnostics& diagnostics, Severity severity, const char* what, const Examples& examples) {
    if (examples.count() == 0) return;
    diagnostics.push_back({DiagnosticKind::other,
                           severity,
                           {},
                           examples.count(),
                           fmt::format(fmt::runtime(what), format_integer(examples.count()), examples.text())});
}

/// Positions in `pairs`, for each of `units` in order.
std::vector<std::vector<std::size_t>> pairs_by(const Crosswalk& crosswalk, const std::vector<Unit>& units,
                                               std::string Correspondence::*side) {
    const auto positions = positions_of(units);
    std::vector<std::vector<std::size_t>> lists(units.size());
    for (std::size_t i = 0; i < crosswalk.pairs.size(); ++i)
        lists[positions.at(crosswalk.pairs[i].*side)].push_back(i);
    return lists;
}

}  // namespace

std::string to_id(Basis basis) {
    const auto* found = std::find_if(ids.begin(), ids.end(), [&](const auto& entry) { return entry.first == basis; });
    DIABAN_CHECK(found != ids.end());
    return std::string(found->second);
}

std::optional<Basis> basis_from_id(std::string_view id) {
    const auto* found = std::find_if(ids.begin(), ids.end(), [&](const auto& entry) { return entry.second == id; });
    return found == ids.end() ? std::nullopt : std::optional(found->first);
}

std::string to_text(Basis basis) {
    switch (basis) {
        case Basis::whole:
            return tr("whole");
        case Basis::table:
            return tr("share from a table");
        case Basis::names:
            return tr("whole, by name");
        case Basis::area:
            return tr("estimated by area");
        case Basis::points:
            return tr("estimated by points");
        case Basis::equal_split:
            return tr("assumed equal");
        case Basis::corrected:
            return tr("corrected");
    }
    return {};
}

bool is_assumed(Basis basis) {
    return basis == Basis::area || basis == Basis::points || basis == Basis::equal_split;
}

void put_in_order(Crosswalk& crosswalk) {
    const auto by_id = [](const Unit& a, const Unit& b) { return a.id < b.id; };
    std::stable_sort(crosswalk.from_units.begin(), crosswalk.from_units.end(), by_id);
    std::stable_sort(crosswalk.to_units.begin(), crosswalk.to_units.end(), by_id);
    const auto from = positions_of(crosswalk.from_units), to = positions_of(crosswalk.to_units);
    for (const Correspondence& pair : crosswalk.pairs)
        DIABAN_CHECK(from.contains(pair.from) && to.contains(pair.to));
    std::stable_sort(crosswalk.pairs.begin(), crosswalk.pairs.end(),
                     [&](const Correspondence& a, const Correspondence& b) {
                         return std::pair(from.at(a.from), to.at(a.to)) < std::pair(from.at(b.from), to.at(b.to));
                     });
}

std::vector<double> share_sums(const Crosswalk& crosswalk) {
    const auto positions = positions_of(crosswalk.from_units);
    std::vector<double> sums(crosswalk.from_units.size(), 0.0);
    for (const Correspondence& pair : crosswalk.pairs)
        sums[positions.at(pair.from)] += pair.share;
    return sums;
}

Diagnostics check(const Crosswalk& crosswalk) {
    Examples nowhere, nothing, short_of_one, above_one, assumed;
    const auto sums = share_sums(crosswalk);
    const auto parts = pairs_by(crosswalk, crosswalk.from_units, &Correspondence::from);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const std::string& name = called(crosswalk.from_units[i]);
        const std::string with_sum = fmt::format("{} ({})", name, format_percent(sums[i], 2));
        if (sums[i] <= 0)
            nowhere.add(name);
        else if (sums[i] < 1 - share_tolerance)
            short_of_one.add(with_sum);
        else if (sums[i] > 1 + share_tolerance)
            above_one.add(with_sum);
        if (std::any_of(parts[i].begin(), parts[i].end(),
                        [&](std::size_t p) { return is_assumed(crosswalk.pairs[p].basis); }))
            assumed.add(name);
    }
    std::vector<double> received(crosswalk.to_units.size(), 0.0);
    const auto to = positions_of(crosswalk.to_units);
    for (const Correspondence& pair : crosswalk.pairs)
        received[to.at(pair.to)] += pair.share;
    for (std::size_t i = 0; i < received.size(); ++i)
        if (received[i] <= 0) nothing.add(called(crosswalk.to_units[i]));

    Diagnostics found;
    report(found, Severity::error, tr("units with shares above 100% in sum: {}: {}"), above_one);
    report(found, Severity::warning, tr("units with shares below 100% in sum, the rest of which is lost: {}: {}"),
           short_of_one);
    report(found, Severity::warning, tr("units that go nowhere: {}: {}"), nowhere);
    report(found, Severity::warning, tr("units that receive nothing: {}: {}"), nothing);
    report(found, Severity::note, tr("units whose shares are assumed: {}: {}"), assumed);
    return found;
}

bool is_identity(const Crosswalk& crosswalk) {
    const auto& [pairs, from, to, diagnostics] = crosswalk;
    if (pairs.size() != from.size() || pairs.size() != to.size()) return false;
    return std::all_of(pairs.begin(), pairs.end(), [](const Correspondence& pair) {
        return pair.from == pair.to && pair.share == 1 && !is_assumed(pair.basis);
    });
}

Crosswalk invert(const Crosswalk& crosswalk, const std::map<std::string, double>& weights, Basis basis) {
    Crosswalk inverse{{}, crosswalk.to_units, crosswalk.from_units, {}};
    Examples unweighted;
    const auto lists = pairs_by(crosswalk, crosswalk.to_units, &Correspondence::to);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        std::vector<std::size_t> sources;
        std::copy_if(lists[i].begin(), lists[i].end(), std::back_inserter(sources),
                     [&](std::size_t p) { return crosswalk.pairs[p].share > 0; });
        std::vector<double> parts;
        double sum = 0;
        bool known = true;
        for (const std::size_t p : sources) {
            const auto weight = weights.find(crosswalk.pairs[p].from);
            const bool usable = weight != weights.end() && std::isfinite(weight->second) && weight->second > 0;
            known = known && usable;
            parts.push_back(usable ? weight->second * crosswalk.pairs[p].share : 0);
            sum += parts.back();
        }
        if (!known && sources.size() > 1) unweighted.add(called(crosswalk.to_units[i]));
        for (std::size_t k = 0; k < sources.size(); ++k) {
            const Correspondence& pair = crosswalk.pairs[sources[k]];
            Correspondence back{pair.to, pair.from, 1, Basis::whole, pair.source, false};
            if (sources.size() > 1) {
                back.share = known ? parts[k] / sum : 1 / static_cast<double>(sources.size());
                back.basis = known ? basis : Basis::equal_split;
            }
            inverse.pairs.push_back(std::move(back));
        }
    }
    report(inverse.diagnostics, Severity::warning,
           tr("units split equally because a part of theirs has no weight: {}: {}"), unweighted);
    put_in_order(inverse);
    return inverse;
}

Crosswalk with_better_shares(const Crosswalk& crosswalk, const Crosswalk& better) {
    Crosswalk result = crosswalk;
    const UnitLookup better_from(better.from_units), better_to(better.to_units);
    const bool by_points = std::any_of(better.pairs.begin(), better.pairs.end(),
                                       [](const Correspondence& pair) { return pair.basis == Basis::points; });
    const Basis estimate = by_points ? Basis::points : Basis::area;
    std::map<std::pair<std::size_t, std::size_t>, const Correspondence*> known;
    const auto from = positions_of(better.from_units), to = positions_of(better.to_units);
    for (const Correspondence& pair : better.pairs)
        known[{from.at(pair.from), to.at(pair.to)}] = &pair;
    const auto find = [](const UnitLookup& lookup, const Unit& unit) {
        auto answer = lookup.find(unit.id);
        if (!answer.unit && !unit.name.empty()) answer = lookup.find(unit.name);
        return answer.unit;
    };
    const auto to_units = positions_of(crosswalk.to_units);
    const auto lists = pairs_by(crosswalk, crosswalk.from_units, &Correspondence::from);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const auto& list = lists[i];
        const bool guessed = std::all_of(list.begin(), list.end(),
                                         [&](std::size_t p) { return crosswalk.pairs[p].basis == Basis::equal_split; });
        const auto unit = find(better_from, crosswalk.from_units[i]);
        if (list.size() < 2 || !guessed || !unit) continue;
        std::vector<const Correspondence*> shares;
        double sum = 0;
        for (const std::size_t p : list) {
            const auto target = find(better_to, crosswalk.to_units[to_units.at(crosswalk.pairs[p].to)]);
            const auto it = target ? known.find({*unit, *target}) : known.end();
            shares.push_back(it == known.end() ? nullptr : it->second);
            sum += shares.back() ? shares.back()->share : 0;
        }
        if (sum <= 0) continue;
        for (std::size_t k = 0; k < list.size(); ++k) {
            Correspondence& pair = result.pairs[list[k]];
            pair.share = shares[k] ? shares[k]->share / sum : 0;
            // That all of it goes to one place is an estimate too where a list says that others got a part.
            const bool says = shares[k] && shares[k]->basis != Basis::whole && shares[k]->basis != Basis::names;
            pair.basis = says ? shares[k]->basis : estimate;
            if (shares[k]) pair.source += (pair.source.empty() ? "" : "; ") + shares[k]->source;
        }
    }
    return result;
}

}  // namespace diaban
