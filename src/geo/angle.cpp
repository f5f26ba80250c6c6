#include "geo/angle.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.h"

namespace diaban {
namespace {

using Axis = Angle::Axis;

/// A piece of an angle: a number, or what stands between numbers.
struct Token {
    enum class Kind { number, degree, minute, second, letter, minus, plus, point_mark, hemisphere };
    Kind kind = Kind::number;
    double value = 0;
    bool decimals = false;
    bool gap_before = false;  ///< a blank stands before it
    std::string letter;       ///< of a hemisphere, folded to capitals: "N", "DD" for Đ
};

struct Spelling {
    std::string_view text;
    std::string_view meaning;
};

// Longest first, for those that begin alike. Capital letters only; text is put into capitals beforehand. "Đ" is DD.
constexpr Spelling hemispheres[] = {{"LINTANG UTARA", "LU"},
                                    {"LINTANG SELATAN", "LS"},
                                    {"BUJUR TIMUR", "BT"},
                                    {"BUJUR BARAT", "BB"},
                                    {"NORTH", "NN"},
                                    {"SOUTH", "S"},
                                    {"EAST", "E"},
                                    {"WEST", "W"},
                                    {"BẮC", "B"},
                                    {"NAM", "NAM"},
                                    {"ĐÔNG", "DD"},
                                    {"TÂY", "T"},
                                    {"LU", "LU"},
                                    {"LS", "LS"},
                                    {"BT", "BT"},
                                    {"BB", "BB"},
                                    {"N", "N"},
                                    {"S", "S"},
                                    {"E", "E"},
                                    {"W", "W"},
                                    {"B", "B"},
                                    {"Đ", "DD"},
                                    {"T", "T"},
                                    {"O", "W"}};
constexpr Spelling marks[] = {{"ĐỘ", "d"}, {"DEG", "d"}, {"PHÚT", "m"}, {"GIÂY", "s"}, {"MIN", "m"}, {"SEC", "s"},
                              {"''", "s"}, {"′′", "s"},  {"’’", "s"},   {"‘‘", "s"},   {"´´", "s"},  {"°", "d"},
                              {"º", "d"},  {"˚", "d"},   {"⁰", "d"},    {"″", "s"},    {"”", "s"},   {"“", "s"},
                              {"\"", "s"}, {"'", "m"},   {"′", "m"},    {"’", "m"},    {"‘", "m"},   {"´", "m"},
                              {"`", "m"},  {"ʹ", "m"},   {"ʺ", "s"}};
constexpr std::string_view blanks[] = {" ", "\t", "\u00A0", "\u202F", "\u2009", "\u2007"};

template <std::size_t N>
const Spelling* starts_with_one(std::string_view text, const Spelling (&spellings)[N]) {
    const auto found =
        std::ranges::find_if(spellings, [&](const Spelling& spelling) { return text.starts_with(spelling.text); });
    return found == std::end(spellings) ? nullptr : &*found;
}

/// ASCII and the Vietnamese letters that mean something here.
std::string capitals(std::string_view given) {
    std::string text = to_nfc(given);
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> letters{
        {{"đ", "Đ"}, {"ắ", "Ắ"}, {"ô", "Ô"}, {"â", "Â"}, {"ộ", "Ộ"}, {"ú", "Ú"}, {"\u2212", "-"}, {"\u2013", "-"}}};
    for (const auto& [small, capital] : letters)
        for (auto at = text.find(small); at != std::string::npos; at = text.find(small, at + capital.size()))
            text.replace(at, small.size(), capital);
    return text;
}

bool digit(char c) {
    return c >= '0' && c <= '9';
}

/// Digits with at most one decimal point or comma; moves on behind them.
std::optional<Token> take_number(std::string_view& text) {
    std::string plain;
    std::size_t at = 0;
    Token token;
    while (at < text.size()) {
        const bool mark = (text[at] == '.' || text[at] == ',') && !token.decimals;
        if (!digit(text[at]) && !(mark && at + 1 < text.size() && digit(text[at + 1]))) break;
        token.decimals = token.decimals || mark;
        plain += mark ? '.' : text[at];
        ++at;
    }
    const auto [end, problem] = std::from_chars(plain.data(), plain.data() + plain.size(), token.value);
    if (problem != std::errc() || end != plain.data() + plain.size()) return {};
    text.remove_prefix(at);
    return token;
}

/// "107.24.07": two points are no decimals but marks.
std::string with_points_as_marks(std::string text) {
    const auto is_part = [](char c) { return digit(c) || c == '.'; };
    if (!std::ranges::all_of(text, is_part) || std::ranges::count(text, '.') != 2) return text;
    std::ranges::replace(text, '.', ' ');
    return text;
}

std::optional<std::vector<Token>> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    bool gap = false;
    const auto add = [&](Token token) {
        token.gap_before = gap;
        gap = false;
        tokens.push_back(std::move(token));
    };
    while (!text.empty()) {
        const auto blank = std::ranges::find_if(blanks, [&](std::string_view b) { return text.starts_with(b); });
        if (blank != std::end(blanks)) {
            gap = true;
            text.remove_prefix(blank->size());
        } else if (digit(text[0])) {
            auto number = take_number(text);
            if (!number) return {};
            add(std::move(*number));
        } else if (const Spelling* mark = starts_with_one(text, marks)) {
            const char c = mark->meaning[0];
            add({c == 'd' ? Token::Kind::degree : c == 'm' ? Token::Kind::minute : Token::Kind::second});
            text.remove_prefix(mark->text.size());
        } else if (text[0] == '-' || text[0] == '+' || text[0] == ':') {
            add({text[0] == '-' ? Token::Kind::minus : text[0] == '+' ? Token::Kind::plus : Token::Kind::point_mark});
            text.remove_prefix(1);
        } else if (const Spelling* side = starts_with_one(text, hemispheres)) {
            Token token{Token::Kind::hemisphere};
            token.letter = side->meaning;
            add(std::move(token));
            text.remove_prefix(side->text.size());
        } else if (text[0] == 'D' || text[0] == 'M') {
            Token token{Token::Kind::letter};
            token.letter = text[0];
            add(std::move(token));
            text.remove_prefix(1);
        } else {
            return {};
        }
    }
    return tokens;
}

/// Turns D, M and S into marks or hemispheres, by what stands before them.
void settle_letters(std::vector<Token>& tokens) {
    bool letter_marks = false, degree_seen = false;
    int numbers = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        Token& token = tokens[i];
        const bool behind_number = i > 0 && tokens[i - 1].kind == Token::Kind::number;
        numbers += token.kind == Token::Kind::number ? 1 : 0;
        degree_seen = degree_seen || token.kind == Token::Kind::degree;
        if (token.kind == Token::Kind::letter && token.letter == "D") {
            if (behind_number && numbers == 1 && !degree_seen) {
                token.kind = Token::Kind::degree;
                letter_marks = degree_seen = true;
            } else {
                token.kind = Token::Kind::hemisphere;
                token.letter = "DD";
            }
        } else if (token.kind == Token::Kind::letter && token.letter == "M" && behind_number) {
            token.kind = Token::Kind::minute;
            letter_marks = true;
        } else if (token.kind == Token::Kind::hemisphere && token.letter == "S" && letter_marks && behind_number &&
                   numbers == 3 && !token.gap_before) {
            token.kind = Token::Kind::second;
        }
    }
}

struct Side {
    Axis axis;
    double sign;
};

Side side_of(const std::string& letter, AngleLetters letters) {
    if (letter == "LU" || letter == "NN" || letter == "B") return {Axis::latitude, 1};
    if (letter == "LS" || letter == "S" || letter == "NAM") return {Axis::latitude, -1};
    if (letter == "N") return {Axis::latitude, letters == AngleLetters::vietnamese ? -1.0 : 1.0};
    if (letter == "E" || letter == "DD" || letter == "BT") return {Axis::longitude, 1};
    return {Axis::longitude, -1};
}

/// The tokens' shape: [letter] [sign] number [mark] [number [mark] [number [mark]]] [letter].
std::optional<Angle> angle_from(const std::vector<Token>& tokens, AngleLetters letters) {
    using Kind = Token::Kind;
    std::vector<Token> numbers;
    std::optional<std::string> letter;
    double sign = 1;
    bool negative = false, signed_already = false, marked = false;
    std::size_t marks_seen = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        const bool last = i + 1 == tokens.size(), between = !numbers.empty() && !last;
        if (token.kind == Kind::number) {
            if (numbers.size() == 3) return {};
            numbers.push_back(token);
        } else if (token.kind == Kind::minus || token.kind == Kind::plus) {
            if (numbers.empty() && !signed_already) {
                negative = token.kind == Kind::minus;
                signed_already = true;
            } else if (!(between && token.kind == Kind::minus && tokens[i + 1].kind == Kind::number)) {
                return {};
            }
        } else if (token.kind == Kind::point_mark) {
            const bool behind_letter = numbers.empty() && letter;
            if (!behind_letter && !(between && tokens[i + 1].kind == Kind::number)) return {};
        } else if (token.kind == Kind::hemisphere) {
            if (letter || (!numbers.empty() && !last)) return {};
            letter = token.letter;
        } else {
            const std::size_t level = token.kind == Kind::degree ? 1 : token.kind == Kind::minute ? 2 : 3;
            if (numbers.size() != level || marks_seen >= level || token.kind == Kind::letter) return {};
            marks_seen = level;
            marked = true;
        }
    }
    if (numbers.empty() || (signed_already && letter)) return {};
    Angle angle;
    angle.parts = static_cast<int>(numbers.size());
    angle.marked = marked || letter.has_value();
    double unit = 1;
    for (std::size_t i = 0; i < numbers.size(); ++i, unit *= 60) {
        if (i > 0 && numbers[i].value > 60) return {};
        if (i + 1 < numbers.size() && numbers[i].decimals) return {};
        angle.degrees += numbers[i].value / unit;
    }
    if (letter) {
        const Side side = side_of(*letter, letters);
        angle.axis = side.axis;
        sign = side.sign;
    }
    constexpr double slack = 1e-9;
    if (angle.degrees > (angle.axis == Axis::latitude ? 90 : 360) + slack) return {};
    angle.degrees *= negative ? -1 : sign;
    return angle;
}

bool only_vietnamese(const Token& token) {
    return token.kind == Token::Kind::hemisphere &&
           (token.letter == "B" || token.letter == "DD" || token.letter == "T" || token.letter == "NAM");
}

}  // namespace

AngleLetters letters_of(std::span<const std::string_view> texts) {
    for (const std::string_view text : texts) {
        const std::string upper = capitals(text);
        for (std::size_t at = 0; at < upper.size(); ++at) {
            // A letter that ends a coordinate: behind a digit or a mark, not inside a word.
            std::string_view rest = std::string_view(upper).substr(at);
            const Spelling* side = starts_with_one(rest, hemispheres);
            if (!side) continue;
            const bool starts_word = at == 0 || !(std::isalpha(static_cast<unsigned char>(upper[at - 1])) != 0);
            rest.remove_prefix(side->text.size());
            const bool ends_word = rest.empty() || std::isalpha(static_cast<unsigned char>(rest[0])) == 0;
            if (starts_word && ends_word &&
                only_vietnamese({Token::Kind::hemisphere, 0, false, false, std::string(side->meaning)}))
                return AngleLetters::vietnamese;
            at += side->text.size() - 1;
        }
    }
    return AngleLetters::automatic;
}

std::optional<Angle> parse_angle(std::string_view text, AngleLetters letters) {
    const std::string given = with_points_as_marks(capitals(trim(text)));
    constexpr std::size_t longest = 80;
    if (given.empty() || given.size() > longest) return {};
    auto tokens = tokens_of(given);
    if (!tokens) return {};
    settle_letters(*tokens);
    return angle_from(*tokens, letters);
}

}  // namespace diaban
