#include "data/crosswalk/carry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "data/crosswalk/carry_columns.h"
#include "data/crosswalk/flows.h"
#include "data/did_you_mean.h"
#include "data/examples.h"

namespace diaban {
namespace {

using namespace crosswalk;

constexpr std::array<std::pair<CarryKind, std::string_view>, 6> ids{{{CarryKind::whole_count, "whole_count"},
                                                                     {CarryKind::count, "count"},
                                                                     {CarryKind::rate, "rate"},
                                                                     {CarryKind::mean, "mean"},
                                                                     {CarryKind::label, "label"},
                                                                     {CarryKind::leave_out, "leave_out"}}};

Place at(const std::string& field) {
    return {.file = {}, .layer = {}, .field = field, .row = {}};
}

Expected<const Column*> require_column(const Table& table, const std::string& name) {
    if (const Column* column = table.find(name)) return column;
    std::vector<std::string> known;
    for (const Column& column : table.columns())
        known.push_back(column.name());
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no field “{}”")), name), {},
                did_you_mean(name, known));
}

Expected<const Column*> require_numbers(const Table& table, const std::string& name) {
    auto column = require_column(table, name);
    if (column && !(*column)->numeric())
        return fail(ErrorKind::bad_input, tr("the field holds no numbers"), at(name),
                    tr("Carry it as a label, or read it as numbers."));
    return column;
}

const std::string& called(const Unit& unit) {
    return unit.name.empty() ? unit.id : unit.name;
}

/// "06838 60% (the decree); 06841 60% (the newspaper)": who contradicts whom.
std::string pairs_in_words(const Crosswalk& crosswalk, const std::string& from) {
    std::string text;
    for (const Correspondence& pair : crosswalk.pairs) {
        if (pair.from != from) continue;
        text += fmt::format("{}{} {}", text.empty() ? "" : "; ", pair.to, format_percent(pair.share));
        if (!pair.source.empty()) text += fmt::format(" ({})", pair.source);
    }
    return text;
}

Expected<void> require_shares_to_be_parts(const Crosswalk& crosswalk) {
    const auto sums = share_sums(crosswalk);
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (sums[i] > 1 + share_tolerance)
            return fail(
                ErrorKind::bad_input,
                fmt::format(fmt::runtime(tr("the shares of {} add up to {}: {}")), called(crosswalk.from_units[i]),
                            format_percent(sums[i]), pairs_in_words(crosswalk, crosswalk.from_units[i].id)),
                {}, tr("Correct them: more would be carried than there is."));
    return {};
}

/// Carries column by column.
class Carrier {
public:
    Carrier(const Table& table, const std::vector<ColumnRule>& rules, const Crosswalk& crosswalk, Flows flows)
        : table_(table), crosswalk_(crosswalk), flows_(std::move(flows)) {
        for (const ColumnRule& rule : rules)
            rules_[rule.column] = &rule;
        for (const Unit& unit : crosswalk.from_units)
            from_names_.emplace(unit.id, &called(unit));
    }

    Expected<void> carry_columns(const std::string& key, const std::string& time) {
        Examples without_rule;
        for (const Column& column : table_.columns()) {
            if (column.name() == key || column.name() == time) continue;
            const auto rule = rules_.find(column.name());
            if (rule == rules_.end()) {
                without_rule.add(column.name());
                continue;
            }
            if (const auto carried = carry_column(column, *rule->second); !carried) return carried;
        }
        if (without_rule.count() > 0)
            note(fmt::format(fmt::runtime(tr("fields without a rule, not carried: {}")), without_rule.text()),
                 Severity::note, {}, without_rule.count());
        return {};
    }

    Carried finish(const Column& key, const Column* time) {
        std::vector<Column> columns;
        columns.push_back(key_column(key));
        if (time) columns.push_back(carry_label(*time, flows_));
        const bool changed = !is_identity(crosswalk_);
        const bool named = std::any_of(crosswalk_.to_units.begin(), crosswalk_.to_units.end(),
                                       [](const Unit& unit) { return !unit.name.empty() && unit.name != unit.id; });
        if (changed && named)
            columns.push_back(by_row(free_name("unit_name"),
                                     [&](const NewRow& row) { return called(crosswalk_.to_units[row.unit]); }));
        std::move(columns_.begin(), columns_.end(), std::back_inserter(columns));
        if (changed)
            columns.push_back(by_row(free_name("sources"), [&](const NewRow& row) { return sources_text(row); }));
        Column incomplete = by_row(free_name("incomplete"), [&](const NewRow& row) { return incomplete_text(row); });
        if (changed && incomplete.null_count() < incomplete.size()) columns.push_back(std::move(incomplete));
        note_marks();
        report_losses();
        Diagnostics diagnostics = std::move(flows_.diagnostics);
        diagnostics.insert(diagnostics.end(), diagnostics_.begin(), diagnostics_.end());
        return {Table(std::move(columns), flows_.new_rows.size()), std::move(totals_), std::move(diagnostics)};
    }

private:
    Expected<void> carry_column(const Column& column, const ColumnRule& rule) {
        switch (rule.kind) {
            case CarryKind::whole_count:
            case CarryKind::count:
                return carry_as_count(column, rule);
            case CarryKind::rate:
                return carry_as_rate(rule);
            case CarryKind::mean:
                return carry_as_mean(column, rule);
            case CarryKind::label:
                columns_.push_back(carry_label(column, flows_));
                return {};
            case CarryKind::leave_out:
                return {};
        }
        return {};
    }

    Expected<void> carry_as_count(const Column& column, const ColumnRule& rule) {
        const auto numbers = require_numbers(table_, column.name());
        if (!numbers) return tl::make_unexpected(numbers.error());
        const bool whole = rule.kind == CarryKind::whole_count;
        const auto count = carry_count(column, whole, flows_);
        if (!count) return tl::make_unexpected(count.error());
        const Count& values = *count;
        totals_.insert(totals_.end(), values.totals.begin(), values.totals.end());
        std::vector<uint8_t> present;
        std::vector<double> reals;
        for (const auto& value : values.value) {
            present.push_back(value ? 1 : 0);
            reals.push_back(value.value_or(0));
        }
        if (whole && column.type() == ColumnType::integer)
            columns_.emplace_back(column.name(), ColumnType::integer, values.whole, std::move(present));
        else
            columns_.emplace_back(column.name(), ColumnType::real, std::move(reals), std::move(present));
        add_mark(column.name(), values.assumed);
        counted_.push_back(&column);
        return {};
    }

    Expected<void> carry_as_rate(const ColumnRule& rule) {
        if (rule.numerator.empty() || rule.denominator.empty())
            return fail(ErrorKind::bad_input, tr("a rate is not carried by itself"), at(rule.column),
                        tr("Name its numerator and its denominator."));
        const auto above = countable(rule.numerator);
        if (!above) return tl::make_unexpected(above.error());
        const auto below = countable(rule.denominator);
        if (!below) return tl::make_unexpected(below.error());
        const auto n = where_both(**above, **below);
        if (!n) return tl::make_unexpected(n.error());
        const auto of = where_both(**below, **above);
        if (!of) return tl::make_unexpected(of.error());
        Values rates;
        for (std::size_t row = 0; row < flows_.new_rows.size(); ++row) {
            const auto parts = n->value[row], whole = of->value[row];
            const bool known = parts && whole && *whole != 0;
            rates.value.push_back(known ? std::optional(*parts / *whole * rule.scale) : std::nullopt);
            rates.assumed.push_back(known ? std::max(n->assumed[row], of->assumed[row]) : 0);
        }
        return add_values(rule.column, rates);
    }

    /// A count for a rate: of the rows in which the other column has a value too (children who were not measured are
    /// not part of those of whom so many are stunted), and before whole numbers are rounded (half of 3 in 6 is as high
    /// a rate as the whole).
    Expected<Count> where_both(const Column& column, const Column& other) {
        std::vector<uint8_t> present;
        for (std::size_t row = 0; row < column.size(); ++row)
            present.push_back(column.number(row) && other.number(row) ? 1 : 0);
        return carry_count(Column(column.name(), column.type(), column.values(), std::move(present)), false, flows_);
    }

    Expected<void> carry_as_mean(const Column& column, const ColumnRule& rule) {
        if (rule.denominator.empty())
            return fail(ErrorKind::bad_input, tr("a mean is not carried by itself"), at(rule.column),
                        tr("Name the field that counts what it is a mean of."));
        const auto numbers = require_numbers(table_, column.name());
        if (!numbers) return tl::make_unexpected(numbers.error());
        const auto weight = require_numbers(table_, rule.denominator);
        if (!weight) return tl::make_unexpected(weight.error());
        return add_values(rule.column, carry_mean(column, **weight, flows_));
    }

    Expected<void> add_values(const std::string& name, const Values& values) {
        std::vector<double> reals;
        std::vector<uint8_t> present;
        for (const auto& value : values.value) {
            reals.push_back(value.value_or(0));
            present.push_back(value ? 1 : 0);
        }
        columns_.emplace_back(name, ColumnType::real, std::move(reals), std::move(present));
        add_mark(name, values.assumed);
        return {};
    }

    void add_mark(const std::string& name, const std::vector<double>& assumed) {
        if (std::all_of(assumed.begin(), assumed.end(), [](double part) { return part == 0; })) return;
        columns_.emplace_back(free_name(name + ".assumed"), ColumnType::real, assumed);
        const auto marked = std::count_if(assumed.begin(), assumed.end(), [](double part) { return part > 0; });
        marked_values_ += marked;
        marked_columns_ += fmt::format("{}{} ({})", marked_columns_.empty() ? "" : "; ", name, format_integer(marked));
    }

    /// One note for all columns: they rest on the same shares.
    void note_marks() {
        if (marked_values_ == 0) return;
        note(fmt::format(fmt::runtime(tr_n("{} value rests on assumed shares: {}",
                                           "{} values rest on assumed shares: {}", static_cast<long>(marked_values_))),
                         format_integer(marked_values_), marked_columns_),
             Severity::note, {}, marked_values_);
    }

    /// A column that may be a part of a rate.
    Expected<const Column*> countable(const std::string& name) {
        const auto rule = rules_.find(name);
        if (rule != rules_.end() && (rule->second->kind == CarryKind::rate || rule->second->kind == CarryKind::mean))
            return fail(ErrorKind::bad_input, tr("a rate or a mean cannot be a part of a rate"), at(name),
                        tr("Name fields of counts."));
        return require_numbers(table_, name);
    }

    template <class TextOf>
    Column by_row(std::string name, TextOf text_of) {
        std::vector<std::string> texts;
        std::vector<uint8_t> present;
        for (const NewRow& row : flows_.new_rows) {
            texts.push_back(text_of(row));
            present.push_back(texts.back().empty() ? 0 : 1);
        }
        return Column(std::move(name), ColumnType::text, std::move(texts), std::move(present));
    }

    /// The ids; as whole numbers where the old key was a column of them and all ids are.
    Column key_column(const Column& key) {
        Column ids_of_rows = by_row(key.name(), [&](const NewRow& row) { return crosswalk_.to_units[row.unit].id; });
        if (key.type() != ColumnType::integer) return ids_of_rows;
        std::vector<int64_t> numbers;
        for (std::size_t row = 0; row < ids_of_rows.size(); ++row) {
            const std::string text = ids_of_rows.text(row);
            const bool digits = text.find_first_not_of("0123456789") == std::string::npos && text.size() < 18;
            if (!digits || text.empty() || (text.size() > 1 && text.front() == '0')) return ids_of_rows;
            numbers.push_back(std::stoll(text));
        }
        return Column(key.name(), ColumnType::integer, std::move(numbers));
    }

    std::string sources_text(const NewRow& row) const {
        std::vector<std::string> texts;
        for (const auto& [old_row, pair] : row.sources) {
            std::string text =
                fmt::format("{} {}", name_of(pair->from), format_percent(pair->share, pair->share == 1 ? 0 : 1));
            if (is_assumed(pair->basis)) text += fmt::format(" ({})", to_text(pair->basis));
            if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
        }
        return fmt::format("{}", fmt::join(texts, "; "));
    }

    /// "no row: Xã C, Xã D; no value of stunted: Xã E".
    std::string incomplete_text(const NewRow& row) const {
        std::vector<std::string> texts, names;
        for (const std::size_t unit : row.without_row)
            names.push_back(called(crosswalk_.from_units[unit]));
        if (!names.empty()) texts.push_back(fmt::format(fmt::runtime(tr("no row: {}")), fmt::join(names, ", ")));
        for (const Column* column : counted_) {
            names.clear();
            for (const auto& [old_row, pair] : row.sources)
                if (!column->number(old_row)) names.push_back(name_of(pair->from));
            if (!names.empty())
                texts.push_back(
                    fmt::format(fmt::runtime(tr("no value of {}: {}")), column->name(), fmt::join(names, ", ")));
        }
        return fmt::format("{}", fmt::join(texts, "; "));
    }

    const std::string& name_of(const std::string& from) const { return *from_names_.at(from); }

    void report_losses() {
        for (const CarriedTotal& total : totals_) {
            if (total.lost == 0) continue;
            std::string text = fmt::format(fmt::runtime(tr("{} of {} could not be carried")), format_number(total.lost),
                                           format_number(total.before));
            if (!total.time.empty()) text += fmt::format(" ({})", total.time);
            note(std::move(text), Severity::warning, at(total.column), 1);
        }
    }

    void note(std::string text, Severity severity, Place where, int64_t count) {
        diagnostics_.push_back({DiagnosticKind::other, severity, std::move(where), count, std::move(text)});
    }

    /// A name of ours; where a carried column has it already, with underscores.
    std::string free_name(std::string name) const {
        const auto taken = [&] {
            const auto rule = rules_.find(name);
            return rule != rules_.end() && rule->second->kind != CarryKind::leave_out;
        };
        while (taken())
            name += "_";
        return name;
    }

    const Table& table_;
    const Crosswalk& crosswalk_;
    Flows flows_;
    std::map<std::string, const ColumnRule*> rules_;
    std::unordered_map<std::string, const std::string*> from_names_;
    std::vector<const Column*> counted_;
    std::vector<Column> columns_;
    int64_t marked_values_ = 0;
    std::string marked_columns_;  ///< in words, each with how many of its values
    std::vector<CarriedTotal> totals_;
    Diagnostics diagnostics_;
};

}  // namespace

std::string to_id(CarryKind kind) {
    const auto* found = std::find_if(ids.begin(), ids.end(), [&](const auto& entry) { return entry.first == kind; });
    DIABAN_CHECK(found != ids.end());
    return std::string(found->second);
}

std::optional<CarryKind> carry_kind_from_id(std::string_view id) {
    const auto* found = std::find_if(ids.begin(), ids.end(), [&](const auto& entry) { return entry.second == id; });
    return found == ids.end() ? std::nullopt : std::optional(found->first);
}

Expected<Carried> carry(const Table& old_data, const std::string& key, const std::string& time,
                        const std::vector<ColumnRule>& rules, const Crosswalk& crosswalk) {
    const auto key_column = require_column(old_data, key);
    if (!key_column) return tl::make_unexpected(key_column.error());
    const Column* time_column = nullptr;
    if (!time.empty()) {
        const auto found = require_column(old_data, time);
        if (!found) return tl::make_unexpected(found.error());
        time_column = *found;
    }
    for (const ColumnRule& rule : rules)
        if (const auto found = require_column(old_data, rule.column); !found) return tl::make_unexpected(found.error());
    if (const auto parts = require_shares_to_be_parts(crosswalk); !parts) return tl::make_unexpected(parts.error());

    Carrier carrier(old_data, rules, crosswalk, find_flows(**key_column, time_column, crosswalk));
    if (const auto carried = carrier.carry_columns(key, time); !carried) return tl::make_unexpected(carried.error());
    return carrier.finish(**key_column, time_column);
}

}  // namespace diaban
