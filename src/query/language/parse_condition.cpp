#include <array>
#include <utility>

#include "base/i18n.h"
#include "query/language/parser.h"

namespace diaban {

using namespace query;
using Parsed = Expected<Condition>;

namespace {

constexpr std::array<std::pair<std::string_view, Comparison>, 6> comparisons{{{"=", Comparison::equal},
                                                                              {"!=", Comparison::not_equal},
                                                                              {"<", Comparison::less},
                                                                              {"<=", Comparison::at_most},
                                                                              {">", Comparison::greater},
                                                                              {">=", Comparison::at_least}}};

std::vector<Sum> listed(Sum first, Sum second) {
    std::vector<Sum> list;
    list.push_back(std::move(first));
    list.push_back(std::move(second));
    return list;
}

}  // namespace

Parsed Parser::condition() {
    auto first = term();
    if (!first || !now().is_keyword("or")) return first;
    AnyOf any;
    const std::size_t at = now().at;
    any.of.push_back(std::move(*first));
    while (take_keyword("or")) {
        auto another = term();
        if (!another) return another;
        any.of.push_back(std::move(*another));
    }
    return Condition{std::move(any), {at}};
}

Parsed Parser::term() {
    auto first = factor();
    if (!first || !now().is_keyword("and")) return first;
    AllOf all;
    const std::size_t at = now().at;
    all.of.push_back(std::move(*first));
    while (take_keyword("and")) {
        auto another = factor();
        if (!another) return another;
        all.of.push_back(std::move(*another));
    }
    return Condition{std::move(all), {at}};
}

Parsed Parser::factor() {
    const std::size_t at = now().at;
    if (!take_keyword("not")) return bare_factor();
    auto inner = bare_factor();
    if (!inner) return inner;
    Not negated;
    negated.of.push_back(std::move(*inner));
    return Condition{std::move(negated), {at}};
}

Parsed Parser::bare_factor() {
    const Depth deeper(*this);
    if (deeper.too_deep()) return refuse(tr("the brackets are nested too deeply"));
    if (starts_spatial()) return spatial();
    if (!now().is_sign("(") || opens_calculation()) return comparison();
    advance();
    auto inner = condition();
    if (!inner) return inner;
    if (const auto closed = require_sign(")"); !closed) return tl::unexpected(closed.error());
    return inner;
}

Parsed Parser::comparison() {
    auto left = sum();
    if (!left) return tl::unexpected(left.error());
    const std::size_t at = now().at;
    for (const auto& [sign, meaning] : comparisons)
        if (take_sign(sign)) return compare(std::move(*left), meaning, at);
    if (take_keyword("is")) {
        const bool inverted = take_keyword("not");
        if (!take_keyword("null")) return expected("“null”");
        IsNull null{.of = {}, .inverted = inverted};
        null.of.push_back(std::move(*left));
        return Condition{std::move(null), {at}};
    }
    const bool inverted = take_keyword("not");
    if (take_keyword("in")) return in(std::move(*left), inverted, at);
    if (take_keyword("between")) return between(std::move(*left), inverted, at);
    if (take_keyword("like")) return like(std::move(*left), inverted, at);
    return expected(inverted ? tr("“in”, “between” or “like”") : tr("a comparison such as “=” or “in”"));
}

Parsed Parser::compare(Sum left, Comparison sign, std::size_t at) {
    auto right = sum();
    if (!right) return tl::unexpected(right.error());
    return Condition{Compare{sign, listed(std::move(left), std::move(*right))}, {at}};
}

Parsed Parser::in(Sum left, bool inverted, std::size_t at) {
    In is{.values = {}, .inverted = inverted};
    is.values.push_back(std::move(left));
    if (const auto opened = require_sign("("); !opened) return tl::unexpected(opened.error());
    do {
        auto value = literal();
        if (!value) return tl::unexpected(value.error());
        is.values.push_back(std::move(*value));
    } while (take_sign(","));
    if (!take_sign(")")) return expected(tr("“,” or “)”"));
    return Condition{std::move(is), {at}};
}

Parsed Parser::between(Sum left, bool inverted, std::size_t at) {
    auto low = sum();
    if (!low) return tl::unexpected(low.error());
    if (!take_keyword("and")) return expected("“and”");
    auto high = sum();
    if (!high) return tl::unexpected(high.error());
    Between is{.values = listed(std::move(left), std::move(*low)), .inverted = inverted};
    is.values.push_back(std::move(*high));
    return Condition{std::move(is), {at}};
}

Parsed Parser::like(Sum left, bool inverted, std::size_t at) {
    if (now().kind != Token::Kind::text) return expected(tr("a pattern such as 'Xã %'"));
    Like is{.of = {}, .pattern = now().text, .inverted = inverted};
    advance();
    is.of.push_back(std::move(left));
    return Condition{std::move(is), {at}};
}

}  // namespace diaban
