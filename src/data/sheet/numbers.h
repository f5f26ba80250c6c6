// Numbers as people write them in Vietnamese, English and Indonesian, a cell at a time; what a column makes of its
// cells is decided in type_column.h.
//
//     look_at_number("1.234,5").writing == Writing::comma   // can only be 1234.5, with a decimal comma
//     look_at_number("1.234").writing == Writing::either    // 1234, or 1.234: nobody can tell from the cell alone
//     parse_number("1.234", NumberConvention::comma_decimal)->value == 1234
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "data/import_options.h"

namespace diaban {

/// Under which convention a cell is a number.
enum class Writing {
    no_value,  ///< blank, "-", "–", "—", "…", "...", "..", "n/a", "#N/A", "NULL", "NaN": said to be empty
    both,      ///< the same number under either: "1234", "1 234", "1'234"
    point,     ///< only with a decimal point: "1,234.5", "0.25", "1,234,567"
    comma,     ///< only with a decimal comma: "1.234,5", "12,5"
    either,    ///< different numbers: "1.234", "1,234"
    code,      ///< digits that would lose something as a number: leading zeros, more than 18 of them
    none,      ///< no number: words, units, errors such as "#DIV/0!"
};

struct NumberLook {
    Writing writing = Writing::none;
    bool percent = false;
    bool operator==(const NumberLook&) const = default;
};

/// Thousands are groups of exactly three digits behind a first group of one to three that does not begin with 0; they
/// are set apart by a blank (also U+00A0, U+2009, U+202F), an apostrophe (also U+2019) or the convention's own mark,
/// one kind in a number. "+", "-" and U+2212 lead, brackets mean a negative number ("(1.234)"), "%" comes last. An
/// exponent needs a decimal mark or a sign of its own ("1.5E6", "1e-05"), as "12E4" is rather a code. Units are not
/// read.
[[nodiscard]] NumberLook look_at_number(std::string_view text);

struct Number {
    double value = 0;              ///< with "%": the number before it
    std::optional<int64_t> whole;  ///< where it is written as a whole number and fits
    bool operator==(const Number&) const = default;
};

/// The number under one of the two conventions (automatic is none: DIABAN_CHECK); nothing where it is none.
[[nodiscard]] std::optional<Number> parse_number(std::string_view text, NumberConvention convention);

}  // namespace diaban
