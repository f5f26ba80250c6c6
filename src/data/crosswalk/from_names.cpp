#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "data/crosswalk/build.h"
#include "data/crosswalk/columns.h"
#include "data/crosswalk/unit_lookup.h"

namespace diaban {
namespace {

using namespace crosswalk;

/// Where an old unit is named.
struct Mention {
    std::size_t to = 0;
    bool partial = false;
};

struct Findings {
    Examples without_id, without_list, split, part_only;
};

struct Lists {
    UnitList from, to;
    std::vector<std::vector<Mention>> mentions;  ///< by from-unit
};

void add_list(Lists& lists, std::size_t to, const std::vector<MergedUnit>& merged, const std::string& parent) {
    for (const MergedUnit& unit : merged) {
        const std::string id = parent.empty() ? unit.name : unit.name + " · " + parent;
        const std::size_t from = lists.from.add(id, parent.empty() ? std::string() : unit.name);
        lists.mentions.resize(lists.from.units().size());
        auto& mentions = lists.mentions[from];
        const auto same = std::find_if(mentions.begin(), mentions.end(), [&](const Mention& m) { return m.to == to; });
        if (same == mentions.end())
            mentions.push_back({to, unit.partial});
        else
            same->partial = same->partial && unit.partial;
    }
}

void add_pairs(Crosswalk& crosswalk, const Lists& lists, const std::string& source, Findings& findings) {
    for (std::size_t from = 0; from < lists.mentions.size(); ++from) {
        const auto& mentions = lists.mentions[from];
        const std::string& id = crosswalk.from_units[from].id;
        const bool part_only = mentions.size() == 1 && mentions.front().partial;
        if (mentions.size() > 1) findings.split.add(id);
        if (part_only) findings.part_only.add(id);
        const Basis basis = mentions.size() > 1 || part_only ? Basis::equal_split : Basis::names;
        for (const Mention& mention : mentions)
            crosswalk.pairs.push_back({id, crosswalk.to_units[mention.to].id, 1 / static_cast<double>(mentions.size()),
                                       basis, source, false});
    }
}

}  // namespace

Expected<Crosswalk> from_name_lists(const Dataset& new_units, const NameListColumns& columns) {
    const auto id = require_column(new_units, columns.id);
    if (!id) return tl::make_unexpected(id.error());
    const auto list = require_column(new_units, columns.list);
    if (!list) return tl::make_unexpected(list.error());
    const auto name = optional_column(new_units, columns.name);
    if (!name) return tl::make_unexpected(name.error());
    const auto parent = optional_column(new_units, columns.parent);
    if (!parent) return tl::make_unexpected(parent.error());

    Lists lists;
    Findings findings;
    const std::string separator = columns.separator.empty() ? "," : columns.separator;
    for (std::size_t row = 0; row < new_units.size(); ++row) {
        const std::string unit = cell(*id, row);
        if (unit.empty()) {
            findings.without_id.add(name_of_row(new_units, row));
            continue;
        }
        const std::string called = cell(*name, row);
        const std::size_t to = lists.to.add(unit, called);
        const auto merged = read_merger_list(cell(*list, row), separator, called.empty() ? unit : called);
        if (merged.empty()) findings.without_list.add(called.empty() ? unit : called);
        add_list(lists, to, merged, cell(*parent, row));
    }
    if (lists.from.units().empty())
        return fail(ErrorKind::bad_input, tr("no list names a unit"), place_of(new_units, columns.list),
                    tr("Choose the column that lists what each unit was merged from."));

    Crosswalk crosswalk{{}, lists.from.units(), lists.to.units(), {}};
    const std::string file = to_utf8(new_units.from.path.filename());
    add_pairs(crosswalk, lists, columns.source == "{}" ? file : columns.source, findings);
    put_in_order(crosswalk);
    const Place where = place_of(new_units, columns.list);
    Diagnostics& notes = crosswalk.diagnostics;
    report(notes, Severity::warning, where, tr("units without a code or name: {}: {}"), findings.without_id);
    report(notes, Severity::warning, where, tr("units without a list: {}: {}"), findings.without_list);
    report(notes, Severity::warning, where,
           tr("names in several mergers, of units that were split or of several places: {}: {}"), findings.split);
    report(notes, Severity::warning, where, tr("units of which only a part is named: {}: {}"), findings.part_only);
    return crosswalk;
}

}  // namespace diaban
