// The text of a condition cut into words, numbers, texts and signs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "query/language/condition.h"

namespace diaban {

struct Token {
    enum class Kind {
        keyword,  ///< and, or, not, in, between, like, is, null, in lower case
        name,     ///< any other word, as written; or between double quotes, without them
        text,     ///< without its quotes
        number,
        sign,  ///< ( ) , + - * / % = != < <= > >=; <> is given as !=
        end,
    };
    Kind kind = Kind::end;
    std::string text;
    double number = 0;
    bool quoted = false;  ///< a name
    std::size_t at = 1;   ///< at which character of the text it begins, from 1

    [[nodiscard]] bool is_keyword(std::string_view word) const { return kind == Kind::keyword && text == word; }
    /// A bare name that reads so, in any case: a word of the grammar where the grammar has one.
    [[nodiscard]] bool is_word(std::string_view lower_case) const;
    [[nodiscard]] bool is_sign(std::string_view sign) const { return kind == Kind::sign && text == sign; }
};

/// The tokens with an end token behind them. Errors: a quote that is not closed, a character that means nothing here, a
/// number that runs into letters that are no unit.
[[nodiscard]] Expected<std::vector<Token>> tokens_of(std::string_view text);

/// Whether a name can stand in a text without double quotes.
[[nodiscard]] bool stands_bare(std::string_view name);

/// "m", "km", "m2", "ha", "km2" and their like, in any case; nothing for what is no unit.
[[nodiscard]] std::optional<query::NumberUnit> unit_of(std::string_view word);

/// An error "at character 14: …" (wrong_usage: it is typed by the user, not part of a file); without the place where
/// `at` is 0.
[[nodiscard]] Error language_error(std::size_t at, std::string_view message, std::string remedy = {});

}  // namespace diaban
