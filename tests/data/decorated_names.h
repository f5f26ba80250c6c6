// A unit's name as somebody else might have written it: for tests of joins.
#pragma once

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diaban {

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

inline std::string decomposed_utf8(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    icu::Normalizer2::getNFDInstance(status)->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(out);
    return out;
}

/// In the other convention of tone marks, short or long kind, other case, NFD, hyphens for blanks, a zero or a Roman
/// numeral for its last number: each by chance.
inline std::string decorated(std::string name, std::mt19937& random) {
    const auto chance = [&random](unsigned of) { return random() % of == 0; };
    if (chance(2)) {
        static const std::vector<std::pair<std::string, std::string>> tones{
            {"oà", "òa"}, {"oá", "óa"}, {"oả", "ỏa"}, {"oã", "õa"}, {"oạ", "ọa"}, {"uỷ", "ủy"}, {"uỳ", "ùy"}};
        const bool old = chance(2);
        for (const auto& [one, other] : tones)
            name = old ? replaced(name, one + " ", other + " ") : replaced(name, other + " ", one + " ");
    }
    if (!name.empty() && name.back() >= '1' && name.back() <= '9' && name[name.size() - 2] == ' ') {
        static const std::vector<std::string> roman{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
        const auto digit = static_cast<std::size_t>(name.back() - '0');
        if (chance(3))
            name = name.substr(0, name.size() - 1) + roman[digit];
        else if (chance(3))
            name = name.substr(0, name.size() - 1) + "0" + std::to_string(digit);
    }
    static const std::vector<std::pair<std::string, std::vector<std::string>>> kinds{
        {"Xã ", {"X. ", "X ", "X.", "xã ", "xã. "}},
        {"Phường ", {"P. ", "P ", "P.", "phường "}},
        {"Thị trấn ", {"TT ", "TT. ", "T.T ", "T.T. ", "thị trấn "}},
        {"Đặc khu ", {"ĐK ", "ĐK. ", "đặc khu "}}};
    std::string kind, bare = name;
    for (const auto& [full, shorts] : kinds) {
        if (!name.starts_with(full)) continue;
        kind = chance(3) ? full : shorts[random() % shorts.size()];
        bare = name.substr(full.size());
    }
    if (chance(4)) bare = replaced(bare, " ", "-");
    if (chance(4)) bare = replaced(bare, " ", "  ");
    if (chance(5)) bare += " (cũ)";
    std::string written = kind + bare;
    const unsigned cased = random() % 4;
    if (cased < 2) {
        icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(written);
        // A numeral in small letters is none.
        const bool numeral = !bare.empty() && (bare.ends_with("I") || bare.ends_with("V") || bare.ends_with("X"));
        if (cased == 0) unicode.toUpper();
        if (cased == 1 && !numeral && bare.find("(cũ)") == std::string::npos) unicode.toLower();
        written.clear();
        unicode.toUTF8String(written);
    }
    if (chance(2)) written = decomposed_utf8(written);
    if (chance(3)) written = " " + written + "\u00a0";
    return written;
}

}  // namespace diaban
