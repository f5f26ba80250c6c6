#include <array>
#include <utility>

#include "base/i18n.h"
#include "query/language/parser.h"

namespace diaban {

using namespace query;
using Parsed = Expected<Sum>;

namespace {

/// Of signs, in one sum or product and in all: each makes the tree deeper, and the tree is walked by recursion.
constexpr int most_calculated = 500;
constexpr int most_calculated_in_all = 2000;

constexpr std::array<std::pair<std::string_view, AggregateKind>, 7> aggregates{{{"count", AggregateKind::count},
                                                                                {"sum", AggregateKind::sum},
                                                                                {"mean", AggregateKind::mean},
                                                                                {"min", AggregateKind::min},
                                                                                {"max", AggregateKind::max},
                                                                                {"distinct", AggregateKind::distinct},
                                                                                {"density", AggregateKind::density}}};
constexpr std::array<std::pair<std::string_view, NearestPart>, 3> nearest_parts{
    {{"distance", NearestPart::distance}, {"direction", NearestPart::direction}, {"nearest", NearestPart::name}}};
constexpr std::array<std::pair<std::string_view, OwnMeasure>, 2> own_measures{
    {{"area", OwnMeasure::area}, {"length", OwnMeasure::length}}};

}  // namespace

Parsed Parser::left_to_right(std::string_view signs, Parsed (Parser::*rule)()) {
    auto left = (this->*rule)();
    int calculated = 0;
    while (left && now().kind == Token::Kind::sign && signs.find(now().text) != std::string_view::npos) {
        if (++calculated > most_calculated || ++calculated_ > most_calculated_in_all)
            return refuse(tr("the calculation is too long"));
        const Token sign = now();
        advance();
        auto right = (this->*rule)();
        if (!right) return right;
        Arithmetic both{.sign = sign.text[0], .sides = {}};
        both.sides.push_back(std::move(*left));
        both.sides.push_back(std::move(*right));
        left = Sum{std::move(both), {sign.at}};
    }
    return left;
}

Parsed Parser::sum() {
    return left_to_right("+-", &Parser::product);
}
Parsed Parser::product() {
    return left_to_right("*/", &Parser::primary);
}

Parsed Parser::primary() {
    const Depth deeper(*this);
    if (deeper.too_deep()) return refuse(tr("the brackets are nested too deeply"));
    const Token token = now();
    if (take_sign("-")) {
        if (now().kind == Token::Kind::number) return number(token.at, true);
        auto inner = primary();
        if (!inner) return inner;
        Negative negative;
        negative.of.push_back(std::move(*inner));
        return Sum{std::move(negative), {token.at}};
    }
    if (take_sign("(")) {
        auto inner = sum();
        if (!inner) return inner;
        if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
        return inner;
    }
    if (token.kind == Token::Kind::number) return number(token.at, false);
    if (token.kind == Token::Kind::name) return function();
    if (token.kind != Token::Kind::text) return expected(tr("a column, a number or a 'text'"));
    advance();
    return Sum{Text{token.text}, {token.at}};
}

/// The number that is next, with its unit.
Parsed Parser::number(std::size_t at, bool negative) {
    Number is{.value = negative ? -now().number : now().number};
    advance();
    if (take_sign("%")) {
        is.unit = NumberUnit::percent;
    } else if (now().kind == Token::Kind::name && !now().quoted) {
        if (const auto unit = unit_of(now().text)) {
            is.unit = *unit;
            advance();
        }
    }
    return Sum{is, {at}};
}

Parsed Parser::literal() {
    const Token token = now();
    const bool negative = take_sign("-");
    if (now().kind == Token::Kind::number) return number(token.at, negative);
    if (negative) return expected(tr("a number"));
    if (token.kind != Token::Kind::text) return expected(tr("a number or a 'text'"));
    advance();
    return Sum{Text{token.text}, {token.at}};
}

/// A function where a bracket follows its name; else a column.
Parsed Parser::function() {
    const Token name = now();
    advance();
    if (!name.quoted && now().is_sign("(")) {
        for (const auto& [word, kind] : aggregates)
            if (name.is_word(word)) return aggregate(kind, name.at);
        for (const auto& [word, part] : nearest_parts)
            if (name.is_word(word)) return to_nearest(part, name.at);
        for (const auto& [word, measure] : own_measures)
            if (name.is_word(word)) {
                advance();
                if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
                return Sum{measure, {name.at}};
            }
        if (name.is_word("plain")) return plain(name.at);
        return tl::unexpected(language_error(
            name.at, tr("there is no such function"),
            tr("There are: count, sum, mean, min, max, distinct, density, distance, direction, nearest, area, length, "
               "plain.")));
    }
    return Sum{ColumnName{name.text}, {name.at}};
}

Parsed Parser::aggregate(AggregateKind kind, std::size_t at) {
    advance();
    Aggregate is{.kind = kind};
    if (kind != AggregateKind::count && kind != AggregateKind::density) {
        auto summed = sum();
        if (!summed) return summed;
        is.of.push_back(std::move(*summed));
        if (const auto of = require_word("of"); !of) return tl::unexpected(of.error());
    }
    auto what = target();
    if (!what) return tl::unexpected(what.error());
    is.target = std::move(*what);
    if (take_word("within")) {
        const auto reach = distance();
        if (!reach) return tl::unexpected(reach.error());
        is.reach = *reach;
    }
    if (kind == AggregateKind::density && take_word("per")) {
        if (now().kind != Token::Kind::number || now().number <= 0) return expected(tr("a number such as 1000"));
        is.per_each = now().number;
        advance();
        auto per = primary();
        if (!per) return per;
        is.per.push_back(std::move(*per));
    }
    if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
    return Sum{std::move(is), {at}};
}

Parsed Parser::to_nearest(NearestPart part, std::size_t at) {
    advance();
    auto what = target();
    if (!what) return tl::unexpected(what.error());
    if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
    return Sum{ToNearest{part, std::move(*what)}, {at}};
}

Parsed Parser::plain(std::size_t at) {
    advance();
    auto inner = sum();
    if (!inner) return inner;
    if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
    Plain is;
    is.of.push_back(std::move(*inner));
    return Sum{std::move(is), {at}};
}

}  // namespace diaban
