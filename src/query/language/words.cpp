#include "query/language/words.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "query/compare_text.h"
#include "query/language/word_parts.h"

namespace diaban {

using namespace query;

namespace {

bool is_leaf(const Condition& condition) {
    return !std::holds_alternative<AllOf>(condition.is) && !std::holds_alternative<AnyOf>(condition.is);
}

Comparison turned_round(Comparison sign) {
    switch (sign) {
        case Comparison::less:
            return Comparison::greater;
        case Comparison::at_most:
            return Comparison::at_least;
        case Comparison::greater:
            return Comparison::less;
        case Comparison::at_least:
            return Comparison::at_most;
        case Comparison::equal:
        case Comparison::not_equal:
            return sign;
    }
    throw std::logic_error("a comparison out of range");
}

Comparison opposite(Comparison sign) {
    constexpr std::array<Comparison, 6> opposites{Comparison::not_equal, Comparison::equal,   Comparison::at_least,
                                                  Comparison::greater,   Comparison::at_most, Comparison::less};
    return opposites.at(static_cast<std::size_t>(sign));
}

/// Behind "whose x is".
const char* compared_form(Comparison sign) {
    switch (sign) {
        case Comparison::equal:
            return tr("whose {0} is {1}");
        case Comparison::not_equal:
            return tr("whose {0} is not {1}");
        case Comparison::less:
            return tr("whose {0} is below {1}");
        case Comparison::at_most:
            return tr("whose {0} is at most {1}");
        case Comparison::greater:
            return tr("whose {0} is above {1}");
        case Comparison::at_least:
            return tr("whose {0} is at least {1}");
    }
    throw std::logic_error("a comparison out of range");
}

/// The same of days.
const char* dated_form(Comparison sign) {
    switch (sign) {
        case Comparison::less:
            return tr("whose {0} is before {1}");
        case Comparison::at_most:
            return tr("whose {0} is {1} or before");
        case Comparison::greater:
            return tr("whose {0} is after {1}");
        case Comparison::at_least:
            return tr("whose {0} is {1} or after");
        case Comparison::equal:
        case Comparison::not_equal:
            return compared_form(sign);
    }
    throw std::logic_error("a comparison out of range");
}

bool is_day(const Sum& sum) {
    const auto* text = std::get_if<Text>(&sum.is);
    return text != nullptr && diaban::is_day(text->text);
}

const char* counted_form(Comparison sign) {
    switch (sign) {
        case Comparison::equal:
            return tr("with exactly {0} {1}");
        case Comparison::not_equal:
            return tr("with more or fewer than {0} {1}");
        case Comparison::less:
            return tr("with fewer than {0} {1}");
        case Comparison::at_most:
            return tr("with at most {0} {1}");
        case Comparison::greater:
            return tr("with more than {0} {1}");
        case Comparison::at_least:
            return tr("with at least {0} {1}");
    }
    throw std::logic_error("a comparison out of range");
}

const char* relation_form(Relation relation, bool negated) {
    switch (relation) {
        case Relation::intersects:
            return negated ? tr("that intersect none of {}") : tr("that intersect one of {}");
        case Relation::within:
            return negated ? tr("that lie within none of {}") : tr("that lie within one of {}");
        case Relation::contains:
            return negated ? tr("that contain none of {}") : tr("that contain one of {}");
        case Relation::touches:
            return negated ? tr("that touch none of {}") : tr("that touch one of {}");
        case Relation::overlaps:
            return negated ? tr("that overlap none of {}") : tr("that overlap one of {}");
        case Relation::crosses:
            return negated ? tr("that cross none of {}") : tr("that cross one of {}");
    }
    throw std::logic_error("a relation out of range");
}

/// A condition as a clause: "that …", "whose …", "with …". Negated is what stands behind "not": null values belong to
/// it, and that is said.
class ConditionWords {
public:
    ConditionWords(const LayerNames& names, bool negated) : names_(names), negated_(negated) {}

    std::string operator()(const Everything&) const { return negated_ ? tr("that are none") : std::string(); }
    std::string operator()(const AllOf& all) const {
        if (negated_) return negation_of(all);
        std::vector<std::string> parts;
        bool groups = false;
        for (const Condition& part : all.of) {
            if (part.keeps_all()) continue;
            groups = groups || std::holds_alternative<AnyOf>(part.is);
            parts.push_back(group_in_all(part));
        }
        return groups && parts.size() > 1 ? joined_with(parts, tr("{0}, and {1}")) : joined_by_and(parts);
    }
    std::string operator()(const AnyOf& any) const {
        if (negated_) return negation_of(any);
        std::vector<std::string> parts;
        bool groups = false;
        for (const Condition& part : any.of) {
            groups = groups || !is_leaf(part);
            parts.push_back(group_in_any(part));
        }
        return groups && parts.size() > 1 ? joined_with(parts, tr("{0}, or {1}")) : joined_by_or(parts);
    }
    std::string operator()(const Not& inverted) const { return words(inverted.of.at(0), !negated_); }

    std::string operator()(const Compare& compare) const {
        const bool constant_first = is_number(compare.sides.at(0)) && !is_number(compare.sides.at(1));
        const Sum& left = compare.sides.at(constant_first ? 1 : 0);
        const Sum& right = compare.sides.at(constant_first ? 0 : 1);
        const Comparison sign = constant_first ? turned_round(compare.sign) : compare.sign;
        const auto* counted = std::get_if<Aggregate>(&left.is);
        const auto* number = std::get_if<Number>(&right.is);
        const bool counts = counted != nullptr && number != nullptr && number->unit == NumberUnit::none &&
                            (counted->kind == AggregateKind::count || counted->kind == AggregateKind::density);
        const Comparison said = negated_ ? opposite(sign) : sign;
        if (counts) return counted_words(*counted, said, number->value);
        return or_null(worded(is_day(right) ? dated_form(said) : compared_form(said), words(left), words(right)));
    }
    std::string operator()(const In& in) const {
        std::vector<std::string> values;
        for (std::size_t i = 1; i < in.values.size(); ++i)
            values.push_back(words(in.values[i]));
        const std::string value = words(in.values.at(0));
        if (in.inverted == negated_) return or_null(worded(tr("whose {0} is {1}"), value, joined_by_or(values)));
        if (values.size() == 1) return or_null(worded(tr("whose {0} is not {1}"), value, values[0]));
        return or_null(worded(tr("whose {0} is none of {1}"), value, joined_by_and(values)));
    }
    std::string operator()(const Between& between) const {
        const char* form = between.inverted == negated_ ? tr("whose {0} is between {1} and {2}")
                                                        : tr("whose {0} is not between {1} and {2}");
        return or_null(
            worded(form, words(between.values.at(0)), words(between.values.at(1)), words(between.values.at(2))));
    }
    std::string operator()(const Like& like) const {
        const bool holds = like.inverted == negated_;
        std::string_view kept = like.pattern;
        const bool open_start = kept.starts_with('%');
        if (open_start) kept.remove_prefix(1);
        const bool open_end = kept.ends_with('%');
        if (open_end) kept.remove_suffix(1);
        const char* form = holds ? tr("whose {0} is like “{1}”") : tr("whose {0} is not like “{1}”");
        if (kept.empty() || kept.find_first_of("%_") != std::string_view::npos)
            kept = like.pattern;
        else if (open_start && open_end)
            form = holds ? tr("whose {0} contains “{1}”") : tr("whose {0} does not contain “{1}”");
        else if (open_start)
            form = holds ? tr("whose {0} ends in “{1}”") : tr("whose {0} does not end in “{1}”");
        else if (open_end)
            form = holds ? tr("whose {0} begins with “{1}”") : tr("whose {0} does not begin with “{1}”");
        else
            form = holds ? tr("whose {0} is “{1}”") : tr("whose {0} is not “{1}”");
        return or_null(worded(form, words(like.of.at(0)), kept));
    }
    std::string operator()(const IsNull& null) const {
        return worded(null.inverted == negated_ ? tr("whose {} is not known") : tr("whose {} is known"),
                      words(null.of.at(0)));
    }

    std::string operator()(const Relates& relates) const {
        return worded(relation_form(relates.relation, negated_), words(relates.target));
    }
    std::string operator()(const Near& near) const {
        const char* form = near.beyond ? (negated_ ? tr("that are not farther than {0} from every one of {1}")
                                                   : tr("that are farther than {0} from every one of {1}"))
                                       : (negated_ ? tr("that are within {0} of none of {1}")
                                                   : tr("that are within {0} of one of {1}"));
        return worded(form, in_words(near.distance), words(near.target));
    }
    std::string operator()(const AmongNearest& among) const {
        if (among.count == 1)
            return worded(
                negated_ ? tr("that are not the nearest to any of {}") : tr("that are the nearest to one of {}"),
                words(among.target));
        return worded(negated_ ? tr("that are not among the {0} nearest to any of {1}")
                               : tr("that are among the {0} nearest to one of {1}"),
                      number_in_words(among.count), words(among.target));
    }
    std::string operator()(const RunsAlong& runs) const {
        std::string out =
            worded(negated_ ? tr("that do not run along {}") : tr("that run along {}"), words(runs.target));
        if (runs.length != RunsAlong{}.length) out = worded(tr("{0} for at least {1}"), out, in_words(runs.length));
        if (runs.tolerance != RunsAlong{}.tolerance)
            out = worded(tr("{0} no farther than {1} from it"), out, in_words(runs.tolerance));
        return out;
    }
    std::string operator()(const InBelt& belt) const {
        return worded(negated_ ? tr("that do not reach into the border belt {0} deep from {1}")
                               : tr("that reach into the border belt {0} deep from {1}"),
                      in_words(belt.depth), words(belt.target));
    }
    std::string operator()(const InDrawn& drawn) const {
        return worded(negated_ ? tr("that do not reach into {}") : tr("that reach into {}"),
                      std::visit(*this, drawn.shape));
    }
    std::string operator()(const DrawnBox&) const { return tr("the drawn rectangle"); }
    std::string operator()(const DrawnPolygon&) const { return tr("the drawn polygon"); }
    std::string operator()(const DrawnCircle& circle) const {
        return worded(tr("the circle of {0} around {1}"), in_words(circle.radius),
                      format_lon_lat(circle.centre.x, circle.centre.y));
    }

private:
    [[nodiscard]] std::string words(const Condition& condition, bool negated = false) const {
        return std::visit(ConditionWords(names_, negated), condition.is);
    }
    [[nodiscard]] std::string words(const Sum& sum) const { return in_words(sum, names_); }
    [[nodiscard]] std::string words(const Target& target) const { return in_words(target, names_); }

    static bool is_number(const Sum& sum) { return std::holds_alternative<Number>(sum.is); }

    static std::string joined_with(const std::vector<std::string>& parts, const char* form) {
        std::string out = parts.at(0);
        for (std::size_t i = 1; i < parts.size(); ++i)
            out = worded(form, out, parts[i]);
        return out;
    }

    /// "either a or b" needs no brackets where a and b are simple.
    [[nodiscard]] std::string group_in_all(const Condition& part) const {
        const auto* any = std::get_if<AnyOf>(&part.is);
        if (any == nullptr) return words(part);
        if (any->of.size() > 1 && std::ranges::all_of(any->of, is_leaf)) return worded(tr("either {}"), words(part));
        return "(" + words(part) + ")";
    }
    [[nodiscard]] std::string group_in_any(const Condition& part) const {
        const auto* all = std::get_if<AllOf>(&part.is);
        if (all == nullptr || std::ranges::all_of(all->of, is_leaf)) return words(part);
        return "(" + words(part) + ")";
    }
    template <class Group>
    [[nodiscard]] std::string negation_of(const Group& group) const {
        return worded(tr("that are not among those ({})"), ConditionWords(names_, false)(group));
    }

    [[nodiscard]] std::string or_null(const std::string& clause) const {
        return negated_ ? worded(tr("{} (or not known)"), clause) : clause;
    }

    [[nodiscard]] std::string counted_words(const Aggregate& counted, Comparison sign, double number) const {
        std::string what = words(counted.target);
        const bool density = counted.kind == AggregateKind::density;
        if (counted.reach) what = worded(tr("{0} within {1}"), what, in_words(*counted.reach));
        if (!counted.reach && !density) what = worded(tr("{} in them"), what);
        if (density && counted.per.empty()) what = worded(tr("{} per km²"), what);
        if (density && !counted.per.empty())
            what = worded(tr("{0} per {1} {2}"), what, number_in_words(counted.per_each), words(counted.per.front()));
        using enum Comparison;
        const bool none =
            (number == 0 && (sign == equal || sign == at_most)) || (number == 1 && sign == less && !density);
        const bool some =
            (number == 0 && (sign == greater || sign == not_equal)) || (number == 1 && sign == at_least && !density);
        if (none) return worded(tr("with no {}"), what);
        if (some) return worded(tr("with {}"), what);
        return worded(counted_form(sign), number_in_words(number), what);
    }

    const LayerNames& names_;
    bool negated_;
};

}  // namespace

std::string in_words(const Condition& condition, const LayerNames& names) {
    return std::visit(ConditionWords(names, false), condition.is);
}

}  // namespace diaban
