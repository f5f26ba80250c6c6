#include "query/compare_text.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace diaban {

namespace {

/// A vowel without a tone and with each of the five, in the order of the tones: huyền, sắc, hỏi, ngã, nặng.
using Toned = std::u16string_view;
constexpr Toned toned_o = u"oòóỏõọ";
constexpr Toned toned_u = u"uùúủũụ";
constexpr std::array<Toned, 2> after_o{u"aàáảãạ", u"eèéẻẽẹ"};
constexpr std::array<Toned, 1> after_u{u"yỳýỷỹỵ"};

template <std::size_t N>
void move_tone(icu::UnicodeString& text, int32_t at, Toned first, const std::array<Toned, N>& seconds) {
    const std::size_t tone = first.find(text.charAt(at));
    if (tone == Toned::npos || tone == 0) return;
    for (const Toned second : seconds) {
        if (text.charAt(at + 1) != second[0]) continue;
        text.setCharAt(at, first[0]);
        text.setCharAt(at + 1, second[tone]);
    }
}

std::size_t next_character(std::string_view text, std::size_t at) {
    do
        ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
}

}  // namespace

std::string comparable(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        std::string lower(text);
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return lower;
    }
    icu::UnicodeString letters = icu::UnicodeString::fromUTF8(to_nfc(text));
    letters.toLower(icu::Locale::getRoot());
    for (int32_t at = 0; at + 1 < letters.length(); ++at) {
        move_tone(letters, at, toned_o, after_o);
        move_tone(letters, at, toned_u, after_u);
    }
    std::string result;
    letters.toUTF8String(result);
    return result;
}

bool like(std::string_view text, std::string_view pattern) {
    std::size_t t = 0;
    std::size_t p = 0;
    // Where to go on when what follows the last % does not fit: one character further.
    std::size_t after_percent = std::string_view::npos;
    std::size_t retry = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            after_percent = ++p;
            retry = t;
        } else if (p < pattern.size() && pattern[p] == '_') {
            ++p;
            t = next_character(text, t);
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p, ++t;
        } else if (after_percent != std::string_view::npos) {
            p = after_percent;
            t = retry = next_character(text, retry);
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '%')
        ++p;
    return p == pattern.size();
}

bool is_day(std::string_view text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    }
    return true;
}

}  // namespace diaban
