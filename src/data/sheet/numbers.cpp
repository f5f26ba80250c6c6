#include "data/sheet/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>

#include "base/error.h"

namespace diaban {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr std::array<std::string_view, 5> blanks{" ", "\t", "\u00a0", "\u202f", "\u2009"};

void trim_blanks(std::string_view& text) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view blank : blanks) {
            if (text.starts_with(blank)) {
                text.remove_prefix(blank.size());
                again = true;
            } else if (text.ends_with(blank)) {
                text.remove_suffix(blank.size());
                again = true;
            }
        }
    }
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool means_no_value(std::string_view text) {
    static constexpr std::array<std::string_view, 16> words{"-",  "–", "—",   "−",  "--",   "---",  "…",    "...",
                                                            "..", ".", "n/a", "na", "n.a.", "#n/a", "null", "nan"};
    return text.empty() || std::ranges::any_of(words, [&](auto word) { return equal_ignoring_case(text, word); });
}

/// A number taken apart: digits and marks, without what stands round them.
struct Parts {
    static constexpr std::size_t most = 48;
    std::array<char, most> body{};  ///< digits, '.', ',', ' ' for a blank, '\'' for an apostrophe
    std::size_t length = 0;
    std::string_view exponent;  ///< with its sign
    bool negative = false, percent = false;

    [[nodiscard]] std::string_view text() const { return {body.data(), length}; }
};

/// "+5", "−5", "(5)".
bool take_sign(std::string_view& text, bool& negative) {
    if (text.starts_with('(')) {
        if (!text.ends_with(')')) return false;
        text = text.substr(1, text.size() - 2);
        negative = true;
    } else if (take_prefix(text, "-") || take_prefix(text, "\u2212")) {
        negative = true;
    } else {
        take_prefix(text, "+");
    }
    trim_blanks(text);
    return true;
}

std::optional<Parts> take_apart(std::string_view text) {
    Parts parts;
    if (take_suffix(text, "%")) parts.percent = true;
    trim_blanks(text);
    if (!take_sign(text, parts.negative)) return {};
    if (!parts.percent && take_suffix(text, "%")) parts.percent = true;  // "(12%)"
    trim_blanks(text);
    if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
        parts.exponent = text.substr(e + 1);
        text = text.substr(0, e);
        std::string_view digits = parts.exponent;
        if (!take_prefix(digits, "-")) take_prefix(digits, "+");
        const bool sign = digits.size() < parts.exponent.size();
        if (digits.empty() || digits.size() > 3 || !std::ranges::all_of(digits, is_digit)) return {};
        if (!sign && text.find_first_of(".,") == std::string_view::npos) return {};
    }
    while (!text.empty()) {
        if (parts.length == Parts::most) return {};
        char mark = text.front();
        if (is_digit(mark) || mark == '.' || mark == ',' || mark == ' ' || mark == '\'') {
            text.remove_prefix(1);
        } else if (take_prefix(text, "\u00a0") || take_prefix(text, "\u202f") || take_prefix(text, "\u2009")) {
            mark = ' ';
        } else if (take_prefix(text, "\u2019")) {
            mark = '\'';
        } else {
            return {};
        }
        parts.body[parts.length++] = mark;
    }
    if (parts.length == 0) return {};
    return parts;
}

constexpr std::size_t most_digits = 18;  // that every int64 holds

/// The whole part of a number, its thousands set apart by `group` or a neutral mark; false when it is none. Its digits
/// are added to `plain`.
bool read_whole_part(std::string_view text, char group, std::string& plain) {
    const auto first_mark = std::ranges::find_if(text, [](char c) { return !is_digit(c); });
    if (first_mark == text.end()) {
        if (text.size() > 1 && text.front() == '0') return false;
        plain += text;
        return true;
    }
    const char mark = *first_mark;
    if (mark != group && mark != ' ' && mark != '\'') return false;
    const auto first = static_cast<std::size_t>(first_mark - text.begin());
    if (first < 1 || first > 3 || text.front() == '0') return false;
    plain += text.substr(0, first);
    for (std::size_t at = first; at < text.size(); at += 4) {
        const std::string_view digits = text.substr(at + 1, 3);
        if (text[at] != mark || digits.size() != 3 || !std::ranges::all_of(digits, is_digit)) return false;
        plain += digits;
    }
    return true;
}

/// As C++ reads it: "1234.5"; empty when it is no number with this decimal mark. `whole`: it has no decimals.
std::string plain_number(const Parts& parts, char decimal, bool& whole) {
    const std::string_view body = parts.text();
    const std::size_t mark = body.find(decimal);
    const std::string_view fraction = mark == std::string_view::npos ? "" : body.substr(mark + 1);
    const std::string_view integer = body.substr(0, std::min(mark, body.size()));
    std::string plain = parts.negative ? "-" : "";
    if (mark != std::string_view::npos && (fraction.empty() || !std::ranges::all_of(fraction, is_digit))) return {};
    if (integer.empty() ? fraction.empty() : !read_whole_part(integer, decimal == '.' ? ',' : '.', plain)) return {};
    whole = mark == std::string_view::npos && parts.exponent.empty();
    if (whole && plain.size() > most_digits + 1) return {};
    if (!fraction.empty()) plain.append(integer.empty() ? "0." : ".").append(fraction);
    if (!parts.exponent.empty()) {
        const std::string_view e = parts.exponent;
        plain.append("e").append(e.starts_with('+') ? e.substr(1) : e);
    }
    return plain;
}

bool is_code(std::string_view digits) {
    return std::ranges::all_of(digits, is_digit) &&
           ((digits.size() > 1 && digits.front() == '0') || digits.size() > most_digits);
}

std::optional<Number> number_of(const Parts& parts, NumberConvention convention) {
    bool whole = false;
    const std::string plain = plain_number(parts, convention == NumberConvention::comma_decimal ? ',' : '.', whole);
    if (plain.empty()) return {};
    Number number;
    const char* end = plain.data() + plain.size();
    if (std::from_chars(plain.data(), end, number.value).ptr != end || !std::isfinite(number.value)) return {};
    int64_t integer = 0;
    if (whole && std::from_chars(plain.data(), end, integer).ec == std::errc()) number.whole = integer;
    return number;
}

}  // namespace

NumberLook look_at_number(std::string_view text) {
    trim_blanks(text);
    if (means_no_value(text)) return {Writing::no_value, false};
    if (is_code(text)) return {Writing::code, false};
    // Most cells of most columns are words.
    const char first = text.front();
    const bool starts_like_one =
        is_digit(first) || std::strchr("+-(.,", first) || static_cast<unsigned char>(first) == 0xE2;
    if (!starts_like_one) return {};
    const auto parts = take_apart(text);
    if (!parts) return {};
    if (parts->text().find_first_of(".,") == std::string_view::npos) {
        const bool number = number_of(*parts, NumberConvention::point_decimal).has_value();
        return {number ? Writing::both : Writing::none, number && parts->percent};
    }
    const bool point = number_of(*parts, NumberConvention::point_decimal).has_value();
    const bool comma = number_of(*parts, NumberConvention::comma_decimal).has_value();
    if (!point && !comma) return {};
    return {point && comma ? Writing::either : (point ? Writing::point : Writing::comma), parts->percent};
}

std::optional<Number> parse_number(std::string_view text, NumberConvention convention) {
    DIABAN_CHECK(convention != NumberConvention::automatic);
    trim_blanks(text);
    if (text.empty()) return {};
    const auto parts = take_apart(text);
    return parts ? number_of(*parts, convention) : std::nullopt;
}

}  // namespace diaban
