#include "data/join/match.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/parallel.h"
#include "data/examples.h"
#include "data/join/key_matcher.h"
#include "data/join/keys.h"

namespace diaban {

namespace {

/// Rows with the same key cells: what has to be decided once.
struct DistinctKeys {
    std::vector<uint32_t> of_row;
    std::vector<uint32_t> first_row;  ///< of each key
};

DistinctKeys distinct_keys(const JoinKeys& keys, std::size_t rows) {
    DistinctKeys distinct;
    distinct.of_row.reserve(rows);
    std::unordered_map<std::string, uint32_t> place;
    std::string key;
    for (uint32_t row = 0; row < rows; ++row) {
        key.clear();
        for (const KeyTexts& pair : keys.pairs)
            key += pair.table[row], key += '\x1f';
        const auto [it, is_new] = place.try_emplace(key, static_cast<uint32_t>(distinct.first_row.size()));
        if (is_new) distinct.first_row.push_back(row);
        distinct.of_row.push_back(it->second);
    }
    return distinct;
}

/// Gives features their rows, in the table's order, and notes what became of each.
class Assignment {
public:
    Assignment(std::size_t features, const Times* times, MatchedRows& result) : times_(times), result_(result) {
        if (times) result.times = times->all;
        result.rows.assign(times ? times->all.size() : 1, std::vector<int32_t>(features, -1));
        has_row_.assign(features, 0);
    }

    void assign(uint32_t row, uint32_t key, const Decision& decision) {
        RowMatch& match = result_.report.rows.emplace_back(RowMatch{decision.state, decision.rule, key});
        if (match.state != MatchState::matched) return;
        std::size_t slot = 0;
        if (times_) {
            const auto time = times_->of_row[row];
            if (!time) {
                match.state = MatchState::no_time;
                return;
            }
            slot = static_cast<std::size_t>(std::lower_bound(times_->all.begin(), times_->all.end(), *time) -
                                            times_->all.begin());
        }
        bool taken_up = false;
        for (const uint32_t feature : decision.features) {
            has_row_[feature] = 1;
            int32_t& place = result_.rows[slot][feature];
            if (place < 0) {
                place = static_cast<int32_t>(row);
                taken_up = true;
            } else {
                auto& rows = repeated_[{slot, feature}];
                if (rows.empty()) rows.push_back(static_cast<uint32_t>(place));
                rows.push_back(row);
            }
        }
        if (!taken_up) match.state = MatchState::duplicate;
    }

    void finish() {
        for (uint32_t feature = 0; feature < has_row_.size(); ++feature)
            if (!has_row_[feature]) result_.report.features_without_row.push_back(feature);
        for (auto& [place, rows] : repeated_)
            result_.report.repeated.push_back(
                {place.second, times_ ? std::optional(times_->all[place.first]) : std::nullopt, std::move(rows)});
    }

private:
    const Times* times_;
    MatchedRows& result_;
    std::vector<uint8_t> has_row_;
    std::map<std::pair<std::size_t, uint32_t>, std::vector<uint32_t>> repeated_;
};

/// The report's findings in few sentences.
class Summing {
public:
    Summing(const JoinSpec& spec, const MatchReport& report, const std::vector<Decision>& decisions, const Times* times)
        : spec_(spec), report_(report), decisions_(decisions), times_(times) {}

    [[nodiscard]] Diagnostics diagnostics() const {
        Diagnostics found;
        Examples lonely;
        for (const uint32_t feature : report_.features_without_row)
            lonely.add(report_.features[feature].name);
        add(found, DiagnosticKind::unmatched_feature, lonely);
        add(found, DiagnosticKind::unmatched_row, rows_that_are(MatchState::unmatched));
        add(found, DiagnosticKind::suggested_match, rows_that_are(MatchState::suggested));
        add(found, DiagnosticKind::ambiguous_name, rows_that_are(MatchState::ambiguous));
        add(found, DiagnosticKind::duplicate_code, rows_that_are(MatchState::duplicate));
        add_rows(found, DiagnosticKind::missing_code, MatchState::no_key, spec_.foreign_key);
        add_rows(found, DiagnosticKind::unreadable_value, MatchState::no_time, spec_.time_field);
        add(found, DiagnosticKind::name_differs, rows_of_another_name());
        return found;
    }

    [[nodiscard]] Place place(const std::string& field) const {
        return {.file = to_utf8(spec_.table->from.path.filename()), .layer = spec_.name, .field = field, .row = {}};
    }

private:
    [[nodiscard]] std::string in_words(std::size_t row) const {
        const MatchKey& key = report_.key_of(row);
        switch (report_.rows[row].state) {
            case MatchState::suggested:
                return fmt::format(fmt::runtime(tr("{} (perhaps {})")), key.words,
                                   report_.features[key.suggestions.front().feature].name);
            case MatchState::duplicate:
                return times_ ? fmt::format("{} ({})", key.words, *times_->of_row[row]) : key.words;
            case MatchState::no_time:
                return time_in_words(row) + " (" + key.words + ")";
            default:
                return key.words;
        }
    }
    [[nodiscard]] std::string time_in_words(std::size_t row) const {
        const std::string time = spec_.table->table.find(spec_.time_field)->text(row);
        return time.empty() ? tr("empty") : time;
    }
    [[nodiscard]] Examples rows_that_are(MatchState state) const {
        Examples examples;
        for (std::size_t row = 0; row < report_.rows.size(); ++row)
            if (report_.rows[row].state == state) examples.add(in_words(row));
        return examples;
    }
    [[nodiscard]] Examples rows_of_another_name() const {
        Examples examples;
        for (std::size_t row = 0; row < report_.rows.size(); ++row) {
            const Decision& decision = decisions_[report_.rows[row].key];
            if (!decision.name_differs) continue;
            examples.add(fmt::format(fmt::runtime(tr("{} is {}")), report_.key_of(row).words,
                                     report_.features[decision.features.front()].name));
        }
        return examples;
    }
    void add(Diagnostics& found, DiagnosticKind kind, const Examples& examples) const {
        if (examples.count() > 0)
            found.push_back({kind, Severity::warning, place(spec_.foreign_key), examples.count(), examples.text()});
    }
    /// With the first such row named.
    void add_rows(Diagnostics& found, DiagnosticKind kind, MatchState state, const std::string& field) const {
        const Examples examples = rows_that_are(state);
        if (examples.count() == 0) return;
        const auto first = std::find_if(report_.rows.begin(), report_.rows.end(),
                                        [&](const RowMatch& row) { return row.state == state; });
        Place where = place(field);
        where.row = first - report_.rows.begin() + 1;
        found.push_back({kind, Severity::warning, where, examples.count(), examples.text()});
    }

    const JoinSpec& spec_;
    const MatchReport& report_;
    const std::vector<Decision>& decisions_;
    const Times* times_;
};

void add_notes(const JoinKeys& keys, const KeyMatcher& matcher, const Place& place, Diagnostics& notes) {
    if (keys.padding.count > 0)
        notes.push_back(
            {DiagnosticKind::other, Severity::note, place, keys.padding.count,
             fmt::format(fmt::runtime(tr("codes had lost their leading zeros: {}")), keys.padding.example)});
    for (const ConfirmedMatch& lost : matcher.lost())
        notes.push_back({DiagnosticKind::other, Severity::warning, place, 1,
                         fmt::format(fmt::runtime(tr("“{}” was confirmed to be “{}”, which is not there any more")),
                                     lost.row, lost.feature)});
}

}  // namespace

Expected<MatchedRows> match_rows(const Dataset& base, const JoinSpec& spec) {
    const auto keys = read_keys(base, spec);
    if (!keys) return tl::make_unexpected(keys.error());
    std::optional<Times> times;
    if (!spec.time_field.empty()) {
        auto found = read_times(spec);
        if (!found) return tl::make_unexpected(found.error());
        times = std::move(*found);
    }

    MatchedRows result;
    MatchReport& report = result.report;
    report.name = spec.name;
    report.features = feature_labels(base, *keys);
    const KeyMatcher matcher(spec, *keys, report.features);
    const DistinctKeys distinct = distinct_keys(*keys, spec.table->size());
    std::vector<Decision> decisions(distinct.first_row.size());
    report.keys.resize(decisions.size());
    parallel_for(decisions.size(), [&](std::size_t key) {
        decisions[key] = matcher.decide(distinct.first_row[key]);
        report.keys[key] = {matcher.words(distinct.first_row[key]), decisions[key].features,
                            decisions[key].suggestions};
    });
    for (uint32_t key = 0; key < decisions.size(); ++key)
        if (decisions[key].features.size() > 1) report.shared_keys.push_back(key);

    const Times* of_rows = times ? &*times : nullptr;
    Assignment assignment(base.size(), of_rows, result);
    report.rows.reserve(spec.table->size());
    for (uint32_t row = 0; row < spec.table->size(); ++row)
        assignment.assign(row, distinct.of_row[row], decisions[distinct.of_row[row]]);
    assignment.finish();

    const Summing summing(spec, report, decisions, of_rows);
    add_notes(*keys, matcher, summing.place(spec.foreign_key), result.diagnostics);
    const Diagnostics found = summing.diagnostics();
    result.diagnostics.insert(result.diagnostics.end(), found.begin(), found.end());
    return result;
}

}  // namespace diaban
