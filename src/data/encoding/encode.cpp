// From Unicode to the bytes of the old encodings, and back to the bytes that a wrong reader took for windows-1252.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <map>

#include "base/error.h"
#include "base/text.h"
#include "data/encoding/encoding.h"
#include "data/encoding/tables.h"

namespace diaban {

namespace {

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

icu::UnicodeString normal_form(const icu::UnicodeString& text, bool composed) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* form = composed ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
    DIABAN_CHECK(U_SUCCESS(status) && form != nullptr);
    icu::UnicodeString result = form->normalize(text, status);
    DIABAN_CHECK(U_SUCCESS(status));
    return result;
}

/// The only ones beyond ASCII.
constexpr std::u32string_view capitals_of_tcvn3 = U"ĂÂĐÊÔƠƯ";

std::map<char32_t, char> inverse(Encoding encoding) {
    std::map<char32_t, char> bytes;
    const ByteTable& table = byte_table(encoding);
    for (std::size_t byte = 1; byte < table.size(); ++byte)
        if (table[byte] != 0) bytes.try_emplace(table[byte], static_cast<char>(byte));
    // Capitals with tone marks have places in the standard, not in the fonts.
    if (encoding == Encoding::tcvn3)
        std::erase_if(bytes, [](const auto& entry) {
            const auto c = static_cast<UChar32>(entry.first);
            return c >= 0x80 && u_isUUppercase(c) && capitals_of_tcvn3.find(entry.first) == std::u32string_view::npos;
        });
    return bytes;
}

const std::map<char32_t, char>& bytes_by_character(Encoding encoding) {
    switch (encoding) {
        case Encoding::windows_1258: {
            static const auto bytes = inverse(encoding);
            return bytes;
        }
        case Encoding::tcvn3: {
            static const auto bytes = inverse(encoding);
            return bytes;
        }
        case Encoding::vni: {
            static const auto bytes = inverse(encoding);
            return bytes;
        }
        case Encoding::viscii: {
            static const auto bytes = inverse(encoding);
            return bytes;
        }
        default: {
            static const auto bytes = inverse(Encoding::windows_1252);
            return bytes;
        }
    }
}

bool is_tone_mark(char32_t c) {
    return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

/// A letter without its tone, and the tone behind it: "ế" as "ê" and U+0301, as windows-1258 and VNI want it.
struct Toned {
    char32_t letter = 0;
    char32_t tone = 0;
    std::u32string shape;  ///< the decomposed letter's marks but for the tone
    char32_t base = 0;
};
Toned split_tone(UChar32 c) {
    const icu::UnicodeString parts = normal_form(icu::UnicodeString(c), false);
    Toned toned;
    icu::UnicodeString letter;
    for (int32_t i = 0; i < parts.length();) {
        const UChar32 part = parts.char32At(i);
        i += U16_LENGTH(part);
        if (is_tone_mark(static_cast<char32_t>(part))) {
            toned.tone = static_cast<char32_t>(part);
            continue;
        }
        if (letter.isEmpty())
            toned.base = static_cast<char32_t>(part);
        else
            toned.shape += static_cast<char32_t>(part);
        letter.append(part);
    }
    letter = normal_form(letter, true);
    toned.letter = letter.countChar32() == 1 ? static_cast<char32_t>(letter.char32At(0)) : 0;
    return toned;
}

/// The VNI mark that adds `marks` to `letter`; small or capital as the letter is. 0: there is none.
char vni_byte(char32_t letter, std::u32string_view marks) {
    const unsigned from = u_isUUppercase(static_cast<UChar32>(letter)) ? 0xC0U : 0xE0U;
    for (unsigned byte = from; byte < from + 0x20U; ++byte)
        if (!marks.empty() && vni_marks(static_cast<uint8_t>(byte), letter) == marks) return static_cast<char>(byte);
    return 0;
}

bool encode_vni(UChar32 c, std::string& bytes) {
    const auto& single = bytes_by_character(Encoding::vni);
    const Toned toned = split_tone(c);
    const bool horned = toned.shape == U"\u031B";
    const char32_t letter = horned ? toned.letter : toned.base;
    std::u32string marks = horned ? std::u32string() : toned.shape;
    if (toned.tone != 0) marks += toned.tone;
    const auto byte = single.find(letter);
    const char mark = vni_byte(letter, marks);
    if (byte == single.end() || mark == 0) return false;
    bytes += byte->second;
    bytes += mark;
    return true;
}

bool encode_one(UChar32 c, Encoding encoding, std::string& bytes) {
    const auto& single = bytes_by_character(encoding);
    if (const auto byte = single.find(static_cast<char32_t>(c)); byte != single.end()) {
        bytes += byte->second;
        return true;
    }
    if (c == 0) {
        bytes += '\0';
        return true;
    }
    if (encoding == Encoding::vni) return encode_vni(c, bytes);
    if (encoding == Encoding::tcvn3) {
        const auto small = single.find(static_cast<char32_t>(u_tolower(c)));
        if (small == single.end()) return false;
        bytes += small->second;
        return true;
    }
    if (encoding != Encoding::windows_1258) return false;
    const Toned toned = split_tone(c);
    const auto letter = single.find(toned.letter), tone = single.find(toned.tone);
    if (letter == single.end() || tone == single.end()) return false;
    bytes += letter->second;
    bytes += tone->second;
    return true;
}

std::string encode_utf16(const icu::UnicodeString& text, bool little) {
    std::string bytes;
    for (int32_t i = 0; i < text.length(); ++i) {
        const auto unit = static_cast<unsigned>(text.charAt(i));
        const char low = static_cast<char>(unit & 0xFFU), high = static_cast<char>(unit >> 8U);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

}  // namespace

std::optional<std::string> encode(std::string_view text, Encoding encoding) {
    const icu::UnicodeString unicode = normal_form(from_utf8(text), true);
    if (encoding == Encoding::utf8) return to_nfc(text);
    if (encoding == Encoding::utf16le || encoding == Encoding::utf16be)
        return encode_utf16(unicode, encoding == Encoding::utf16le);
    std::string bytes;
    for (int32_t i = 0; i < unicode.length();) {
        const UChar32 c = unicode.char32At(i);
        i += U16_LENGTH(c);
        if (!encode_one(c, encoding, bytes)) return {};
    }
    return bytes;
}

std::optional<std::string> bytes_behind(std::string_view text) {
    const auto& western = bytes_by_character(Encoding::windows_1252);
    const icu::UnicodeString unicode = from_utf8(text);
    std::string bytes;
    for (int32_t i = 0; i < unicode.length();) {
        const UChar32 c = unicode.char32At(i);
        i += U16_LENGTH(c);
        if (const auto byte = western.find(static_cast<char32_t>(c)); byte != western.end())
            bytes += byte->second;
        else if (c < 0xA0)  // Latin-1's control characters, at the places that windows-1252 fills
            bytes += static_cast<char>(static_cast<uint8_t>(c));
        else
            return {};
    }
    return bytes;
}

}  // namespace diaban
