#include "data/crosswalk/unit_lookup.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "data/join/names.h"

namespace diaban {
namespace {

struct Kind {
    std::string_view capitalised;
    std::array<std::string_view, 3> spellings;
};
constexpr std::array<Kind, 4> kinds{{{"Xã", {"Xã ", "xã ", "XÃ "}},
                                     {"Phường", {"Phường ", "phường ", "PHƯỜNG "}},
                                     {"Thị trấn", {"Thị trấn ", "thị trấn ", "THỊ TRẤN "}},
                                     {"Đặc khu", {"Đặc khu ", "đặc khu ", "ĐẶC KHU "}}}};

struct Split {
    std::string_view kind;  ///< capitalised; empty: none
    std::string_view bare;
};
Split split(std::string_view name) {
    for (const Kind& kind : kinds)
        for (const std::string_view spelling : kind.spellings)
            if (name.starts_with(spelling)) return {kind.capitalised, name.substr(spelling.size())};
    return {{}, name};
}

std::string in_single_blanks(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    return result;
}

/// A name in its likeliest reading; all empty for a text without letters.
struct ReadName {
    std::string with_kind, bare;
    bool has_kind = false;
};
ReadName read_name(std::string_view text) {
    const UnitName name = parse_unit_name(text);
    if (name.empty()) return {};
    const NameReading& reading = name.readings.front();
    return {std::to_string(static_cast<uint32_t>(reading.kind)) + " " + reading.exact, reading.exact,
            reading.kind != UnitKind::none};
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string unit_key(std::string_view text) {
    const std::string clean = in_single_blanks(trim(to_nfc(text)));
    const auto [kind, bare] = split(clean);
    return kind.empty() ? clean : std::string(kind) + " " + std::string(bare);
}

std::string comparing_key(std::string_view text) {
    const std::string clean = unit_key(text);
    if (all_digits(clean)) return clean;
    const std::string words = text_key(clean);
    return words.empty() ? clean : words;
}

bool same_unit_key(std::string_view a, std::string_view b) {
    return comparing_key(a) == comparing_key(b);
}

std::optional<std::string_view> kind_of_unit(std::string_view name) {
    const auto kind = split(name).kind;
    return kind.empty() ? std::nullopt : std::optional(kind);
}

std::string bare_unit_key(std::string_view text) {
    const std::string key = unit_key(text);
    return std::string(split(key).bare);
}

UnitLookup::UnitLookup(const std::vector<Unit>& units) {
    bool codes = !units.empty(), zeros = false;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::string id = unit_key(units[i].id);
        const std::string name = units[i].name.empty() ? id : units[i].name;
        by_id_[comparing_key(id)].push_back(i);
        by_name_[comparing_key(name)].push_back(i);
        const ReadName read = read_name(name);
        by_kind_and_name_[read.with_kind].push_back(i);
        by_bare_name_[read.bare].push_back(i);
        codes = codes && all_digits(id) && id.size() == unit_key(units.front().id).size();
        zeros = zeros || id.starts_with('0');
    }
    if (codes && zeros) code_length_ = unit_key(units.front().id).size();
}

std::optional<UnitLookup::Answer> UnitLookup::look_up(const Places& places, const std::string& key) {
    const auto it = places.find(key);
    if (it == places.end()) return {};
    if (it->second.size() > 1) return Answer{{}, true};
    return Answer{it->second.front(), false};
}

UnitLookup::Answer UnitLookup::find(std::string_view text) const {
    const std::string key = comparing_key(text);
    if (key.empty()) return {};
    if (const auto found = look_up(by_id_, key)) return *found;
    if (key.size() < code_length_ && all_digits(key))
        if (const auto found = look_up(by_id_, std::string(code_length_ - key.size(), '0') + key)) return *found;
    if (const auto found = look_up(by_name_, key)) return *found;
    const ReadName read = read_name(text);
    if (read.bare.empty()) return {};
    if (const auto found = look_up(by_kind_and_name_, read.with_kind)) return *found;
    return read.has_kind ? Answer{} : look_up(by_bare_name_, read.bare).value_or(Answer{});
}

std::string guess_unit_column(const Table& table, const std::vector<Unit>& units) {
    const UnitLookup lookup(units);
    std::string best;
    std::size_t most = 0;
    for (const Column& column : table.columns()) {
        if (column.type() != ColumnType::text && column.type() != ColumnType::integer) continue;
        std::size_t known = 0, filled = 0;
        for (std::size_t row = 0; row < column.size(); ++row) {
            if (column.is_null(row)) continue;
            ++filled;
            const auto answer = lookup.find(column.text(row));
            if (answer.unit || answer.ambiguous) ++known;
        }
        if (known * 2 <= filled || known <= most) continue;
        most = known;
        best = column.name();
    }
    return best;
}

}  // namespace diaban
