#include "data/join/match_report.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/join/names.h"

namespace diaban {

namespace {

std::string counted(const char* singular, const char* plural, std::size_t count) {
    return fmt::format(fmt::runtime(tr_n(singular, plural, static_cast<long>(count))),
                       format_integer(static_cast<int64_t>(count)));
}

constexpr std::array not_matched{MatchState::suggested, MatchState::ambiguous, MatchState::unmatched,
                                 MatchState::duplicate, MatchState::no_key,    MatchState::no_time,
                                 MatchState::refused};
constexpr std::array rules{MatchRule::confirmed, MatchRule::code, MatchRule::name_in_parent, MatchRule::name,
                           MatchRule::bare_name};

std::string suggestions_text(const MatchReport& report, const MatchKey& key) {
    std::string text;
    for (const Suggestion& suggestion : key.suggestions) {
        const FeatureLabel& feature = report.features[suggestion.feature];
        text += text.empty() ? "" : "; ";
        text += feature.id == feature.name ? feature.id : feature.id + " " + feature.name;
        text += fmt::format(" ({:.2f})", suggestion.score);
    }
    return text;
}

}  // namespace

std::size_t MatchReport::count(MatchState state) const {
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const RowMatch& row) { return row.state == state; }));
}

std::size_t MatchReport::count(MatchRule rule) const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const RowMatch& row) {
        return row.state == MatchState::matched && row.rule == rule;
    }));
}

std::string summary(const MatchReport& report) {
    const std::size_t matched = report.count(MatchState::matched);
    std::string text = fmt::format(
        fmt::runtime(tr_n("{} of {} row matched", "{} of {} rows matched", static_cast<long>(report.rows.size()))),
        format_integer(static_cast<int64_t>(matched)), format_integer(static_cast<int64_t>(report.rows.size())));
    bool first = true;
    for (const MatchRule rule : rules) {
        const std::size_t count = report.count(rule);
        if (count == 0) continue;
        text += fmt::format("{}{} {}", first ? ": " : ", ", format_integer(static_cast<int64_t>(count)), to_text(rule));
        first = false;
    }
    for (const MatchState state : not_matched)
        if (const std::size_t count = report.count(state); count > 0)
            text += fmt::format("; {} {}", format_integer(static_cast<int64_t>(count)), to_text(state));
    if (!report.shared_keys.empty())
        text += "; " + counted("{} key is that of several features", "{} keys are those of several features",
                               report.shared_keys.size());
    if (!report.features_without_row.empty())
        text += "; " + counted("{} feature has no row", "{} features have no row", report.features_without_row.size());
    return text;
}

std::string to_csv(const MatchReport& report) {
    std::string csv = "row,key,state,rule,feature,name,suggestions\n";
    for (std::size_t row = 0; row < report.rows.size(); ++row) {
        const MatchKey& key = report.key_of(row);
        std::string ids, names;
        for (const uint32_t feature : key.features) {
            ids += (ids.empty() ? "" : "; ") + report.features[feature].id;
            names += (names.empty() ? "" : "; ") + report.features[feature].name;
        }
        csv += fmt::format("{},{},{},{},{},{},{}\n", row + 1, csv_field(key.words), to_id(report.rows[row].state),
                           to_id(report.rows[row].rule), csv_field(ids), csv_field(names),
                           csv_field(suggestions_text(report, key)));
    }
    for (const uint32_t feature : report.features_without_row)
        csv += fmt::format(",,no_row,,{},{},\n", csv_field(report.features[feature].id),
                           csv_field(report.features[feature].name));
    return csv;
}

ConfirmedMatch confirm(const MatchReport& report, std::size_t row, uint32_t feature) {
    return {report.key_of(row).words, report.features[feature].id};
}

ConfirmedMatch refuse(const MatchReport& report, std::size_t row) {
    return {report.key_of(row).words, {}};
}

void remember(std::vector<ConfirmedMatch>& confirmed, ConfirmedMatch decision) {
    const std::string key = text_key(decision.row);
    const auto earlier = std::find_if(confirmed.begin(), confirmed.end(),
                                      [&](const ConfirmedMatch& match) { return text_key(match.row) == key; });
    if (earlier == confirmed.end())
        confirmed.push_back(std::move(decision));
    else
        *earlier = std::move(decision);
}

std::string to_id(MatchState state) {
    switch (state) {
        case MatchState::matched:
            return "matched";
        case MatchState::suggested:
            return "suggested";
        case MatchState::ambiguous:
            return "ambiguous";
        case MatchState::unmatched:
            return "unmatched";
        case MatchState::duplicate:
            return "duplicate";
        case MatchState::no_key:
            return "no_key";
        case MatchState::no_time:
            return "no_time";
        case MatchState::refused:
            return "refused";
    }
    return {};
}

std::string to_id(MatchRule rule) {
    switch (rule) {
        case MatchRule::none:
            return {};
        case MatchRule::confirmed:
            return "confirmed";
        case MatchRule::code:
            return "code";
        case MatchRule::name_in_parent:
            return "name_in_parent";
        case MatchRule::name:
            return "name";
        case MatchRule::bare_name:
            return "bare_name";
    }
    return {};
}

std::string to_text(MatchState state) {
    switch (state) {
        case MatchState::matched:
            return tr("matched");
        case MatchState::suggested:
            return tr("suggested");
        case MatchState::ambiguous:
            return tr("ambiguous");
        case MatchState::unmatched:
            return tr("unmatched");
        case MatchState::duplicate:
            return tr("repeated");
        case MatchState::no_key:
            return tr("without a key");
        case MatchState::no_time:
            return tr("without a time");
        case MatchState::refused:
            return tr("refused by you");
    }
    return {};
}

std::string to_text(MatchRule rule) {
    switch (rule) {
        case MatchRule::none:
            return tr("by no rule");
        case MatchRule::confirmed:
            return tr("confirmed by you");
        case MatchRule::code:
            return tr("by code");
        case MatchRule::name_in_parent:
            return tr("by name and parent unit");
        case MatchRule::name:
            return tr("by name");
        case MatchRule::bare_name:
            return tr("by name without its kind");
    }
    return {};
}

}  // namespace diaban
