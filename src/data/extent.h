// How large a table may be for what is in it.
#pragma once

#include <cstddef>

#include "base/error.h"

namespace diaban {

/// A table keeps room for each of its cells, blank or not: a small file with a name for every row, or with a value far
/// to the right, would fill the memory with nothing. An error (bad_input) for a large one that is nearly all blank;
/// `filled` of its cells have a value.
[[nodiscard]] Expected<void> check_extent(std::size_t rows, std::size_t columns, std::size_t filled,
                                          const Place& where);

}  // namespace diaban
