#include "data/places/point_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

#include "base/text.h"
#include "data/folded_words.h"
#include "data/places/point_values.h"
#include "geo/crs/propose_crs.h"
#include "geo/crs/vietnam_zones.h"

namespace diaban {

namespace {

using Order = WrittenPoint::Order;

/// What a header says of its column.
enum class Role { none, longitude, latitude, x, y, easting, northing, whole };

using Words = std::vector<std::string>;

std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

struct Name {
    std::string_view words;
    Role role;
};

// Folded. English, Vietnamese, Indonesian; names that programs give.
constexpr Name names[] = {{"lon", Role::longitude},
                          {"long", Role::longitude},
                          {"lng", Role::longitude},
                          {"longitude", Role::longitude},
                          {"kinh do", Role::longitude},
                          {"kinhdo", Role::longitude},
                          {"bujur", Role::longitude},
                          {"garis bujur", Role::longitude},
                          {"lat", Role::latitude},
                          {"latitude", Role::latitude},
                          {"vi do", Role::latitude},
                          {"vido", Role::latitude},
                          {"lintang", Role::latitude},
                          {"garis lintang", Role::latitude},
                          {"easting", Role::easting},
                          {"eastings", Role::easting},
                          {"toa do dong", Role::easting},
                          {"northing", Role::northing},
                          {"northings", Role::northing},
                          {"toa do bac", Role::northing},
                          {"x", Role::x},
                          {"xcoord", Role::x},
                          {"coordx", Role::x},
                          {"toadox", Role::x},
                          {"e", Role::x},
                          {"y", Role::y},
                          {"ycoord", Role::y},
                          {"coordy", Role::y},
                          {"toadoy", Role::y},
                          {"n", Role::y},
                          {"toa do", Role::whole},
                          {"toado", Role::whole},
                          {"coordinate", Role::whole},
                          {"coordinates", Role::whole},
                          {"coords", Role::whole},
                          {"koordinat", Role::whole},
                          {"location", Role::whole},
                          {"lokasi", Role::whole},
                          {"vi tri", Role::whole},
                          {"gps", Role::whole},
                          {"geopoint", Role::whole},
                          {"point", Role::whole},
                          {"latlon", Role::whole},
                          {"lat lon", Role::whole},
                          {"latlng", Role::whole},
                          {"lat lng", Role::whole},
                          {"lat long", Role::whole},
                          {"lonlat", Role::whole},
                          {"lon lat", Role::whole},
                          {"long lat", Role::whole},
                          {"latitude longitude", Role::whole},
                          {"longitude latitude", Role::whole},
                          {"vi do kinh do", Role::whole},
                          {"kinh do vi do", Role::whole},
                          {"wkt", Role::whole},
                          {"geom", Role::whole},
                          {"the geom", Role::whole},
                          {"geometry", Role::whole},
                          {"shape", Role::whole}};

// Words round a name that say nothing of which axis it is.
constexpr std::string_view before[] = {"gps",        "point",     "toa", "do",    "td",      "coord",
                                       "coordinate", "koordinat", "geo", "wgs84", "vn2000",  "utm",
                                       "location",   "geopoint",  "vi",  "tri",   "decimal", "dd"};
constexpr std::string_view behind[] = {
    "m",    "met", "meter", "metre",      "meters", "metres", "deg",   "degree", "degrees",
    "do",   "dd",  "dms",   "decimal",    "wgs84",  "wgs",    "84",    "vn2000", "vn",
    "2000", "utm", "coord", "coordinate", "dong",   "bac",    "timur", "utara",  "selatan",
    "gps",  "e",   "n",     "48n",        "49n",    "zone",   "tm3",   "tap",    "trung"};

Role role_named(const std::string& words) {
    const auto found = std::ranges::find(names, std::string_view(words), &Name::words);
    return found == std::end(names) ? Role::none : found->role;
}

/// What is left of the header when words at its ends are passed over, longest first.
Role role_of(const std::string& header) {
    const Words words = folded_words(header);
    constexpr std::size_t longest = 8;
    if (words.empty() || words.size() > longest) return Role::none;
    const auto passes = [](const std::string& word, const auto& list) {
        return std::ranges::find(list, std::string_view(word)) != std::end(list);
    };
    for (std::size_t length = words.size(); length > 0; --length)
        for (std::size_t begin = 0; begin + length <= words.size(); ++begin) {
            const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto last = first + static_cast<std::ptrdiff_t>(length);
            const bool only_passed =
                std::all_of(words.begin(), first, [&](const auto& w) { return passes(w, before); }) &&
                std::all_of(last, words.end(), [&](const auto& w) { return passes(w, behind); });
            if (!only_passed) continue;
            if (const Role role = role_named(joined(Words(first, last))); role != Role::none) return role;
        }
    return Role::none;
}

/// The first rows with something in them: enough to tell what a column holds.
Column sample_of(const Column& column) {
    constexpr std::size_t most = 200;
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < column.size() && texts.size() < most; ++row)
        if (!column.is_null(row) && !trim(column.text(row)).empty()) texts.push_back(column.text(row));
    std::vector<uint8_t> present(texts.size(), 1);
    return {column.name(), ColumnType::text, std::move(texts), std::move(present)};
}

bool degrees(Point p) {
    return std::abs(p.x) <= 360 && std::abs(p.y) <= 90;
}

bool lies_somewhere_known(const std::vector<Point>& points, const std::optional<Box>& near) {
    if (points.empty()) return false;
    const auto in_country = std::ranges::count_if(points, [](Point p) {
        return in_vietnam(p) || in_vietnam({p.y, p.x});
    });
    if (in_country * 2 > static_cast<std::ptrdiff_t>(points.size())) return true;
    std::vector<Point> exchanged;
    for (const Point p : points)
        exchanged.push_back({p.y, p.x});
    return near && (share_inside(points, *near) > 0.5 || share_inside(exchanged, *near) > 0.5);
}

/// Whether the two hold coordinates; `sure` when their names say so.
bool hold_coordinates(const Column& x, const Column& y, bool sure, const std::optional<Box>& near) {
    const auto is_number_or_text = [](const Column& c) { return c.numeric() || c.type() == ColumnType::text; };
    if (!is_number_or_text(x) || !is_number_or_text(y)) return false;
    const Writing writing = writing_of({&x, &y}, NumberConvention::automatic);
    const AxisValues east = axis_values(x, writing), north = axis_values(y, writing);
    std::vector<Point> points;
    std::size_t filled = 0;
    int fine = 0;
    for (std::size_t row = 0; row < x.size(); ++row) {
        if (!x.is_null(row) || !y.is_null(row)) ++filled;
        if (!east.values[row] || !north.values[row]) continue;
        points.push_back({*east.values[row], *north.values[row]});
        fine += has_three_decimals(points.back().x) && has_three_decimals(points.back().y) ? 1 : 0;
    }
    if (points.empty() || points.size() * 2 < filled) return false;
    const auto in_degrees = static_cast<std::size_t>(std::ranges::count_if(points, [](Point p) {
        return degrees(p) || degrees({p.y, p.x});
    }));
    if (in_degrees * 2 > points.size()) {
        const bool many_decimals = static_cast<std::size_t>(fine) * 2 > points.size();
        const bool written_so = static_cast<std::size_t>(east.marked + north.marked) > points.size();
        return sure || many_decimals || written_so || lies_somewhere_known(points, near);
    }
    const auto large =
        std::ranges::count_if(points, [](Point p) { return std::abs(p.x) >= 1000 && std::abs(p.y) >= 1000; });
    if (large * 2 < static_cast<std::ptrdiff_t>(points.size())) return false;
    return sure || !propose_crs(std::span<const Point>(points), near).empty();
}

/// The first column of the one role and the first of the other, both with coordinates.
std::optional<PointColumns> pair_of(const Table& table, const std::vector<Role>& roles, Role x, Role y, bool sure,
                                    const std::optional<Box>& near) {
    const auto at = [&](Role wanted) { return std::ranges::find(roles, wanted) - roles.begin(); };
    const auto x_at = static_cast<std::size_t>(at(x)), y_at = static_cast<std::size_t>(at(y));
    if (x_at == roles.size() || y_at == roles.size()) return {};
    const Column &x_column = table.columns()[x_at], &y_column = table.columns()[y_at];
    if (!hold_coordinates(x_column, y_column, sure, near)) return {};
    return PointColumns{x_column.name(), y_column.name()};
}

/// How many of a sample's cells are whole points: at all, and beyond doubt.
struct WholeCells {
    int points = 0;
    int certain = 0;
};

WholeCells whole_cells(const Column& sample, const std::optional<Box>& near) {
    WholeCells count;
    for (std::size_t row = 0; row < sample.size(); ++row) {
        const std::string text = sample.text(row);
        if (looks_like_wkt(text)) {
            ++count.points, ++count.certain;
        } else if (const auto point = parse_point(text)) {
            ++count.points;
            const std::vector<Point> one{{point->first, point->second}};
            const bool decimals = has_three_decimals(point->first) && has_three_decimals(point->second);
            count.certain += point->marked || (point->degrees && (decimals || lies_somewhere_known(one, near))) ? 1 : 0;
        }
    }
    return count;
}

std::optional<PointColumns> whole_column(const Table& table, const std::vector<Role>& roles,
                                         const std::optional<Box>& near) {
    std::optional<PointColumns> unnamed;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        const Column& column = table.columns()[i];
        if (column.type() != ColumnType::text) continue;
        const Column sample = sample_of(column);
        const auto size = static_cast<int>(sample.size());
        const WholeCells cells = whole_cells(sample, near);
        if (size > 0 && roles[i] == Role::whole && cells.points * 2 >= size) return PointColumns{column.name(), {}};
        if (size > 0 && !unnamed && cells.certain * 10 >= size * 8) unnamed = PointColumns{column.name(), {}};
    }
    return unnamed;
}

/// Two columns whose cells have letters: 21°31'N in one, 107°24'E in the other.
std::optional<PointColumns> lettered_columns(const Table& table) {
    PointColumns found;
    for (const Column& column : table.columns()) {
        if (column.type() != ColumnType::text) continue;
        const Column sample = sample_of(column);
        const AxisValues axis = axis_values(sample, writing_of({&sample}, NumberConvention::automatic));
        const auto most = [&](int count) { return count > 0 && count * 10 >= static_cast<int>(sample.size()) * 8; };
        if (found.x.empty() && most(axis.longitudes)) found.x = column.name();
        if (found.y.empty() && most(axis.latitudes)) found.y = column.name();
    }
    if (found.x.empty() || found.y.empty()) return {};
    return found;
}

}  // namespace

std::optional<PointColumns> find_point_columns(const Table& table, const std::optional<Box>& near) {
    std::vector<Role> roles;
    for (const Column& column : table.columns())
        roles.push_back(role_of(column.name()));
    if (auto found = pair_of(table, roles, Role::longitude, Role::latitude, true, near)) return found;
    if (auto found = pair_of(table, roles, Role::easting, Role::northing, true, near)) return found;
    if (auto found = pair_of(table, roles, Role::x, Role::y, false, near)) return found;
    if (auto found = whole_column(table, roles, near)) return found;
    return lettered_columns(table);
}

Order order_in_header(const std::string& header) {
    const Words words = folded_words(header);
    const std::string text = " " + joined(words) + " ";
    const auto first_of = [&](std::initializer_list<std::string_view> spellings) {
        std::size_t first = std::string::npos;
        for (const std::string_view spelling : spellings)
            first = std::min(first, text.find(" " + std::string(spelling)));
        return first;
    };
    const auto latitude = first_of({"lat", "vi do", "lintang"});
    const auto longitude = first_of({"lon", "lng", "kinh do", "bujur"});
    if (text.find("latlon") != std::string::npos || text.find("latlng") != std::string::npos)
        return Order::latitude_first;
    if (text.find("lonlat") != std::string::npos) return Order::longitude_first;
    if (latitude == std::string::npos || longitude == std::string::npos) return Order::unknown;
    return latitude < longitude ? Order::latitude_first : Order::longitude_first;
}

}  // namespace diaban
