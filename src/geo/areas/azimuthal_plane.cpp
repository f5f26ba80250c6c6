#include "geo/areas/azimuthal_plane.h"

#include <geodesic.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

#include "geo/ellipsoid.h"

namespace diaban {
namespace {

constexpr double earth_radius = 6371000;

constexpr double degree = std::numbers::pi / 180;

/// A ring that goes once around a pole (its last corner is its first, a turn farther) as the ground between it and the
/// edge of the world, within 180 degrees of `middle`.
std::vector<Point> closed_along_pole(std::span<const Point> ring, Point middle) {
    const double turn = ring.back().x > ring.front().x ? 360 : -360;
    const double seam = longitude_near(middle.x + 180, ring.front().x + turn / 2);
    std::size_t after = 1;
    while (after + 1 < ring.size() && (ring[after].x - seam) * turn < 0)
        ++after;
    const Point a = ring[after - 1], b = ring[after];
    const double t = a.x == b.x ? 0 : std::clamp((seam - a.x) / (b.x - a.x), 0.0, 1.0);
    const double latitude = a.y + (b.y - a.y) * t;
    const double begin = turn > 0 ? middle.x - 180 : middle.x + 180;
    std::vector<Point> closed{{begin, latitude}};
    for (std::size_t i = after; i < ring.size(); ++i)
        closed.push_back({ring[i].x - seam + begin, ring[i].y});
    for (std::size_t i = 1; i < after; ++i)
        closed.push_back({ring[i].x + turn - seam + begin, ring[i].y});
    const double pole = middle.y < 0 ? -90 : 90;
    closed.push_back({begin + turn, latitude});
    closed.push_back({begin + turn, pole});
    closed.push_back({begin, pole});
    closed.push_back(closed.front());
    return closed;
}

}  // namespace

double longitude_near(double longitude, double near) {
    return longitude - 360 * std::round((longitude - near) / 360);
}

double longest_edge(double latitude, Metres tolerance) {
    // An edge of length l between two curves whose curvatures differ by k is l²k/8 away. Parallels, which are straight
    // in degrees and in cylindrical projections, curve by tan(latitude)/R.
    const double bend = std::clamp(2 * std::abs(std::tan(latitude * degree)), 2.0, 200.0);
    return std::sqrt(8 * earth_radius * tolerance.value() / bend);
}

AzimuthalPlane::AzimuthalPlane(Point middle) : middle_(middle) {}

Point AzimuthalPlane::to_plane(Point degrees) const {
    double metres = 0, azimuth = 0;
    geod_inverse(&ellipsoid(), middle_.y, middle_.x, degrees.y, degrees.x, &metres, &azimuth, nullptr);
    return {metres * std::sin(azimuth * degree), metres * std::cos(azimuth * degree)};
}

Point AzimuthalPlane::to_degrees(Point metres) const {
    Point degrees;
    geod_direct(&ellipsoid(), middle_.y, middle_.x, std::atan2(metres.x, metres.y) / degree,
                std::hypot(metres.x, metres.y), &degrees.y, &degrees.x, nullptr);
    degrees.x = longitude_near(degrees.x, middle_.x);
    return degrees;
}

std::vector<Point> path_in_degrees(std::span<const Point> path, const Transform& to_degrees, Metres tolerance,
                                   Metres longest) {
    const bool same = to_degrees.identity();
    const std::vector<Point> transformed = same ? std::vector<Point>() : to_degrees.apply(path);
    const std::span<const Point> corners = same ? path : std::span<const Point>(transformed);
    std::vector<Point> degrees;
    degrees.reserve(path.size());
    const auto finite = [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); };
    const auto add = [&](Point p) {
        if (!finite(p)) return;
        if (!degrees.empty() && !same) p.x = longitude_near(p.x, degrees.back().x);
        degrees.push_back(p);
    };
    constexpr double metres_per_degree = 111320;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        if (i > 0 && finite(corners[i - 1]) && finite(corners[i])) {
            const Point a = corners[i - 1], b = corners[i];
            const double east = same ? b.x - a.x : longitude_near(b.x, a.x) - a.x;
            const double most = std::hypot(east, b.y - a.y) * metres_per_degree;
            // Most edges are far too short to be cut, and that is seen without any root or tangent.
            if (most > 100) {
                const double length =
                    std::hypot(east * std::cos((a.y + b.y) / 2 * degree), b.y - a.y) * metres_per_degree;
                const double limit =
                    std::min(longest_edge(std::max(std::abs(a.y), std::abs(b.y)), tolerance), longest.value());
                const double pieces = std::min(std::ceil(length / limit), 1e5);
                for (int k = 1; k < pieces; ++k)
                    add(to_degrees.apply(Point{path[i - 1].x + (path[i].x - path[i - 1].x) * k / pieces,
                                               path[i - 1].y + (path[i].y - path[i - 1].y) * k / pieces}));
            }
        }
        add(corners[i]);
    }
    return degrees;
}

std::vector<Point> ring_in_degrees(std::span<const Point> ring, const AzimuthalPlane& plane, Metres tolerance) {
    std::vector<Point> degrees;
    degrees.reserve(ring.size());
    const auto add = [&](Point p) {
        if (!degrees.empty()) p.x = longitude_near(p.x, degrees.back().x);
        degrees.push_back(p);
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point corner = plane.to_degrees(ring[i]);
        if (i > 0) {
            const Point a = ring[i - 1], b = ring[i];
            const double length = std::hypot(b.x - a.x, b.y - a.y);
            const double longest = longest_edge(std::max(std::abs(degrees.back().y), std::abs(corner.y)), tolerance);
            const int pieces = static_cast<int>(std::min(std::ceil(length / longest), 256.0));
            const bool turned = std::tie(b.x, b.y) < std::tie(a.x, a.y);
            const Point low = turned ? b : a, high = turned ? a : b;
            for (int k = 1; k < pieces; ++k) {
                const double part = static_cast<double>(turned ? pieces - k : k) / pieces;
                add(plane.to_degrees({low.x + (high.x - low.x) * part, low.y + (high.y - low.y) * part}));
            }
        }
        add(corner);
    }
    if (degrees.empty()) return degrees;
    const double turned = degrees.back().x - degrees.front().x;
    if (std::abs(turned) < 180) {
        degrees.back() = degrees.front();
        return degrees;
    }
    return closed_along_pole(degrees, plane.middle());
}

}  // namespace diaban
