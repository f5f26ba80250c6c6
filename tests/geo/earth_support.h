// Distances the slow way, by PROJ's geodesics alone, for the tests of distances over whole layers.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "geo/earth/earth_shapes.h"
#include "geo/measures.h"
#include "geo/planar.h"
#include "geo/shapes.h"

namespace diaban {

inline constexpr double infinite = std::numeric_limits<double>::infinity();
inline const Metres anywhere{infinite};

inline EarthShapesPtr on_earth(const Geometry& degrees) {
    Progress progress;
    return EarthShapes::make(degrees, unchanged(), progress).value();
}

/// From p to the edge that is straight in degrees: sampled, then narrowed down about the best sample.
inline double slow_distance(Point p, Point a, Point b, int samples = 64) {
    const auto at = [&](double t) {
        return geodesic_distance(p, {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}).value();
    };
    if (a == b) return at(0);
    int best = 0;
    for (int i = 1; i <= samples; ++i)
        if (at(static_cast<double>(i) / samples) < at(static_cast<double>(best) / samples)) best = i;
    double low = std::max(0, best - 1) / static_cast<double>(samples);
    double high = std::min(samples, best + 1) / static_cast<double>(samples);
    for (int i = 0; i < 45; ++i) {
        const double first = low + (high - low) / 3, second = high - (high - low) / 3;
        if (at(first) < at(second))
            high = second;
        else
            low = first;
    }
    return std::min({at(low), at(0), at(1)});
}

/// From p to a feature; 0 within a polygon. Edges that cannot come nearer than what was found are passed over: none of
/// their places is farther from an end than the edge is long, and a degree is at most 111,700 m.
inline double slow_distance(Point p, const Geometry& degrees, uint32_t feature, int samples = 64) {
    if (degrees.kind() == GeometryKind::polygon && contains(degrees, feature, p)) return 0;
    double least = infinite;
    for (const uint32_t ring : degrees.rings_of(feature))
        for (const Point corner : degrees.ring(ring))
            least = std::min(least, geodesic_distance(p, corner).value());
    for (const uint32_t ring : degrees.rings_of(feature)) {
        const auto path = degrees.ring(ring);
        for (std::size_t i = 1; i < path.size(); ++i) {
            const Point a = path[i - 1], b = path[i];
            const double length = 111'700 * (std::abs(b.x - a.x) + std::abs(b.y - a.y));
            if (geodesic_distance(p, a).value() - length < least)
                least = std::min(least, slow_distance(p, a, b, samples));
        }
    }
    return least;
}

/// The nearest of all points; of equals the first.
inline Neighbour slow_nearest(Point p, const std::vector<Point>& among, uint32_t without = no_feature) {
    Neighbour best{no_feature, infinite};
    for (uint32_t i = 0; i < among.size(); ++i) {
        const double metres = geodesic_distance(p, among[i]).value();
        if (i != without && metres < best.metres) best = {i, metres};
    }
    return best;
}

/// About a place, so many metres (or less) to each side; near a pole all round it.
inline std::vector<Point> scattered(std::mt19937& random, std::size_t count, Point about, double metres) {
    std::uniform_real_distribution<double> bearing(0, 2 * 3.14159265358979), share(0, 1);
    std::vector<Point> points;
    while (points.size() < count) {
        // Through space, so that poles and the antimeridian are places like others.
        const double r = metres / 6371000 * std::sqrt(share(random)), angle = bearing(random);
        const double lat = about.y * 3.14159265358979 / 180;
        const double sine = std::sin(lat) * std::cos(r) + std::cos(lat) * std::sin(r) * std::cos(angle);
        const double y = std::asin(std::clamp(sine, -1.0, 1.0));
        const double x = std::atan2(std::sin(angle) * std::sin(r) * std::cos(lat), std::cos(r) - std::sin(lat) * sine);
        const double longitude = about.x + x * 180 / 3.14159265358979;
        points.push_back({std::remainder(longitude, 360), y * 180 / 3.14159265358979});
    }
    return points;
}

}  // namespace diaban
