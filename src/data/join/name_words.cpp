#include "data/join/name_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "base/error.h"

namespace diaban {

namespace {

constexpr char16_t d_with_stroke = 0x111;

/// What is typed for an apostrophe in "Ea H'Leo"; the spacing accents among them would otherwise become marks.
bool is_apostrophe(UChar32 c) {
    constexpr std::u16string_view all = u"'\u2018\u2019\u201b\u02bc\u02b9\u02bb\u2032\u00b4`\uff07";
    return c <= 0xffff && all.find(static_cast<char16_t>(c)) != std::u16string_view::npos;
}

/// Grave, acute, tilde, hook above, dot below: the five tones. Breve, circumflex and horn make other letters.
bool is_tone(UChar32 c) {
    return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

bool is_vowel(UChar32 c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

bool is_mark(UChar32 c) {
    return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/// Compatibility decomposition, apostrophes taken out before they can become marks.
icu::UnicodeString decomposed(std::string_view text) {
    auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    icu::UnicodeString kept;
    bool ascii = true;
    for (int32_t i = 0; i < unicode.length();) {
        const UChar32 c = unicode.char32At(i);
        i += U16_LENGTH(c);
        ascii = ascii && c < 0x80;
        if (!is_apostrophe(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) kept.append(c);
    }
    if (ascii) return kept;
    UErrorCode status = U_ZERO_ERROR;
    const auto* normaliser = icu::Normalizer2::getNFKDInstance(status);
    DIABAN_CHECK(U_SUCCESS(status) && normaliser != nullptr);
    icu::UnicodeString result = normaliser->normalize(kept, status);
    DIABAN_CHECK(U_SUCCESS(status));
    return result;
}

/// Builds words character by character.
class Splitter {
public:
    void letter(UChar32 c) {
        if (open_ && words_.back().digits) close();
        NameWord& word = open(false);
        if (u_isupper(c) == 0) word.capitals = false;
        icu::UnicodeString lower(c);
        lower.foldCase();
        for (int32_t i = 0; i < lower.length();) {
            UChar32 l = lower.char32At(i);
            i += U16_LENGTH(l);
            if (is_mark(l)) {
                mark(l);
                continue;
            }
            if (l == 0xf0 || l == 0x256) l = d_with_stroke;  // Ð and Ɖ look like Đ, and are typed for it
            vowel_ = is_vowel(l);
            if (!vowel_) place_tones();
            append(word.exact, l);
            append(word.folded, l == d_with_stroke ? UChar32{'d'} : l);
        }
    }
    void mark(UChar32 c) {
        if (!open_) return;
        if (is_tone(c) && vowel_)
            tones_.push_back(static_cast<char16_t>(c));
        else
            append(words_.back().exact, c);
        if (u_charType(c) != U_NON_SPACING_MARK) append(words_.back().folded, c);  // vowels of Indic scripts
    }
    void digit(int32_t value) {
        if (open_ && !words_.back().digits) close();
        NameWord& word = open(true);
        if (word.exact == u"0") word.exact.clear();
        word.exact.push_back(static_cast<char16_t>(u'0' + value));
        word.folded = word.exact;
    }
    void separator(UChar32 c) {
        if (open_) words_.back().dot = c == '.';
        close();
        comma_ = comma_ || c == ',' || c == ';';
    }
    std::vector<NameWord> finish() && {
        close();
        return std::move(words_);
    }

private:
    NameWord& open(bool digits) {
        if (!open_) {
            words_.push_back({{}, {}, digits, !digits, false, comma_ && !words_.empty()});
            open_ = true;
            comma_ = false;
        }
        return words_.back();
    }
    void close() {
        if (open_) place_tones();
        open_ = false;
    }
    /// Behind the vowels, so that "hoà" and "hòa" are one.
    void place_tones() {
        if (tones_.empty()) return;
        std::sort(tones_.begin(), tones_.end());
        words_.back().exact += tones_;
        tones_.clear();
    }
    static void append(std::u16string& text, UChar32 c) {
        if (c <= 0xffff) {
            text.push_back(static_cast<char16_t>(c));
        } else {
            text.push_back(static_cast<char16_t>(U16_LEAD(c)));
            text.push_back(static_cast<char16_t>(U16_TRAIL(c)));
        }
    }

    std::vector<NameWord> words_;
    std::u16string tones_;
    bool open_ = false;
    bool vowel_ = false;  ///< the last letter is one
    bool comma_ = false;
};

}  // namespace

std::vector<NameWord> name_words(std::string_view text, bool with_remarks) {
    const icu::UnicodeString unicode = decomposed(text);
    Splitter splitter;
    int depth = 0;
    for (int32_t i = 0; i < unicode.length();) {
        const UChar32 c = unicode.char32At(i);
        i += U16_LENGTH(c);
        const bool opens = c == '(' || c == '[';
        const bool closes = c == ')' || c == ']';
        if (opens && !with_remarks) ++depth;
        if (opens || closes) splitter.separator(c);
        if (closes && depth > 0) --depth;
        if (opens || closes || depth > 0) continue;
        if (u_isdigit(c) != 0)
            splitter.digit(u_charDigitValue(c));
        else if (is_mark(c))
            splitter.mark(c);
        else if (u_isalnum(c) != 0)
            splitter.letter(c);
        else
            splitter.separator(c);
    }
    auto words = std::move(splitter).finish();
    if (words.empty() && !with_remarks) return name_words(text, true);
    return words;
}

}  // namespace diaban
