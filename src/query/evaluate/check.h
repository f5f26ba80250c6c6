// Whether a condition can be asked of a layer: before anything is computed, with errors at the character.
#pragma once

#include "query/evaluate/world.h"

namespace diaban {

/// What a sum is: numbers of one kind, or text. Percent are plain numbers; directions are numbers (degrees).
enum class Dimension { number, length, area, text };

[[nodiscard]] Expected<void> check(const query::Condition& condition, const World& world);
/// The kind of its values.
[[nodiscard]] Expected<Dimension> check(const query::Sum& sum, const World& world);

}  // namespace diaban
