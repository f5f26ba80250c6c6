// A name cut into words that compare as people mean them; what data/join/names.h is built on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diaban {

/// Letters or digits; "P5" is two words.
struct NameWord {
    std::u16string exact;   ///< case folded, decomposed, each tone mark moved behind its run of vowels
    std::u16string folded;  ///< without marks, đ as d
    bool digits = false;
    bool capitals = false;     ///< written in capitals throughout
    bool dot = false;          ///< a full stop follows at once
    bool after_comma = false;  ///< begins a new part of the text
};

/// Remarks in parentheses or brackets are passed over, unless nothing else is there or `with_remarks` asks for them.
[[nodiscard]] std::vector<NameWord> name_words(std::string_view text, bool with_remarks = false);

}  // namespace diaban
