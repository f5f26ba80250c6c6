// What the bytes of the 8-bit encodings stand for.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "data/encoding/encoding.h"

namespace diaban {

/// By byte, the character it stands for; 0 where it means nothing (and for 0 itself).
using ByteTable = std::array<char32_t, 256>;

/// For windows-1252, windows-1258 (tone marks as combining characters), TCVN3 and VISCII; for VNI its letters that are
/// one byte, the marks left out.
[[nodiscard]] const ByteTable& byte_table(Encoding encoding);

/// What a VNI mark makes of the letter before it, which is an ASCII vowel, ơ or ư, of either case: decomposed marks to
/// put behind that letter ("\u0302\u0301" for 0xE1: â and sắc); empty when the byte is no mark or does not fit it.
[[nodiscard]] std::u32string_view vni_marks(uint8_t byte, char32_t letter);

}  // namespace diaban
