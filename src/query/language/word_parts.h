// What the words of sums and of conditions share.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/i18n.h"
#include "query/language/words.h"

namespace diaban {

/// A translated form with what goes into it.
template <class... Parts>
[[nodiscard]] std::string worded(const char* form, const Parts&... parts) {
    return fmt::format(fmt::runtime(form), parts...);
}

/// To its last digit, in the reader's style: 20, 2021, 12,500.5.
[[nodiscard]] std::string number_in_words(double value);
/// "a, b and c", "a, b or c".
[[nodiscard]] std::string joined_by_and(const std::vector<std::string>& parts);
[[nodiscard]] std::string joined_by_or(const std::vector<std::string>& parts);

}  // namespace diaban
