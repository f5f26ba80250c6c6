#include "query/language/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/i18n.h"
#include "query/language/parse.h"

namespace diaban {

namespace {

constexpr std::size_t most_tokens = 10'000;

std::string shown(const Token& token) {
    if (token.kind == Token::Kind::end) return tr("the end");
    return fmt::format("“{}”", token.text);
}

/// For each "(" where its ")" is.
std::vector<std::size_t> other_ends(const std::vector<Token>& tokens) {
    std::vector<std::size_t> ends(tokens.size(), 0);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is_sign("(")) open.push_back(i);
        if (tokens[i].is_sign(")") && !open.empty()) {
            ends[open.back()] = i;
            open.pop_back();
        }
    }
    return ends;
}

}  // namespace

Parser::Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)), other_end_(other_ends(tokens_)) {}

Expected<Parser> Parser::over(std::string_view text) {
    auto tokens = tokens_of(text);
    if (!tokens) return tl::unexpected(tokens.error());
    if (tokens->size() > most_tokens)
        return tl::unexpected(language_error((*tokens)[most_tokens].at, tr("the condition is too long")));
    return Parser(std::move(*tokens));
}

void Parser::advance() {
    if (now().kind != Token::Kind::end) ++at_;
}
bool Parser::take_keyword(std::string_view word) {
    if (!now().is_keyword(word)) return false;
    advance();
    return true;
}
bool Parser::take_sign(std::string_view sign) {
    if (!now().is_sign(sign)) return false;
    advance();
    return true;
}
bool Parser::take_word(std::string_view word) {
    if (!now().is_word(word)) return false;
    advance();
    return true;
}

tl::unexpected<Error> Parser::refuse(const std::string& message, std::string remedy) const {
    return tl::unexpected(language_error(now().at, message, std::move(remedy)));
}
std::optional<Error> Parser::decimal_comma(std::size_t number) const {
    if (number + 2 >= tokens_.size() || !tokens_[number + 1].is_sign(",")) return {};
    const Token& whole = tokens_[number];
    const Token& decimals = tokens_[number + 2];
    if (whole.kind != Token::Kind::number || decimals.kind != Token::Kind::number) return {};
    return language_error(whole.at, tr("decimals stand behind a point"),
                          fmt::format(fmt::runtime(tr("Write {}.{}.")), whole.text, decimals.text));
}
tl::unexpected<Error> Parser::expected(std::string_view what) const {
    if (at_ > 0)
        if (auto comma = decimal_comma(at_ - 1)) return tl::unexpected(std::move(*comma));
    return refuse(fmt::format(fmt::runtime(tr("{} was expected, not {}")), what, shown(now())));
}
Expected<void> Parser::require_sign(std::string_view sign) {
    if (!take_sign(sign)) return expected(fmt::format("“{}”", sign));
    return {};
}
Expected<void> Parser::require_word(std::string_view word) {
    if (!take_word(word)) return expected(fmt::format("“{}”", word));
    return {};
}

/// A bracket that something calculates or compares with behind it.
bool Parser::opens_calculation() const {
    const std::size_t end = other_end_[at_];
    if (end == 0) return false;
    const Token& behind = tokens_[end + 1];
    constexpr std::array<std::string_view, 10> signs{"+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">="};
    constexpr std::array<std::string_view, 5> keywords{"is", "not", "in", "between", "like"};
    return std::ranges::any_of(signs, [&](auto sign) { return behind.is_sign(sign); }) ||
           std::ranges::any_of(keywords, [&](auto word) { return behind.is_keyword(word); });
}

Expected<query::Condition> Parser::whole_condition() {
    if (now().kind == Token::Kind::end) return query::Condition{};
    auto root = condition();
    if (root && now().kind != Token::Kind::end) return expected(tr("“and”, “or” or the end"));
    return root;
}

Expected<query::Sum> Parser::whole_sum() {
    auto root = sum();
    if (root && now().kind != Token::Kind::end) return expected(tr("a sign such as “/” or the end"));
    return root;
}

/// [integer "nearest" "to"] target, or target ("within" | "beyond") distance.
Expected<query::Condition> Parser::whole_near() {
    Expected<query::Condition> root;
    const std::size_t at = now().at;
    if (now().kind == Token::Kind::number) {
        root = among();
    } else {
        auto what = target();
        if (!what) return tl::unexpected(what.error());
        const bool beyond = now().is_word("beyond");
        if (!beyond && !now().is_word("within")) return expected(tr("“within” or “beyond”"));
        advance();
        auto reach = distance();
        if (!reach) return tl::unexpected(reach.error());
        root = query::Condition{query::Near{beyond, *reach, std::move(*what)}, {at}};
    }
    if (root && now().kind != Token::Kind::end) return expected(tr("the end"));
    return root;
}

Expected<query::Condition> parse_condition(std::string_view text) {
    auto parser = Parser::over(text);
    return parser ? parser->whole_condition() : tl::unexpected(parser.error());
}

Expected<query::Sum> parse_sum(std::string_view text) {
    auto parser = Parser::over(text);
    return parser ? parser->whole_sum() : tl::unexpected(parser.error());
}

Expected<query::Condition> parse_near(std::string_view text) {
    auto parser = Parser::over(text);
    return parser ? parser->whole_near() : tl::unexpected(parser.error());
}

std::size_t error_position(const Error& error) {
    const std::string_view form = tr("at character {}: {}");
    const std::string_view before = form.substr(0, form.find("{}"));
    if (!std::string_view(error.what).starts_with(before)) return 0;
    std::size_t at = 0;
    for (std::size_t i = before.size(); i < error.what.size() && error.what[i] >= '0' && error.what[i] <= '9'; ++i)
        at = at * 10 + static_cast<std::size_t>(error.what[i] - '0');
    return at;
}

}  // namespace diaban
