// Data keyed to old units, carried over to new ones. Counts are divided by the crosswalk's shares and keep their
// totals; rates are worked out again from their numerators and denominators; what rests on an assumed share says so.
//
//     auto rules = guess_rules(nutrition, "old_full_name", "since_year").rules;
//     Carried carried = carry(nutrition, "old_full_name", "since_year", rules, crosswalk).value();
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/crosswalk/correspondence.h"
#include "data/table.h"

namespace diaban {

enum class CarryKind {
    whole_count,  ///< added up; divided so that whole numbers stay whole (apportion())
    count,        ///< added up; divided as it is (divide())
    rate,         ///< numerator / denominator × scale, both carried; never averaged. Of rows that have both, and of
                  ///< the parts before they are rounded to whole numbers: a unit's rate is that of all its parts
    mean,         ///< a mean of what `denominator` counts: weighted by the denominator's parts
    label,        ///< text, flags, years: kept where all sources agree, else all of them, "a; b"
    leave_out,    ///< not wanted
};
/// "whole_count", …; what a workspace and the command line write.
[[nodiscard]] std::string to_id(CarryKind kind);
[[nodiscard]] std::optional<CarryKind> carry_kind_from_id(std::string_view id);

struct ColumnRule {
    std::string column;
    CarryKind kind = CarryKind::label;
    std::string numerator;    ///< of a rate: a column of the table
    std::string denominator;  ///< of a rate or a mean: a column of the table
    double scale = 1;         ///< of a rate: 100 for percent
    bool operator==(const ColumnRule&) const = default;
};

/// Rules as the columns suggest them, and what only the user can tell; a rule with a question is refused by carry()
/// until it is answered, but for counts.
struct GuessedRules {
    std::vector<ColumnRule> rules;  ///< one a column, key and time left aside
    struct Question {
        std::string column;
        std::string text;  ///< translated
        bool operator==(const Question&) const = default;
    };
    std::vector<Question> questions;
};
/// Integers are whole counts, reals counts (asked about); a column called a rate, a mean, a density or "%" is one, and
/// needs its numerator and denominator; codes, years, text, dates and flags are labels.
[[nodiscard]] GuessedRules guess_rules(const Table& table, std::string_view key, std::string_view time);

/// What a counted column held before and holds after, at one time.
struct CarriedTotal {
    std::string column;
    std::string time;  ///< as text; empty without times
    double before = 0;
    double after = 0;
    double lost = 0;  ///< of units that are unknown, go nowhere, or not wholly somewhere
    bool operator==(const CarriedTotal&) const = default;
};

struct Carried {
    /// The key (ids of the new units), the time, "unit_name" where units have names, then the columns of the rules in
    /// the table's order, each with "<column>.assumed" behind it where anything of it rests on an assumption: a real
    /// from 0 (nothing) to 1 (all). Then "sources": "Xã A 100%; Xã B 50% (assumed equal)", and "incomplete" where any
    /// row lacks something: sources without a row or a value. A table that the crosswalk does not change has neither.
    Table table;
    std::vector<CarriedTotal> totals;
    Diagnostics diagnostics;
};

/// One row for each new unit and time of which a source has a row, in the order in which the table first speaks of
/// them; an identity keeps the table as it is. Null stays null: only a unit none of whose sources has a value has none.
/// A whole count's totals are equal to the last one; a real count's to n units in the last place of n numbers. Keys are
/// matched by UnitLookup. Rows whose unit is unknown or ambiguous, or goes nowhere, and columns without a rule are
/// reported with their totals, never dropped silently.
///
/// Errors (bad_input): a column that is not there or does not fit its rule; a rate without numerator and denominator; a
/// mean without denominator; shares above 1 in sum; a whole count beyond 2^63. `time` may be empty.
[[nodiscard]] Expected<Carried> carry(const Table& old_data, const std::string& key, const std::string& time,
                                      const std::vector<ColumnRule>& rules, const Crosswalk& crosswalk);

}  // namespace diaban
