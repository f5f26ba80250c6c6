// The shape of Vietnamese syllables: onset, rhyme and tone.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "base/error.h"
#include "data/encoding/likelihood.h"

namespace diaban {

namespace {

using Costs = std::map<std::u32string, double, std::less<>>;

/// Words of a list, separated by blanks, each at the cost of its list.
struct Tier {
    double cost;
    std::u32string_view words;
};

Costs costs_of(std::initializer_list<Tier> tiers) {
    Costs costs;
    for (const Tier& tier : tiers) {
        for (std::size_t from = 0; from < tier.words.size();) {
            const std::size_t to = std::min(tier.words.find(U' ', from), tier.words.size());
            costs.try_emplace(std::u32string(tier.words.substr(from, to - from)), tier.cost);
            from = to + 1;
        }
    }
    return costs;
}

/// The last tier holds clusters of the highlands' languages, whose names are written among Vietnamese ones.
const Costs& onsets() {
    static const Costs costs = costs_of({{2.6, U"h l th đ t ph c v"},
                                         {3.4, U"m b s qu n tr ch kh"},
                                         {3.8, U"d ng nh gi k x ngh"},
                                         {5.2, U"p r g gh"},
                                         {7.5, U"kr br dr đr pl kl bl gr"}});
    return costs;
}

/// Without their tones. "k" for "c" at the end, "ea", "eng" are the highlands' spelling.
const Costs& rhymes() {
    static const Costs costs =
        costs_of({{3.4, U"a inh ai ương iên ân ang ông anh am ao ô i"},
                  {4.3,
                   U"âm u âu an ư y ôc uyên ia ong âp ăng ung oa ê ươc uân ưc on o ơi uy au ây ap uc ach iêp ăc iêu ac "
                   U"ăn ôi oc"},
                  {5.3,
                   U"im ơn iêt ơ ưu ich iêng at ua ôn oang oan ôt ât iêm in ơp oai ynh ưa e uôi ưng ay yên ên uê uông "
                   U"ui en eo ươi uyêt"},
                  {6.8,
                   U"ăm yêt oi um uôn êt ênh ôm ăp om êp un it ưt ôp uât ot uôc oanh iu ut ăt uynh em et ip êch oăng "
                   U"êu ơm ươn"},
                  {8.3,
                   U"up êm ươp ươt ươm uôt uôm âc âng ec ep eng êng ưi ơt oe oac oach oam oao oap oat oay oen oeo oet "
                   U"oăc oăm oăn oăt oong ooc uâng uây uênh uêu uya uych uyt uyp uyu uơ ưm ưp ươu yêm yêng yêu iêc yt "
                   U"ea ak ăk ôk ok âk uôt uêch yn ych"}});
    return costs;
}

constexpr std::u32string_view tone_marks = U"\u0300\u0301\u0303\u0309\u0323";

double tone_cost(char32_t tone) {
    switch (tone) {
        case 0:
            return 1.0;
        case 0x300:
        case 0x301:
        case 0x323:
            return 1.75;
        default:
            return 2.9;
    }
}

struct Toneless {
    std::u32string letters;  ///< lower case
    char32_t tone = 0;
    std::size_t tone_at = 0;
};

/// Nothing when there are two tones, or marks that Vietnamese does not have.
std::optional<Toneless> split_tone(std::u32string_view word) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfd = icu::Normalizer2::getNFDInstance(status);
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    DIABAN_CHECK(U_SUCCESS(status));
    Toneless toneless;
    for (const char32_t c : word) {
        const icu::UnicodeString parts = nfd->normalize(icu::UnicodeString(u_tolower(static_cast<UChar32>(c))), status);
        icu::UnicodeString letter;
        for (int32_t i = 0; i < parts.length(); ++i) {
            const char32_t part = parts.charAt(i);
            if (tone_marks.find(part) == std::u32string_view::npos) {
                letter.append(static_cast<char16_t>(part));
                continue;
            }
            if (toneless.tone != 0) return {};
            toneless.tone = part;
            toneless.tone_at = toneless.letters.size();
        }
        letter = nfc->normalize(letter, status);
        if (letter.length() != 1) return {};
        toneless.letters += letter.charAt(0);
    }
    return toneless;
}

bool is_vowel(char32_t c) {
    constexpr std::u32string_view vowels = U"aăâeêioôơuưy";
    return vowels.find(c) != std::u32string_view::npos;
}

/// Whether the tone mark of a rhyme may stand at its letter `at`: on the last vowel with a mark of its own; else, of
/// before a consonant on the last vowel; at the end of the word on the middle one of three and the first of two, or on
/// either in "hòa", "hoà".
bool tone_fits(std::u32string_view rhyme, std::size_t at) {
    constexpr std::u32string_view marked = U"ăâêôơư";
    if (at >= rhyme.size() || !is_vowel(rhyme[at])) return false;
    if (const auto last = rhyme.find_last_of(marked); last != std::u32string_view::npos)
        return at == last || (rhyme == U"ưa" && at == 0) || (rhyme == U"ưu" && at == 0);
    std::size_t vowels = 0;
    while (vowels < rhyme.size() && is_vowel(rhyme[vowels]))
        ++vowels;
    if (vowels < rhyme.size()) return at + 1 == vowels;
    if (vowels == 3) return at == 1;
    return at == 0 || rhyme == U"oa" || rhyme == U"oe" || rhyme == U"uy";
}

/// A rhyme that ends in a stop bears sắc or nặng.
bool tone_allowed(std::u32string_view rhyme, char32_t tone) {
    const char32_t last = rhyme.back();
    const bool stop = last == U'c' || last == U't' || last == U'p' || rhyme.ends_with(U"ch");
    return !stop || tone == 0x301 || tone == 0x323;
}

/// c, g, ng before back vowels; k, gh, ngh before front ones, but for names such as Kạn and Ka Long. Negative: never.
double spelling_cost(std::u32string_view onset, std::u32string_view rhyme) {
    const bool front = std::u32string_view(U"eêiy").find(rhyme.front()) != std::u32string_view::npos;
    if (front && (onset == U"c" || onset == U"ng" || onset == U"g")) return -1;
    if (!front && (onset == U"gh" || onset == U"ngh")) return -1;
    const bool odd_k = !front && onset == U"k";
    // "Chi", not "Chy"; but Hy, Kỳ, Lý, Mỹ, Sỹ, Tỵ, Thy, Vỹ and Quý.
    constexpr std::u32string_view before_y[] = {U"", U"h", U"k", U"l", U"m", U"s", U"t", U"th", U"v", U"qu"};
    const bool odd_y =
        rhyme == U"y" && std::find(std::begin(before_y), std::end(before_y), onset) == std::end(before_y);
    return odd_k || odd_y ? 2.0 : 0.0;
}

/// The cost of the syllable with an onset of `length` letters; negative when it is none.
double cost_with_onset(const Toneless& syllable, std::size_t length) {
    constexpr double no_onset = 3.5, misplaced = 4;
    const std::u32string_view letters = syllable.letters;
    const std::u32string_view onset = letters.substr(0, length), rhyme = letters.substr(length);
    const auto known_onset = onsets().find(onset);
    const auto known_rhyme = rhymes().find(rhyme);
    if ((length > 0 && known_onset == onsets().end()) || known_rhyme == rhymes().end()) return -1;
    if (!tone_allowed(rhyme, syllable.tone)) return -1;
    const double spelling = spelling_cost(onset, rhyme);
    if (spelling < 0) return -1;
    double cost = (length == 0 ? no_onset : known_onset->second) + known_rhyme->second + tone_cost(syllable.tone);
    if (syllable.tone != 0 && (syllable.tone_at < length || !tone_fits(rhyme, syllable.tone_at - length)))
        cost += misplaced;
    return cost + spelling;
}

}  // namespace

double syllable_surprise(std::u32string_view word) {
    constexpr std::size_t longest = 7;  // nghiêng
    if (word.empty() || word.size() > longest) return -1;
    auto syllable = split_tone(word);
    if (!syllable) return -1;
    double best = -1;
    const auto take = [&](double cost) {
        if (cost >= 0 && (best < 0 || cost < best)) best = cost;
    };
    for (std::size_t length = 0; length <= 3 && length < word.size(); ++length)
        take(cost_with_onset(*syllable, length));
    // "gì", "giếng": gi before i, whose i is written once.
    if (syllable->letters.starts_with(U"gi")) {
        Toneless whole = *syllable;
        whole.letters.insert(1, U"i");
        ++whole.tone_at;
        take(cost_with_onset(whole, 2));
    }
    return best;
}

}  // namespace diaban
