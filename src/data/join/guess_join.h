// Which columns of boundaries and of a table are keys of each other, told by what is in them.
#pragma once

#include <optional>

#include "data/dataset.h"
#include "data/features.h"

namespace diaban {

/// By the share of the table's rows that would match (a sample of 2,000 where there are more): the best pair of code
/// columns, the best pair of name columns, the columns of units above that agree with the names found, and a column of
/// years. A name that several units bear counts by the chance to hit the right one, so that districts beside communes
/// are no key. Codes come first unless names match far more rows; names are the second chance then. Column names only
/// decide between equals, and whether numbers that merely count (1, 2, 3 …) may be a key. Nothing where fewer than a
/// fifth of the rows would match. The spec bears the table's name; its `table` is left to the caller.
[[nodiscard]] std::optional<JoinSpec> guess_join(const Dataset& boundaries, const Dataset& table);

}  // namespace diaban
