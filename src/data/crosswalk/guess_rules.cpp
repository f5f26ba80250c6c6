#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "data/crosswalk/carry.h"

namespace diaban {
namespace {

// Folded words in Vietnamese, English and Indonesian.
constexpr std::array<std::string_view, 14> rate_words{"rate",       "ty le",    "ti le",     "ratio",     "percent",
                                                      "percentage", "pct",      "phan tram", "share",     "persen",
                                                      "persentase", "coverage", "tingkat",   "prevalence"};
constexpr std::array<std::string_view, 12> mean_words{"mean",      "average",   "avg",        "trung binh",
                                                      "binh quan", "rata rata", "median",     "density",
                                                      "mat do",    "kepadatan", "per capita", "index"};
constexpr std::array<std::string_view, 20> label_words{
    "year", "nam",  "tahun", "code", "ma",        "kode",     "id",      "fid",   "ten", "name",
    "date", "ngay", "lon",   "lat",  "longitude", "latitude", "kinh do", "vi do", "x",   "y"};

/// The folded name as words between blanks: " ty le sdd ".
std::string as_words(std::string_view name) {
    std::string words = " ";
    for (const char c : fold(name)) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter)
            words += c;
        else if (words.back() != ' ')
            words += ' ';
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

bool has_any(const std::string& words, std::span<const std::string_view> wanted) {
    return std::any_of(wanted.begin(), wanted.end(), [&](std::string_view word) {
        return words.find(" " + std::string(word) + " ") != std::string::npos;
    });
}

/// What carry() adds itself: it is worked out anew.
bool is_mark(std::string_view name) {
    return name.ends_with(".assumed") || name == "sources" || name == "incomplete" || name == "unit_name";
}

CarryKind kind_of(const Column& column) {
    if (is_mark(column.name())) return CarryKind::leave_out;
    if (!column.numeric()) return CarryKind::label;
    const std::string words = as_words(column.name());
    if (column.name().find('%') != std::string::npos || has_any(words, rate_words)) return CarryKind::rate;
    if (has_any(words, mean_words)) return CarryKind::mean;
    if (has_any(words, label_words)) return CarryKind::label;
    return column.type() == ColumnType::integer ? CarryKind::whole_count : CarryKind::count;
}

const char* question_about(CarryKind kind) {
    switch (kind) {
        case CarryKind::rate:
            return tr("“{}” looks like a rate: which fields are its numerator and its denominator?");
        case CarryKind::mean:
            return tr("“{}” looks like a mean: which field counts what it is a mean of?");
        case CarryKind::count:
            return tr("“{}”: are its numbers amounts that can be added up, or a rate or a mean?");
        case CarryKind::whole_count:
        case CarryKind::label:
        case CarryKind::leave_out:
            break;
    }
    return nullptr;
}

}  // namespace

GuessedRules guess_rules(const Table& table, std::string_view key, std::string_view time) {
    GuessedRules guessed;
    for (const Column& column : table.columns()) {
        if (column.name() == key || column.name() == time) continue;
        const CarryKind kind = kind_of(column);
        guessed.rules.push_back({column.name(), kind, {}, {}, 1});
        if (const char* question = question_about(kind))
            guessed.questions.push_back({column.name(), fmt::format(fmt::runtime(question), column.name())});
    }
    return guessed;
}

}  // namespace diaban
