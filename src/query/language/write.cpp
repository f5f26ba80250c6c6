#include "query/language/write.h"

#include <fmt/format.h>

#include "query/language/tokens.h"

namespace diaban {

using namespace query;

namespace {

std::string doubled(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote) out += quote;
        out += c;
    }
    return out + quote;
}

std::string name_text(const std::string& name) {
    return stands_bare(name) ? name : doubled(name, '"');
}
std::string in_brackets(const std::string& text) {
    return "(" + text + ")";
}

std::string_view unit_text(NumberUnit unit) {
    switch (unit) {
        case NumberUnit::none:
            return "";
        case NumberUnit::percent:
            return "%";
        case NumberUnit::metre:
            return " m";
        case NumberUnit::kilometre:
            return " km";
        case NumberUnit::square_metre:
            return " m2";
        case NumberUnit::hectare:
            return " ha";
        case NumberUnit::square_kilometre:
            return " km2";
    }
    throw std::logic_error("a unit out of range");
}

std::string_view sign_text(Comparison sign) {
    switch (sign) {
        case Comparison::equal:
            return "=";
        case Comparison::not_equal:
            return "!=";
        case Comparison::less:
            return "<";
        case Comparison::at_most:
            return "<=";
        case Comparison::greater:
            return ">";
        case Comparison::at_least:
            return ">=";
    }
    throw std::logic_error("a comparison out of range");
}

std::string_view kind_text(AggregateKind kind) {
    switch (kind) {
        case AggregateKind::count:
            return "count";
        case AggregateKind::sum:
            return "sum";
        case AggregateKind::mean:
            return "mean";
        case AggregateKind::min:
            return "min";
        case AggregateKind::max:
            return "max";
        case AggregateKind::distinct:
            return "distinct";
        case AggregateKind::density:
            return "density";
    }
    throw std::logic_error("an aggregate out of range");
}

std::string_view part_text(NearestPart part) {
    switch (part) {
        case NearestPart::distance:
            return "distance";
        case NearestPart::direction:
            return "direction";
        case NearestPart::name:
            return "nearest";
    }
    throw std::logic_error("a part of the nearest out of range");
}

std::string_view relation_text(Relation relation) {
    switch (relation) {
        case Relation::intersects:
            return "intersects";
        case Relation::within:
            return "within";
        case Relation::contains:
            return "contains";
        case Relation::touches:
            return "touches";
        case Relation::overlaps:
            return "overlaps";
        case Relation::crosses:
            return "crosses";
    }
    throw std::logic_error("a relation out of range");
}

// ── sums ──

/// How strongly a sum holds together: brackets go round what binds less than where it stands asks for.
enum Binding { adds = 1, multiplies = 2, stands_alone = 3 };

Binding binding_of(const Sum& sum) {
    const auto* arithmetic = std::get_if<Arithmetic>(&sum.is);
    if (arithmetic == nullptr) return stands_alone;
    return arithmetic->sign == '+' || arithmetic->sign == '-' ? adds : multiplies;
}

std::string text_in(const Sum& sum, int needed) {
    return binding_of(sum) < needed ? in_brackets(to_text(sum)) : to_text(sum);
}

struct SumWriter {
    std::string operator()(const Number& number) const {
        return fmt::format("{}{}", number.value, unit_text(number.unit));
    }
    std::string operator()(const Text& text) const { return doubled(text.text, '\''); }
    std::string operator()(const ColumnName& column) const { return name_text(column.name); }
    std::string operator()(const Plain& plain) const { return "plain" + in_brackets(to_text(plain.of.at(0))); }
    std::string operator()(const Negative& negative) const {
        // "-5" would be read as the number −5.
        const Sum& of = negative.of.at(0);
        const bool number = std::holds_alternative<Number>(of.is);
        return "-" + (number ? in_brackets(to_text(of)) : text_in(of, stands_alone));
    }
    std::string operator()(const Arithmetic& arithmetic) const {
        const int here = arithmetic.sign == '+' || arithmetic.sign == '-' ? adds : multiplies;
        return fmt::format("{} {} {}", text_in(arithmetic.sides.at(0), here), arithmetic.sign,
                           text_in(arithmetic.sides.at(1), here + 1));
    }
    std::string operator()(const Aggregate& aggregate) const {
        std::string inner;
        for (const Sum& of : aggregate.of)
            inner += to_text(of) + " of ";
        inner += to_text(aggregate.target);
        if (aggregate.reach) inner += " within " + to_text(*aggregate.reach);
        for (const Sum& per : aggregate.per)
            inner += fmt::format(" per {} {}", aggregate.per_each, text_in(per, stands_alone));
        return std::string(kind_text(aggregate.kind)) + in_brackets(inner);
    }
    std::string operator()(const ToNearest& nearest) const {
        return std::string(part_text(nearest.part)) + in_brackets(to_text(nearest.target));
    }
    std::string operator()(OwnMeasure measure) const { return measure == OwnMeasure::area ? "area()" : "length()"; }
};

// ── conditions ──

std::string inside(const Condition& condition, bool brackets);

std::string listed(const std::vector<Condition>& of, std::string_view joint, bool (*needs_brackets)(const Condition&)) {
    std::string out;
    for (const Condition& condition : of) {
        if (!out.empty()) out += joint;
        out += inside(condition, needs_brackets(condition));
    }
    return out;
}

bool is_any(const Condition& condition) {
    return std::holds_alternative<AnyOf>(condition.is);
}
bool is_list(const Condition& condition) {
    return is_any(condition) || std::holds_alternative<AllOf>(condition.is);
}

struct ConditionWriter {
    // Inside another condition it has to be written as something; nobody writes it there.
    std::string operator()(const Everything&) const { return "1 = 1"; }
    std::string operator()(const AllOf& all) const {
        return all.of.empty() ? "1 = 1" : listed(all.of, " and ", is_list);
    }
    std::string operator()(const AnyOf& any) const { return any.of.empty() ? "1 = 0" : listed(any.of, " or ", is_any); }
    std::string operator()(const Not& negated) const {
        const Condition& of = negated.of.at(0);
        const bool brackets = is_list(of) || std::holds_alternative<Not>(of.is);
        return "not " + inside(of, brackets);
    }
    std::string operator()(const Compare& compare) const {
        return fmt::format("{} {} {}", to_text(compare.sides.at(0)), sign_text(compare.sign),
                           to_text(compare.sides.at(1)));
    }
    std::string operator()(const In& in) const {
        std::string values;
        for (std::size_t i = 1; i < in.values.size(); ++i)
            values += (i > 1 ? ", " : "") + to_text(in.values[i]);
        return fmt::format("{}{} in ({})", to_text(in.values.at(0)), inverted(in.inverted), values);
    }
    std::string operator()(const Between& between) const {
        return fmt::format("{}{} between {} and {}", to_text(between.values.at(0)), inverted(between.inverted),
                           to_text(between.values.at(1)), to_text(between.values.at(2)));
    }
    std::string operator()(const Like& like) const {
        return fmt::format("{}{} like {}", to_text(like.of.at(0)), inverted(like.inverted),
                           doubled(like.pattern, '\''));
    }
    std::string operator()(const IsNull& null) const {
        return fmt::format("{} is{} null", to_text(null.of.at(0)), inverted(null.inverted));
    }
    std::string operator()(const Relates& relates) const {
        return fmt::format("{} {}", relation_text(relates.relation), to_text(relates.target));
    }
    std::string operator()(const Near& near) const {
        return fmt::format("{} {} of {}", near.beyond ? "beyond" : "within", to_text(near.distance),
                           to_text(near.target));
    }
    std::string operator()(const AmongNearest& among) const {
        return fmt::format("among {} nearest to {}", among.count, to_text(among.target));
    }
    std::string operator()(const RunsAlong& runs) const {
        std::string out = "along " + to_text(runs.target);
        if (runs.tolerance != RunsAlong{}.tolerance) out += " within " + to_text(runs.tolerance);
        if (runs.length != RunsAlong{}.length) out += " for " + to_text(runs.length);
        return out;
    }
    std::string operator()(const InBelt& belt) const {
        return fmt::format("in belt {} of {}", to_text(belt.depth), to_text(belt.target));
    }
    std::string operator()(const InDrawn& drawn) const { return "in " + std::visit(*this, drawn.shape); }

    std::string operator()(const DrawnBox& box) const {
        return fmt::format("box ({}, {}, {}, {})", box.degrees.min_x, box.degrees.min_y, box.degrees.max_x,
                           box.degrees.max_y);
    }
    std::string operator()(const DrawnCircle& circle) const {
        return fmt::format("circle ({}, {}, {})", circle.centre.x, circle.centre.y, to_text(circle.radius));
    }
    std::string operator()(const DrawnPolygon& polygon) const {
        std::string corners;
        for (const Point corner : polygon.degrees)
            corners += fmt::format("{}{} {}", corners.empty() ? "" : ", ", corner.x, corner.y);
        return "polygon " + in_brackets(corners);
    }

private:
    static std::string_view inverted(bool is) { return is ? " not" : ""; }
};

std::string inside(const Condition& condition, bool brackets) {
    const std::string text = std::visit(ConditionWriter(), condition.is);
    return brackets ? in_brackets(text) : text;
}

}  // namespace

std::string to_text(const Condition& condition) {
    return condition.keeps_all() ? std::string() : std::visit(ConditionWriter(), condition.is);
}

std::string to_text(const Sum& sum) {
    return std::visit(SumWriter(), sum.is);
}

std::string to_text(const Target& target) {
    std::string out = name_text(target.layer);
    for (const Condition& where : target.where)
        if (!where.keeps_all()) out += " where " + in_brackets(to_text(where));
    return out;
}

std::string to_text(const Distance& distance) {
    return fmt::format("{} {}", distance.value, distance.unit == LengthUnit::metre ? "m" : "km");
}

}  // namespace diaban
