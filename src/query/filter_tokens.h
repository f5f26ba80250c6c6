// A filter's text cut into words, numbers, texts and signs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace diaban {

struct FilterToken {
    enum class Kind {
        keyword,  ///< and, or, not, in, between, like, is, null, in lower case
        column,   ///< a bare or quoted name, as written, without its quotes
        text,     ///< without its quotes
        number,
        sign,  ///< ( ) , + - * / = != < <= > >=; <> is given as !=
        end,
    };
    Kind kind = Kind::end;
    std::string text;
    double number = 0;
    std::size_t at = 1;  ///< at which character of the filter it begins, from 1

    [[nodiscard]] bool is_keyword(std::string_view word) const { return kind == Kind::keyword && text == word; }
    [[nodiscard]] bool is_sign(std::string_view sign) const { return kind == Kind::sign && text == sign; }
};

/// The tokens with an end token behind them. Errors: a quote that is not closed, a character that means nothing here, a
/// number that runs into letters.
[[nodiscard]] Expected<std::vector<FilterToken>> filter_tokens(std::string_view text);

/// An error "at character 14: …" (wrong_usage: a filter is typed by the user, not part of a file).
[[nodiscard]] Error filter_error(std::size_t at, std::string_view message, std::string remedy = {});

}  // namespace diaban
