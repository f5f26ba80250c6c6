// What became of every row of a joined table and of every feature: for a panel, a CSV file and the exit message.
// It needs nothing but itself: keys and features are in it by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/features.h"

namespace diaban {

/// Every row of the table is in exactly one of these.
enum class MatchState {
    matched,    ///< its values are joined to a feature
    suggested,  ///< no sure match, but some likely ones, which wait for a yes
    ambiguous,  ///< its name is that of several features
    unmatched,
    duplicate,  ///< another row has been joined to the feature, at this time
    no_key,     ///< its key cells are empty
    no_time,    ///< its time cannot be read
    refused,    ///< the user said that it belongs to no feature
};

/// What found the feature, in the order in which the rules are tried; none where nothing did.
enum class MatchRule {
    none,
    confirmed,       ///< the user said so
    code,            ///< all code columns
    name_in_parent,  ///< name and unit above
    name,            ///< name and kind
    bare_name,       ///< name alone, one of the two having no kind, and only one feature bearing it
};

struct Suggestion {
    uint32_t feature = 0;
    double score = 0;  ///< from 0 to 1: likeness of the names, less for another parent or kind
    bool operator==(const Suggestion&) const = default;
};

/// Rows with the same key share one.
struct MatchKey {
    std::string words;                    ///< the key's cells: "06838 · Bình Liêu"; what ConfirmedMatch::row holds
    std::vector<uint32_t> features;       ///< more than one where several bear the code: each has the row
    std::vector<Suggestion> suggestions;  ///< likeliest first; all candidates of an ambiguous key, else at most 5
    bool operator==(const MatchKey&) const = default;
};

struct RowMatch {
    MatchState state = MatchState::unmatched;
    MatchRule rule = MatchRule::none;
    uint32_t key = 0;
    bool operator==(const RowMatch&) const = default;
};

struct FeatureLabel {
    std::string id;    ///< what ConfirmedMatch::feature holds: its code, else its name, made unlike any other's
    std::string name;  ///< for people
    bool operator==(const FeatureLabel&) const = default;
};

/// Several rows for one feature at one time; the first is the one that counts.
struct RepeatedFeature {
    uint32_t feature = 0;
    std::optional<int64_t> time;
    std::vector<uint32_t> rows;
    bool operator==(const RepeatedFeature&) const = default;
};

struct MatchReport {
    std::string name;            ///< of the join
    std::vector<RowMatch> rows;  ///< by row of the table, from 0
    std::vector<MatchKey> keys;
    std::vector<FeatureLabel> features;  ///< by feature
    std::vector<uint32_t> features_without_row;
    std::vector<uint32_t> shared_keys;  ///< keys whose code several features bear
    std::vector<RepeatedFeature> repeated;

    [[nodiscard]] const MatchKey& key_of(std::size_t row) const { return keys[rows[row].key]; }
    [[nodiscard]] std::size_t count(MatchState state) const;
    /// Matched rows only.
    [[nodiscard]] std::size_t count(MatchRule rule) const;
    bool operator==(const MatchReport&) const = default;
};

/// One sentence without a full stop: "263 of 270 rows matched: 260 by code, 3 by name; 4 suggested; 3 unmatched;
/// 2 features have no row". What there is none of is left out; the states add up to the rows.
[[nodiscard]] std::string summary(const MatchReport& report);

/// CSV: row (from 1), key, state, rule, feature, name, suggestions ("06838 Bình Liêu (0.92); …"); after the rows, a
/// line for each feature without a row (state no_row).
[[nodiscard]] std::string to_csv(const MatchReport& report);

/// The user's yes for a row and a feature, and the no: for JoinSpec::confirmed, by remember(). It holds for all rows
/// with the same key, in next month's table too.
[[nodiscard]] ConfirmedMatch confirm(const MatchReport& report, std::size_t row, uint32_t feature);
[[nodiscard]] ConfirmedMatch refuse(const MatchReport& report, std::size_t row);
/// Adds a decision; an earlier one on the same key gives way.
void remember(std::vector<ConfirmedMatch>& confirmed, ConfirmedMatch decision);

/// Stable English identifiers for machines: "matched", "name_in_parent".
[[nodiscard]] std::string to_id(MatchState state);
[[nodiscard]] std::string to_id(MatchRule rule);
/// For people: "by name and parent unit".
[[nodiscard]] std::string to_text(MatchState state);
[[nodiscard]] std::string to_text(MatchRule rule);

}  // namespace diaban
