#include "data/encoding/tables.h"

#include <iconv.h>

#include <memory>
#include <type_traits>

#include "base/error.h"

namespace diaban {

namespace {

struct CloseIconv {
    void operator()(iconv_t handle) const { iconv_close(handle); }
};
using Iconv = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseIconv>;

/// Each byte by itself, so that no state is carried along; iconv would compose some letters with their marks, which is
/// left to NFC.
ByteTable from_iconv(const char* name) {
    const iconv_t opened = iconv_open("UTF-32LE", name);
    DIABAN_CHECK(opened != reinterpret_cast<iconv_t>(-1));  // part of every glibc and libiconv
    const Iconv converter(opened);
    ByteTable table{};
    for (std::size_t byte = 1; byte < table.size(); ++byte) {
        iconv(converter.get(), nullptr, nullptr, nullptr, nullptr);
        char in = static_cast<char>(byte);
        std::array<unsigned char, 16> out{};
        char* from = &in;
        char* to = reinterpret_cast<char*>(out.data());
        std::size_t from_left = 1, to_left = out.size();
        const bool refused = iconv(converter.get(), &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1);
        iconv(converter.get(), nullptr, nullptr, &to, &to_left);  // a letter held back for a mark to come
        if (refused || from_left != 0 || out.size() - to_left != 4) continue;
        table[byte] = static_cast<char32_t>(out[0]) | static_cast<char32_t>(out[1]) << 8U |
                      static_cast<char32_t>(out[2]) << 16U | static_cast<char32_t>(out[3]) << 24U;
    }
    return table;
}

/// The ABC fonts keep ASCII whole, and between 0x80 and 0x9F they leave windows-1252's dashes and quotation marks. (The
/// full TCVN 5712, which iconv knows, has capitals at both places.)
ByteTable tcvn3_table() {
    ByteTable table = from_iconv("TCVN");
    const ByteTable& western = byte_table(Encoding::windows_1252);
    for (std::size_t byte = 0; byte < 0xA0; ++byte)
        table[byte] = byte < 0x80 || western[byte] >= 0x2000 ? western[byte] : 0;
    return table;
}

/// ASCII and windows-1252's signs, ơ, ư, đ, and the i and y whose marks VNI does not write behind them.
ByteTable vni_table() {
    ByteTable table = byte_table(Encoding::windows_1252);
    for (std::size_t byte = 0xC0; byte < table.size(); ++byte)
        table[byte] = 0;
    struct Letter {
        uint8_t small_byte;
        char32_t small, capital;
    };
    constexpr Letter letters[] = {{0xF4, U'ơ', U'Ơ'}, {0xF6, U'ư', U'Ư'}, {0xF1, U'đ', U'Đ'},
                                  {0xED, U'í', U'Í'}, {0xEC, U'ì', U'Ì'}, {0xE6, U'ỉ', U'Ỉ'},
                                  {0xF3, U'ĩ', U'Ĩ'}, {0xF2, U'ị', U'Ị'}, {0xEE, U'ỵ', U'Ỵ'}};
    for (const Letter& letter : letters) {
        table[letter.small_byte] = letter.small;
        table[letter.small_byte - 0x20U] = letter.capital;  // as in windows-1252
    }
    return table;
}

}  // namespace

const ByteTable& byte_table(Encoding encoding) {
    static const ByteTable western = from_iconv("CP1252");
    if (encoding == Encoding::windows_1258) {
        static const ByteTable table = from_iconv("CP1258");
        return table;
    }
    if (encoding == Encoding::tcvn3) {
        static const ByteTable table = tcvn3_table();
        return table;
    }
    if (encoding == Encoding::vni) {
        static const ByteTable table = vni_table();
        return table;
    }
    if (encoding == Encoding::viscii) {
        static const ByteTable table = from_iconv("VISCII");
        return table;
    }
    DIABAN_CHECK(encoding == Encoding::windows_1252);
    return western;
}

std::u32string_view vni_marks(uint8_t byte, char32_t letter) {
    const uint8_t small = byte >= 0xC0 && byte < 0xE0 ? static_cast<uint8_t>(byte + 0x20U) : byte;
    const auto is_one_of = [&](std::u32string_view letters) {
        return letters.find(letter) != std::u32string_view::npos;
    };
    const auto when = [](bool fits, std::u32string_view marks) { return fits ? marks : std::u32string_view(); };
    const bool any = is_one_of(U"aeouyơưAEOUYƠƯ"), circumflex = is_one_of(U"aeoAEO"), breve = is_one_of(U"aA");
    switch (small) {
        case 0xF9:
            return when(any, U"\u0301");
        case 0xF8:
            return when(any, U"\u0300");
        case 0xFB:
            return when(any, U"\u0309");
        case 0xF5:
            return when(any, U"\u0303");
        case 0xEF:
            return when(any, U"\u0323");
        case 0xE2:
            return when(circumflex, U"\u0302");
        case 0xE1:
            return when(circumflex, U"\u0302\u0301");
        case 0xE0:
            return when(circumflex, U"\u0302\u0300");
        case 0xE5:
            return when(circumflex, U"\u0302\u0309");
        case 0xE3:
            return when(circumflex, U"\u0302\u0303");
        case 0xE4:
            return when(circumflex, U"\u0302\u0323");
        case 0xEA:
            return when(breve, U"\u0306");
        case 0xE9:
            return when(breve, U"\u0306\u0301");
        case 0xE8:
            return when(breve, U"\u0306\u0300");
        case 0xFA:
            return when(breve, U"\u0306\u0309");
        case 0xFC:
            return when(breve, U"\u0306\u0303");
        case 0xEB:
            return when(breve, U"\u0306\u0323");
        default:
            return {};
    }
}

}  // namespace diaban
