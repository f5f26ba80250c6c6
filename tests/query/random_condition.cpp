#include "random_condition.h"

#include <array>

namespace diaban::query {

double RandomConditions::number() {
    constexpr std::array<double, 10> values{0, 1, 20, 0.1, 1e-7, 12345.678, 1e20, 1.0 / 3, 2021, 5e-300};
    return coin() ? values.at(static_cast<std::size_t>(below(10)))
                  : std::uniform_real_distribution<double>(0, 1000)(random_);
}

std::string RandomConditions::name() {
    // Words of the grammar, reserved ones, units, and names that have to be quoted.
    constexpr std::array<const char*, 26> names{"kind",   "stunted",  "malnutrition.stunted",
                                                "số_hộ",  "số hộ",    "within",
                                                "beyond", "of",       "where",
                                                "count",  "and",      "NULL",
                                                "m",      "km",       "nearest",
                                                "belt",   "per",      "to",
                                                "for",    "among",    "a \"b\"",
                                                "2021",   "tổng−phụ", "x-y",
                                                "in",     "direction"};
    return names.at(static_cast<std::size_t>(below(26)));
}

std::string RandomConditions::text() {
    constexpr std::array<const char*, 6> texts{"", "built", "it's", "Bình Liêu", "a \"b\" ; (", "%_"};
    return texts.at(static_cast<std::size_t>(below(6)));
}

Distance RandomConditions::distance() {
    return {number(), coin() ? LengthUnit::metre : LengthUnit::kilometre};
}

Target RandomConditions::target(int depth) {
    Target what{.layer = name(), .where = {}, .written = {}};
    if (depth > 0 && below(3) == 0) what.where.push_back(condition(depth - 1));
    return what;
}

Sum RandomConditions::literal() {
    if (coin()) return {Text{text()}, {}};
    return {Number{coin() ? number() : -number(), static_cast<NumberUnit>(below(7))}, {}};
}

std::vector<Sum> RandomConditions::sums(int count, int depth) {
    std::vector<Sum> all;
    for (int i = 0; i < count; ++i)
        all.push_back(sum(depth));
    return all;
}

Aggregate RandomConditions::aggregate(int depth) {
    Aggregate what{.kind = static_cast<AggregateKind>(below(7))};
    what.target = target(depth);
    if (what.kind != AggregateKind::count && what.kind != AggregateKind::density) what.of = sums(1, depth);
    if (coin()) what.reach = distance();
    if (what.kind == AggregateKind::density && coin()) {
        what.per_each = number() + 1;
        what.per = sums(1, depth);
    }
    return what;
}

Sum RandomConditions::sum(int depth) {
    switch (depth <= 0 ? below(2) : 2 + below(7)) {
        case 0:
            return literal();
        case 1:
        case 2:
            return {ColumnName{name()}, {}};
        case 3:
            return {Plain{sums(1, depth - 1)}, {}};
        case 4:
            return {Negative{sums(1, depth - 1)}, {}};
        case 5:
        case 6:
            return {Arithmetic{"+-*/"[below(4)], sums(2, depth - 1)}, {}};
        case 7:
            return {aggregate(depth - 1), {}};
        default:
            if (coin()) return {coin() ? OwnMeasure::area : OwnMeasure::length, {}};
            return {ToNearest{static_cast<NearestPart>(below(3)), target(depth - 1)}, {}};
    }
}

Condition RandomConditions::spatial(int depth) {
    switch (below(8)) {
        case 0:
            return {Relates{static_cast<Relation>(below(6)), target(depth)}, {}};
        case 1:
            return {Near{coin(), distance(), target(depth)}, {}};
        case 2:
            return {AmongNearest{1 + below(20), target(depth)}, {}};
        case 3:
            return {RunsAlong{.target = target(depth)}, {}};
        case 4:
            return {RunsAlong{target(depth), distance(), distance()}, {}};
        case 5:
            return {InBelt{distance(), target(depth)}, {}};
        case 6:
            if (coin()) return {InDrawn{DrawnBox{{-107.25, -21, 107.5, 21.125}}}, {}};
            return {InDrawn{DrawnCircle{{-107.25, 21}, distance()}}, {}};
        default:
            return {InDrawn{DrawnPolygon{{{107, 21}, {-0.5, -21.25}, {107, 22}}}}, {}};
    }
}

Condition RandomConditions::leaf(int depth) {
    switch (below(6)) {
        case 0:
            return {Compare{static_cast<Comparison>(below(6)), sums(2, depth)}, {}};
        case 1: {
            In in{.values = sums(1, depth), .inverted = coin()};
            for (int i = 0; i <= below(3); ++i)
                in.values.push_back(literal());
            return {in, {}};
        }
        case 2:
            return {Between{sums(3, depth), coin()}, {}};
        case 3:
            return {Like{sums(1, depth), text(), coin()}, {}};
        case 4:
            return {IsNull{sums(1, depth), coin()}, {}};
        default:
            return spatial(depth);
    }
}

Condition RandomConditions::condition(int depth) {
    const int kind = depth <= 0 ? 3 : below(6);
    std::vector<Condition> parts;
    for (int i = 0; kind < 3 && i < (kind == 2 ? 1 : 2 + below(2)); ++i)
        parts.push_back(condition(depth - 1));
    if (kind == 0) return {AllOf{parts}, {}};
    if (kind == 1) return {AnyOf{parts}, {}};
    if (kind == 2) return {Not{parts}, {}};
    return leaf(depth - 1);
}

}  // namespace diaban::query
