// Which features of a layer: a condition on its columns, written like SQL's WHERE.
//
//     auto filter = Filter::parse("stunted / measured > 0.2 and kind in ('commune', 'ward')");
//     std::vector<uint8_t> hits = filter->evaluate(features, time).value();
//
// Grammar (keywords in any case):
//     condition  = term {"or" term}             term = factor {"and" factor}
//     factor     = ["not"] ( "(" condition ")" | comparison )
//     comparison = sum ( ("=" | "!=" | "<>" | "<" | "<=" | ">" | ">=") sum | ["not"] "in" "(" literal {"," literal} ")"
//                      | ["not"] "between" sum "and" sum | ["not"] "like" 'text' | "is" ["not"] "null" )
//     sum        = product {("+"|"-") product}  product = primary {("*"|"/") primary}
//     primary    = number | 'text' | column | "column with blanks" | "-" primary | "(" sum ")"
// Quotes inside quotes are doubled ('it''s'). Text compares without regard to case and tone-mark convention, with
// regard to diacritics; its order is the Vietnamese one. A boolean column is 0 or 1, dates are texts such as
// '2025-07-01'. Null makes a comparison false, negated ones ("x != 1", "x not in (1)") too, and so does a division by
// zero; "not (x = 1)" is then true.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/features.h"

namespace diaban {

class Filter {
public:
    /// The empty text is the filter that keeps everything. An error says at which character ("at character 14: …").
    [[nodiscard]] static Expected<Filter> parse(std::string_view text);

    [[nodiscard]] bool keeps_all() const { return root_ == nullptr; }
    [[nodiscard]] const std::string& text() const { return text_; }
    /// One byte a feature, 1 where it is kept. Errors: an unknown column (with the nearest name), text compared to a
    /// number.
    [[nodiscard]] Expected<std::vector<uint8_t>> evaluate(const Features& features, std::size_t time) const;

    struct Node;

private:
    std::string text_;
    std::shared_ptr<const Node> root_;
};

}  // namespace diaban
