// The words of a column's name, for telling what the column is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban {

/// Folded, cut at everything that is neither letter nor digit: "Mã xã" is {"ma", "xa"}, "POINT_X (m)" {"point", "x",
/// "m"}.
[[nodiscard]] std::vector<std::string> folded_words(std::string_view name);

}  // namespace diaban
