#include "ui/import/outline.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diaban::ui {

namespace {

constexpr std::size_t least_of_ring = 8;  ///< fewer points are no shape
constexpr std::size_t most_kept = 32;     ///< outlines in memory; the oldest goes first

/// Of each part the path or outer ring.
std::vector<uint32_t> outer_rings(const Geometry& geometry) {
    std::vector<uint32_t> rings;
    for (uint32_t part = 0; part < geometry.part_count(); ++part)
        if (const auto of_part = geometry.rings_of_part(part); !of_part.empty()) rings.push_back(of_part.front());
    return rings;
}

struct Share {
    uint32_t ring = 0;
    std::size_t points = 1;
};

double diagonal(std::span<const Point> ring) {
    Box box;
    for (const Point& p : ring)
        if (std::isfinite(p.x) && std::isfinite(p.y)) box.extend(p);
    return std::hypot(box.width(), box.height());
}

/// Points are shared out by how large each ring is, so that a thousand islets do not leave the mainland without shape;
/// where there are too many, those too small to be seen go.
std::vector<Share> shares_of(const Geometry& geometry, std::size_t budget) {
    const std::vector<uint32_t> rings = outer_rings(geometry);
    std::vector<Share> shares;
    if (geometry.kind() == GeometryKind::point) {
        const std::size_t taken = std::min(rings.size(), std::max<std::size_t>(budget, 1));
        for (std::size_t i = 0; i < taken; ++i)
            shares.push_back({rings[i * rings.size() / taken], 1});
        return shares;
    }
    std::vector<double> sizes;
    double all = 0;
    for (const uint32_t ring : rings)
        all += sizes.emplace_back(diagonal(geometry.ring(ring)));
    const bool many = rings.size() * least_of_ring > budget;
    const double smallest = many ? std::hypot(geometry.box().width(), geometry.box().height()) / 400 : 0;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        if (sizes[i] < smallest) continue;
        const double share = all > 0 ? sizes[i] / all * static_cast<double>(budget) : 0;
        shares.push_back({rings[i], std::max(least_of_ring, static_cast<std::size_t>(share))});
    }
    return shares;
}

/// `most` of a ring's points, its first and last among them.
std::vector<Point> thinned(std::span<const Point> ring, std::size_t most) {
    if (ring.size() <= most) return {ring.begin(), ring.end()};
    std::vector<Point> points(most);
    for (std::size_t i = 0; i < most; ++i)
        points[i] = ring[i * (ring.size() - 1) / (most - 1)];
    return points;
}

}  // namespace

Outline outline(const Geometry& geometry, const Crs& crs, bool swapped, std::size_t budget) {
    Outline made{geometry.kind(), {}, {}};
    const auto to_degrees = Transform::between(crs, Crs::wgs84());
    if (!to_degrees) return made;
    for (const Share& share : shares_of(geometry, budget)) {
        std::vector<Point> path = thinned(geometry.ring(share.ring), share.points);
        if (swapped)
            for (Point& p : path)
                std::swap(p.x, p.y);
        path = to_degrees->apply(path);
        const auto lost = [](Point p) { return !std::isfinite(p.x) || !std::isfinite(p.y); };
        if (std::ranges::any_of(path, lost)) continue;
        for (const Point& p : path)
            made.box.extend(p);
        made.paths.push_back(std::move(path));
    }
    return made;
}

const Outline& Outlines::of(const DatasetPtr& dataset, const Crs& crs, bool swapped) {
    const auto known = std::ranges::find_if(
        made_, [&](const Made& m) { return m.dataset == dataset && m.crs == crs && m.swapped == swapped; });
    if (known != made_.end()) return *known->outline;
    if (made_.size() >= most_kept) made_.erase(made_.begin());
    made_.push_back({dataset, crs, swapped, std::make_unique<Outline>(outline(dataset->geometry, crs, swapped))});
    return *made_.back().outline;
}

}  // namespace diaban::ui
