// Which layers a condition speaks of.
#pragma once

#include <string>
#include <vector>

#include "query/language/condition.h"

namespace diaban {

/// Targets' layers as they are written (ids or names), in the order of first mention, those of their conditions
/// included.
[[nodiscard]] std::vector<std::string> layers_mentioned(const query::Condition& condition);
[[nodiscard]] std::vector<std::string> layers_mentioned(const query::Sum& sum);

}  // namespace diaban
