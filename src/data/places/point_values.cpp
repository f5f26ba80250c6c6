#include "data/places/point_values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace diaban {

namespace {

/// Without what groups thousands in either convention: blanks and apostrophes.
std::string without_blanks(std::string_view given) {
    constexpr std::size_t longest = 200;  // of a number; a cell may hold a whole book
    if (given.size() > longest) return {};
    std::string text = trim(given);
    for (const std::string_view blank : {" ", "\u00A0", "\u202F", "\u2009", "'", "’"})
        for (auto at = text.find(blank); at != std::string::npos; at = text.find(blank, at))
            text.erase(at, blank.size());
    // A unit behind the number.
    while (!text.empty() && (text.back() == 'm' || text.back() == 'M'))
        text.pop_back();
    return text;
}

/// "2.379.123" for '.': groups of three after the first.
bool grouped_by(std::string_view text, char mark) {
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    std::size_t run = 0, groups = 0;
    for (const char c : text) {
        if (c == mark) {
            if (groups++ == 0 ? run == 0 || run > 3 : run != 3) return false;
            run = 0;
        } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            ++run;
        } else {
            return false;
        }
    }
    return groups > 0 && run == 3;
}

NumberConvention convention_of_cell(const std::string& text) {
    const auto point = text.rfind('.'), comma = text.rfind(',');
    const bool both = point != std::string::npos && comma != std::string::npos;
    if (both) return point > comma ? NumberConvention::point_decimal : NumberConvention::comma_decimal;
    if (std::ranges::count(text, '.') > 1 && grouped_by(text, '.')) return NumberConvention::comma_decimal;
    if (std::ranges::count(text, ',') > 1 && grouped_by(text, ',')) return NumberConvention::point_decimal;
    return NumberConvention::automatic;
}

struct Ways {
    int as_angle = 0;
    int as_number = 0;
};

/// How many cells are angles, and how many can only be numbers: too great, or with grouped thousands.
Ways ways_of(const std::vector<const Column*>& columns, AngleLetters letters) {
    Ways ways;
    for (const Column* column : columns) {
        if (column->numeric()) continue;
        for (std::size_t row = 0; row < column->size(); ++row) {
            const std::string text = column->text(row);
            if (text.empty()) continue;
            const std::string plain = without_blanks(text);
            if (convention_of_cell(plain) != NumberConvention::automatic) {
                ++ways.as_number;
            } else if (parse_angle(text, letters)) {
                ++ways.as_angle;
            } else if (written_number(text, NumberConvention::automatic)) {
                ++ways.as_number;
            }
        }
    }
    return ways;
}

AngleLetters letters_in(const std::vector<const Column*>& columns) {
    for (const Column* column : columns) {
        if (column->type() != ColumnType::text) continue;
        for (std::size_t row = 0; row < column->size(); ++row) {
            const std::string text = column->text(row);
            const std::string_view view = text;
            // Letters are long in coming only where there are any: plain numbers cost one look.
            const bool plain = std::ranges::all_of(text, [](char c) { return c >= 0 && std::isalpha(c) == 0; });
            if (!plain && letters_of({&view, 1}) == AngleLetters::vietnamese) return AngleLetters::vietnamese;
        }
    }
    return AngleLetters::automatic;
}

}  // namespace

bool has_three_decimals(double value) {
    const double hundredfold = value * 100;
    return std::abs(hundredfold - std::round(hundredfold)) > 1e-6;
}

bool looks_like_wkt(std::string_view given) {
    std::string text = fold(given.substr(0, 60));
    if (text.starts_with("srid=")) {
        const auto end = text.find(';');
        text = end == std::string::npos ? std::string() : trim(text.substr(end + 1));
    }
    constexpr std::array words{"point",           "linestring",   "polygon",           "multipoint",
                               "multilinestring", "multipolygon", "geometrycollection"};
    return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); }) &&
           (text.find('(') != std::string::npos || text.ends_with("empty"));
}

std::optional<double> written_number(std::string_view given, NumberConvention convention) {
    std::string text = without_blanks(given);
    const NumberConvention own = convention_of_cell(text);
    if (own != NumberConvention::automatic && convention != NumberConvention::automatic && own != convention) return {};
    const NumberConvention used = convention == NumberConvention::automatic ? own : convention;
    const auto one = [&](char mark) { return std::ranges::count(text, mark) == 1; };
    char decimal = used == NumberConvention::comma_decimal ? ',' : '.';
    if (used == NumberConvention::automatic && one(',') && !one('.')) decimal = ',';
    const char group = decimal == ',' ? '.' : ',';
    const auto cut = text.find(decimal);
    const std::string whole = text.substr(0, cut);
    if (whole.find(group) != std::string::npos && !grouped_by(whole, group)) return {};
    std::erase(text, group);
    std::ranges::replace(text, ',', '.');
    const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
    double value = 0;
    const auto [end, problem] = std::from_chars(begin, text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
    return value;
}

NumberConvention convention_of(const std::vector<const Column*>& columns) {
    for (const Column* column : columns) {
        if (column->type() != ColumnType::text) continue;
        for (std::size_t row = 0; row < column->size(); ++row) {
            const auto told = convention_of_cell(without_blanks(column->text(row)));
            if (told != NumberConvention::automatic) return told;
        }
    }
    return NumberConvention::automatic;
}

Writing writing_of(const std::vector<const Column*>& columns, NumberConvention given) {
    Writing writing;
    writing.letters = letters_in(columns);
    const Ways ways = ways_of(columns, writing.letters);
    writing.angles = ways.as_angle >= ways.as_number;
    writing.convention = given == NumberConvention::automatic ? convention_of(columns) : given;
    return writing;
}

AxisValues axis_values(const Column& column, const Writing& writing) {
    AxisValues axis;
    axis.values.resize(column.size());
    const auto take = [&](std::size_t row, double value) {
        axis.values[row] = value;
        axis.decimals3 += has_three_decimals(value) ? 1 : 0;
    };
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (column.numeric()) {
            if (const auto value = column.number(row)) take(row, *value);
            continue;
        }
        const std::string text = column.text(row);
        if (text.empty()) continue;
        if (!writing.angles) {
            if (const auto value = written_number(text, writing.convention)) take(row, *value);
        } else if (const auto angle = parse_angle(text, writing.letters)) {
            take(row, angle->degrees);
            axis.latitudes += angle->axis == Angle::Axis::latitude ? 1 : 0;
            axis.longitudes += angle->axis == Angle::Axis::longitude ? 1 : 0;
            axis.marked += angle->marked ? 1 : 0;
        }
    }
    return axis;
}

}  // namespace diaban
