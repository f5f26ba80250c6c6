// Names of administrative units as people mean them: "X. Hoà Bình", "xã Hòa Bình" and "HÒA-BÌNH (mới)" are one name.
//
//     UnitName a = parse_unit_name("P. Móng Cái I"), b = parse_unit_name("Phường Móng Cái 01");
//     compare_names(a, b);      // NameMatch::same
//
// What does not count: normal form (NFC, NFD, full-width letters), case, Đ typed as the Icelandic Ð, where a tone mark
// sits within its vowels, spaces, hyphens, apostrophes and other punctuation, remarks in parentheses, zeros before a
// number, Roman for Arabic numerals in the last word. What does: letters with their diacritics, and numbers.
//
// A kind ("Xã", "X.", "Kecamatan", a final "commune") is set apart from the name where something is left of the name
// without it. Since a real name may begin with such a word ("Kota Agung"), the name as it stands stays a second
// reading; a name that merely begins with the same letter ("Xuân Sơn", "Phong Cốc") loses nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace diaban {

/// A set of kinds, as bits: the English "town" may be a thị trấn or a thị xã.
enum class UnitKind : uint32_t {
    none = 0,
    xa = 1U << 0U,
    phuong = 1U << 1U,
    thi_tran = 1U << 2U,
    dac_khu = 1U << 3U,
    thi_xa = 1U << 4U,
    thanh_pho = 1U << 5U,
    huyen = 1U << 6U,
    quan = 1U << 7U,
    tinh = 1U << 8U,
    kecamatan = 1U << 9U,
    desa = 1U << 10U,
    kelurahan = 1U << 11U,
    kabupaten = 1U << 12U,
    kota = 1U << 13U,
};
[[nodiscard]] constexpr UnitKind operator|(UnitKind a, UnitKind b) {
    return static_cast<UnitKind>(static_cast<uint32_t>(a) | static_cast<uint32_t>(b));
}
[[nodiscard]] constexpr bool share_a_kind(UnitKind a, UnitKind b) {
    return (static_cast<uint32_t>(a) & static_cast<uint32_t>(b)) != 0;
}

/// One way to read a name. The keys are for comparing, not for showing.
struct NameReading {
    UnitKind kind = UnitKind::none;
    std::string exact;       ///< with diacritics; without spaces
    std::u16string folded;   ///< without diacritics, đ as d; for suggestions only
    std::u16string numbers;  ///< the numbers in it, a comma before each: ",12"
    bool operator==(const NameReading&) const = default;
};

struct UnitName {
    std::vector<NameReading> readings;  ///< the likeliest first; none when the text holds no letter and no digit
    bool kind_is_sure = true;           ///< the word set apart as the kind can hardly be part of the name
    bool plain = false;                 ///< no diacritics and no đ in it
    bool plain_kind = false;            ///< its kind is written without the diacritics it has: so is the name, perhaps

    [[nodiscard]] bool empty() const { return readings.empty(); }
    bool operator==(const UnitName&) const = default;
};

[[nodiscard]] UnitName parse_unit_name(std::string_view text);

/// The unit that a longer text ends with, by the last kind in it: "Xã Bình Liêu" of "Trạm y tế xã Bình Liêu". Empty
/// when there is none but at the beginning.
[[nodiscard]] UnitName unit_at_the_end(std::string_view text);

/// How well two names agree, best last.
enum class NameMatch {
    different,
    kinds_differ,  ///< "Xã Bắc Sơn", "Phường Bắc Sơn"
    kind_missing,  ///< "Bắc Sơn", "Phường Bắc Sơn"
    same,
};
[[nodiscard]] NameMatch compare_names(const UnitName& a, const UnitName& b);
[[nodiscard]] NameMatch compare_kinds(UnitKind a, UnitKind b);

/// Whether any two readings agree without diacritics.
[[nodiscard]] bool same_folded(const UnitName& a, const UnitName& b);

/// All words of the text (remarks and kinds included) as one key: for telling whether two texts say the same.
[[nodiscard]] std::string text_key(std::string_view text);

}  // namespace diaban
