// Text as people mean it: Unicode normal form, folding for search, Vietnamese order. All text is UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban {

/// Whether the bytes are well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// NFC, the form in which Diaban keeps all text. Malformed bytes become U+FFFD.
[[nodiscard]] std::string to_nfc(std::string_view text);

/// In small letters, with all diacritics.
[[nodiscard]] std::string lower_case(std::string_view text);

/// For searching: lower case, no diacritics, đ as d, runs of white space as one blank, trimmed.
/// fold("Xã  Bình Liêu") == "xa binh lieu"; fold("Hoà") == fold("Hòa").
[[nodiscard]] std::string fold(std::string_view text);

/// Whether fold(needle) occurs in fold(text). An empty needle is found everywhere.
[[nodiscard]] bool contains_folded(std::string_view text, std::string_view needle);

/// Vietnamese collation (ICU): negative, zero or positive as a sorts before, with or after b.
[[nodiscard]] int compare_vietnamese(std::string_view a, std::string_view b);

/// Without white space (ASCII and U+00A0) at either end.
[[nodiscard]] std::string trim(std::string_view text);

/// Whether it ends in a full stop, a question mark or an exclamation mark.
[[nodiscard]] bool ends_sentence(std::string_view text);

/// Slips between two texts, as UTF-16: letters put in, left out or replaced, or two neighbours swapped (optimal string
/// alignment). As soon as it is known to be more than `limit`, limit + 1.
[[nodiscard]] std::size_t edit_distance(std::u16string_view a, std::u16string_view b, std::size_t limit);

/// The candidate nearest to `word` by edit distance (two neighbours swapped are one slip) on folded text, if it is near
/// enough to be a likely slip (at most a third of the length, at least 1); empty otherwise. For "did you mean …?".
[[nodiscard]] std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

/// The text as a field of a CSV file after RFC 4180: in quotes where it holds a comma, a quote or a line break.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace diaban
