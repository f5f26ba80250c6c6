// Columns as a layer's features show them, joined ones at one time.
#pragma once

#include <span>
#include <string>

#include "data/features.h"

namespace diaban {

/// The field's values for these features, of its own type.
[[nodiscard]] Column column_seen(const Field& field, std::span<const int32_t> features, std::size_t time,
                                 std::string name);

/// Every field of these features, under the plain names where they are free and under the qualified ones else.
[[nodiscard]] std::vector<Column> columns_seen(const Features& all, std::span<const int32_t> features,
                                               std::size_t time);

}  // namespace diaban
