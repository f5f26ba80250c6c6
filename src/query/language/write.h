// Conditions as text: parse_condition(to_text(c)) == c for every condition that parse_condition() or the builder makes.
#pragma once

#include <string>

#include "query/language/condition.h"

namespace diaban {

/// Canonical: one blank between words, brackets only where they are needed, quotes where a name needs them; numbers to
/// their last digit, with the unit that they were written in.
[[nodiscard]] std::string to_text(const query::Condition& condition);
[[nodiscard]] std::string to_text(const query::Sum& sum);
[[nodiscard]] std::string to_text(const query::Target& target);
/// "5 km".
[[nodiscard]] std::string to_text(const query::Distance& distance);

}  // namespace diaban
