#include "data/folded_words.h"

#include "base/text.h"

namespace diaban {

std::vector<std::string> folded_words(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char c : fold(name)) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

}  // namespace diaban
