#include "base/text.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

#include "base/error.h"

namespace diaban {

namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::UnicodeString to_unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_utf8_string(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

const icu::Normalizer2& normaliser(bool decompose) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* n = decompose ? icu::Normalizer2::getNFDInstance(status) : icu::Normalizer2::getNFCInstance(status);
    DIABAN_CHECK(U_SUCCESS(status) && n != nullptr);
    return *n;
}

/// One collator a thread: ICU's are not safe to share while they compare.
const icu::Collator& vietnamese_collator() {
    thread_local const std::unique_ptr<icu::Collator> collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("vi"), status));
        DIABAN_CHECK(U_SUCCESS(status) && made != nullptr);
        // Numbers inside names sort as numbers: Móng Cái 2 before Móng Cái 10.
        made->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
        return made;
    }();
    return *collator;
}

std::u16string_view view_of(const icu::UnicodeString& text) {
    return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

}  // namespace

bool is_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    const auto length = static_cast<int32_t>(text.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, length, c);
        if (c < 0) return false;
    }
    return true;
}

std::string to_nfc(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    // Most text is in the form already: that is told without making UTF-16 of it.
    const icu::StringPiece bytes(text.data(), static_cast<int32_t>(text.size()));
    if (is_utf8(text) && normaliser(false).isNormalizedUTF8(bytes, status) && U_SUCCESS(status))
        return std::string(text);
    status = U_ZERO_ERROR;
    const icu::UnicodeString unicode = to_unicode(text);
    const icu::UnicodeString nfc = normaliser(false).normalize(unicode, status);
    DIABAN_CHECK(U_SUCCESS(status));
    return to_utf8_string(nfc);
}

std::string fold(std::string_view text) {
    icu::UnicodeString unicode = to_unicode(text);
    UErrorCode status = U_ZERO_ERROR;
    unicode = normaliser(true).normalize(unicode.foldCase(), status);
    DIABAN_CHECK(U_SUCCESS(status));
    icu::UnicodeString folded;
    bool blank_due = false;
    for (int32_t i = 0; i < unicode.length();) {
        const UChar32 c = unicode.char32At(i);
        i += U16_LENGTH(c);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (u_isUWhiteSpace(c)) {
            blank_due = !folded.isEmpty();
            continue;
        }
        if (blank_due) folded.append(static_cast<char16_t>(' '));
        blank_due = false;
        folded.append(c == 0x111 ? UChar32{'d'} : c);  // đ has no decomposition
    }
    return to_utf8_string(folded);
}

std::string lower_case(std::string_view text) {
    return to_utf8_string(to_unicode(text).toLower(icu::Locale::getRoot()));
}

bool contains_folded(std::string_view text, std::string_view needle) {
    return fold(text).find(fold(needle)) != std::string::npos;
}

int compare_vietnamese(std::string_view a, std::string_view b) {
    UErrorCode status = U_ZERO_ERROR;
    const auto order =
        vietnamese_collator().compareUTF8(icu::StringPiece(a.data(), static_cast<int32_t>(a.size())),
                                          icu::StringPiece(b.data(), static_cast<int32_t>(b.size())), status);
    DIABAN_CHECK(U_SUCCESS(status));
    return static_cast<int>(order);
}

std::string trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\v\f";
    constexpr std::string_view no_break_space = "\u00a0";
    while (true) {
        if (!text.empty() && blanks.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        } else if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        } else if (!text.empty() && blanks.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
        } else if (text.ends_with(no_break_space)) {
            text.remove_suffix(no_break_space.size());
        } else {
            return std::string(text);
        }
    }
}

bool ends_sentence(std::string_view text) {
    return text.ends_with('.') || text.ends_with('?') || text.ends_with('!');
}

std::size_t edit_distance(std::u16string_view a, std::u16string_view b, std::size_t limit) {
    const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (gap > limit) return limit + 1;
    // Three rows of the table, on the stack for all but very long texts.
    constexpr std::size_t usual = 64;
    const std::size_t width = b.size() + 1;
    std::array<std::size_t, 3 * usual> near{};
    std::vector<std::size_t> far(width > usual ? 3 * width : 0);
    std::size_t* last_but_one = far.empty() ? near.data() : far.data();
    std::size_t* last = last_but_one + width;
    std::size_t* row = last + width;
    std::iota(row, row + width, std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(last_but_one, last);
        std::swap(last, row);
        row[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j < width; ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], last_but_one[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (least > limit) return limit + 1;  // no later row has less
    }
    return std::min(row[width - 1], limit + 1);
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates) {
    const icu::UnicodeString wanted = to_unicode(fold(word));
    const auto allowed = std::max<std::size_t>(1, static_cast<std::size_t>(wanted.length()) / 3);
    std::string nearest;
    std::size_t best = allowed + 1;
    for (const auto& candidate : candidates) {
        const icu::UnicodeString known = to_unicode(fold(candidate));
        const std::size_t distance = edit_distance(view_of(wanted), view_of(known), allowed);
        if (distance < best) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

}  // namespace diaban
