// Some rows of a table, a geometry or a dataset, in any order, as another one.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "data/dataset.h"

namespace diaban {

/// The column's values in these rows, null where a row is -1.
[[nodiscard]] Column gathered(const Column& column, std::span<const int32_t> rows, std::string name);
/// The shapes of these features; kind none stays none.
[[nodiscard]] Geometry gathered(const Geometry& geometry, std::span<const int32_t> features);
/// Table and geometry of these rows, under the same name and CRS. What was noticed about all of them is left behind.
[[nodiscard]] Dataset gathered(const Dataset& dataset, std::span<const int32_t> rows);

}  // namespace diaban
