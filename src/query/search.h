// Finding rows as people type: "binh lieu" finds "Xã Bình Liêu".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "data/features.h"

namespace diaban {

/// Features of which any text or integer field of their own table contains the folded text, best first: names that are
/// equal, then those that begin with it (with or without a kind prefix such as "Xã"), then the rest; each in table
/// order. A blank text finds every feature.
[[nodiscard]] std::vector<uint32_t> search(const Features& features, std::string_view text);

/// Features in the order of a field: numbers by value, text by Vietnamese collation, nulls last either way; stable.
[[nodiscard]] std::vector<uint32_t> sorted_by(const Features& features, const Field& field, std::size_t time,
                                              bool descending);

}  // namespace diaban
