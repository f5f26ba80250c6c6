#include "ui/tools/map_places.h"

#include <algorithm>
#include <cmath>

#include "geo/earth/geodesics.h"
#include "geo/measures.h"

namespace diaban::ui {

namespace {

/// How far an edge may be off, in pixels.
constexpr double edge_slack = 0.5;
/// An edge becomes at most 2 to the power of this many.
constexpr int most_halvings = 7;

Point between(Point a, Point b, double share) {
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

/// The same for degrees, the short way round.
Point between_degrees(Point a, Point b, double share) {
    return {a.x + std::remainder(b.x - a.x, 360) * share, a.y + (b.y - a.y) * share};
}

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

double apart(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// An edge in two planes: `from` is where it is straight, `to` where it has to become a line of straight pieces.
struct EdgeEnd {
    Point from, to;
};

/// Appends what lies between two ends, and the second of them. `middle` makes the place between two ends, `off` says
/// how far the straight piece in the other plane is from the edge at a share of its way.
template <class Middle, class Off>
void add_edge(const EdgeEnd& a, const EdgeEnd& b, const Middle& middle, const Off& off, int halvings,
              std::vector<Point>& ring) {
    const auto worst = std::max({off(a, b, 0.25), off(a, b, 0.5), off(a, b, 0.75)});
    if (halvings < most_halvings && worst > 1) {
        const EdgeEnd half = middle(a, b);
        add_edge(a, half, middle, off, halvings + 1, ring);
        add_edge(half, b, middle, off, halvings + 1, ring);
    } else if (finite(b.to)) {
        ring.push_back(b.to);
    }
}

template <class There, class Middle, class Off>
std::vector<Point> bent_ring(std::span<const Point> ring, const There& there, const Middle& middle, const Off& off) {
    std::vector<Point> bent;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point next = ring[(i + 1) % ring.size()];
        add_edge({ring[i], there(ring[i])}, {next, there(next)}, middle, off, 0, bent);
    }
    // The first corner came last, as the end of the edge that closes the ring.
    if (!bent.empty()) std::ranges::rotate(bent, bent.end() - 1);
    return bent;
}

}  // namespace

MapPlaces::MapPlaces(Session& session, const MapView& map) : frame_(map.frame()), to_degrees_(session.to_degrees()) {
    if (!to_degrees_) return;
    to_map_ = to_degrees_->inverse();
    const double denominator = map.scale_denominator(session);
    constexpr double pixel_metres = 0.0254 / 96;
    metres_per_pixel_ = denominator * pixel_metres;
}

Point MapPlaces::degrees_of(Point map) const {
    if (!to_degrees_) return map;
    const Point p = to_degrees_->apply(map);
    return finite(p) && std::abs(p.y) <= 90 ? p : Point{std::nan(""), std::nan("")};
}

Point MapPlaces::on_map(Point degrees) const {
    return to_map_ ? to_map_->apply(degrees) : degrees;
}

Pixel MapPlaces::pixel(Point degrees) const {
    return frame_.to_pixel(on_map(degrees));
}

std::vector<Point> MapPlaces::ring_in_degrees(std::span<const Point> map) const {
    if (!to_degrees_) return {map.begin(), map.end()};
    const auto there = [&](Point p) { return to_degrees_->apply(p); };
    const auto middle = [&](const EdgeEnd& a, const EdgeEnd& b) {
        const Point half = between(a.from, b.from, 0.5);
        return EdgeEnd{half, there(half)};
    };
    const double slack = edge_slack * frame_.units_per_pixel;
    const auto off = [&](const EdgeEnd& a, const EdgeEnd& b, double share) {
        const Point straight = to_map_->apply(between_degrees(a.to, b.to, share));
        return apart(straight, between(a.from, b.from, share)) / slack;
    };
    std::vector<Point> ring = bent_ring(map, there, middle, off);
    // Without jumps at the antimeridian: longitudes go on beyond 180.
    for (std::size_t i = 1; i < ring.size(); ++i)
        ring[i] = between_degrees(ring[i - 1], ring[i], 1);
    return ring;
}

std::vector<Point> MapPlaces::ring_on_map(std::span<const Point> degrees) const {
    if (!to_map_) return {degrees.begin(), degrees.end()};
    const auto there = [&](Point p) { return to_map_->apply(p); };
    const auto middle = [&](const EdgeEnd& a, const EdgeEnd& b) {
        const Point half = between_degrees(a.from, b.from, 0.5);
        return EdgeEnd{half, there(half)};
    };
    const double slack = edge_slack * frame_.units_per_pixel;
    const auto off = [&](const EdgeEnd& a, const EdgeEnd& b, double share) {
        return apart(there(between_degrees(a.from, b.from, share)), between(a.to, b.to, share)) / slack;
    };
    return bent_ring(degrees, there, middle, off);
}

std::vector<std::vector<Pixel>> MapPlaces::geodesic(Point from, Point to) const {
    // On a map without coordinate system lines are straight.
    if (!known()) return {{pixel(from), pixel(to)}};
    const Pixel a = pixel(from);
    const Pixel b = pixel(to);
    constexpr double piece = 12;  // pixels
    const double straight = std::hypot(b.x - a.x, b.y - a.y);
    const int pieces = std::isfinite(straight) ? static_cast<int>(std::clamp(straight / piece, 1.0, 256.0)) : 256;
    const double metres = geodesic_distance(from, to).value() / pieces;
    // A piece that is far longer on the map than on the ground jumps from one edge of the world to the other.
    const double longest = 20 * metres / std::max(metres_per_pixel_, 1e-12) + 20;
    std::vector<std::vector<Pixel>> paths(1);
    for (const Point p : geodesic_path(from, to, pieces)) {
        const Pixel at = pixel(p);
        const bool valid = std::isfinite(at.x) && std::isfinite(at.y);
        const bool jumps = valid && !paths.back().empty() &&
                           std::hypot(at.x - paths.back().back().x, at.y - paths.back().back().y) > longest;
        if ((!valid || jumps) && !paths.back().empty()) paths.emplace_back();
        if (valid) paths.back().push_back(at);
    }
    std::erase_if(paths, [](const std::vector<Pixel>& path) { return path.size() < 2; });
    return paths;
}

Point MapPlaces::rounded(Point degrees) const {
    if (!known() || !(metres_per_pixel_ > 0)) return degrees;
    constexpr double degree_metres = 111'320;
    const double tenth = metres_per_pixel_ / degree_metres / 10;
    const double one = std::pow(10, std::clamp(std::ceil(-std::log10(tenth)), 0.0, 9.0));
    return {std::round(degrees.x * one) / one, std::round(degrees.y * one) / one};
}

}  // namespace diaban::ui
