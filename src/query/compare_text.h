// When two texts are the same to a filter: case and tone-mark convention do not matter, diacritics do.
#pragma once

#include <string>
#include <string_view>

namespace diaban {

/// NFC, lower case, and the tone mark of oa, oe and uy on the second vowel, so that comparable("HÒA") ==
/// comparable("Hoà") == "hoà", and both differ from comparable("Hoa"). Two texts are equal to a filter when these are.
[[nodiscard]] std::string comparable(std::string_view text);

/// Whether the text is a day, "2025-07-01". A time ("2025-07-01T12:00:00Z") is compared with a day by its own day: what
/// happened at noon is neither after that day nor missing in a period that ends with it.
[[nodiscard]] bool is_day(std::string_view text);

/// SQL's LIKE on comparable text: % stands for any run of characters, _ for one. `pattern` is comparable() already.
[[nodiscard]] bool like(std::string_view comparable_text, std::string_view pattern);

}  // namespace diaban
