#include "geo/earth/meeting.h"

#include <algorithm>
#include <cmath>

#include "geo/orientation.h"

namespace diaban::earth {
namespace {

bool apart(double a, double b, double c, double d) {
    return std::max(a, b) < std::min(c, d) || std::max(c, d) < std::min(a, b);
}

bool cross(Point a, Point b, Point c, Point d) {
    if (apart(a.x, b.x, c.x, d.x) || apart(a.y, b.y, c.y, d.y)) return false;
    return orientation(a, b, c) * orientation(a, b, d) < 0 && orientation(c, d, a) * orientation(c, d, b) < 0;
}

Point where_they_cross(Point a, Point b, Point c, Point d) {
    const double along = (c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x);
    const double whole = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
    const double share = whole == 0 ? 0.5 : std::clamp(along / whole, 0.0, 1.0);
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

}  // namespace

std::optional<Point> crossing(std::span<const Point> a, std::span<const Point> b) {
    const double turns = std::round((a[0].x - b[0].x) / 360) * 360;
    const auto turned = [turns](Point p) { return Point{p.x + turns, p.y}; };
    for (std::size_t i = 1; i < a.size(); ++i)
        for (std::size_t j = 1; j < b.size(); ++j) {
            const Point c = turned(b[j - 1]), d = turned(b[j]);
            if (cross(a[i - 1], a[i], c, d)) return where_they_cross(a[i - 1], a[i], c, d);
        }
    return std::nullopt;
}

}  // namespace diaban::earth
