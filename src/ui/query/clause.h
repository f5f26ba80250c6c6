// A comparison as the builder shows it: a subject, a verb and values ("population", "is between", 1000 and 5000),
// whichever of the language's forms says it. No ImGui here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "query/language/condition.h"
#include "query/layers.h"

namespace diaban::ui {

enum class Verb {
    equal,
    not_equal,
    less,
    at_most,
    greater,
    at_least,
    between,
    not_between,
    one_of,
    none_of,
    contains,
    begins,
    like,
    not_like,
    null,
    not_null,
};

struct Clause {
    query::Sum subject;
    Verb verb = Verb::equal;
    std::vector<query::Sum> values;  ///< none for null, two for between, any number for one_of, else one
    bool operator==(const Clause&) const = default;
};

/// Nothing for what is no comparison. condition_of(*clause_of(c)) means the same as c, and nearly always equals it.
[[nodiscard]] std::optional<Clause> clause_of(const query::Condition& condition);
[[nodiscard]] query::Condition condition_of(const Clause& clause);

/// What a subject's values are like, and so what they are chosen with.
enum class ValueKind { number, share, text, date, boolean, length, area, degrees };
[[nodiscard]] ValueKind kind_of(const query::Sum& subject, const Features& features);
[[nodiscard]] std::span<const Verb> verbs_for(ValueKind kind);
/// "is more than"; of dates "is after".
[[nodiscard]] std::string verb_words(Verb verb, ValueKind kind);

/// The same clause with another verb, its values kept as far as they fit.
[[nodiscard]] Clause with_verb(Clause clause, Verb verb);

/// What a column holds: what its values are offered and dragged by. Null and NaN are passed over.
struct ColumnFacts {
    double low = 0, high = 0, middle = 0;  ///< of its numbers; 0 where it has none
    bool whole = true;                     ///< no number with decimals among them
    struct Value {
        std::string text;
        uint32_t count = 0;
    };
    std::vector<Value> values;  ///< different ones, the most frequent first; at most most_values of them
    bool more_values = false;
    std::string earliest, latest;  ///< of texts in their bytes' order: right for dates
    static constexpr std::size_t most_values = 1000;
};
[[nodiscard]] ColumnFacts facts_of(const Field& field, const Features& features, std::size_t time);

// ── values to begin with ──

/// One that leaves some features and takes others: the middle of its numbers, the most frequent text.
[[nodiscard]] query::Sum first_value(const query::Sum& subject, const Features& features, std::size_t time);
/// A clause about another subject: the verb and the values of the old one where they fit it, else first ones.
[[nodiscard]] Clause about(const Clause& clause, query::Sum subject, const Features& features, std::size_t time);

// ── small makers ──
[[nodiscard]] query::Sum column_sum(std::string name);
[[nodiscard]] query::Sum number_sum(double value, query::NumberUnit unit = query::NumberUnit::none);
[[nodiscard]] query::Sum text_sum(std::string text);
/// The two columns of "a / b"; nothing for everything else.
struct RateColumns {
    std::string numerator, denominator;
};
[[nodiscard]] std::optional<RateColumns> rate_columns(const query::Sum& sum);

}  // namespace diaban::ui
