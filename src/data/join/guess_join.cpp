#include "data/join/guess_join.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

#include "base/text.h"
#include "data/join/keys.h"
#include "data/join/name_index.h"

namespace diaban {

namespace {

constexpr double least_share = 0.2;    ///< of the rows, for a guess
constexpr double far_more = 0.25;      ///< of the rows, for names to come before codes
constexpr double second_chance = 0.5;  ///< of the rows, for names to come after codes

/// A column's trimmed text, in some of its rows.
struct Texts {
    const Column* column = nullptr;
    std::vector<std::string> values;
    std::size_t filled = 0;
    std::size_t distinct = 0;
    std::size_t with_digit = 0;
    std::size_t code_like = 0;  ///< a digit and no blank
    std::size_t length = 0;     ///< of all together
};

std::vector<Texts> columns_of(const Table& table, std::size_t most_rows) {
    const std::size_t step = std::max<std::size_t>(1, (table.row_count() + most_rows - 1) / most_rows);
    std::vector<Texts> all;
    for (const Column& column : table.columns()) {
        Texts texts;
        texts.column = &column;
        std::unordered_set<std::string> distinct;
        for (std::size_t row = 0; row < column.size(); row += step) {
            const std::string& text = texts.values.emplace_back(trim(column.text(row)));
            if (text.empty()) continue;
            ++texts.filled;
            distinct.insert(text);
            const bool digit = text.find_first_of("0123456789") != std::string::npos;
            texts.with_digit += digit;
            texts.code_like += digit && text.find(' ') == std::string::npos;
            texts.length += text.size();
        }
        texts.distinct = distinct.size();
        all.push_back(std::move(texts));
    }
    return all;
}

bool mostly(std::size_t part, std::size_t whole) {
    return part * 10 >= whole * 9 && whole > 0;
}

std::optional<int64_t> whole_number(const std::string& text) {
    int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

/// 1, 2, 3 …: numbers that any other count of rows would match as well.
bool merely_counts(const Texts& texts) {
    int64_t least = 0, most = 0;
    bool first = true;
    for (const std::string& text : texts.values) {
        if (text.empty()) continue;
        const auto number = whole_number(text);
        if (!number || (text.size() > 1 && text.front() == '0')) return false;
        least = first ? *number : std::min(least, *number);
        most = first ? *number : std::max(most, *number);
        first = false;
    }
    return !first && most - least + 1 <= static_cast<int64_t>(texts.distinct * 2);
}

bool same_name(const Texts& a, const Texts& b) {
    return fold(a.column->name()) == fold(b.column->name());
}

bool numbers_rows(const Texts& texts) {
    static constexpr std::array<std::string_view, 9> names{"id",  "fid", "gid", "ogc_fid", "objectid",
                                                           "stt", "tt",  "no",  "row"};
    return std::find(names.begin(), names.end(), fold(texts.column->name())) != names.end();
}

bool may_be_code(const Texts& texts) {
    const ColumnType type = texts.column->type();
    return type != ColumnType::boolean && type != ColumnType::date && type != ColumnType::date_time &&
           mostly(texts.code_like, texts.filled);
}

bool may_be_name(const Texts& texts) {
    constexpr std::size_t longest_on_average = 60;  // bytes; lists of names are longer
    return texts.column->type() == ColumnType::text && texts.filled > 0 &&
           texts.length <= longest_on_average * texts.filled && !mostly(texts.code_like, texts.filled);
}

struct Candidate {
    const Texts* base = nullptr;
    const Texts* table = nullptr;
    double share = 0;
    /// Between equals, columns of one name; then the earlier ones.
    [[nodiscard]] bool better_than(const Candidate& other) const {
        if (!other.base || share != other.share) return share > (other.base ? other.share : 0);
        return same_name(*base, *table) && !same_name(*other.base, *other.table);
    }
};

double share_of(std::size_t matched, std::size_t rows) {
    return rows == 0 ? 0 : static_cast<double>(matched) / static_cast<double>(rows);
}

Candidate best_codes(const std::vector<Texts>& base, const std::vector<Texts>& table) {
    Candidate best;
    for (const Texts& own : base) {
        if (!may_be_code(own) || !mostly(own.distinct, own.filled)) continue;
        const bool counts = merely_counts(own);
        for (const Texts& foreign : table) {
            if (!may_be_code(foreign) || (counts && (!same_name(own, foreign) || numbers_rows(own)))) continue;
            KeyTexts keys{{}, own.values, foreign.values};
            restore_zeros(keys);
            const std::unordered_set<std::string> known(keys.base.begin(), keys.base.end());
            const auto matched = std::count_if(keys.table.begin(), keys.table.end(), [&](const std::string& key) {
                return !key.empty() && known.contains(key);
            });
            const Candidate candidate{&own, &foreign, share_of(static_cast<std::size_t>(matched), keys.table.size())};
            if (candidate.better_than(best)) best = candidate;
        }
    }
    return best;
}

/// The names of a column of boundaries, and the units that each of the table's sampled names may be.
struct NameCandidate : Candidate {
    std::vector<std::vector<uint32_t>> units;
};

/// How likely a row is to find its unit: a sure match counts whole, a doubtful one less. A name that several units bear
/// counts by the chance to hit the right one: a district's name beside communes is no key, however often it is met.
double weight_of(const std::vector<NameIndex::Hit>& hits) {
    NameMatch best = NameMatch::different;
    std::size_t bearers = 0;
    for (const auto& hit : hits) {
        if (hit.match > best) bearers = 0;
        best = std::max(best, hit.match);
        bearers += hit.match == best;
    }
    constexpr double without_kind = 0.99, other_kind = 0.5;
    const double certainty = 1.0 / static_cast<double>(std::max<std::size_t>(1, bearers));
    switch (best) {
        case NameMatch::different:
            return 0;
        case NameMatch::kinds_differ:
            return other_kind * certainty;
        case NameMatch::kind_missing:
            return without_kind * certainty;
        case NameMatch::same:
            return certainty;
    }
    return 0;
}

/// `folded`: by likeness, for tables without diacritics, whose rows can only be suggested; a small sample tells.
NameCandidate names_by(const NameIndex& index, const Texts& own, const Texts& foreign, bool folded) {
    NameCandidate candidate{{&own, &foreign, 0}, std::vector<std::vector<uint32_t>>(foreign.values.size())};
    constexpr std::size_t small_sample = 100;
    const std::size_t step = folded ? std::max<std::size_t>(1, foreign.values.size() / small_sample) : 1;
    std::size_t rows = 0;
    for (std::size_t row = 0; row < foreign.values.size(); row += step) {
        ++rows;
        const UnitName name = parse_unit_name(foreign.values[row]);
        if (folded) {
            const auto near = index.nearest(name);
            const bool found = std::any_of(near.begin(), near.end(), [](const auto& n) { return n.slips == 0; });
            constexpr double only_suggested = 0.5;
            candidate.share += found ? only_suggested : 0;
            continue;
        }
        const auto hits = index.find(name);
        candidate.share += weight_of(hits);
        for (const auto& hit : hits)
            candidate.units[row].push_back(hit.unit);
    }
    candidate.share /= static_cast<double>(std::max<std::size_t>(1, rows));
    return candidate;
}

NameCandidate best_names(const std::vector<Texts>& base, const std::vector<Texts>& table, bool folded) {
    NameCandidate best;
    for (const Texts& own : base) {
        constexpr std::size_t least_distinct_part = 2;  // units above repeat far more
        if (!may_be_name(own) || own.distinct * least_distinct_part < own.filled) continue;
        std::vector<UnitName> names;
        for (const std::string& text : own.values)
            names.push_back(parse_unit_name(text));
        const NameIndex index(std::move(names));
        for (const Texts& foreign : table) {
            if (!may_be_name(foreign)) continue;
            NameCandidate candidate = names_by(index, own, foreign, folded);
            if (candidate.better_than(best)) best = std::move(candidate);
        }
    }
    return best;
}

/// The share of rows with a name found in which the unit above is the same.
double parent_share(const NameCandidate& names, const std::vector<UnitName>& own,
                    const std::vector<UnitName>& foreign) {
    std::size_t compared = 0, agreed = 0;
    for (std::size_t row = 0; row < names.units.size(); ++row) {
        if (names.units[row].empty() || foreign[row].empty()) continue;
        ++compared;
        agreed += std::any_of(names.units[row].begin(), names.units[row].end(), [&](uint32_t unit) {
            return compare_names(own[unit], foreign[row]) != NameMatch::different;
        });
    }
    return share_of(agreed, compared);
}

std::vector<UnitName> parsed(const Texts& texts) {
    std::vector<UnitName> names;
    for (const std::string& text : texts.values)
        names.push_back(parse_unit_name(text));
    return names;
}

std::vector<KeyPair> parents(const NameCandidate& names, const std::vector<Texts>& base,
                             const std::vector<Texts>& table) {
    std::vector<KeyPair> found;
    constexpr double nearly_always = 0.8;
    for (const Texts& foreign : table) {
        if (&foreign == names.table || !may_be_name(foreign)) continue;
        const std::vector<UnitName> above = parsed(foreign);
        Candidate best;
        for (const Texts& own : base) {
            if (&own == names.base || !may_be_name(own) || mostly(own.distinct, own.filled)) continue;
            const Candidate candidate{&own, &foreign, parent_share(names, parsed(own), above)};
            if (candidate.share >= nearly_always && candidate.better_than(best)) best = candidate;
        }
        if (best.base) found.push_back({best.base->column->name(), foreign.column->name(), KeyRole::parent});
    }
    return found;
}

bool holds_years(const Texts& texts) {
    constexpr int64_t first = 1900, last = 2100;
    if (texts.filled == 0) return false;
    return std::all_of(texts.values.begin(), texts.values.end(), [](const std::string& text) {
        const auto year = whole_number(text);
        return text.empty() || (year && *year >= first && *year <= last);
    });
}

/// Rows whose key another row has already, at the same time if there is a column of times.
std::size_t repeats(const Column& key, const Column* time) {
    std::unordered_set<std::string> seen;
    std::size_t count = 0;
    for (std::size_t row = 0; row < key.size(); ++row) {
        const std::string text = trim(key.text(row));
        if (!text.empty()) count += !seen.insert(text + '\x1f' + (time ? time->text(row) : std::string())).second;
    }
    return count;
}

/// A column called year, or one of years by which repeated keys are told apart.
std::string time_column(const Column& key, const std::vector<Texts>& table) {
    static constexpr std::array<std::string_view, 4> called{"year", "nam", "tahun", "nien"};
    for (const Texts& texts : table)
        if (std::find(called.begin(), called.end(), fold(texts.column->name())) != called.end() && holds_years(texts))
            return texts.column->name();
    const std::size_t before = repeats(key, nullptr);
    for (const Texts& texts : table)
        if (before > 0 && texts.column != &key && holds_years(texts) && repeats(key, texts.column) * 10 <= before)
            return texts.column->name();
    return {};
}

}  // namespace

std::optional<JoinSpec> guess_join(const Dataset& boundaries, const Dataset& table) {
    constexpr std::size_t sample = 2000;
    const std::vector<Texts> base = columns_of(boundaries.table, std::max<std::size_t>(1, boundaries.size()));
    const std::vector<Texts> rows = columns_of(table.table, sample);
    const Candidate codes = best_codes(base, rows);
    NameCandidate names = best_names(base, rows, false);
    if (std::max(codes.share, names.share) < least_share) names = best_names(base, rows, true);

    const bool by_name = names.share >= least_share;
    const bool by_code = codes.share >= least_share && !(by_name && names.share >= codes.share + far_more);
    if (!by_code && !by_name) return {};
    const Candidate& first = by_code ? codes : names;
    JoinSpec spec;
    spec.name = table.name;
    spec.key = first.base->column->name();
    spec.foreign_key = first.table->column->name();
    spec.role = by_code ? KeyRole::code : KeyRole::name;
    const bool with_names = names.share >= (by_code ? second_chance : least_share);
    if (by_code && with_names)
        spec.further.push_back({names.base->column->name(), names.table->column->name(), KeyRole::name});
    if (with_names)
        for (KeyPair& pair : parents(names, base, rows))
            spec.further.push_back(std::move(pair));
    spec.time_field = time_column(*first.table->column, rows);
    return spec;
}

}  // namespace diaban
