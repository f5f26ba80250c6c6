#include "query/filter_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/i18n.h"
#include "base/text.h"

namespace diaban {

namespace {

constexpr std::array<std::string_view, 8> keywords{"and", "or", "not", "in", "between", "like", "is", "null"};
/// Those of two characters first, so that "<=" is not "<" and "=".
constexpr std::array<std::string_view, 15> signs{"<=", ">=", "!=", "<>", "=", "<", ">", "(",
                                                 ")",  ",",  "+",  "-",  "*", "/", "−"};

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    // Any byte of a character beyond ASCII counts: column names are Vietnamese.
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_in_word(char c) {
    return is_letter(c) || is_digit(c) || c == '.';
}

std::string lower_ascii(std::string_view word) {
    std::string lower(word);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Expected<std::vector<FilterToken>> run() {
        std::vector<FilterToken> tokens;
        for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
            auto token = next();
            if (!token) return tl::unexpected(token.error());
            tokens.push_back(std::move(*token));
        }
        tokens.push_back({.at = character(at_)});
        return tokens;
    }

private:
    void skip_blanks() {
        constexpr std::string_view no_break_space = "\xC2\xA0";
        while (at_ < text_.size()) {
            if (is_blank(text_[at_]))
                ++at_;
            else if (text_.substr(at_).starts_with(no_break_space))
                at_ += no_break_space.size();
            else
                return;
        }
    }

    /// The byte's character, from 1. Asked for in ascending order, so that the whole text is counted through once.
    [[nodiscard]] std::size_t character(std::size_t byte) {
        for (; counted_ < byte; ++counted_)
            if ((static_cast<unsigned char>(text_[counted_]) & 0xC0) != 0x80) ++characters_;
        return characters_ + 1;
    }

    [[nodiscard]] tl::unexpected<Error> refuse(std::string_view message, std::string remedy = {}) {
        return tl::unexpected(filter_error(character(at_), message, std::move(remedy)));
    }

    Expected<FilterToken> next() {
        const char c = text_[at_];
        if (c == '\'' || c == '"') return quoted(c);
        if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
        for (const std::string_view sign : signs)
            if (text_.substr(at_).starts_with(sign)) return sign_token(sign);
        if (is_letter(c)) return word();
        return refuse(fmt::format(fmt::runtime(tr("“{}” means nothing here")), c));
    }

    FilterToken sign_token(std::string_view sign) {
        FilterToken token{.kind = FilterToken::Kind::sign, .text = std::string(sign), .at = character(at_)};
        if (sign == "<>") token.text = "!=";
        if (sign == "−") token.text = "-";  // as numbers are shown, and so as they are copied
        at_ += sign.size();
        return token;
    }

    Expected<FilterToken> quoted(char quote) {
        const bool column = quote == '"';
        FilterToken token{.kind = column ? FilterToken::Kind::column : FilterToken::Kind::text, .at = character(at_)};
        std::size_t i = at_ + 1;
        for (;; ++i) {
            if (i >= text_.size())
                return refuse(column ? tr("this column's name has no closing \"") : tr("this text has no closing '"));
            if (text_[i] == quote) {
                const bool doubled = i + 1 < text_.size() && text_[i + 1] == quote;
                if (!doubled) break;
                ++i;
            }
            token.text += text_[i];
        }
        if (column && token.text.empty()) return refuse(tr("a column's name is empty"));
        at_ = i + 1;
        return token;
    }

    Expected<FilterToken> number() {
        FilterToken token{.kind = FilterToken::Kind::number, .at = character(at_)};
        const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), token.number);
        const auto past = static_cast<std::size_t>(end - text_.data());
        if (error != std::errc()) return refuse(tr("this number is too large or too small"));
        if (past < text_.size() && is_in_word(text_[past]) && !text_.substr(past).starts_with("−") &&
            !text_.substr(past).starts_with("\xC2\xA0"))
            return refuse(
                tr("this is neither a number nor a name"),
                tr("Write names that begin with a digit between double quotes, and text between single ones."));
        token.text = text_.substr(at_, past - at_);
        at_ = past;
        return token;
    }

    FilterToken word() {
        std::size_t end = at_;
        while (end < text_.size() && is_in_word(text_[end]) && !text_.substr(end).starts_with("−") &&
               !text_.substr(end).starts_with("\xC2\xA0"))
            ++end;
        FilterToken token{
            .kind = FilterToken::Kind::column, .text = std::string(text_.substr(at_, end - at_)), .at = character(at_)};
        const std::string lower = lower_ascii(token.text);
        if (std::ranges::find(keywords, lower) != keywords.end()) {
            token.kind = FilterToken::Kind::keyword;
            token.text = lower;
        }
        at_ = end;
        return token;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t counted_ = 0;     ///< bytes that character() has seen
    std::size_t characters_ = 0;  ///< that begin in them
};

}  // namespace

Expected<std::vector<FilterToken>> filter_tokens(std::string_view text) {
    return Lexer(text).run();
}

Error filter_error(std::size_t at, std::string_view message, std::string remedy) {
    return {ErrorKind::wrong_usage,
            fmt::format(fmt::runtime(tr("at character {}: {}")), at, message),
            {},
            std::move(remedy)};
}

}  // namespace diaban
