// Shapes for geo's tests, made rather than read.
#pragma once

#include <cmath>
#include <numbers>
#include <random>
#include <string_view>
#include <vector>

#include "geo/crs.h"
#include "geo/geometry.h"

namespace diaban {

inline Geometry wkt(std::initializer_list<std::string_view> features) {
    const std::vector<std::string_view> texts(features);
    return geometry_from_wkt(texts);
}

/// From degrees of WGS 84 to themselves.
inline const Transform& unchanged() {
    static const Transform same = Transform::between(Crs::wgs84(), Crs::wgs84()).value();
    return same;
}

inline Geometry points_geometry(const std::vector<Point>& points) {
    GeometryBuilder builder(GeometryKind::point);
    for (const Point p : points) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring({&p, 1});
    }
    return std::move(builder).finish();
}

inline Geometry lines_geometry(const std::vector<std::vector<Point>>& lines) {
    GeometryBuilder builder(GeometryKind::line);
    for (const auto& line : lines) {
        builder.begin_feature();
        builder.begin_part();
        builder.add_ring(line);
    }
    return std::move(builder).finish();
}

inline Geometry polygon_of(const std::vector<std::vector<Point>>& rings) {
    GeometryBuilder builder(GeometryKind::polygon);
    builder.begin_feature();
    builder.begin_part();
    for (const auto& ring : rings)
        builder.add_ring(ring);
    return std::move(builder).finish();
}

/// Star-shaped about the centre, with a ragged edge; counter-clockwise.
inline std::vector<Point> star(std::mt19937& random, std::size_t count, Point centre, double radius) {
    std::uniform_real_distribution<double> reach(0.4, 1.0);
    std::vector<Point> ring;
    for (std::size_t i = 0; i < count; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count);
        const double r = radius * reach(random);
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    return ring;
}

/// A band that winds inwards: hardly any of its nodes is an ear at first sight.
inline std::vector<Point> spiral(std::size_t count, double turns) {
    std::vector<Point> ring;
    const std::size_t half = count / 2;
    const auto at = [&](double t, double inset) {
        const double angle = 2 * std::numbers::pi * turns * t, r = 100 - 90 * t - inset;
        return Point{r * std::cos(angle), r * std::sin(angle)};
    };
    const auto last = static_cast<double>(half - 1);
    for (std::size_t i = 0; i < half; ++i)
        ring.push_back(at(static_cast<double>(i) / last, 0));
    for (std::size_t i = half; i-- > 0;)
        ring.push_back(at(static_cast<double>(i) / last, 45 / turns));
    return ring;
}

/// Teeth of height 1 on a back: all of the notches are reflex.
inline std::vector<Point> comb(std::size_t teeth) {
    std::vector<Point> ring;
    for (std::size_t i = 0; i < teeth; ++i) {
        const auto x = static_cast<double>(i);
        ring.push_back({x, 0});
        ring.push_back({x + 0.5, 1});
    }
    ring.push_back({static_cast<double>(teeth), 0});
    ring.push_back({static_cast<double>(teeth), -1});
    ring.push_back({0, -1});
    return ring;
}

}  // namespace diaban
