// The 8-bit encodings in which Vietnamese text was written before Unicode, and Unicode's own.
//
//     decode("B\xD7nh Li\xAAu", Encoding::tcvn3).text == "Bình Liêu"
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace diaban {

enum class Encoding {
    utf8,
    utf16le,
    utf16be,
    windows_1258,  ///< Microsoft's: five combining tone marks
    windows_1252,  ///< Western European
    tcvn3,         ///< TCVN 5712:1993 as the ABC fonts (.VnTime) use it
    vni,           ///< VNI for Windows: a base letter, then a byte for its marks
    viscii,        ///< RFC 1456
};

/// All of them, as a list to choose from.
[[nodiscard]] std::span<const Encoding> all_encodings();

/// "utf-8", "utf-16le", "utf-16be", "windows-1258", "windows-1252", "tcvn3", "vni", "viscii".
[[nodiscard]] std::string to_id(Encoding encoding);
/// Whatever the case; nothing for an unknown id.
[[nodiscard]] std::optional<Encoding> encoding_from_id(std::string_view id);
/// For people, translated: "TCVN3 (ABC)".
[[nodiscard]] std::string to_text(Encoding encoding);

struct Decoded {
    std::string text;         ///< UTF-8, NFC; what could not be decoded is U+FFFD
    int64_t undecodable = 0;  ///< bytes that mean nothing in the encoding, or not at their place
    bool operator==(const Decoded&) const = default;
};

/// Never fails. Control bytes below 0x20 stay what they are, but for VISCII's six letters among them. The ABC fonts
/// have no capitals with tone marks, so that TCVN3's capitalised words come as "QUảNG": they are given their capitals
/// back.
[[nodiscard]] Decoded decode(std::string_view bytes, Encoding encoding);

/// The bytes of UTF-8 text, in any normal form; nothing when the encoding lacks one of its letters. For TCVN3 the
/// capitals with tone marks are written as small ones, as people wrote them.
[[nodiscard]] std::optional<std::string> encode(std::string_view text, Encoding encoding);

/// The bytes from which a program made this Unicode text by taking them for windows-1252 (or Latin-1); nothing when it
/// holds a character that cannot come from there.
[[nodiscard]] std::optional<std::string> bytes_behind(std::string_view text);

}  // namespace diaban
