// The text form of conditions: SQL's WHERE as far as it goes, and what is around a feature besides.
//
// Grammar (keywords in any case; docs/queries.md explains it with examples):
//     condition  = term {"or" term}             term = factor {"and" factor}
//     factor     = ["not"] ( "(" condition ")" | comparison | spatial )
//     comparison = sum ( ("=" | "!=" | "<>" | "<" | "<=" | ">" | ">=") sum | ["not"] "in" "(" literal {"," literal} ")"
//                      | ["not"] "between" sum "and" sum | ["not"] "like" 'text' | "is" ["not"] "null" )
//     spatial    = ("intersects" | "within" | "contains" | "touches" | "overlaps" | "crosses") target
//                | ("within" | "beyond") distance "of" target
//                | "among" integer "nearest" "to" target
//                | "along" target ["within" distance] ["for" distance]          the border area
//                | "in" "belt" distance "of" target                             the border belt
//                | "in" "box" "(" west "," south "," east "," north ")"         degrees
//                | "in" "circle" "(" longitude "," latitude "," distance ")"
//                | "in" "polygon" "(" longitude latitude {"," longitude latitude} ")"
//     target     = layer ["where" "(" condition ")"]
//     sum        = product {("+"|"-") product}  product = primary {("*"|"/") primary}
//     primary    = number [unit] | 'text' | column | "column with blanks" | "-" primary | "(" sum ")" | function
//     literal    = ["-"] number [unit] | 'text'
//     unit       = "%" | "m" | "km" | "m2" | "ha" | "km2"                       also m², km²
//     function   = "count" "(" items ")" | "density" "(" items ["per" number primary] ")"
//                | ("sum" | "mean" | "min" | "max" | "distinct") "(" sum "of" items ")"
//                | ("distance" | "direction" | "nearest") "(" target ")"
//                | "plain" "(" sum ")" | "area" "(" ")" | "length" "(" ")"
//     items      = target ["within" distance]
//     distance   = number ("m" | "km")
// A layer is a bare name or one between double quotes. Quotes inside quotes are doubled ('it''s'). The words of the
// spatial part and of functions are keywords only where the grammar has them: a column may be called “count”.
#pragma once

#include <string_view>

#include "base/error.h"
#include "query/language/condition.h"

namespace diaban {

/// The empty text is Everything. Errors (wrong_usage) say at which character ("at character 14: …"); the character can
/// be had from them by error_position().
[[nodiscard]] Expected<query::Condition> parse_condition(std::string_view text);
/// A calculated column: "count(sanitation within 5 km)".
[[nodiscard]] Expected<query::Sum> parse_sum(std::string_view text);
/// What follows --near: "shelters within 5 km", "shelters where (kind = 'x') beyond 5 km", "3 nearest to shelters".
[[nodiscard]] Expected<query::Condition> parse_near(std::string_view text);

/// "at character 14: …" of an error of the language (parse or evaluate): 14; 0 where it has none.
[[nodiscard]] std::size_t error_position(const Error& error);

}  // namespace diaban
