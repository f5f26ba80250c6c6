// Conditions as a sentence that a person reads (translated): "stunted / measured is above 20% and farther than 5 km
// from every one of “Border shelters”".
#pragma once

#include <functional>
#include <string>

#include "query/language/condition.h"

namespace diaban {

/// How layers are called to people: their name for an id (the id itself where there is no such layer).
using LayerNames = std::function<std::string(const std::string& id)>;

/// To be read behind "Communes": "that run along “Border line” and whose stunted / measured is above 20%"; counts are
/// told as "with fewer than 10 “Sanitation facilities” within 2 km". Empty for the condition that keeps everything.
[[nodiscard]] std::string in_words(const query::Condition& condition, const LayerNames& names);
/// "number of “Sanitation facilities” within 5 km".
[[nodiscard]] std::string in_words(const query::Sum& sum, const LayerNames& names);
/// "“Border shelters” (those whose kind is “built”)".
[[nodiscard]] std::string in_words(const query::Target& target, const LayerNames& names);
/// "12,500.5 m", "5 km": to its last digit.
[[nodiscard]] std::string in_words(const query::Distance& distance);

}  // namespace diaban
