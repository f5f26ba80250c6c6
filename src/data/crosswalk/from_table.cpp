#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "data/crosswalk/build.h"
#include "data/crosswalk/columns.h"

namespace diaban {
namespace {

using namespace crosswalk;

/// Shares that people rounded: 33.3, 33.3, 33.3.
constexpr double rounding = 1e-2;

struct Columns {
    const Column *from = nullptr, *to = nullptr, *from_name = nullptr, *to_name = nullptr, *share = nullptr,
                 *basis = nullptr, *source = nullptr, *corrected = nullptr, *mentions = nullptr;
};

Expected<Columns> find_columns(const Dataset& table, const PairColumns& names) {
    Columns found;
    const std::pair<const Column**, const std::string*> wanted[] = {
        {&found.from_name, &names.from_name}, {&found.to_name, &names.to_name}, {&found.share, &names.share},
        {&found.basis, &names.basis},         {&found.source, &names.source},   {&found.corrected, &names.corrected},
        {&found.mentions, &names.mentions}};
    for (const auto& [column, name] : {std::pair{&found.from, &names.from}, std::pair{&found.to, &names.to}}) {
        const auto required = require_column(table, *name);
        if (!required) return tl::make_unexpected(required.error());
        *column = *required;
    }
    for (const auto& [column, name] : wanted) {
        const auto optional = optional_column(table, *name);
        if (!optional) return tl::make_unexpected(optional.error());
        *column = *optional;
    }
    return found;
}

/// A cell of text as a number: "12.5", "12,5", "12,5 %".
std::optional<double> number_in(std::string text, bool& percent) {
    if (text.ends_with('%')) {
        percent = true;
        text.pop_back();
        while (text.ends_with(' '))
            text.pop_back();
    }
    std::replace(text.begin(), text.end(), ',', '.');
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

/// The shares as they stand, as fractions; nothing where a cell is empty.
struct Shares {
    std::vector<std::optional<double>> of_row;
    bool percent = false;
};
Expected<Shares> read_shares(const Dataset& table, const Column* column) {
    Shares shares;
    shares.of_row.resize(table.size());
    if (!column) return shares;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const std::string text = cell(column, row);
        if (text.empty()) continue;
        const auto value = column->numeric() ? column->number(row) : number_in(text, shares.percent);
        if (!value || !std::isfinite(*value) || *value < 0) {
            Place where = place_of(table, column->name());
            where.row = static_cast<int64_t>(row) + 1;
            return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("“{}” is no share")), text), where,
                        tr("A share is a number from 0 to 1, or from 0 to 100."));
        }
        shares.of_row[row] = value;
    }
    for (const auto& share : shares.of_row)
        shares.percent = shares.percent || (share && *share > 1 + rounding);
    if (shares.percent)
        for (auto& share : shares.of_row)
            if (share) *share /= 100;
    return shares;
}

/// A pair while it is being gathered.
struct Gathered {
    std::size_t to = 0;
    std::optional<double> share;
    double said_again = 0;  ///< part of the share that only repeats another row
    std::optional<Basis> basis;
    std::string source;
    bool corrected = false;
};
using PairsOfUnit = std::vector<Gathered>;

struct Findings {
    Examples empty_rows, repeated, miscounted, rounded;
};

void add_pair(PairsOfUnit& pairs, Gathered pair, const std::string& name, Findings& findings) {
    const auto same = std::find_if(pairs.begin(), pairs.end(), [&](const Gathered& p) { return p.to == pair.to; });
    if (same == pairs.end()) {
        pairs.push_back(std::move(pair));
        return;
    }
    findings.repeated.add(name);
    if (!pair.share) return;
    if (same->share == pair.share) same->said_again += *pair.share;
    same->share = same->share.value_or(0) + *pair.share;
}

/// Rows of one pair add up (by hamlets, say), unless they only say the same again: more than the whole is not meant.
void drop_repeats(PairsOfUnit& pairs) {
    double given = 0, said_again = 0;
    for (const Gathered& pair : pairs) {
        given += pair.share.value_or(0);
        said_again += pair.said_again;
    }
    if (given <= 1 + rounding || given - said_again > 1 + rounding) return;
    for (Gathered& pair : pairs)
        if (pair.share) *pair.share -= pair.said_again;
}

/// Fills in what the table leaves open, for one unit.
void settle_shares(PairsOfUnit& pairs, const std::string& name, Findings& findings) {
    double given = 0;
    std::size_t open = 0;
    for (const Gathered& pair : pairs) {
        given += pair.share.value_or(0);
        open += pair.share ? 0U : 1U;
    }
    const bool alone = pairs.size() == 1 && open == 1;
    const double each = open == 0 ? 0 : std::max(0.0, 1 - given) / static_cast<double>(open);
    const double missed = std::abs(given - 1);
    const bool round = open == 0 && missed > share_tolerance && missed <= rounding;
    if (round) findings.rounded.add(name);
    for (Gathered& pair : pairs) {
        const bool told = pair.share.has_value();
        if (!told) pair.share = alone ? 1 : each;
        if (round) *pair.share /= given;
        if (pair.basis) continue;
        if (pair.corrected)
            pair.basis = Basis::corrected;
        else if (alone || (told && *pair.share == 1))
            pair.basis = Basis::whole;
        else
            pair.basis = told ? Basis::table : Basis::equal_split;
    }
}

/// The table as lists of pairs, one for each from-unit.
struct Gathering {
    UnitList from, to;
    std::vector<PairsOfUnit> pairs;
    std::vector<std::optional<double>> mentions;
};

void gather_row(const Dataset& table, const Columns& columns, const Shares& shares, std::size_t row, Gathering& all,
                Findings& findings) {
    const std::string from = cell(columns.from, row), to = cell(columns.to, row);
    if (from.empty() && to.empty()) {
        findings.empty_rows.add(fmt::format(fmt::runtime(tr("row {}")), format_integer(static_cast<int64_t>(row) + 1)));
        return;
    }
    Gathered pair;
    if (!to.empty()) pair.to = all.to.add(to, cell(columns.to_name, row));
    if (from.empty()) return;
    const std::size_t unit = all.from.add(from, cell(columns.from_name, row));
    all.pairs.resize(all.from.units().size());
    all.mentions.resize(all.from.units().size());
    if (columns.mentions) all.mentions[unit] = columns.mentions->number(row);
    if (to.empty()) return;
    pair.share = shares.of_row[row];
    if (columns.basis) pair.basis = basis_from_id(cell(columns.basis, row));
    pair.source = columns.source ? cell(columns.source, row) : to_utf8(table.from.path.filename());
    const std::string corrected = cell(columns.corrected, row);
    pair.corrected = corrected == "true" || corrected == "1" || corrected == "TRUE";
    add_pair(all.pairs[unit], std::move(pair), from, findings);
}

}  // namespace

Expected<Crosswalk> from_table(const Dataset& table, const PairColumns& names) {
    const auto columns = find_columns(table, names);
    if (!columns) return tl::make_unexpected(columns.error());
    const auto shares = read_shares(table, columns->share);
    if (!shares) return tl::make_unexpected(shares.error());
    Gathering all;
    Findings findings;
    for (std::size_t row = 0; row < table.size(); ++row)
        gather_row(table, *columns, *shares, row, all, findings);
    Crosswalk crosswalk{{}, all.from.units(), all.to.units(), {}};
    for (std::size_t unit = 0; unit < all.pairs.size(); ++unit) {
        PairsOfUnit& pairs = all.pairs[unit];
        const std::string& id = crosswalk.from_units[unit].id;
        if (all.mentions[unit] && *all.mentions[unit] != static_cast<double>(pairs.size())) findings.miscounted.add(id);
        drop_repeats(pairs);
        settle_shares(pairs, id, findings);
        for (Gathered& pair : pairs)
            crosswalk.pairs.push_back(
                {id, crosswalk.to_units[pair.to].id, *pair.share, *pair.basis, std::move(pair.source), pair.corrected});
    }
    if (crosswalk.pairs.empty())
        return fail(ErrorKind::bad_input, tr("the table has no pair of units"), place_of(table),
                    tr("Choose the columns of the old and of the new unit."));
    put_in_order(crosswalk);

    const Place where = place_of(table);
    Diagnostics& notes = crosswalk.diagnostics;
    if (shares->percent)
        notes.push_back({DiagnosticKind::other, Severity::note, place_of(table, names.share),
                         static_cast<int64_t>(table.size()), tr("the shares are taken as percent")});
    report(notes, Severity::warning, where, tr("rows without a unit: {}: {}"), findings.empty_rows);
    report(notes, Severity::note, where, tr("pairs that come more than once: {}: {}"), findings.repeated);
    report(notes, Severity::note, where, tr("units whose shares were rounded and are scaled to 100%: {}: {}"),
           findings.rounded);
    report(notes, Severity::warning, where, tr("units with another number of pairs than the table says: {}: {}"),
           findings.miscounted);
    return crosswalk;
}

}  // namespace diaban
