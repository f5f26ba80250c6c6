#include "geo/earth/measured.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/format.h"
#include "base/i18n.h"
#include "geo/measures.h"
#include "geo/orientation.h"

namespace diaban {
namespace {

/// Without jumps at the antimeridian: each corner less than half the globe from the one before, and the first again at
/// the end, which is a whole turn away where a pole lies inside.
std::vector<Point> unrolled(std::span<const Point> outline) {
    std::vector<Point> ring{outline.front()};
    for (std::size_t i = 1; i <= outline.size(); ++i) {
        const Point p = outline[i % outline.size()];
        const double from = ring.back().x;
        ring.push_back({from + std::remainder(p.x - from, 360), p.y});
    }
    return ring;
}

bool on_segment(Point a, Point b, Point p) {
    return orientation(a, b, p) == 0 && std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) &&
           std::min(a.y, b.y) <= p.y && p.y <= std::max(a.y, b.y);
}

bool meet(Point a, Point b, Point c, Point d) {
    if (orientation(a, b, c) * orientation(a, b, d) < 0 && orientation(c, d, a) * orientation(c, d, b) < 0) return true;
    return on_segment(a, b, c) || on_segment(a, b, d) || on_segment(c, d, a) || on_segment(c, d, b);
}

/// Every edge against every other: outlines of people have few.
bool crosses_itself(std::span<const Point> outline) {
    const std::vector<Point> ring = unrolled(outline);
    const std::size_t edges = ring.size() - 1;
    for (std::size_t i = 0; i < edges; ++i) {
        for (std::size_t j = i + 1; j < edges; ++j) {
            const bool follows = j == i + 1;
            const bool precedes = i == 0 && j + 1 == edges;
            if (follows || precedes) {
                // Neighbours share a corner; more of each other they share only when one runs back over the other.
                const Point shared = follows ? ring[j] : ring[0];
                const Point one = follows ? ring[i] : ring[1];
                const Point other = follows ? ring[j + 1] : ring[j];
                if (on_segment(shared, one, other) || on_segment(shared, other, one)) return true;
            } else if (meet(ring[i], ring[i + 1], ring[j], ring[j + 1])) {
                return true;
            }
        }
    }
    return false;
}

/// As it is meant: without the corner that closes it, and without corners given twice in a row (double clicks).
std::vector<Point> corners_of(std::span<const Point> outline) {
    std::vector<Point> corners;
    for (const Point p : outline)
        if (corners.empty() || !(p == corners.back())) corners.push_back(p);
    while (corners.size() > 1 && corners.front() == corners.back())
        corners.pop_back();
    return corners;
}

std::string digits(double value, int decimals) {
    const std::string text = format_number(value, decimals);
    return value < 9.95 && value >= 0 ? "00" + text : value < 99.95 ? "0" + text : text;
}

}  // namespace

MeasuredPath measure_path(std::span<const Point> places) {
    MeasuredPath path;
    for (std::size_t i = 1; i < places.size(); ++i) {
        path.legs.push_back({geodesic_distance(places[i - 1], places[i]), geodesic_bearing(places[i - 1], places[i])});
        path.length += path.legs.back().length;
    }
    return path;
}

MeasuredArea measure_area(std::span<const Point> outline) {
    MeasuredArea measured;
    std::vector<Point> corners = corners_of(outline);
    if (corners.size() >= 3) {
        measured.area = geodesic_area(corners);
        measured.crosses_itself = crosses_itself(corners);
    }
    if (!corners.empty()) corners.push_back(corners.front());
    measured.circumference = geodesic_length(corners);
    return measured;
}

std::string format_bearing(Degrees bearing) {
    if (!std::isfinite(bearing.value())) return "–";
    const double whole = std::round(bearing.value());
    return digits(whole >= 360 ? 0 : whole, 0) + "°";
}

std::string format_quadrant(Degrees bearing) {
    if (!std::isfinite(bearing.value())) return "–";
    const int whole = static_cast<int>(std::lround(bearing.value())) % 360;
    const char* along = whole > 90 && whole < 270 ? tr("S") : tr("N");
    const char* aside = whole < 180 ? tr("E") : tr("W");
    if (whole % 180 == 0) return whole == 0 ? tr("N") : tr("S");
    if (whole % 90 == 0) return aside;
    const int turned = whole < 180 ? whole : 360 - whole;  // from north
    return std::string(along) + " " + format_integer(turned < 90 ? turned : 180 - turned) + "° " + aside;
}

std::string format_exact(Metres length) {
    const std::string exact = format_number(length.value(), 1) + " m";
    return length.value() < 1000 ? exact : exact + " (" + format_length_metres(length.value()) + ")";
}

std::string in_words(const MeasuredPath& path) {
    std::string text;
    const bool several = path.legs.size() > 1;
    for (std::size_t i = 0; i < path.legs.size(); ++i) {
        const MeasuredLeg& leg = path.legs[i];
        if (several) text += format_integer(static_cast<int64_t>(i) + 1) + ". ";
        text += format_exact(leg.length);
        if (leg.length.value() > 0) {
            const double tenths = std::round(leg.bearing.value() * 10) / 10;
            text += " · " + format_quadrant(leg.bearing) + " (" + digits(tenths >= 360 ? 0 : tenths, 1) + "°)";
        }
        text += "\n";
    }
    if (several) text += std::string(tr("Total:")) + " " + format_exact(path.length) + "\n";
    return text;
}

std::string in_words(const MeasuredArea& area) {
    const double metres = area.area.value();
    std::string size = area.crosses_itself ? std::string("– (") + tr("the outline crosses itself") + ")"
                                           : format_number(metres, 0) + " m²";
    if (!area.crosses_itself && metres >= 1e5) size += " (" + format_area_square_metres(metres) + ")";
    return std::string(tr("Area:")) + " " + size + "\n" + tr("Circumference:") + " " +
           format_exact(area.circumference) + "\n";
}

}  // namespace diaban
