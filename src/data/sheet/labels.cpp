// The words by which rows of totals and notes are known, in Vietnamese, English and Indonesian.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "data/sheet/table_shape.h"
#include "data/sheet/totals.h"

namespace diaban {

namespace {

/// Lower-case words without punctuation, their diacritics kept: "tông" and "tòng" are no "tổng".
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : lower_case(text)) {
        const bool part = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (part)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& words, const std::string& word) {
    return std::ranges::find(words, std::string_view(word)) != words.end();
}

/// Words that make a total by themselves.
constexpr std::array<std::string_view, 13> total_words{"tổng",     "cộng",   "total",       "totals",    "subtotal",
                                                       "jumlah",   "sum",    "tong",        "subtotals", "grandtotal",
                                                       "tổngcộng", "totale", "rekapitulasi"};
/// Words that may stand beside them, and by themselves mean nothing.
constexpr std::array<std::string_view, 39> beside{
    "số",       "so",       "cộng",        "cong",    "chung",      "toàn",     "toan",      "bộ",
    "bo",       "tỉnh",     "tinh",        "huyện",   "huyen",      "xã",       "xa",        "phường",
    "thành",    "phố",      "quốc",        "vùng",    "khu",        "vực",      "grand",     "sub",
    "overall",  "all",      "keseluruhan", "seluruh", "seluruhnya", "provinsi", "kabupaten", "kecamatan",
    "province", "district", "general",     "of",      "the",        "nước",     "cả"};
/// Whole labels: all of an area.
constexpr std::array<std::string_view, 13> whole_areas{
    "toàn tỉnh",    "toàn huyện",     "toàn quốc",        "toàn xã",       "toàn thành phố", "cả nước",  "toàn vùng",
    "all communes", "whole province", "seluruh provinsi", "whole country", "toàn ngành",     "toan tinh"};

/// What stands before the name of an area, and says nothing of which it is.
constexpr std::array<std::string_view, 20> kinds{
    "tỉnh",      "huyện", "xã",        "phường", "thành", "phố", "thị",       "tp",       "tx",       "kec",
    "kecamatan", "kab",   "kabupaten", "kota",   "desa",  "kel", "kelurahan", "district", "province", "for"};

std::string joined(std::span<const std::string> words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

bool is_total_label(std::string_view text) {
    if (text.size() > 80) return false;
    // "Tổng số (I+II)", "TOTAL (54 communes)": what is in brackets explains.
    const auto words = words_of(text.substr(0, text.find('(')));
    if (words.empty()) return false;
    const std::string whole = joined(words);
    if (std::ranges::any_of(whole_areas, [&](std::string_view area) { return whole == area; })) return true;
    const bool any = std::ranges::any_of(words, [](const std::string& word) { return holds(total_words, word); });
    if (!any) return false;
    static constexpr std::array<std::string_view, 6> starts{"grand", "sub", "overall", "all", "toàn", "cả"};
    if (!holds(total_words, words.front()) && !holds(starts, words.front())) return false;
    // "Tong" without marks is also a name; with "cong" or "so" behind it is none.
    if (whole == "tong") return false;
    return std::ranges::all_of(words,
                               [](const std::string& word) { return holds(total_words, word) || holds(beside, word); });
}

std::string bare_area(std::string_view text) {
    if (text.size() > 80) return {};
    const auto words = words_of(text);
    const auto name = std::ranges::find_if_not(words, [](const std::string& word) { return holds(kinds, word); });
    return joined({name, words.end()});
}

std::string totalled_area(std::string_view text) {
    if (text.size() > 80) return {};
    auto words = words_of(text);
    if (words.size() < 2) return {};
    const auto is_total = [](const std::string& word) { return word != "tong" && holds(total_words, word); };
    if (words.back() == "total" || words.back() == "subtotal") {
        words.pop_back();
    } else {
        const auto name = std::ranges::find_if_not(words, [&](const std::string& word) {
            return is_total(word) || word == "sub" || word == "số" || word == "of" || word == "for";
        });
        if (name == words.begin() || !(is_total(words.front()) || words.front() == "sub")) return {};
        words.erase(words.begin(), name);
    }
    return bare_area(joined(words));
}

bool is_note_label(std::string_view text) {
    static constexpr std::array<std::string_view, 35> starts{
        "ghi chú",    "ghi chu",      "chú thích",    "nguồn",        "nguon:",     "note",        "source",
        "sumber",     "catatan",      "keterangan",   "remark",       "lưu ý",      "người lập",   "người tổng hợp",
        "thủ trưởng", "giám đốc",     "phó giám đốc", "chủ tịch",     "tm. ubnd",   "kt. ",        "ký tên",
        "kế toán",    "trưởng phòng", "nơi nhận",     "xác nhận của", "mengetahui", "prepared by", "approved by",
        "người kiểm", "cán bộ lập",   "(ký",          "data source",  "sources",    "footnote",    "thủ quỹ"};
    const std::string lower = lower_case(trim(text));
    // "Nguồn: …" but not "Nguồn Sơn", a village: short words need what ends them.
    for (const std::string_view start : starts) {
        if (!lower.starts_with(start)) continue;
        const std::string_view behind = std::string_view(lower).substr(start.size());
        const bool alone = behind.empty() || behind.front() == ':' || behind.starts_with(" :") || behind.front() == '(';
        const bool short_word = start == "nguồn" || start == "note" || start == "source" || start == "sumber" ||
                                start == "remark" || start == "sources" || start == "catatan" || start == "keterangan";
        if (!short_word || alone || behind.starts_with("s:") || behind.starts_with(" số liệu") ||
            behind.starts_with(" data"))
            return true;
    }
    // "*", "(*)", "(1)" with words behind; "Hạ Long, ngày 5 tháng 1 năm 2025".
    const auto day = lower.find("ngày"), month = lower.find("tháng"), year = lower.find("năm");
    if (day != std::string::npos && month != std::string::npos && year != std::string::npos && day < month &&
        month < year)
        return true;
    return (lower.starts_with("*") || lower.starts_with("(*")) && lower.size() > 4;
}

}  // namespace diaban
