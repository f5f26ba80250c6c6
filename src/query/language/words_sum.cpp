#include <cmath>

#include "base/format.h"
#include "query/compare_text.h"
#include "query/language/tokens.h"
#include "query/language/word_parts.h"

namespace diaban {

using namespace query;

namespace {

std::string joined(const std::vector<std::string>& parts, const char* last_two) {
    if (parts.empty()) return {};
    std::string out = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i)
        out = i + 1 < parts.size() ? out + ", " + parts[i] : worded(last_two, out, parts[i]);
    return out;
}

std::string with_unit(const std::string& value, NumberUnit unit) {
    switch (unit) {
        case NumberUnit::none:
            return value;
        case NumberUnit::percent:
            return value + "%";
        case NumberUnit::metre:
            return value + " m";
        case NumberUnit::kilometre:
            return value + " km";
        case NumberUnit::square_metre:
            return value + " m²";
        case NumberUnit::hectare:
            return value + " ha";
        case NumberUnit::square_kilometre:
            return value + " km²";
    }
    throw std::logic_error("a unit out of range");
}

class SumWords {
public:
    explicit SumWords(const LayerNames& names) : names_(names) {}

    std::string operator()(const Number& number) const { return with_unit(number_in_words(number.value), number.unit); }
    std::string operator()(const Text& text) const { return is_day(text.text) ? text.text : "“" + text.text + "”"; }
    std::string operator()(const ColumnName& column) const {
        return stands_bare(column.name) ? column.name : "“" + column.name + "”";
    }
    std::string operator()(const Plain& plain) const {
        return worded(tr("{} without diacritics"), in_words(plain.of.at(0), names_));
    }
    std::string operator()(const Negative& negative) const { return "−" + factor(negative.of.at(0)); }
    std::string operator()(const Arithmetic& sum) const {
        const bool adds = sum.sign == '+' || sum.sign == '-';
        const std::string left = adds ? in_words(sum.sides.at(0), names_) : term(sum.sides.at(0));
        const std::string right = sum.sign == '+' ? in_words(sum.sides.at(1), names_)
                                  : adds          ? term(sum.sides.at(1))
                                                  : factor(sum.sides.at(1));
        const char* sign = sum.sign == '-' ? "−" : sum.sign == '*' ? "×" : sum.sign == '/' ? "/" : "+";
        return fmt::format("{} {} {}", left, sign, right);
    }
    std::string operator()(const Aggregate& aggregate) const {
        std::string what = in_words(aggregate.target, names_);
        if (aggregate.reach) what = worded(tr("{0} within {1}"), what, in_words(*aggregate.reach));
        const std::string of = aggregate.of.empty() ? std::string() : in_words(aggregate.of.front(), names_);
        switch (aggregate.kind) {
            case AggregateKind::count:
                return worded(tr("number of {}"), what);
            case AggregateKind::sum:
                return worded(tr("sum of {0} of {1}"), of, what);
            case AggregateKind::mean:
                return worded(tr("mean {0} of {1}"), of, what);
            case AggregateKind::min:
                return worded(tr("smallest {0} of {1}"), of, what);
            case AggregateKind::max:
                return worded(tr("largest {0} of {1}"), of, what);
            case AggregateKind::distinct:
                return worded(tr("number of different {0} of {1}"), of, what);
            case AggregateKind::density:
                if (aggregate.per.empty()) return worded(tr("number of {} per km²"), what);
                return worded(tr("number of {0} per {1} {2}"), what, number_in_words(aggregate.per_each),
                              factor(aggregate.per.front()));
        }
        throw std::logic_error("an aggregate out of range");
    }
    std::string operator()(const ToNearest& nearest) const {
        const std::string what = in_words(nearest.target, names_);
        switch (nearest.part) {
            case NearestPart::distance:
                return worded(tr("distance to the nearest of {}"), what);
            case NearestPart::direction:
                return worded(tr("direction to the nearest of {}"), what);
            case NearestPart::name:
                return worded(tr("nearest of {}"), what);
        }
        throw std::logic_error("a part of the nearest out of range");
    }
    std::string operator()(OwnMeasure measure) const { return measure == OwnMeasure::area ? tr("area") : tr("length"); }

private:
    [[nodiscard]] std::string bracketed(const Sum& sum, bool brackets) const {
        return brackets ? "(" + in_words(sum, names_) + ")" : in_words(sum, names_);
    }
    [[nodiscard]] std::string term(const Sum& sum) const {
        const auto* inner = std::get_if<Arithmetic>(&sum.is);
        return bracketed(sum, inner != nullptr && (inner->sign == '+' || inner->sign == '-'));
    }
    [[nodiscard]] std::string factor(const Sum& sum) const {
        return bracketed(sum, std::holds_alternative<Arithmetic>(sum.is));
    }

    const LayerNames& names_;
};

}  // namespace

std::string number_in_words(double value) {
    // A year is not 2,021.
    if (std::floor(value) == value && std::abs(value) < 10'000)
        return (value < 0 ? "−" : "") + fmt::format("{}", std::abs(value));
    const std::string digits = fmt::format("{}", value);
    const std::size_t point = digits.find('.');
    if (digits.find('e') != std::string::npos) return digits;
    return format_number(value, point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1));
}

std::string in_words(const Distance& distance) {
    return with_unit(number_in_words(distance.value),
                     distance.unit == LengthUnit::metre ? NumberUnit::metre : NumberUnit::kilometre);
}

std::string joined_by_and(const std::vector<std::string>& parts) {
    return joined(parts, tr("{0} and {1}"));
}
std::string joined_by_or(const std::vector<std::string>& parts) {
    return joined(parts, tr("{0} or {1}"));
}

std::string in_words(const Sum& sum, const LayerNames& names) {
    return std::visit(SumWords(names), sum.is);
}

std::string in_words(const Target& target, const LayerNames& names) {
    std::string name = "“" + names(target.layer) + "”";
    if (target.where.empty() || target.where.front().keeps_all()) return name;
    return worded(tr("{0} (those {1})"), name, in_words(target.where.front(), names));
}

}  // namespace diaban
