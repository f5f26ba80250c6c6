#include "ui/query/clause.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "base/i18n.h"

namespace diaban::ui {

using namespace query;

namespace {

Verb verb_of(Comparison sign) {
    switch (sign) {
        case Comparison::equal:
            return Verb::equal;
        case Comparison::not_equal:
            return Verb::not_equal;
        case Comparison::less:
            return Verb::less;
        case Comparison::at_most:
            return Verb::at_most;
        case Comparison::greater:
            return Verb::greater;
        case Comparison::at_least:
            return Verb::at_least;
    }
    return Verb::equal;
}

std::optional<Comparison> sign_of(Verb verb) {
    switch (verb) {
        case Verb::equal:
            return Comparison::equal;
        case Verb::not_equal:
            return Comparison::not_equal;
        case Verb::less:
            return Comparison::less;
        case Verb::at_most:
            return Comparison::at_most;
        case Verb::greater:
            return Comparison::greater;
        case Verb::at_least:
            return Comparison::at_least;
        default:
            return std::nullopt;
    }
}

bool plain_pattern(std::string_view text) {
    return text.find_first_of("%_") == std::string_view::npos;
}

/// "%x%" and "x%" are said as "contains" and "begins with"; other patterns stay patterns.
Clause like_clause(const Like& like) {
    const std::string_view p = like.pattern;
    if (!like.inverted && p.size() > 2 && p.front() == '%' && p.back() == '%' &&
        plain_pattern(p.substr(1, p.size() - 2)))
        return {like.of.front(), Verb::contains, {text_sum(std::string(p.substr(1, p.size() - 2)))}};
    if (!like.inverted && p.size() > 1 && p.back() == '%' && plain_pattern(p.substr(0, p.size() - 1)))
        return {like.of.front(), Verb::begins, {text_sum(std::string(p.substr(0, p.size() - 1)))}};
    return {like.of.front(), like.inverted ? Verb::not_like : Verb::like, {text_sum(like.pattern)}};
}

std::string text_of(const std::vector<Sum>& values) {
    const auto* text = values.empty() ? nullptr : std::get_if<Text>(&values.front().is);
    return text != nullptr ? text->text : std::string();
}

Condition like_condition(const Clause& clause, std::string pattern) {
    Condition made;
    made.is = Like{{clause.subject}, std::move(pattern), clause.verb == Verb::not_like};
    return made;
}

std::size_t values_wanted(Verb verb) {
    switch (verb) {
        case Verb::null:
        case Verb::not_null:
            return 0;
        case Verb::between:
        case Verb::not_between:
            return 2;
        default:
            return 1;
    }
}

bool is_pattern_verb(Verb verb) {
    return verb == Verb::contains || verb == Verb::begins || verb == Verb::like || verb == Verb::not_like;
}

ValueKind kind_of_column(const std::string& name, const Features& features) {
    const std::optional<Field> field = features.field(name);
    if (!field) return ValueKind::number;
    switch (field->column().type()) {
        case ColumnType::text:
            return ValueKind::text;
        case ColumnType::date:
        case ColumnType::date_time:
            return ValueKind::date;
        case ColumnType::boolean:
            return ValueKind::boolean;
        case ColumnType::integer:
        case ColumnType::real:
            break;
    }
    return ValueKind::number;
}

}  // namespace

std::optional<Clause> clause_of(const Condition& condition) {
    if (const auto* compare = std::get_if<Compare>(&condition.is))
        return Clause{compare->sides[0], verb_of(compare->sign), {compare->sides[1]}};
    if (const auto* in = std::get_if<In>(&condition.is))
        return Clause{in->values.front(),
                      in->inverted ? Verb::none_of : Verb::one_of,
                      {in->values.begin() + 1, in->values.end()}};
    if (const auto* between = std::get_if<Between>(&condition.is))
        return Clause{between->values[0],
                      between->inverted ? Verb::not_between : Verb::between,
                      {between->values[1], between->values[2]}};
    if (const auto* like = std::get_if<Like>(&condition.is)) return like_clause(*like);
    if (const auto* null = std::get_if<IsNull>(&condition.is))
        return Clause{null->of.front(), null->inverted ? Verb::not_null : Verb::null, {}};
    return std::nullopt;
}

Condition condition_of(const Clause& clause) {
    Condition made;
    switch (clause.verb) {
        case Verb::between:
        case Verb::not_between:
            made.is = Between{{clause.subject, clause.values[0], clause.values[1]}, clause.verb == Verb::not_between};
            return made;
        case Verb::one_of:
        case Verb::none_of: {
            In in{{clause.subject}, clause.verb == Verb::none_of};
            in.values.insert(in.values.end(), clause.values.begin(), clause.values.end());
            made.is = std::move(in);
            return made;
        }
        case Verb::contains:
            return like_condition(clause, "%" + text_of(clause.values) + "%");
        case Verb::begins:
            return like_condition(clause, text_of(clause.values) + "%");
        case Verb::like:
        case Verb::not_like:
            return like_condition(clause, text_of(clause.values));
        case Verb::null:
        case Verb::not_null:
            made.is = IsNull{{clause.subject}, clause.verb == Verb::not_null};
            return made;
        default:
            made.is = Compare{*sign_of(clause.verb), {clause.subject, clause.values.front()}};
            return made;
    }
}

ValueKind kind_of(const Sum& subject, const Features& features) {
    if (const auto* column = std::get_if<ColumnName>(&subject.is)) return kind_of_column(column->name, features);
    if (std::holds_alternative<Text>(subject.is) || std::holds_alternative<Plain>(subject.is)) return ValueKind::text;
    if (const auto* own = std::get_if<OwnMeasure>(&subject.is))
        return *own == OwnMeasure::area ? ValueKind::area : ValueKind::length;
    if (const auto* nearest = std::get_if<ToNearest>(&subject.is)) {
        if (nearest->part == NearestPart::name) return ValueKind::text;
        return nearest->part == NearestPart::distance ? ValueKind::length : ValueKind::degrees;
    }
    if (rate_columns(subject)) return ValueKind::share;
    return ValueKind::number;
}

std::span<const Verb> verbs_for(ValueKind kind) {
    static constexpr std::array text{Verb::equal, Verb::not_equal, Verb::contains, Verb::begins,
                                     Verb::like,  Verb::not_like,  Verb::null,     Verb::not_null};
    static constexpr std::array number{Verb::greater, Verb::at_least,  Verb::less, Verb::at_most, Verb::between,
                                       Verb::equal,   Verb::not_equal, Verb::null, Verb::not_null};
    static constexpr std::array date{Verb::between, Verb::at_least, Verb::greater, Verb::at_most,
                                     Verb::less,    Verb::equal,    Verb::null,    Verb::not_null};
    static constexpr std::array boolean{Verb::equal, Verb::null, Verb::not_null};
    switch (kind) {
        case ValueKind::text:
            return text;
        case ValueKind::date:
            return date;
        case ValueKind::boolean:
            return boolean;
        default:
            return number;
    }
}

std::string verb_words(Verb verb, ValueKind kind) {
    const bool date = kind == ValueKind::date;
    switch (verb) {
        case Verb::equal:
            return tr("is");
        case Verb::not_equal:
            return tr("is not");
        case Verb::less:
            return date ? tr("is before") : tr("is less than");
        case Verb::at_most:
            return date ? tr("is until") : tr("is at most");
        case Verb::greater:
            return date ? tr("is after") : tr("is more than");
        case Verb::at_least:
            return date ? tr("is from") : tr("is at least");
        case Verb::between:
            return tr("is between");
        case Verb::not_between:
            return tr("is not between");
        case Verb::one_of:
            return tr("is one of");
        case Verb::none_of:
            return tr("is none of");
        case Verb::contains:
            return tr("contains");
        case Verb::begins:
            return tr("begins with");
        case Verb::like:
            return tr("is like");
        case Verb::not_like:
            return tr("is not like");
        case Verb::null:
            return tr("is empty");
        case Verb::not_null:
            return tr("is not empty");
    }
    return {};
}

Clause with_verb(Clause clause, Verb verb) {
    // Several texts stay several: "is" of three values is "is one of".
    if (clause.values.size() > 1 && (clause.verb == Verb::one_of || clause.verb == Verb::none_of)) {
        if (verb == Verb::equal) verb = Verb::one_of;
        if (verb == Verb::not_equal) verb = Verb::none_of;
    }
    const bool several = verb == Verb::one_of || verb == Verb::none_of;
    const bool pattern = is_pattern_verb(verb);
    if (pattern && (clause.values.empty() || !std::holds_alternative<Text>(clause.values.front().is)))
        clause.values = {text_sum("")};
    if (!several) {
        const std::size_t wanted = values_wanted(verb);
        if (clause.values.empty() && wanted > 0) clause.values.push_back(number_sum(0));
        while (clause.values.size() < wanted)
            clause.values.push_back(clause.values.back());
        clause.values.resize(wanted);
    }
    clause.verb = verb;
    return clause;
}

ColumnFacts facts_of(const Field& field, const Features& features, std::size_t time) {
    ColumnFacts facts;
    const bool numeric = field.column().numeric();
    std::vector<double> numbers;
    std::unordered_map<std::string, uint32_t> counts;
    for (uint32_t f = 0; f < features.count(); ++f) {
        if (field.is_null(f, time)) continue;
        if (numeric) {
            const std::optional<double> number = field.number(f, time);
            if (!number || !std::isfinite(*number)) continue;
            numbers.push_back(*number);
            facts.whole = facts.whole && *number == std::floor(*number);
        } else {
            std::string text = field.text(f, time);
            if (facts.earliest.empty() || text < facts.earliest) facts.earliest = text;
            if (text > facts.latest) facts.latest = text;
            if (counts.size() < 20 * ColumnFacts::most_values) ++counts[std::move(text)];
        }
    }
    if (!numbers.empty()) {
        const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
        std::ranges::nth_element(numbers, middle);
        facts.middle = *middle;
        const auto [low, high] = std::ranges::minmax(numbers);
        facts.low = low;
        facts.high = high;
    }
    for (auto& [text, count] : counts)
        facts.values.push_back({text, count});
    std::ranges::sort(facts.values, [](const ColumnFacts::Value& a, const ColumnFacts::Value& b) {
        return a.count != b.count ? a.count > b.count : a.text < b.text;
    });
    facts.more_values = facts.values.size() > ColumnFacts::most_values;
    if (facts.more_values) facts.values.resize(ColumnFacts::most_values);
    return facts;
}

Sum first_value(const Sum& subject, const Features& features, std::size_t time) {
    switch (kind_of(subject, features)) {
        case ValueKind::share:
            return number_sum(20, NumberUnit::percent);
        case ValueKind::length:
            return number_sum(5, NumberUnit::kilometre);
        case ValueKind::area:
            return number_sum(10, NumberUnit::square_kilometre);
        case ValueKind::degrees:
            return number_sum(90);
        case ValueKind::boolean:
            return number_sum(1);
        case ValueKind::text:
        case ValueKind::date:
        case ValueKind::number:
            break;
    }
    const bool number = kind_of(subject, features) == ValueKind::number;
    const auto* column = std::get_if<ColumnName>(&subject.is);
    const std::optional<Field> field = column != nullptr ? features.field(column->name) : std::nullopt;
    // What is calculated is not known before it is asked: a number that counts reach.
    if (!field) return number ? number_sum(10) : text_sum("");
    const ColumnFacts facts = facts_of(*field, features, time);
    if (number) return number_sum(facts.middle);
    return text_sum(facts.values.empty() ? std::string() : facts.values.front().text);
}

Clause about(const Clause& clause, Sum subject, const Features& features, std::size_t time) {
    const ValueKind before = kind_of(clause.subject, features);
    const ValueKind after = kind_of(subject, features);
    Clause made = clause;
    made.subject = std::move(subject);
    const bool same_column = std::holds_alternative<ColumnName>(clause.subject.is) &&
                             std::holds_alternative<ColumnName>(made.subject.is) && clause.subject != made.subject;
    if (before == after && !same_column) return made;
    const auto verbs = verbs_for(after);
    const bool verb_fits = std::ranges::find(verbs, made.verb) != verbs.end() && !is_pattern_verb(made.verb);
    made.verb = verb_fits ? made.verb : verbs.front();
    made.values.assign(values_wanted(made.verb), first_value(made.subject, features, time));
    if (after == ValueKind::date && made.values.size() == 2) {
        // All of them, to be narrowed down.
        const auto* column = std::get_if<ColumnName>(&made.subject.is);
        const ColumnFacts facts = facts_of(*features.field(column->name), features, time);
        made.values = {text_sum(facts.earliest.substr(0, 10)), text_sum(facts.latest.substr(0, 10))};
    }
    return made;
}

Sum column_sum(std::string name) {
    Sum sum;
    sum.is = ColumnName{std::move(name)};
    return sum;
}

Sum number_sum(double value, NumberUnit unit) {
    Sum sum;
    sum.is = Number{value, unit};
    return sum;
}

Sum text_sum(std::string text) {
    Sum sum;
    sum.is = Text{std::move(text)};
    return sum;
}

std::optional<RateColumns> rate_columns(const Sum& sum) {
    const auto* ratio = std::get_if<Arithmetic>(&sum.is);
    if (ratio == nullptr || ratio->sign != '/') return std::nullopt;
    const auto* above = std::get_if<ColumnName>(&ratio->sides[0].is);
    const auto* below = std::get_if<ColumnName>(&ratio->sides[1].is);
    if (above == nullptr || below == nullptr) return std::nullopt;
    return RateColumns{above->name, below->name};
}

}  // namespace diaban::ui
