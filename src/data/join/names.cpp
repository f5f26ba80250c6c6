#include "data/join/names.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <span>

#include "data/join/name_words.h"

namespace diaban {

namespace {

using Words = std::span<const NameWord>;

enum class FormUse {
    full,         ///< "Xã": the word itself
    full_name,    ///< the same, but real names begin with it: "Kota Agung"
    abbreviated,  ///< "X." or "X"
    dotted,       ///< only with a full stop or before a number: "Ph.", "F5"
    initials,     ///< "T.T": single letters, the first with a full stop
    last,         ///< English: at the end, or before a number
};

/// One way to write a kind.
struct KindForm {
    std::vector<NameWord> words;
    UnitKind kind;
    FormUse use;
};

const std::vector<KindForm>& kind_forms() {
    using enum UnitKind;
    static const std::vector<KindForm> forms = [] {
        std::vector<KindForm> made;
        const auto add = [&made](UnitKind kind, FormUse use, std::initializer_list<std::string_view> texts) {
            for (const std::string_view text : texts)
                made.push_back({name_words(text), kind, use});
        };
        add(xa, FormUse::full, {"xã"});
        add(phuong, FormUse::full, {"phường"});
        add(thi_tran, FormUse::full, {"thị trấn"});
        add(dac_khu, FormUse::full, {"đặc khu"});
        add(thi_xa, FormUse::full, {"thị xã"});
        add(thanh_pho, FormUse::full, {"thành phố"});
        add(huyen, FormUse::full, {"huyện"});
        add(quan, FormUse::full, {"quận"});
        add(tinh, FormUse::full, {"tỉnh"});
        add(kecamatan, FormUse::full, {"kecamatan"});
        add(kelurahan, FormUse::full, {"kelurahan"});
        add(kabupaten, FormUse::full, {"kabupaten"});
        add(desa, FormUse::full_name, {"desa"});
        add(kota, FormUse::full_name, {"kota"});
        add(xa, FormUse::abbreviated, {"x"});
        add(phuong, FormUse::abbreviated, {"p"});
        add(thi_tran, FormUse::abbreviated, {"tt", "ttr"});
        add(dac_khu, FormUse::abbreviated, {"đk"});
        add(thi_xa, FormUse::abbreviated, {"tx"});
        add(thanh_pho, FormUse::abbreviated, {"tp"});
        add(huyen, FormUse::abbreviated, {"h"});
        add(quan, FormUse::abbreviated, {"q"});
        add(kecamatan, FormUse::abbreviated, {"kec"});
        add(kelurahan, FormUse::abbreviated, {"kel"});
        add(kabupaten, FormUse::abbreviated, {"kab"});
        add(phuong, FormUse::dotted, {"ph", "f"});
        add(desa, FormUse::dotted, {"ds"});
        add(thi_tran, FormUse::initials, {"t.t", "t.tr"});
        add(thi_xa, FormUse::initials, {"t.x"});
        add(thanh_pho, FormUse::initials, {"t.p"});
        add(dac_khu, FormUse::initials, {"đ.k"});
        add(xa, FormUse::last, {"commune"});
        add(phuong | kelurahan, FormUse::last, {"ward"});
        add(thi_tran, FormUse::last, {"township"});
        add(thi_tran | thi_xa, FormUse::last, {"town"});
        add(dac_khu, FormUse::last, {"special zone"});
        add(thanh_pho | kota, FormUse::last, {"city"});
        add(huyen | quan | kecamatan, FormUse::last, {"district"});
        add(desa, FormUse::last, {"village"});
        add(kabupaten, FormUse::last, {"regency"});
        add(tinh, FormUse::last, {"province"});
        return made;
    }();
    return forms;
}

/// Whether the words begin with the form; without diacritics only where the whole text has none.
bool begin_with(Words words, const KindForm& form, bool plain) {
    if (words.size() < form.words.size()) return false;
    for (std::size_t i = 0; i < form.words.size(); ++i)
        if (words[i].exact != form.words[i].exact && !(plain && words[i].folded == form.words[i].folded)) return false;
    return true;
}

struct FoundKind {
    UnitKind kind = UnitKind::none;
    std::size_t before = 0, after = 0;  ///< words it takes up at either end
    bool sure = true;
    bool plain = false;  ///< written without the diacritics it has
};

/// The kind that the words begin or end with, if anything is left of the name besides.
std::optional<FoundKind> find_kind(Words words, bool plain) {
    for (const KindForm& form : kind_forms()) {
        const std::size_t size = form.words.size();
        if (words.size() <= size) continue;
        if (form.use == FormUse::last && begin_with(words.last(size), form, plain))
            return FoundKind{form.kind, 0, size, false};
        if (!begin_with(words, form, plain)) continue;
        const bool exact = begin_with(words, form, false);
        const bool dot = words[size - 1].dot;
        const bool number_next = words[size].digits;
        switch (form.use) {
            case FormUse::full:
                // "Phuong Dong" may be Phường Đông or Phương Đông.
                return FoundKind{form.kind, size, 0, exact, !exact};
            case FormUse::full_name:
                return FoundKind{form.kind, size, 0, false};
            case FormUse::abbreviated:
                return FoundKind{form.kind, size, 0, dot || number_next};
            case FormUse::dotted:
                if (dot || number_next) return FoundKind{form.kind, size, 0, number_next};
                break;
            case FormUse::initials:
                if (words[0].dot) return FoundKind{form.kind, size, 0, true};
                break;
            case FormUse::last:
                if (number_next) return FoundKind{form.kind, size, 0, true};
                break;
        }
    }
    return {};
}

/// I to XXXIX in the one right way to write them.
std::optional<int> roman_numeral(const std::u16string& word) {
    static const std::vector<std::u16string> numerals = [] {
        std::vector<std::u16string> made;
        const std::u16string ones[] = {u"", u"i", u"ii", u"iii", u"iv", u"v", u"vi", u"vii", u"viii", u"ix"};
        for (const std::u16string tens : {u"", u"x", u"xx", u"xxx"})
            for (const auto& one : ones)
                made.push_back(tens + one);
        return made;
    }();
    if (word.empty() || word.size() > 7) return {};
    const auto found = std::find(numerals.begin(), numerals.end(), word);
    return found == numerals.end() ? std::nullopt : std::optional(static_cast<int>(found - numerals.begin()));
}

NameReading reading(UnitKind kind, Words words) {
    NameReading made;
    made.kind = kind;
    std::u16string exact;
    bool digits_before = false;
    for (const NameWord& word : words) {
        if (digits_before && word.digits) exact += u' ', made.folded += u' ';  // 1 12 is not 11 2
        exact += word.exact;
        made.folded += word.folded;
        if (word.digits) made.numbers += u"," + word.exact;
        digits_before = word.digits;
    }
    icu::UnicodeString(false, exact.data(), static_cast<int32_t>(exact.size())).toUTF8String(made.exact);
    return made;
}

/// The words before ", huyện Ba Chẽ": what follows a comma and begins with a kind is the unit above.
Words without_unit_above(Words words, bool plain) {
    for (std::size_t i = 1; i < words.size(); ++i)
        if (words[i].after_comma && find_kind(words.subspan(i), plain).value_or(FoundKind{}).before > 0)
            return words.first(i);
    return words;
}

bool all_plain(Words words) {
    return std::all_of(words.begin(), words.end(), [](const NameWord& word) { return word.exact == word.folded; });
}

UnitName parse(Words all) {
    UnitName name;
    if (all.empty()) return name;
    const bool plain = all_plain(all);
    const Words words = without_unit_above(all, plain);
    const FoundKind kind = find_kind(words, plain).value_or(FoundKind{});
    name.kind_is_sure = kind.sure;
    name.plain = plain;
    name.plain_kind = kind.plain;
    const Words bare = words.subspan(kind.before, words.size() - kind.before - kind.after);
    name.readings.push_back(reading(kind.kind, bare));

    const bool stands_beside_a_name = bare.size() > 1 || kind.kind != UnitKind::none;
    const auto numeral =
        stands_beside_a_name && bare.back().capitals ? roman_numeral(bare.back().exact) : std::optional<int>();
    if (numeral) {
        std::vector<NameWord> numbered(bare.begin(), bare.end());
        const std::string digits = std::to_string(*numeral);
        numbered.back().digits = true;
        numbered.back().exact.assign(digits.begin(), digits.end());
        numbered.back().folded = numbered.back().exact;
        name.readings.push_back(reading(kind.kind, numbered));
    }
    if (kind.kind != UnitKind::none) name.readings.push_back(reading(UnitKind::none, words));
    return name;
}

}  // namespace

UnitName parse_unit_name(std::string_view text) {
    return parse(name_words(text));
}

UnitName unit_at_the_end(std::string_view text) {
    const std::vector<NameWord> all = name_words(text);
    const Words words = without_unit_above(all, all_plain(all));
    for (std::size_t at = words.size(); at-- > 1;) {
        const auto kind = find_kind(words.subspan(at), all_plain(words));
        if (kind && kind->before > 0 && (kind->sure || kind->plain)) return parse(words.subspan(at));
    }
    return {};
}

NameMatch compare_kinds(UnitKind a, UnitKind b) {
    if (a == b || share_a_kind(a, b)) return NameMatch::same;
    return a == UnitKind::none || b == UnitKind::none ? NameMatch::kind_missing : NameMatch::kinds_differ;
}

NameMatch compare_names(const UnitName& a, const UnitName& b) {
    NameMatch best = NameMatch::different;
    for (const NameReading& one : a.readings)
        for (const NameReading& other : b.readings)
            if (one.exact == other.exact) best = std::max(best, compare_kinds(one.kind, other.kind));
    return best;
}

bool same_folded(const UnitName& a, const UnitName& b) {
    for (const NameReading& one : a.readings)
        for (const NameReading& other : b.readings)
            if (one.folded == other.folded) return true;
    return false;
}

std::string text_key(std::string_view text) {
    return reading(UnitKind::none, name_words(text, true)).exact;
}

}  // namespace diaban
