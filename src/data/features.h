// A layer's features as the rest of the program sees them: the columns of its own table and of the tables joined to it.
// A joined table with a time column (a year) holds several rows a feature, one for each time; a view is for one time
// and can still be asked for every other, so that classes of an indicator are the same for all its years.
//
//     Features f(communes);
//     Diagnostics notes = f.join({"malnutrition", table, "code", "code", "year"}).value();
//     auto stunted = f.field("malnutrition.stunted");     // or "stunted" where only one table has it
//     stunted->number(feature, f.time_index(2025));
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace diaban {

/// What a pair of key columns is, and so how its values compare.
enum class KeyRole {
    code,    ///< as text; codes that lost their leading zeros get them back
    name,    ///< as people mean names: see data/join/names.h
    parent,  ///< names of the unit above (the district): narrows the choice among equal names
    exact,   ///< as text, in addition to the others
};

/// A column of the features and the one of the table that says the same.
struct KeyPair {
    std::string field;
    std::string foreign_field;
    KeyRole role = KeyRole::code;
    bool operator==(const KeyPair&) const = default;
};

/// What the user said about one row that the rules alone did not match: `row` is its key in words (see
/// data/join/match.h), `feature` the code or name of the feature it belongs to; empty: it belongs to none.
struct ConfirmedMatch {
    std::string row;
    std::string feature;
    bool operator==(const ConfirmedMatch&) const = default;
};

struct JoinSpec {
    std::string name;  ///< prefix of the joined columns
    DatasetPtr table;
    std::string key;               ///< column of the features
    std::string foreign_key;       ///< column of the table
    std::string time_field;        ///< empty: at most one row a feature is wanted
    KeyRole role = KeyRole::code;  ///< of the first pair of keys: code or name
    std::vector<KeyPair> further;  ///< more pairs: names to fall back on, the parent unit, whatever else has to agree
    std::vector<ConfirmedMatch> confirmed;

    bool operator==(const JoinSpec&) const = default;
};

/// "code", "name", "parent", "exact".
[[nodiscard]] std::string to_id(KeyRole role);
[[nodiscard]] std::optional<KeyRole> key_role_from_id(std::string_view id);

class Features;
struct MatchReport;

/// A column seen from the features. Valid as long as the Features it came from.
class Field {
public:
    [[nodiscard]] const std::string& name() const { return name_; }  ///< qualified: "malnutrition.stunted"
    [[nodiscard]] const Column& column() const { return *column_; }
    /// Whether it has a value for each of several times.
    [[nodiscard]] bool has_times() const { return rows_ != nullptr && rows_->size() > 1; }

    /// `time` is an index into Features::times(); it is ignored by fields without times.
    [[nodiscard]] std::optional<double> number(uint32_t feature, std::size_t time) const;
    [[nodiscard]] std::string text(uint32_t feature, std::size_t time) const;
    [[nodiscard]] bool is_null(uint32_t feature, std::size_t time) const;
    /// Which part of the number rests on an assumption, 0 to 1: what the column "stunted.assumed" beside "stunted" says
    /// (see data/crosswalk/carry.h). 0 where there is none.
    [[nodiscard]] double assumed(uint32_t feature, std::size_t time) const;

private:
    friend class Features;
    [[nodiscard]] std::optional<std::size_t> row(uint32_t feature, std::size_t time) const;

    std::string name_;
    const Column* column_ = nullptr;
    const Column* assumed_ = nullptr;
    /// By time, by feature; -1 is none; null: row == feature.
    const std::vector<std::vector<int32_t>>* rows_ = nullptr;
};

class Features {
public:
    explicit Features(DatasetPtr base);
    Features(Features&&) noexcept;
    Features& operator=(Features&&) noexcept;
    ~Features();

    /// Adds the table's columns; data/join/match.h has the rules. What matches nothing or more than once is reported
    /// (the first of several rows counts). Errors: a column that is not there, with the nearest name.
    [[nodiscard]] Expected<Diagnostics> join(const JoinSpec& spec);
    /// How the rows of each table found their features, in the order joined; by name: null when there is no such join.
    [[nodiscard]] std::size_t join_count() const { return joined_.size(); }
    [[nodiscard]] const JoinSpec& join_spec(std::size_t join) const;
    [[nodiscard]] const MatchReport& match_report(std::size_t join) const;
    [[nodiscard]] const MatchReport* match_report(std::string_view name) const;

    /// The same with more columns, a row for each feature in their order (DIABAN_CHECK): what was calculated for them.
    /// Their fields are "prefix.name"; the joins are shared.
    [[nodiscard]] Features with_columns(const std::string& prefix, DatasetPtr table) const;
    struct Calculated {
        std::string prefix;
        DatasetPtr table;
    };
    [[nodiscard]] const std::vector<Calculated>& calculated() const { return calculated_; }

    [[nodiscard]] const Dataset& base() const { return *base_; }
    [[nodiscard]] const DatasetPtr& base_ptr() const { return base_; }
    [[nodiscard]] uint32_t count() const { return static_cast<uint32_t>(base_->size()); }

    /// All times of all joined tables, ascending (years as they stand in the table); one entry 0 when there is none.
    [[nodiscard]] const std::vector<int64_t>& times() const { return times_; }
    /// The index of `time`, or of the latest one before it, or 0.
    [[nodiscard]] std::size_t time_index(std::optional<int64_t> time) const;

    /// All fields: the base's first, under their plain names, then each joined table's and the calculated ones,
    /// qualified. A column that says
    /// how much of another is assumed ("stunted.assumed") is no field of its own here; field() finds it.
    [[nodiscard]] std::vector<Field> fields() const;
    /// By qualified name, or by plain name: the base's column first, else the only other table that has it.
    [[nodiscard]] std::optional<Field> field(std::string_view name) const;
    /// field(), or an error that names the nearest one.
    [[nodiscard]] Expected<Field> require_field(std::string_view name) const;

private:
    [[nodiscard]] std::vector<Field> every_field() const;

    struct Joined;  ///< a table, its rows by feature, its report
    DatasetPtr base_;
    std::vector<std::shared_ptr<Joined>> joined_;  ///< never changed while others share it
    std::vector<Calculated> calculated_;
    std::vector<int64_t> times_{0};
};

/// A number for each feature: a column, or a ratio of two. The denominator is kept, so that n/N can always be shown.
struct Measure {
    std::string numerator;
    std::string denominator;  ///< empty: the numerator alone
    double scale = 1;         ///< 100 for percent, 1000 for per thousand; applies to ratios
    std::string unit;         ///< for people: "%", "households"
    std::string label;        ///< "Stunted children under 5"

    bool operator==(const Measure&) const = default;
};

/// A Measure bound to features.
class MeasureValues {
public:
    [[nodiscard]] static Expected<MeasureValues> bind(const Features& features, const Measure& measure);

    /// Nothing for null, and for a denominator of 0 or null.
    [[nodiscard]] std::optional<double> value(uint32_t feature, std::size_t time) const;
    [[nodiscard]] std::optional<double> numerator(uint32_t feature, std::size_t time) const;
    [[nodiscard]] std::optional<double> denominator(uint32_t feature, std::size_t time) const;
    /// Every value there is, of all times: what classes are made from.
    [[nodiscard]] std::vector<double> all_values(uint32_t feature_count, std::size_t time_count) const;
    [[nodiscard]] bool is_ratio() const { return denominator_.has_value(); }
    /// Which part of the value rests on an assumption, 0 to 1: of numerator and denominator the larger.
    [[nodiscard]] double assumed_share(uint32_t feature, std::size_t time) const;

private:
    std::optional<Field> numerator_;
    std::optional<Field> denominator_;
    double scale_ = 1;
};

}  // namespace diaban
