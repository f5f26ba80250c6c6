// What is likely not meant in a statement that SpatiaLite carries out without a word.
#pragma once

#include <span>

#include "base/diagnostic.h"
#include "data/sql/reads.h"
#include "data/sql/sql_console.h"

namespace diaban::sql {

/// Shapes of several coordinate systems in one statement that transforms none; conditions between shapes over rows
/// without any, for which SpatiaLite answers -1, which counts as true.
[[nodiscard]] Diagnostics pitfalls(std::span<const SqlTable> tables, const Reads& reads);

}  // namespace diaban::sql
