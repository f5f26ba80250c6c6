// Whole points in one text.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "geo/angle.h"
#include "geo/crs/propose_crs.h"

namespace diaban {
namespace {

using Order = WrittenPoint::Order;

/// One of the two: an angle, or a number too great for one.
struct Half {
    double value = 0;
    Angle::Axis axis = Angle::Axis::unknown;
    int parts = 1;
    bool degrees = true;
    bool marked = false;
};

/// "lat: 21.5", "X = 452345", "Kinh độ 107°24'": the label's axis, and the text without it.
Angle::Axis take_label(std::string& text) {
    struct Label {
        std::string_view word;  // folded
        Angle::Axis axis;
    };
    constexpr Label labels[] = {
        {"longitude", Angle::Axis::longitude}, {"latitude", Angle::Axis::latitude}, {"kinh do", Angle::Axis::longitude},
        {"vi do", Angle::Axis::latitude},      {"lintang", Angle::Axis::latitude},  {"bujur", Angle::Axis::longitude},
        {"long", Angle::Axis::longitude},      {"lon", Angle::Axis::longitude},     {"lng", Angle::Axis::longitude},
        {"lat", Angle::Axis::latitude},        {"x", Angle::Axis::unknown},         {"y", Angle::Axis::unknown}};
    // A label ends where the first digit, sign or letter of a hemisphere before a digit begins.
    const auto colon = text.find_first_of(":=");
    const auto number = text.find_first_of("0123456789+-");
    if (number == std::string::npos) return Angle::Axis::unknown;
    const auto end = colon != std::string::npos && colon < number ? colon : number;
    const std::string word = fold(text.substr(0, end));
    for (const Label& label : labels)
        if (word == label.word) {
            text = trim(text.substr(end == colon ? end + 1 : end));
            return label.axis;
        }
    return Angle::Axis::unknown;
}

std::optional<Half> half_of(std::string_view given, AngleLetters letters) {
    std::string text = trim(given);
    const Angle::Axis label = take_label(text);
    if (const auto angle = parse_angle(text, letters)) {
        if (label != Angle::Axis::unknown && angle->axis != Angle::Axis::unknown && label != angle->axis) return {};
        const auto axis = angle->axis == Angle::Axis::unknown ? label : angle->axis;
        return Half{angle->degrees, axis, angle->parts, true, angle->marked || label != Angle::Axis::unknown};
    }
    if (std::ranges::count(text, ',') == 1 && text.find('.') == std::string::npos) std::ranges::replace(text, ',', '.');
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
    if (std::abs(value) <= 360) return {};
    return Half{value, Angle::Axis::unknown, 1, false, false};
}

std::optional<WrittenPoint> join(const Half& a, const Half& b) {
    using Axis = Angle::Axis;
    if (a.axis != Axis::unknown && a.axis == b.axis) return {};
    WrittenPoint point{a.value, b.value, Order::unknown, a.degrees && b.degrees, a.marked || b.marked};
    if (a.degrees != b.degrees) return {};
    const auto is_latitude = [](const Half& h, const Half& other) {
        return h.axis == Axis::latitude || other.axis == Axis::longitude;
    };
    if (is_latitude(a, b)) point.order = Order::latitude_first;
    if (is_latitude(b, a)) point.order = Order::longitude_first;
    if (point.degrees) {
        const bool first_beyond = std::abs(a.value) > 90, second_beyond = std::abs(b.value) > 90;
        if (first_beyond && second_beyond) return {};
        if (first_beyond && point.order == Order::latitude_first) return {};
        if (second_beyond && point.order == Order::longitude_first) return {};
        if (first_beyond) point.order = Order::longitude_first;
        if (second_beyond) point.order = Order::latitude_first;
    }
    return point;
}

/// "1,234,567": one number, its thousands parted by commas.
bool grouped_number(std::string_view text) {
    std::size_t run = 0, groups = 0;
    for (const char c : text) {
        if (c != ',' && (c < '0' || c > '9')) return false;
        if (c == ',' && (groups++ == 0 ? run == 0 || run > 3 : run != 3)) return false;
        run = c == ',' ? 0 : run + 1;
    }
    return groups > 1 && run == 3;
}

/// What parts the two, strongest first.
enum class Separator { strong, comma_blank, blank, letter, comma };

struct Cut {
    std::size_t left_end;
    std::size_t right_begin;
    Separator separator;
};

std::vector<Cut> cuts_of(const std::string& text) {
    std::vector<Cut> cuts;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        const char c = text[i];
        const bool blank = c == ' ';
        if (c == ';' || c == '|' || c == '/' || c == '\n' || c == '\t') {
            cuts.push_back({i, i + 1, Separator::strong});
        } else if (c == ',') {
            cuts.push_back({i, i + 1, text[i + 1] == ' ' ? Separator::comma_blank : Separator::comma});
        } else if (blank && text[i - 1] != ',' && text[i - 1] != ' ') {
            cuts.push_back({i, i + 1, Separator::blank});
        } else if (std::isalpha(static_cast<unsigned char>(c)) != 0 &&
                   std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0) {
            // "21°31'N107°24'E" behind the letter, "N21°31'E107°24'" before it.
            cuts.push_back({i + 1, i + 1, Separator::letter});
            cuts.push_back({i, i, Separator::letter});
        }
    }
    std::ranges::stable_sort(cuts, {}, &Cut::separator);
    return cuts;
}

std::string without_brackets(std::string_view given) {
    std::string text = trim(given);
    while (text.size() > 2 &&
           ((text.front() == '(' && text.back() == ')') || (text.front() == '[' && text.back() == ']')))
        text = trim(text.substr(1, text.size() - 2));
    for (const std::string_view blank : {"\u00A0", "\u202F", "\u2009", "\r"})
        for (auto at = text.find(blank); at != std::string::npos; at = text.find(blank))
            text.replace(at, blank.size(), " ");
    return text;
}

std::optional<WrittenPoint> point_of_wkt(std::string_view text) {
    try {
        const Geometry geometry = geometry_from_wkt({&text, 1});
        if (geometry.kind() != GeometryKind::point || geometry.points().size() != 1) return {};
        const Point p = geometry.points()[0];
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) return {};
        const bool degrees = std::abs(p.x) <= 360 && std::abs(p.y) <= 90;
        return WrittenPoint{p.x, p.y, Order::longitude_first, degrees, true};
    } catch (const std::invalid_argument&) {
        return {};
    }
}

/// "21.5233 107.4019 12 4.8": survey apps write latitude, longitude, height and accuracy. Not degrees with minutes and
/// seconds, as the first two have decimals.
std::optional<WrittenPoint> point_with_height(std::string_view text) {
    std::vector<double> values;
    std::size_t decimals = 0;
    constexpr std::string_view separators = " ,;";
    for (auto begin = text.find_first_not_of(separators); begin != std::string_view::npos;
         begin = text.find_first_not_of(separators, begin)) {
        const auto end = std::min(text.find_first_of(separators, begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        double value = 0;
        const auto [stop, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (problem != std::errc() || stop != word.data() + word.size() || !std::isfinite(value)) return {};
        if (values.size() < 2 && word.find('.') != std::string_view::npos) ++decimals;
        values.push_back(value);
        begin = end;
    }
    if (values.size() < 3 || values.size() > 4 || decimals < 2) return {};
    if (std::abs(values[0]) > 360 || std::abs(values[1]) > 360) return {};
    return join({.value = values[0]}, {.value = values[1]});
}

}  // namespace

std::optional<WrittenPoint> parse_point(std::string_view given, AngleLetters letters) {
    constexpr std::size_t longest = 200;
    if (given.size() > 2 * longest) return {};  // before any of it is looked at: a cell may hold a whole book
    const std::string text = without_brackets(given);
    if (text.size() < 3 || text.size() > longest || grouped_number(text)) return {};
    if (fold(text).starts_with("point")) return point_of_wkt(text);
    if (auto point = point_with_height(text)) return point;
    if (letters == AngleLetters::automatic) {
        const std::string_view whole = text;
        letters = letters_of({&whole, 1});
    }
    std::optional<WrittenPoint> best;
    std::optional<Separator> by;
    int best_difference = 0;
    for (const Cut& cut : cuts_of(text)) {
        if (by && cut.separator != *by) break;
        const auto a = half_of(std::string_view(text).substr(0, cut.left_end), letters);
        const auto b = a ? half_of(std::string_view(text).substr(cut.right_begin), letters) : std::nullopt;
        if (!b) continue;
        // "12E4" is no point: where nothing but a letter parts the two, both have one.
        using Axis = Angle::Axis;
        if (cut.separator == Separator::letter && (a->axis == Axis::unknown || b->axis == Axis::unknown)) continue;
        const auto point = join(*a, *b);
        const int difference = std::abs(a->parts - b->parts);
        if (!point || (best && difference >= best_difference)) continue;
        // "21,107" is one number with a decimal comma.
        if (cut.separator == Separator::comma && text.find('.') == std::string::npos && parse_angle(text, letters))
            continue;
        best = point;
        best_difference = difference;
        by = cut.separator;
    }
    // Two numbers parted by a blank are also degrees with minutes: a bare "21 31" is no point.
    if (best && *by == Separator::blank && !best->marked && parse_angle(text, letters)) return {};
    return best;
}

PointOrder order_of(std::span<const WrittenPoint> points, const std::optional<Box>& near) {
    const auto says = [&](Order order) { return std::ranges::count(points, order, &WrittenPoint::order); };
    const auto latitude = says(Order::latitude_first), longitude = says(Order::longitude_first);
    if (latitude != longitude) return {latitude > longitude ? Order::latitude_first : Order::longitude_first, false};
    if (std::ranges::none_of(points, &WrittenPoint::degrees)) return {Order::longitude_first, false};
    if (near) {
        std::vector<Point> as_lat_lon, as_lon_lat;
        for (const WrittenPoint& p : points) {
            as_lat_lon.push_back({p.second, p.first});
            as_lon_lat.push_back({p.first, p.second});
        }
        const double lat_first = share_inside(as_lat_lon, *near), lon_first = share_inside(as_lon_lat, *near);
        if (lat_first != lon_first)
            return {lat_first > lon_first ? Order::latitude_first : Order::longitude_first, false};
    }
    return {Order::latitude_first, true};
}

Point lon_lat(const WrittenPoint& point, Order column_order) {
    const Order order = point.order == Order::unknown ? column_order : point.order;
    return order == Order::latitude_first ? Point{point.second, point.first} : Point{point.first, point.second};
}

}  // namespace diaban
