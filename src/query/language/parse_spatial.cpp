#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/i18n.h"
#include "query/language/parser.h"

namespace diaban {

using namespace query;
using Parsed = Expected<Condition>;

namespace {

constexpr std::array<std::pair<std::string_view, Relation>, 6> relations{{{"intersects", Relation::intersects},
                                                                          {"within", Relation::within},
                                                                          {"contains", Relation::contains},
                                                                          {"touches", Relation::touches},
                                                                          {"overlaps", Relation::overlaps},
                                                                          {"crosses", Relation::crosses}}};
/// More than anyone asks for, and a whole number to the last digit.
constexpr double most_counted = 1'000'000;

}  // namespace

/// A word of the spatial part, unless what follows shows that it is a column's name.
bool Parser::starts_spatial() const {
    if (now().is_keyword("in")) return true;
    // "within -5 km of" is a slip: a column less 5 km would be compared with something.
    if ((now().is_word("within") || now().is_word("beyond")) && next().is_sign("-") &&
        ahead(3).kind == Token::Kind::name && ahead(4).is_word("of"))
        return true;
    const bool known = std::ranges::any_of(relations, [&](const auto& r) { return now().is_word(r.first); }) ||
                       now().is_word("beyond") || now().is_word("among") || now().is_word("along");
    if (!known) return false;
    const Token& behind = next();
    switch (behind.kind) {
        case Token::Kind::name:
        case Token::Kind::number:
        case Token::Kind::text:
        case Token::Kind::end:
            return true;
        case Token::Kind::keyword:
            return behind.text == "and" || behind.text == "or";
        case Token::Kind::sign:
            return behind.text == ")" || behind.text == "(";
    }
    return false;
}

Parsed Parser::spatial() {
    if (now().is_keyword("in")) return in_place();
    if (now().is_word("beyond") ||
        (now().is_word("within") && (next().kind == Token::Kind::number || next().is_sign("-"))))
        return near();
    if (take_word("among")) return among();
    if (now().is_word("along")) return along();
    return relates();
}

Parsed Parser::near() {
    const std::size_t at = now().at;
    const bool beyond = now().is_word("beyond");
    advance();
    auto reach = distance();
    if (!reach) return tl::unexpected(reach.error());
    if (const auto of = require_word("of"); !of) return tl::unexpected(of.error());
    auto what = target();
    if (!what) return tl::unexpected(what.error());
    return Condition{Near{beyond, *reach, std::move(*what)}, {at}};
}

Parsed Parser::relates() {
    const Token word = now();
    advance();
    auto what = target();
    if (!what) return tl::unexpected(what.error());
    const auto found = std::ranges::find_if(relations, [&](const auto& r) { return word.is_word(r.first); });
    return Condition{Relates{found->second, std::move(*what)}, {word.at}};
}

Parsed Parser::among() {
    const std::size_t at = now().at;
    const auto count = whole_number();
    if (!count) return tl::unexpected(count.error());
    if (const auto nearest = require_word("nearest"); !nearest) return tl::unexpected(nearest.error());
    if (const auto to = require_word("to"); !to) return tl::unexpected(to.error());
    auto what = target();
    if (!what) return tl::unexpected(what.error());
    return Condition{AmongNearest{*count, std::move(*what)}, {at}};
}

Parsed Parser::along() {
    const std::size_t at = now().at;
    advance();
    auto what = target();
    if (!what) return tl::unexpected(what.error());
    RunsAlong runs{.target = std::move(*what)};
    if (take_word("within")) {
        const auto tolerance = distance();
        if (!tolerance) return tl::unexpected(tolerance.error());
        runs.tolerance = *tolerance;
    }
    if (take_word("for")) {
        const auto length = distance();
        if (!length) return tl::unexpected(length.error());
        runs.length = *length;
    }
    return Condition{std::move(runs), {at}};
}

Parsed Parser::in_place() {
    const std::size_t at = now().at;
    advance();
    if (take_word("belt")) return in_belt(at);
    if (take_word("box")) return in_box(at);
    if (take_word("circle")) return in_circle(at);
    if (take_word("polygon")) return in_polygon(at);
    return expected(tr("“belt”, “box”, “circle” or “polygon”"));
}

Parsed Parser::in_belt(std::size_t at) {
    const auto depth = distance();
    if (!depth) return tl::unexpected(depth.error());
    if (const auto of = require_word("of"); !of) return tl::unexpected(of.error());
    auto what = target();
    if (!what) return tl::unexpected(what.error());
    return Condition{InBelt{*depth, std::move(*what)}, {at}};
}

Parsed Parser::in_box(std::size_t at) {
    if (const auto opened = require_sign("("); !opened) return tl::unexpected(opened.error());
    std::array<double, 4> sides{};
    for (std::size_t i = 0; i < sides.size(); ++i) {
        if (i > 0)
            if (const auto comma = require_sign(","); !comma) return tl::unexpected(comma.error());
        const std::size_t here = now().at;
        const auto side = degrees(i % 2 == 0 ? 360 : 90);
        if (!side) return tl::unexpected(side.error());
        sides.at(i) = *side;
        // From 170 to -170 leads across the antimeridian.
        if (i == 2 && sides[2] < sides[0]) sides[2] += 360;
        if (i == 2 && sides[2] < sides[0])
            return tl::unexpected(language_error(here, tr("the east of the box lies west of its west")));
        if (i == 3 && sides[3] < sides[1])
            return tl::unexpected(language_error(here, tr("the north of the box lies south of its south")));
    }
    if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
    return Condition{InDrawn{DrawnBox{{sides[0], sides[1], sides[2], sides[3]}}}, {at}};
}

Parsed Parser::in_circle(std::size_t at) {
    if (const auto opened = require_sign("("); !opened) return tl::unexpected(opened.error());
    const auto longitude = degrees(360);
    if (!longitude) return tl::unexpected(longitude.error());
    if (const auto comma = require_sign(","); !comma) return tl::unexpected(comma.error());
    const auto latitude = degrees(90);
    if (!latitude) return tl::unexpected(latitude.error());
    if (const auto comma = require_sign(","); !comma) return tl::unexpected(comma.error());
    const auto radius = distance();
    if (!radius) return tl::unexpected(radius.error());
    if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
    return Condition{InDrawn{DrawnCircle{{*longitude, *latitude}, *radius}}, {at}};
}

Parsed Parser::in_polygon(std::size_t at) {
    if (const auto opened = require_sign("("); !opened) return tl::unexpected(opened.error());
    DrawnPolygon polygon;
    do {
        const auto longitude = degrees(360);
        if (!longitude) return tl::unexpected(longitude.error());
        const auto latitude = degrees(90);
        if (!latitude) return tl::unexpected(latitude.error());
        polygon.degrees.push_back({*longitude, *latitude});
    } while (take_sign(","));
    if (now().is_sign(")") && polygon.degrees.size() < 3) return refuse(tr("a polygon has three corners or more"));
    if (!take_sign(")")) return expected(tr("“,” or “)”"));
    return Condition{InDrawn{std::move(polygon)}, {at}};
}

Expected<Target> Parser::target() {
    if (now().kind != Token::Kind::name) return expected(tr("a layer"));
    Target what{.layer = now().text, .where = {}, .written = {now().at}};
    advance();
    if (!take_word("where")) return what;
    if (const auto opened = require_sign("("); !opened) return tl::unexpected(opened.error());
    auto where = condition();
    if (!where) return tl::unexpected(where.error());
    what.where.push_back(std::move(*where));
    if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
    return what;
}

Expected<Distance> Parser::distance() {
    if (now().is_sign("-") && next().kind == Token::Kind::number) return refuse(tr("a distance is never negative"));
    if (now().kind != Token::Kind::number) return expected(tr("a distance such as 5 km"));
    const Token number = now();
    if (auto comma = decimal_comma(at_)) return tl::unexpected(std::move(*comma));
    const bool word = next().kind == Token::Kind::name && !next().quoted;
    const NumberUnit unit = word ? unit_of(next().text).value_or(NumberUnit::none) : NumberUnit::none;
    const std::string remedy = fmt::format(fmt::runtime(tr("Write {0} km or {0} m.")), number.text);
    if (word && unit == NumberUnit::none && !next().is_word("of"))
        return tl::unexpected(language_error(
            next().at, fmt::format(fmt::runtime(tr("“{}” is no unit of distance")), next().text), remedy));
    if (unit != NumberUnit::metre && unit != NumberUnit::kilometre)
        return refuse(tr("a distance needs a unit"), remedy);
    advance();
    advance();
    return Distance{number.number, unit == NumberUnit::metre ? LengthUnit::metre : LengthUnit::kilometre};
}

Expected<int> Parser::whole_number() {
    const double number = now().number;
    if (now().kind != Token::Kind::number || number < 1 || number > most_counted || std::floor(number) != number)
        return expected(tr("a whole number such as 3"));
    advance();
    return static_cast<int>(number);
}

Expected<double> Parser::degrees(double most) {
    const std::size_t at = now().at;
    const bool negative = take_sign("-");
    if (now().kind != Token::Kind::number) return expected(tr("degrees such as 107.25"));
    const double number = now().number;
    if (number > most)
        return tl::unexpected(language_error(
            at, most > 90 ? tr("a longitude is at most 360 degrees") : tr("a latitude is at most 90 degrees")));
    advance();
    return negative ? -number : number;
}

}  // namespace diaban
