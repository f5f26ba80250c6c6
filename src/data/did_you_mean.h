// What to say about a name that is not there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban {

/// "Did you mean “stunted”?", or a list of what there is.
[[nodiscard]] std::string did_you_mean(std::string_view name, const std::vector<std::string>& known);

}  // namespace diaban
