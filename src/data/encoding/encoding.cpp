#include "data/encoding/encoding.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/encoding/tables.h"

namespace diaban {

namespace {

constexpr char32_t replacement = 0xFFFD;

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

void append(icu::UnicodeString& text, char32_t c) {
    text.append(static_cast<UChar32>(c));
}

// ── decoding ──

Decoded finish(const icu::UnicodeString& text, int64_t undecodable) {
    return {to_nfc(to_utf8(text)), undecodable};
}

Decoded decode_table(std::string_view bytes, Encoding encoding) {
    const ByteTable& table = byte_table(encoding);
    icu::UnicodeString text;
    int64_t undecodable = 0;
    for (const char c : bytes) {
        const auto byte = static_cast<uint8_t>(c);
        const bool known = byte == 0 || table[byte] != 0;
        if (!known) ++undecodable;
        append(text, known ? table[byte] : replacement);
    }
    return finish(text, undecodable);
}

Decoded decode_vni(std::string_view bytes) {
    const ByteTable& table = byte_table(Encoding::vni);
    icu::UnicodeString text;
    int64_t undecodable = 0;
    char32_t before = 0;  // the letter that a mark may change
    for (const char c : bytes) {
        const auto byte = static_cast<uint8_t>(c);
        const auto marks = vni_marks(byte, before);
        if (!marks.empty()) {
            for (const char32_t mark : marks)
                append(text, mark);
            before = 0;
            continue;
        }
        const bool known = byte == 0 || table[byte] != 0;
        if (!known) ++undecodable;
        before = known ? table[byte] : replacement;
        append(text, before);
    }
    return finish(text, undecodable);
}

Decoded decode_utf16(std::string_view bytes, bool little) {
    icu::UnicodeString units;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto first = static_cast<unsigned>(static_cast<uint8_t>(bytes[i]));
        const auto second = static_cast<unsigned>(static_cast<uint8_t>(bytes[i + 1]));
        units.append(static_cast<char16_t>(little ? first | second << 8U : first << 8U | second));
    }
    icu::UnicodeString text;
    int64_t undecodable = bytes.size() % 2 != 0 ? 1 : 0;
    for (int32_t i = 0; i < units.length();) {
        const UChar32 c = units.char32At(i);
        i += U16_LENGTH(c);
        const bool lone = c >= 0xD800 && c <= 0xDFFF;
        if (lone) ++undecodable;
        append(text, lone ? replacement : static_cast<char32_t>(c));
    }
    return finish(text, undecodable);
}

Decoded decode_utf8(std::string_view bytes) {
    Decoded decoded{to_nfc(bytes), 0};
    if (is_utf8(bytes)) return decoded;
    const auto count = [](const std::string& text) {
        int64_t found = 0;
        for (auto at = text.find("\uFFFD"); at != std::string::npos; at = text.find("\uFFFD", at + 1))
            ++found;
        return found;
    };
    decoded.undecodable = count(decoded.text) - count(std::string(bytes));
    return decoded;
}

// ── TCVN3's capitals ──

/// A letter of which TCVN3 has both cases, so that its case is what the writer meant.
bool has_case_in_tcvn3(UChar32 c) {
    if (c < 0x80) return u_isalpha(c) != 0;
    constexpr std::u32string_view letters = U"ăâđêôơưĂÂĐÊÔƠƯ";
    return letters.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

struct Cases {
    int small = 0, capital = 0;
};
Cases cases_of(const icu::UnicodeString& text) {
    Cases cases;
    for (int32_t i = 0; i < text.length(); ++i) {
        const UChar32 c = text.charAt(i);
        if (has_case_in_tcvn3(c)) ++(u_isUUppercase(c) ? cases.capital : cases.small);
    }
    return cases;
}

bool has_toned_small_letter(const icu::UnicodeString& word) {
    for (int32_t i = 0; i < word.length(); ++i)
        if (u_isULowercase(word.charAt(i)) && !has_case_in_tcvn3(word.charAt(i))) return true;
    return false;
}

/// Calls `change(word)` for each run of letters, in place.
template <class Change>
void each_word(icu::UnicodeString& text, Change change) {
    for (int32_t from = 0; from < text.length();) {
        int32_t to = from;
        while (to < text.length() && u_isalpha(text.charAt(to)))
            ++to;
        if (to > from) {
            icu::UnicodeString word(text, from, to - from);
            change(word);
            text.replaceBetween(from, to, word);
        }
        from = to + 1;
    }
}

bool starts_small(const icu::UnicodeString& word) {
    return u_isULowercase(word.charAt(0)) != 0;
}

/// "Xuân ái" was meant as Xuân Ái when every other word, of which there is one, begins with a capital.
void mend_first_letters(icu::UnicodeString& text) {
    bool others_are_names = true;
    int others = 0;
    each_word(text, [&](const icu::UnicodeString& word) {
        if (starts_small(word) && !has_case_in_tcvn3(word.charAt(0))) return;
        others_are_names = others_are_names && !starts_small(word);
        ++others;
    });
    if (others == 0 || !others_are_names) return;
    each_word(text, [](icu::UnicodeString& word) {
        if (starts_small(word)) word.setCharAt(0, static_cast<char16_t>(u_toupper(word.charAt(0))));
    });
}

/// "QUảNG NINH" was written as QUẢNG NINH, with a font of capitals or none. A word is capitals when all its letters
/// that could show it are, and there are two; "Hà" and "Ô" by themselves say nothing, but follow a cell of capitals.
std::string mend_capitals(const std::string& decoded) {
    icu::UnicodeString text = from_utf8(decoded);
    bool all = cases_of(text).small == 0, some = false;
    each_word(text, [&](const icu::UnicodeString& word) {
        const Cases cases = cases_of(word);
        some = some || (cases.small == 0 && cases.capital >= 2);
    });
    each_word(text, [&](icu::UnicodeString& word) {
        const Cases cases = cases_of(word);
        const bool capitals = cases.small == 0 && (cases.capital >= 2 || (all && some));
        if (capitals && has_toned_small_letter(word)) word.toUpper(icu::Locale::getRoot());
    });
    mend_first_letters(text);
    return to_utf8(text);
}

constexpr std::array<Encoding, 8> encodings{Encoding::utf8,         Encoding::utf16le,      Encoding::utf16be,
                                            Encoding::windows_1258, Encoding::windows_1252, Encoding::tcvn3,
                                            Encoding::vni,          Encoding::viscii};

}  // namespace

std::span<const Encoding> all_encodings() {
    return encodings;
}

std::string to_id(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
            return "utf-8";
        case Encoding::utf16le:
            return "utf-16le";
        case Encoding::utf16be:
            return "utf-16be";
        case Encoding::windows_1258:
            return "windows-1258";
        case Encoding::windows_1252:
            return "windows-1252";
        case Encoding::tcvn3:
            return "tcvn3";
        case Encoding::vni:
            return "vni";
        case Encoding::viscii:
            return "viscii";
    }
    return {};
}

std::optional<Encoding> encoding_from_id(std::string_view id) {
    std::string small(id);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    for (const Encoding encoding : encodings)
        if (to_id(encoding) == small) return encoding;
    return {};
}

std::string to_text(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
            return tr("Unicode (UTF-8)");
        case Encoding::utf16le:
        case Encoding::utf16be:
            return tr("Unicode (UTF-16)");
        case Encoding::windows_1258:
            return tr("Windows Vietnamese (1258)");
        case Encoding::windows_1252:
            return tr("Windows Western European (1252)");
        case Encoding::tcvn3:
            return tr("TCVN3 (ABC)");
        case Encoding::vni:
            return tr("VNI for Windows");
        case Encoding::viscii:
            return tr("VISCII");
    }
    return {};
}

Decoded decode(std::string_view bytes, Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8:
            return decode_utf8(bytes);
        case Encoding::utf16le:
        case Encoding::utf16be:
            return decode_utf16(bytes, encoding == Encoding::utf16le);
        case Encoding::vni:
            return decode_vni(bytes);
        case Encoding::tcvn3: {
            Decoded decoded = decode_table(bytes, encoding);
            decoded.text = mend_capitals(decoded.text);
            return decoded;
        }
        case Encoding::windows_1258:
        case Encoding::windows_1252:
        case Encoding::viscii:
            return decode_table(bytes, encoding);
    }
    return {};
}

}  // namespace diaban
