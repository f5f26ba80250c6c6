#include "data/encoding/likelihood.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace diaban {

namespace {

std::u32string to_utf32(std::string_view text) {
    std::u32string result;
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    const auto length = static_cast<int32_t>(text.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, length, c);
        result += static_cast<char32_t>(c);
    }
    return result;
}

bool is_letter(char32_t c) {
    return u_isalpha(static_cast<UChar32>(c)) && c != U'ª' && c != U'º' && c != U'µ';
}
bool is_capital(char32_t c) {
    return u_isUUppercase(static_cast<UChar32>(c)) != 0;
}
bool is_mark(char32_t c) {
    return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}
bool is_one_of(char32_t c, std::u32string_view list) {
    return list.find(c) != std::u32string_view::npos;
}

/// What stands between words, for the most part; all of it below 0x80 but letters.
bool separates(char32_t c) {
    if (c < 0x80) return !is_letter(c);
    return u_isUWhiteSpace(static_cast<UChar32>(c)) || (c >= 0x2010 && c <= 0x203E) || (c >= 0x3000 && c <= 0x303F);
}

double separator_cost(char32_t c) {
    if (c < 0x80) return c >= 0x20 || c == U'\t' || c == U'\n' || c == U'\r' ? 0 : 12;
    return 5;
}

// ── words of other languages ──

constexpr double sign_in_word = 13;

double letter_cost(char32_t c) {
    constexpr std::u32string_view common = U"éèêëàâäáãçñôöóõíîïúûüøåæßÉÖÜÄÅÇØ";
    if (c < 0x80) return 3.0;
    if (is_one_of(c, common)) return 5.5;
    if (c < 0x250) return 6.5;
    if (c >= 0x1E00 && c <= 0x1EFF) return 8;
    return 4;  // of another script: each has its own frequent ones
}

bool is_latin(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_LATIN;
}

/// What may precede or follow a word without a blank, as quotation marks of either direction and a footnote's number
/// do.
std::u32string_view without_edges(std::u32string_view word, double& cost) {
    constexpr double quotation = 4, trailing = 8;
    while (!word.empty() && is_one_of(word.front(), U"«»¡¿·")) {
        word.remove_prefix(1);
        cost += quotation;
    }
    while (!word.empty() && is_one_of(word.back(), U"«»ªº°²³¹®©™")) {
        cost += is_one_of(word.back(), U"«»") ? quotation : trailing;
        word.remove_suffix(1);
    }
    if (word.starts_with(U'µ') && word.size() <= 3) {  // µg, µm
        word.remove_prefix(1);
        cost += trailing;
    }
    return word;
}

/// What is no letter inside a word: Catalan's "il·lusió" has it, and marks behind the letters of many scripts.
double sign_cost(std::u32string_view word, std::size_t at) {
    constexpr double own_sign = 4, loose_mark = 9;
    const bool between_ls = word[at] == U'·' && at > 0 && at + 1 < word.size() && is_one_of(word[at - 1], U"lL") &&
                            is_one_of(word[at + 1], U"lL");
    if (between_ls) return own_sign;
    if (!is_mark(word[at])) return sign_in_word;
    return at > 0 && !is_latin(word[at - 1]) ? own_sign : loose_mark;
}

double foreign_cost(std::u32string_view whole) {
    constexpr double odd_case = 8, mixed_scripts = 12;
    double cost = 0;
    const std::u32string_view word = without_edges(whole, cost);
    bool latin = false, other = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char32_t c = word[i];
        if (!is_letter(c)) {
            cost += sign_cost(word, i);
            continue;
        }
        cost += letter_cost(c);
        (is_latin(c) ? latin : other) = true;
        // "McDonald" is a name, but "CÈm" is no word of any language.
        if (i > 0 && (c >= 0x80 || word[i - 1] >= 0x80) && is_letter(word[i - 1]) && is_capital(c) &&
            !is_capital(word[i - 1]))
            cost += odd_case;
        if (i > 1 && c < 0x250 && word[i - 1] >= 0x80 && is_letter(word[i - 1]) && is_capital(word[i - 1]) &&
            is_capital(word[i - 2]) && !is_capital(c))
            cost += odd_case;
    }
    return cost + (latin && other ? mixed_scripts : 0);
}

// ── words ──

/// In small letters, with a first capital, or in capitals.
bool even_case(std::u32string_view word) {
    const auto capitals = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_capital));
    return capitals == 0 || capitals == word.size() || (capitals == 1 && is_capital(word.front()));
}

bool has_small_letter(std::u32string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char32_t c) { return is_letter(c) && u_isULowercase(static_cast<UChar32>(c)); });
}

/// A word in capitals, one of them behind the first no plain letter, as wrong readings have them: "HỰ Long".
bool shouts(std::u32string_view word) {
    return !has_small_letter(word) &&
           std::any_of(word.begin() + 1, word.end(), [](char32_t c) { return c >= 0x80 && is_capital(c); });
}

/// A word as part of Vietnamese text and as part of text in another language.
struct WordCost {
    double vietnamese = 0, foreign = 0;
};

/// Which words of other languages Vietnamese text is likely to hold.
enum class Loans { any, without_marks };

WordCost word_cost(std::u32string_view word, Loans loans) {
    constexpr double lone_sign = 7, lone_quotation = 4;
    if (std::none_of(word.begin(), word.end(), is_letter)) {
        double cost = 0;
        for (const char32_t c : word)
            cost += c < 0xA0 || c == 0xFFFD ? sign_in_word + 1 : is_one_of(c, U"«»·") ? lone_quotation : lone_sign;
        return {cost, cost};
    }
    const double foreign = foreign_cost(word);
    const bool ascii = std::all_of(word.begin(), word.end(), [](char32_t c) { return c < 0x80; });
    const double loan = foreign + (ascii || loans == Loans::any ? 3 : 8);
    const double syllable = even_case(word) ? syllable_surprise(word) : -1;
    return {syllable >= 0 ? std::min(syllable, loan) : loan, foreign};
}

WordCost text_cost(std::string_view text, Loans loans) {
    const std::u32string characters = to_utf32(text);
    constexpr double shouting = 3;
    const bool small_letters = has_small_letter(characters);
    double aside = 0;
    WordCost sum;
    for (std::size_t from = 0; from < characters.size();) {
        if (separates(characters[from])) {
            aside += separator_cost(characters[from]);
            ++from;
            continue;
        }
        std::size_t to = from;
        while (to < characters.size() && !separates(characters[to]))
            ++to;
        const std::u32string_view letters = std::u32string_view(characters).substr(from, to - from);
        const WordCost word = word_cost(letters, loans);
        if (small_letters && shouts(letters)) aside += shouting;
        sum.vietnamese += word.vietnamese;
        sum.foreign += word.foreign;
        from = to;
    }
    return {sum.vietnamese + aside, sum.foreign + aside};
}

}  // namespace

double surprise(std::string_view text) {
    const WordCost cost = text_cost(text, Loans::any);
    return std::min(cost.vietnamese, cost.foreign);
}

double surprise_in_vietnamese(std::string_view text) {
    return text_cost(text, Loans::without_marks).vietnamese;
}

}  // namespace diaban
