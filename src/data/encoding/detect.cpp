#include "data/encoding/detect.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "data/encoding/likelihood.h"

namespace diaban {

namespace {

// All weights are natural logarithms of odds, as surprise() is.
constexpr double for_unicode = 5;    ///< how much likelier text that came as Unicode is to be what it says
constexpr double for_prior = 5;      ///< what a verdict on the other columns is worth
constexpr double enough = 3;         ///< a reading must be ahead by this much (20 : 1) not to be asked about
constexpr double sure_share = 1e-6;  ///< of cells that are not in an encoding that the user has chosen
constexpr std::size_t most_samples = 5;

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

struct Candidate {
    Encoding encoding = Encoding::utf8;
    bool via_latin1 = false;
    bool operator==(const Candidate&) const = default;
};
constexpr Candidate as_it_is{};

bool contains(std::string_view list, char c) {
    return list.find(c) != std::string_view::npos;
}

/// Bytes that an encoding has but that its writers hardly used: TCVN 5712's capitals with tone marks, which the ABC
/// fonts have not, and windows-1258's tone marks behind anything but a vowel.
int64_t count_unusual(std::string_view bytes, Encoding encoding) {
    constexpr std::string_view tcvn3 =
        "\xAF\xB0\xB1\xB2\xB3\xB4\xBA\xBF\xC0\xC1\xC2\xC3\xC4\xC5\xCD\xD9\xDA\xDB\xE0\xF0\xFF";
    constexpr std::string_view marks_1258 = "\xCC\xD2\xDE\xEC\xF2";
    constexpr std::string_view vowels_1258 = "aeiouyAEIOUY\xC2\xC3\xCA\xD4\xD5\xDD\xE2\xE3\xEA\xF4\xF5\xFD";
    int64_t count = 0;
    char before = ' ';
    for (const char c : bytes) {
        const bool loose_mark = contains(marks_1258, c) && !contains(vowels_1258, before);
        if (encoding == Encoding::tcvn3 ? contains(tcvn3, c) : encoding == Encoding::windows_1258 && loose_mark)
            ++count;
        before = c;
    }
    return count;
}

/// A cell as bytes that a candidate could decode; nothing when it cannot be in that encoding.
std::optional<std::string> bytes_for(std::string_view cell, const Candidate& candidate) {
    std::optional<std::string> bytes = candidate.via_latin1 ? bytes_behind(cell) : std::string(cell);
    if (bytes && candidate.encoding == Encoding::utf8 && candidate.via_latin1 && !is_utf8(*bytes)) return {};
    return bytes;
}

struct Reading {
    std::string text;
    double surprise = 0;
};

/// With `strict`, what comes from a Vietnamese encoding has to be Vietnamese: so an encoding is chosen. Once it is, its
/// cells may also hold names from the highlands' languages.
std::optional<Reading> read_as(std::string_view cell, const Candidate& candidate, bool strict) {
    constexpr double unusual_byte = 6;
    const auto bytes = bytes_for(cell, candidate);
    if (!bytes) return {};
    Reading reading{decode(*bytes, candidate.encoding).text, 0};
    const bool any_language = candidate.encoding == Encoding::utf8 || candidate.encoding == Encoding::windows_1252;
    reading.surprise = (any_language || !strict ? surprise(reading.text) : surprise_in_vietnamese(reading.text)) +
                       unusual_byte * static_cast<double>(count_unusual(*bytes, candidate.encoding));
    return reading;
}

/// How much rarer than TCVN3 and VNI the others are.
double rarity(Encoding encoding) {
    switch (encoding) {
        case Encoding::windows_1258:
            return 1;
        case Encoding::viscii:
            return 2;
        default:
            return 0;
    }
}

/// Whether a cell that came as Unicode is in a candidate's encoding, of which `share` of them are.
bool belongs(double as_unicode, double as_candidate, double share) {
    return as_candidate - as_unicode < std::log(share / (1 - share));
}

// ── the column ──

/// A cell of the sample, with what does not depend on the candidate.
struct Cell {
    std::string text;
    bool unicode = true;
    bool settled = false;  ///< Unicode in every reading: it decides nothing between the candidates
    double as_unicode = 0;
};

/// The part of a long cell that is enough to tell.
std::string_view beginning(std::string_view cell) {
    constexpr std::size_t enough_bytes = 2000;
    if (cell.size() <= enough_bytes) return cell;
    const auto blank = cell.rfind(' ', enough_bytes);
    return blank == std::string_view::npos || blank == 0 ? cell : cell.substr(0, blank);
}

/// Different cells with anything beyond ASCII, spread over the column; the first that is no UTF-8 is among them.
std::vector<Cell> sample(std::span<const std::string> cells) {
    constexpr std::size_t most_cells = 2000, most_bytes = 100'000;
    std::vector<std::string_view> different;
    std::unordered_set<std::string_view> seen;
    std::size_t bytes = 0;
    for (const std::string& cell : cells) {
        if (is_ascii(cell) || !seen.insert(cell).second) continue;
        different.push_back(cell);
        bytes += beginning(cell).size();
    }
    std::stable_partition(different.begin(), different.end(), [](std::string_view cell) { return !is_utf8(cell); });
    const std::size_t step = 1 + std::max(different.size() / most_cells, bytes / most_bytes);
    std::vector<Cell> chosen;
    for (std::size_t i = 0; i < different.size(); i += step) {
        const std::string_view text = beginning(different[i]);
        chosen.push_back({std::string(text), is_utf8(text), false, 0});
    }
    return chosen;
}

/// Đ and a vowel of VISCII make a well-formed letter of some other script: "\xD0\xB0ng" is Đồng, or а and ng.
bool chance_utf8(const Cell& cell) {
    return std::any_of(cell.text.begin(), cell.text.end(), [](char c) { return c >= '\xD0' && c < '\xE0'; });
}

/// Well-formed, and with letters that no program makes of legacy bytes: nearly all Vietnamese text.
bool surely_unicode(const Cell& cell) {
    return cell.unicode && !chance_utf8(cell) && !bytes_behind(cell.text);
}

struct Verdict {
    Candidate candidate;
    double share = 1;
    double cost = 0;
};

/// How surprising the column would be if a part of it were in the candidate's encoding, for the likeliest such part.
Verdict judge(const std::vector<Cell>& cells, const Candidate& candidate) {
    struct Share {
        double share, cost;  ///< a column of one encoding is the ordinary case
    };
    constexpr Share shares[] = {{0.9999, 0}, {0.99, 1.5}, {0.9, 2.5}, {0.5, 3.5},
                                {0.1, 5},    {0.02, 5},   {0.002, 6}, {0.0002, 6}};
    Verdict best{candidate, 1, 0};
    if (candidate == as_it_is) {
        for (const Cell& cell : cells)
            best.cost += cell.as_unicode;
        return best;
    }
    best.cost = std::numeric_limits<double>::infinity();
    std::vector<std::optional<double>> costs;
    for (const Cell& cell : cells) {
        const auto reading = cell.settled ? std::nullopt : read_as(cell.text, candidate, true);
        costs.push_back(reading ? std::optional(reading->surprise) : std::nullopt);
    }
    for (const auto& [share, share_cost] : shares) {
        double cost = share_cost;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const double unicode = cells[i].as_unicode - std::log(1 - share);
            if (!cells[i].unicode) {
                cost += costs[i].value_or(unicode);
            } else if (costs[i]) {
                const double legacy = *costs[i] - std::log(share);
                cost += std::min(unicode, legacy) - std::log1p(std::exp(-std::abs(unicode - legacy)));
            } else {
                cost += unicode;
            }
        }
        if (cost < best.cost) best = {candidate, share, cost};
    }
    return best;
}

std::vector<Candidate> candidates_for(const std::vector<Cell>& cells) {
    const bool all_unicode = std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.unicode; });
    std::vector<Candidate> candidates{as_it_is};
    if (all_unicode) candidates.push_back({Encoding::utf8, true});
    if (!all_unicode) candidates.push_back({Encoding::windows_1252, false});
    for (const Encoding encoding : {Encoding::tcvn3, Encoding::vni, Encoding::windows_1258, Encoding::viscii})
        candidates.push_back({encoding, all_unicode});
    if (all_unicode && std::any_of(cells.begin(), cells.end(), chance_utf8))
        candidates.push_back({Encoding::viscii, false});
    return candidates;
}

EncodingGuess to_guess(const Verdict& verdict) {
    EncodingGuess guess;
    guess.encoding = verdict.candidate.encoding;
    guess.via_latin1 = verdict.candidate.via_latin1;
    guess.share = verdict.share;
    return guess;
}

/// Whether two verdicts lead to different text anywhere in the sample.
bool differ(const std::vector<Cell>& cells, const Verdict& a, const Verdict& b) {
    const EncodingGuess one = to_guess(a), other = to_guess(b);
    return std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) {
        return !cell.settled && repair_text(cell.text, one) != repair_text(cell.text, other);
    });
}

/// Bytes as a program shows them that takes them for Western European.
std::string as_shown(std::string_view cell) {
    return is_utf8(cell) ? std::string(cell) : decode(cell, Encoding::windows_1252).text;
}

std::vector<TextSample> samples_of(std::span<const std::string> cells, const EncodingGuess& guess) {
    std::vector<TextSample> samples;
    if (!guess.repairs()) return samples;
    std::unordered_set<std::string_view> seen;
    for (const std::string& cell : cells) {
        if (samples.size() == most_samples) break;
        if (is_ascii(cell) || !seen.insert(cell).second) continue;
        TextSample one{as_shown(cell), repair_text(cell, guess)};
        if (!is_utf8(cell) || one.after != to_nfc(cell)) samples.push_back(std::move(one));
    }
    return samples;
}

/// The candidates, the likeliest first; of two that cost the same, as for a column without a telling letter, the one
/// that is named first.
std::vector<Verdict> rank(const std::vector<Cell>& cells, const EncodingGuess* prior) {
    const bool all_unicode = std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.unicode; });
    std::vector<Verdict> verdicts;
    for (const Candidate& candidate : candidates_for(cells)) {
        Verdict verdict = judge(cells, candidate);
        verdict.cost += rarity(candidate.encoding);
        if (all_unicode && candidate != as_it_is) verdict.cost += for_unicode;
        if (prior && candidate == Candidate{prior->encoding, prior->via_latin1}) verdict.cost -= for_prior;
        verdicts.push_back(verdict);
    }
    std::stable_sort(verdicts.begin(), verdicts.end(),
                     [](const Verdict& a, const Verdict& b) { return a.cost < b.cost; });
    return verdicts;
}

}  // namespace

EncodingGuess detect_encoding(std::span<const std::string> cells, const EncodingGuess* prior) {
    std::vector<Cell> sampled = sample(cells);
    // Where bytes are in question, any cell may be made of them.
    const bool only_via_latin1 = std::none_of(sampled.begin(), sampled.end(),
                                              [](const Cell& cell) { return !cell.unicode || chance_utf8(cell); });
    bool all_sure = true;
    for (Cell& cell : sampled) {
        const bool sure = surely_unicode(cell);
        all_sure = all_sure && sure;
        cell.settled = sure && only_via_latin1;
    }
    if (all_sure) return {};
    for (Cell& cell : sampled)
        if (!cell.settled) cell.as_unicode = surprise(to_nfc(cell.text));
    const std::vector<Verdict> verdicts = rank(sampled, prior);
    Verdict best = verdicts.front();
    const auto rival = std::find_if(verdicts.begin() + 1, verdicts.end(),
                                    [&](const Verdict& verdict) { return differ(sampled, best, verdict); });
    if (rival == verdicts.end()) return to_guess(best);

    const double ahead = rival->cost - best.cost;
    Candidate second = rival->candidate;
    if (ahead < enough && second == as_it_is) {
        second = best.candidate;  // the cautious reading holds until somebody decides
        best = *rival;
    }
    EncodingGuess guess = to_guess(best);
    guess.confidence = 1 / (1 + std::exp(-ahead));
    guess.ambiguous = ahead < enough;
    if (guess.ambiguous) guess.runner_up = second.encoding;
    guess.samples = samples_of(cells, guess);
    return guess;
}

std::optional<EncodingGuess> forced_encoding(std::string_view id, std::span<const std::string> cells) {
    const auto encoding = encoding_from_id(id);
    if (!encoding) return {};
    EncodingGuess guess;
    guess.forced = true;
    guess.encoding = *encoding;
    guess.share = 1 - sure_share;
    const bool unicode = std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return is_utf8(cell); });
    // What came as Unicode is already what UTF-8 and windows-1252 would make of it.
    const bool plain = guess.encoding == Encoding::utf8 || guess.encoding == Encoding::windows_1252;
    // A file in UTF-16 was decoded before there were cells.
    const bool utf16 = guess.encoding == Encoding::utf16le || guess.encoding == Encoding::utf16be;
    if (utf16 || (plain && unicode)) {
        guess.encoding = Encoding::utf8;
        return guess;
    }
    guess.via_latin1 = unicode;
    guess.samples = samples_of(cells, guess);
    return guess;
}

std::string repair_text(std::string_view cell, const EncodingGuess& guess) {
    if (is_ascii(cell)) return std::string(cell);
    if (!guess.repairs()) return to_nfc(cell);
    const Candidate candidate{guess.encoding, guess.via_latin1};
    if (!is_utf8(cell)) return guess.via_latin1 ? to_nfc(cell) : decode(cell, guess.encoding).text;
    auto reading = read_as(cell, candidate, false);
    std::string unicode = to_nfc(cell);
    if (!reading || reading->text == unicode) return unicode;
    const bool legacy = belongs(surprise(unicode), reading->surprise, guess.share);
    return legacy ? std::move(reading->text) : unicode;
}

std::string question_text(const EncodingGuess& guess, std::string_view column, std::span<const std::string> cells) {
    if (!guess.ambiguous || !guess.runner_up) return {};
    EncodingGuess other = guess;
    other.encoding = *guess.runner_up;
    const bool unicode = std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return is_utf8(cell); });
    other.via_latin1 = unicode && other.encoding != Encoding::utf8;
    other.share = 1 - sure_share;
    for (const std::string& cell : cells) {
        const std::string one = repair_text(cell, guess), two = repair_text(cell, other);
        if (one == two) continue;
        return fmt::format(fmt::runtime(tr("Is “{}” written in {}, “{}”, or in {}, “{}”?")), column,
                           to_text(guess.encoding), one, to_text(other.encoding), two);
    }
    return {};
}

}  // namespace diaban
