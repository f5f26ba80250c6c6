#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/crosswalk/correspondence.h"
#include "data/crosswalk/unit_lookup.h"
#include "data/did_you_mean.h"

namespace diaban {
namespace {

Expected<std::size_t> require_unit(const UnitLookup& lookup, const std::vector<Unit>& units, const std::string& text) {
    const auto answer = lookup.find(text);
    if (answer.unit) return *answer.unit;
    if (answer.ambiguous)
        return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("several units are called “{}”")), text), {},
                    tr("Name the unit by its code."));
    std::vector<std::string> known;
    for (const Unit& unit : units)
        known.push_back(unit.name.empty() ? unit.id : unit.name);
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("the crosswalk has no unit “{}”")), text), {},
                did_you_mean(text, known));
}

/// Scales the shares of the unit that nobody corrected to what the corrected ones leave.
Expected<void> fill_up(Crosswalk& crosswalk, const Unit& unit) {
    double fixed = 0, rest = 0;
    for (const Correspondence& pair : crosswalk.pairs)
        if (pair.from == unit.id) (pair.corrected ? fixed : rest) += pair.share;
    if (fixed > 1 + share_tolerance)
        return fail(ErrorKind::bad_input,
                    fmt::format(fmt::runtime(tr("the corrected shares of {} add up to {}")),
                                unit.name.empty() ? unit.id : unit.name, format_percent(fixed)),
                    {}, tr("They may be 100% at most."));
    const double left = std::max(0.0, 1 - fixed);
    const auto open = std::count_if(crosswalk.pairs.begin(), crosswalk.pairs.end(), [&](const Correspondence& pair) {
        return pair.from == unit.id && !pair.corrected && pair.share > 0;
    });
    for (Correspondence& pair : crosswalk.pairs) {
        if (pair.from != unit.id || pair.corrected || pair.share <= 0) continue;
        pair.share *= left / rest;
        if (open == 1) pair.basis = Basis::corrected;  // the only other one follows from what was said
    }
    return {};
}

}  // namespace

Expected<Crosswalk> correct(const Crosswalk& crosswalk, const std::vector<Correction>& corrections) {
    Crosswalk result = crosswalk;
    const UnitLookup from_lookup(crosswalk.from_units), to_lookup(crosswalk.to_units);
    std::vector<std::size_t> touched;
    for (const Correction& correction : corrections) {
        const auto from = require_unit(from_lookup, crosswalk.from_units, correction.from);
        if (!from) return tl::make_unexpected(from.error());
        const auto to = require_unit(to_lookup, crosswalk.to_units, correction.to);
        if (!to) return tl::make_unexpected(to.error());
        if (!(correction.share >= 0 && correction.share <= 1))
            return fail(ErrorKind::bad_input,
                        fmt::format(fmt::runtime(tr("the corrected share of {} in {} is {}")), correction.from,
                                    correction.to, format_percent(correction.share)),
                        {}, tr("A share is between 0 and 100%."));
        const std::string &from_id = crosswalk.from_units[*from].id, &to_id = crosswalk.to_units[*to].id;
        auto pair = std::find_if(result.pairs.begin(), result.pairs.end(),
                                 [&](const Correspondence& p) { return p.from == from_id && p.to == to_id; });
        if (pair == result.pairs.end()) pair = result.pairs.insert(pair, {from_id, to_id, 0, Basis::corrected, {}, {}});
        *pair = {from_id, to_id, correction.share, Basis::corrected, correction.source, true};
        touched.push_back(*from);
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::size_t unit : touched)
        if (const auto filled = fill_up(result, crosswalk.from_units[unit]); !filled)
            return tl::make_unexpected(filled.error());
    put_in_order(result);
    return result;
}

std::vector<Correction> corrections_of(const Crosswalk& crosswalk) {
    std::vector<Correction> corrections;
    for (const Correspondence& pair : crosswalk.pairs)
        if (pair.corrected) corrections.push_back({pair.from, pair.to, pair.share, pair.source});
    return corrections;
}

}  // namespace diaban
