#include "data/join/join.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/examples.h"

namespace diaban {

namespace {

using Keys = std::vector<std::string>;  ///< one a row, empty for null

Keys keys_of(const Column& column) {
    Keys keys(column.size());
    for (std::size_t row = 0; row < keys.size(); ++row)
        keys[row] = trim(column.text(row));
    return keys;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What the keys of one side look like, empty ones left aside.
struct KeyShape {
    bool digits = true;
    bool leading_zero = false;
    std::size_t shortest = std::string::npos;
    std::size_t longest = 0;

    explicit KeyShape(const Keys& keys) {
        for (const std::string& key : keys) {
            if (key.empty()) continue;
            digits = digits && all_digits(key);
            leading_zero = leading_zero || key.front() == '0';
            shortest = std::min(shortest, key.size());
            longest = std::max(longest, key.size());
        }
        digits = digits && longest > 0;
    }

    /// Codes of one length, zeros included: what the other side's keys may have looked like once.
    [[nodiscard]] bool fixed_length_code() const { return digits && leading_zero && shortest == longest; }
};

/// Gives `keys` the leading zeros back that `like` has; returns how many keys changed, with an example in words.
struct Padding {
    int64_t count = 0;
    std::string example;
};
Padding restore_zeros(Keys& keys, const KeyShape& shape, const KeyShape& like) {
    if (!like.fixed_length_code() || !shape.digits || shape.longest > like.longest || shape.shortest >= like.longest)
        return {};
    Padding padding;
    for (std::string& key : keys) {
        if (key.empty() || key.size() == like.longest) continue;
        const std::string whole = std::string(like.longest - key.size(), '0') + key;
        if (padding.count++ == 0) padding.example = fmt::format(fmt::runtime(tr("{} is taken as {}")), key, whole);
        key = whole;
    }
    return padding;
}

Expected<const Column*> require_column(const Dataset& dataset, const std::string& name, const std::string& layer) {
    if (const Column* column = dataset.table.find(name)) return column;
    std::vector<std::string> known;
    for (const Column& column : dataset.table.columns())
        known.push_back(column.name());
    return fail(ErrorKind::bad_input, fmt::format(fmt::runtime(tr("there is no field “{}” to join by")), name),
                {.file = to_utf8(dataset.from.path.filename()), .layer = layer, .field = {}, .row = {}},
                did_you_mean(name, known));
}

std::optional<int64_t> time_of(const Column& column, std::size_t row) {
    if (column.type() != ColumnType::text) return column.integer(row);
    const std::string text = trim(column.text(row));
    int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

struct Times {
    std::vector<std::optional<int64_t>> of_row;
    std::vector<int64_t> all;  ///< ascending, distinct
};
Expected<Times> times_of(const JoinSpec& spec) {
    auto column = require_column(*spec.table, spec.time_field, spec.name);
    if (!column) return tl::make_unexpected(column.error());
    Times times;
    std::set<int64_t> all;
    for (std::size_t row = 0; row < (*column)->size(); ++row) {
        times.of_row.push_back(time_of(**column, row));
        if (times.of_row.back()) all.insert(*times.of_row.back());
    }
    if (all.empty() && !times.of_row.empty())
        return fail(
            ErrorKind::bad_input,
            fmt::format(fmt::runtime(tr("the field “{}” holds no whole numbers to tell times by")), spec.time_field),
            {.file = to_utf8(spec.table->from.path.filename()), .layer = spec.name, .field = {}, .row = {}},
            tr("Choose a field of years."));
    times.all.assign(all.begin(), all.end());
    return times;
}

/// What did not match, gathered row by row and turned into diagnostics at the end.
struct Findings {
    Examples missing_key, missing_time, unmatched, duplicate;
    std::optional<int64_t> first_missing_key, first_missing_time;
};

class Matcher {
public:
    Matcher(const Dataset& base, const JoinSpec& spec, Keys base_keys, Keys table_keys)
        : base_(base), spec_(spec), base_keys_(std::move(base_keys)), table_keys_(std::move(table_keys)) {
        for (uint32_t feature = 0; feature < base_keys_.size(); ++feature)
            if (!base_keys_[feature].empty()) features_of_[base_keys_[feature]].push_back(feature);
        matched_.assign(base_keys_.size(), 0);
    }

    void match(const Times* times, MatchedRows& result) {
        result.rows.assign(times ? times->all.size() : 1, std::vector<int32_t>(base_keys_.size(), -1));
        for (std::size_t row = 0; row < table_keys_.size(); ++row)
            match_row(row, times, result);
    }

    void report(Diagnostics& diagnostics) {
        Examples lonely;
        for (uint32_t feature = 0; feature < base_keys_.size(); ++feature)
            if (!matched_[feature]) lonely.add(name_of_row(base_, feature));
        const Place keys = place(spec_.foreign_key, {});
        add(diagnostics, DiagnosticKind::unmatched_feature, keys, lonely);
        add(diagnostics, DiagnosticKind::unmatched_row, keys, findings_.unmatched);
        add(diagnostics, DiagnosticKind::duplicate_code, keys, findings_.duplicate);
        add(diagnostics, DiagnosticKind::missing_code, place(spec_.foreign_key, findings_.first_missing_key),
            findings_.missing_key);
        add(diagnostics, DiagnosticKind::unreadable_value, place(spec_.time_field, findings_.first_missing_time),
            findings_.missing_time);
    }

    [[nodiscard]] Place place(const std::string& field, std::optional<int64_t> row) const {
        return {.file = to_utf8(spec_.table->from.path.filename()), .layer = spec_.name, .field = field, .row = row};
    }

private:
    void match_row(std::size_t row, const Times* times, MatchedRows& result) {
        const std::string& key = table_keys_[row];
        const auto number = static_cast<int64_t>(row) + 1;
        if (key.empty()) {
            findings_.missing_key.add({});
            if (!findings_.first_missing_key) findings_.first_missing_key = number;
            return;
        }
        const auto it = features_of_.find(key);
        if (it == features_of_.end()) {
            findings_.unmatched.add(key);
            return;
        }
        std::size_t slot = 0;
        if (times) {
            const auto time = times->of_row[row];
            if (!time) {
                findings_.missing_time.add(key);
                if (!findings_.first_missing_time) findings_.first_missing_time = number;
                return;
            }
            slot = static_cast<std::size_t>(std::lower_bound(times->all.begin(), times->all.end(), *time) -
                                            times->all.begin());
        }
        for (const uint32_t feature : it->second) {
            int32_t& place_of_row = result.rows[slot][feature];
            matched_[feature] = 1;
            if (place_of_row < 0)
                place_of_row = static_cast<int32_t>(row);
            else if (feature == it->second.front())
                findings_.duplicate.add(times ? fmt::format("{} ({})", key, times->all[slot]) : key);
        }
    }

    static void add(Diagnostics& diagnostics, DiagnosticKind kind, const Place& where, const Examples& examples) {
        if (examples.count() > 0)
            diagnostics.push_back({kind, Severity::warning, where, examples.count(), examples.text()});
    }

    const Dataset& base_;
    const JoinSpec& spec_;
    Keys base_keys_, table_keys_;
    std::unordered_map<std::string, std::vector<uint32_t>> features_of_;
    std::vector<uint8_t> matched_;
    Findings findings_;
};

}  // namespace

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known) {
    const std::string nearest = nearest_word(name, known);
    if (!nearest.empty()) return fmt::format(fmt::runtime(tr("Did you mean “{}”?")), nearest);
    if (known.empty()) return {};
    constexpr std::size_t most = 12;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, known.size()); ++i)
        list += (i ? ", " : "") + known[i];
    if (known.size() > most) list += ", …";
    return fmt::format(fmt::runtime(tr("There are: {}.")), list);
}

Expected<MatchedRows> match_rows(const Dataset& base, const JoinSpec& spec) {
    DIABAN_CHECK(spec.table != nullptr);
    const auto key = require_column(base, spec.key, base.name);
    if (!key) return tl::make_unexpected(key.error());
    const auto foreign = require_column(*spec.table, spec.foreign_key, spec.name);
    if (!foreign) return tl::make_unexpected(foreign.error());
    std::optional<Times> times;
    if (!spec.time_field.empty()) {
        auto found = times_of(spec);
        if (!found) return tl::make_unexpected(found.error());
        times = std::move(*found);
    }

    Keys base_keys = keys_of(**key);
    Keys table_keys = keys_of(**foreign);
    const KeyShape base_shape(base_keys), table_shape(table_keys);
    Padding padding = restore_zeros(table_keys, table_shape, base_shape);
    if (padding.count == 0) padding = restore_zeros(base_keys, base_shape, table_shape);

    MatchedRows result;
    if (times) result.times = times->all;
    Matcher matcher(base, spec, std::move(base_keys), std::move(table_keys));
    matcher.match(times ? &*times : nullptr, result);
    if (padding.count > 0)
        result.diagnostics.push_back(
            {DiagnosticKind::other, Severity::note, matcher.place(spec.foreign_key, {}), padding.count,
             fmt::format(fmt::runtime(tr("codes had lost their leading zeros: {}")), padding.example)});
    matcher.report(result.diagnostics);
    return result;
}

}  // namespace diaban
