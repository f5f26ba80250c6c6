#include "data/write/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace diaban {

namespace {

/// Powers of ten up to 10^22 are doubles, and a quotient of two exact doubles is the double nearest to the decimal.
bool has_decimals(double value, double power) {
    constexpr double exact_integers = 9007199254740992.0;  // 2^53
    const double scaled = std::round(value * power);
    return std::abs(scaled) < exact_integers && scaled / power == value;
}

void append_path(std::string& text, std::span<const Point> path) {
    text += '(';
    for (std::size_t i = 0; i < path.size(); ++i)
        fmt::format_to(std::back_inserter(text), "{}{} {}", i ? "," : "", path[i].x, path[i].y);
    text += ')';
}

void append_part(std::string& text, const Geometry& geometry, uint32_t part) {
    const auto rings = geometry.rings_of_part(part);
    if (geometry.kind() != GeometryKind::polygon) return append_path(text, geometry.ring(*rings.begin()));
    text += '(';
    for (const uint32_t ring : rings) {
        if (ring != *rings.begin()) text += ',';
        append_path(text, geometry.ring(ring));
    }
    text += ')';
}

std::string_view word(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point:
            return "POINT";
        case GeometryKind::line:
            return "LINESTRING";
        case GeometryKind::polygon:
            return "POLYGON";
        case GeometryKind::none:
            break;
    }
    return {};
}

}  // namespace

int decimals_of(std::span<const Point> points) {
    constexpr int most = 15;
    constexpr std::array powers{1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
    std::size_t at = 0;
    for (const Point p : points)
        for (const double value : {p.x, p.y})
            while (at < powers.size() && !has_decimals(value, powers[at]))
                ++at;
    return at < powers.size() ? static_cast<int>(at) + 7 : most;
}

Geometry rounded(const Geometry& geometry) {
    constexpr double power = 1e9;
    static_assert(reprojected_decimals == 9);
    std::vector<Point> points(geometry.points().begin(), geometry.points().end());
    for (Point& p : points)
        p = {std::round(p.x * power) / power, std::round(p.y * power) / power};
    return geometry.with_points(std::move(points));
}

Geometry without_lost_features(const Geometry& geometry) {
    GeometryBuilder builder(geometry.kind());
    builder.reserve(geometry.feature_count(), geometry.points().size());
    for (uint32_t feature = 0; feature < geometry.feature_count(); ++feature) {
        builder.begin_feature();
        const auto points = geometry.points_of(feature);
        if (std::any_of(points.begin(), points.end(), [](Point p) { return std::isnan(p.x) || std::isnan(p.y); }))
            continue;
        for (const uint32_t part : geometry.parts_of(feature)) {
            builder.begin_part();
            for (const uint32_t ring : geometry.rings_of_part(part))
                builder.add_ring(geometry.ring(ring));
        }
    }
    return std::move(builder).finish();
}

std::string exact_wkt(const Geometry& geometry, uint32_t feature) {
    const auto parts = geometry.parts_of(feature);
    if (parts.empty()) return {};
    const bool multi = parts.size() > 1;
    std::string text(multi ? "MULTI" : "");
    text.append(word(geometry.kind())).append(" ");
    if (multi) text += '(';
    for (const uint32_t part : parts) {
        if (part != *parts.begin()) text += ',';
        append_part(text, geometry, part);
    }
    if (multi) text += ')';
    return text;
}

}  // namespace diaban
