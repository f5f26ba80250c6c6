#include "data/encoding/repair_column.h"

#include <algorithm>
#include <map>

#include <cpl_string.h>
#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "data/encoding/likelihood.h"
#include "data/gdal/gdal_handles.h"

namespace diaban {

namespace {

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// One of ours by any of its usual names.
std::optional<Encoding> known_encoding(std::string_view name) {
    std::string letters;
    for (const char c : name)
        if (c != '-' && c != '_' && c != ' ') letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    static const std::map<std::string_view, Encoding> names{
        {"utf8", Encoding::utf8},
        {"cp1252", Encoding::windows_1252},
        {"windows1252", Encoding::windows_1252},
        {"ansi1252", Encoding::windows_1252},
        {"1252", Encoding::windows_1252},
        {"iso88591", Encoding::windows_1252},  // of which it is a superset where there are letters
        {"88591", Encoding::windows_1252},
        {"latin1", Encoding::windows_1252},
        {"cp1258", Encoding::windows_1258},
        {"windows1258", Encoding::windows_1258},
        {"ansi1258", Encoding::windows_1258},
        {"1258", Encoding::windows_1258},
        {"viscii", Encoding::viscii},
        {"vni", Encoding::vni},
        {"tcvn", Encoding::tcvn3},
        {"tcvn3", Encoding::tcvn3},
        {"tcvn57121", Encoding::tcvn3},
    };
    const auto found = names.find(letters);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

/// UTF-8 from another encoding; nothing when the bytes are not in it.
std::optional<std::string> recode(const std::string& bytes, const std::string& from) {
    const gdal::Messages messages;
    const gdal::Text recoded(CPLRecode(bytes.c_str(), from.c_str(), CPL_ENC_UTF8));
    if (!recoded || !messages.failures().empty() || !messages.warnings().empty()) return {};
    return std::string(recoded.get());
}

/// Whether the declared encoding, which is none of ours, makes better text of the cells than the guess does.
bool believe(const std::vector<std::string>& cells, const std::string& declared, const EncodingGuess& guess) {
    constexpr double for_declared = 5, not_in_it = 20;
    constexpr std::size_t most = 500;
    double as_guessed = 0, as_declared = 0;
    std::size_t looked_at = 0;
    bool unicode = true;
    for (const std::string& cell : cells) {
        if (is_ascii(cell)) continue;
        if (++looked_at > most) break;
        unicode = unicode && is_utf8(cell);
        const auto recoded = recode(cell, declared);
        as_guessed += surprise(repair_text(cell, guess));
        as_declared += recoded ? surprise(to_nfc(*recoded)) : not_in_it + surprise(to_nfc(cell));
    }
    return as_declared < as_guessed + (unicode ? 0 : for_declared);
}

/// What a reader says who believed the file, to set it against what the letters tell.
bool as_declared(const EncodingGuess& guess, const EncodingClaims& claims) {
    if (guess.via_latin1) return false;
    if (!claims.forced.empty()) return true;
    const auto declared = known_encoding(claims.declared);
    return declared ? *declared == guess.encoding : !guess.repairs();
}

bool any_beyond_ascii(const std::vector<std::string>& cells) {
    return std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return !is_ascii(cell); });
}

std::string in_words(const EncodingGuess& guess, const std::vector<TextSample>& samples) {
    constexpr std::size_t most = 3;
    std::string text = to_text(guess.encoding);
    for (std::size_t i = 0; i < std::min(samples.size(), most); ++i) {
        const auto& [before, after] = samples[i];
        text += i == 0 ? ", " : "; ";
        text += before == after ? after : fmt::format("{} → {}", before, after);
    }
    return text;
}

/// UTF-8 under the wrong name changes for whoever believed the name.
std::vector<TextSample> misnamed_samples(const std::vector<std::string>& cells, Encoding declared) {
    std::vector<TextSample> samples;
    for (const std::string& cell : cells) {
        if (samples.size() == 5) break;
        if (!is_ascii(cell)) samples.push_back({decode(cell, declared).text, to_nfc(cell)});
    }
    return samples;
}

}  // namespace

EncodingGuess told_encoding(std::vector<std::string>& cells, const EncodingClaims& claims) {
    if (!any_beyond_ascii(cells)) return {};
    if (const auto forced = forced_encoding(claims.forced, cells)) return *forced;
    const auto declared = known_encoding(claims.declared);
    EncodingGuess prior;
    if (declared) prior.encoding = *declared;
    EncodingGuess guess = detect_encoding(cells, declared ? &prior : nullptr);
    if (claims.declared.empty() || declared || !believe(cells, claims.declared, guess)) return guess;
    for (std::string& cell : cells) {
        if (is_ascii(cell)) continue;
        if (auto recoded = recode(cell, claims.declared)) cell = std::move(*recoded);
    }
    return {};
}

RepairedText repair_column(std::vector<std::string>& cells, const EncodingGuess& guess, const Place& where,
                           const EncodingClaims& claims) {
    RepairedText result;
    if (!any_beyond_ascii(cells)) return result;
    if (guess.repairs()) {
        result.encoding = to_id(guess.encoding);
        result.samples = guess.samples;
    }
    if (std::string question = question_text(guess, where.field, cells); !question.empty())
        result.questions.push_back({Question::Kind::encoding, where.field, std::move(question)});
    const auto declared = known_encoding(claims.declared);
    const bool misnamed = !guess.repairs() && claims.forced.empty() && declared && *declared != Encoding::utf8;
    const auto samples = misnamed ? misnamed_samples(cells, *declared) : guess.samples;

    int64_t repaired = 0, undecodable = 0;
    std::optional<int64_t> first_undecodable;
    std::string example;
    for (std::size_t row = 0; row < cells.size(); ++row) {
        if (is_ascii(cells[row])) continue;
        std::string text = repair_text(cells[row], guess);
        constexpr std::string_view replacement = "\uFFFD";
        if (misnamed || text != cells[row]) ++repaired;
        if (text.find(replacement) != std::string::npos && cells[row].find(replacement) == std::string::npos) {
            if (undecodable++ == 0) {
                first_undecodable = static_cast<int64_t>(row) + 1;
                example = text;
            }
        }
        cells[row] = std::move(text);
    }
    if (!samples.empty() && !as_declared(guess, claims))
        result.diagnostics.push_back({DiagnosticKind::text_repaired,
                                      guess.ambiguous ? Severity::warning : Severity::note, where, repaired,
                                      in_words(guess, samples)});
    if (undecodable > 0) {
        Place place = where;
        place.row = first_undecodable;
        result.diagnostics.push_back(
            {DiagnosticKind::text_encoding, Severity::warning, place, undecodable, std::move(example)});
    }
    return result;
}

void repair_headers(std::vector<std::string>& headers, std::span<const EncodingGuess> columns,
                    const EncodingClaims& claims) {
    EncodingGuess guess;
    if (any_beyond_ascii(headers)) {
        // Most columns of a file were typed with the same font.
        const EncodingGuess* prior = nullptr;
        std::ptrdiff_t most = 0;
        for (const EncodingGuess& column : columns) {
            const auto same = std::count_if(columns.begin(), columns.end(), [&](const EncodingGuess& other) {
                return other.repairs() && other.encoding == column.encoding && other.via_latin1 == column.via_latin1;
            });
            if (column.repairs() && same > most) {
                prior = &column;
                most = same;
            }
        }
        guess = forced_encoding(claims.forced, headers).value_or(detect_encoding(headers, prior));
    }
    for (std::string& header : headers)
        header = repair_text(header, guess);
}

}  // namespace diaban
