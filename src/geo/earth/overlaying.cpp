#include "geo/earth/overlaying.h"

#include <algorithm>
#include <tuple>

#include "geo/relate/lies_in.h"

namespace diaban::earth {
namespace {

/// Places, and for each the item it stands for; some stand a whole turn farther east or west, where the areas reach.
struct Stand {
    std::vector<Point> points;
    std::vector<uint32_t> items;
};

Stand standing(std::span<const Point> points, const Box& areas) {
    Stand stand;
    stand.points.assign(points.begin(), points.end());
    stand.items.resize(points.size());
    for (uint32_t i = 0; i < points.size(); ++i)
        stand.items[i] = i;
    for (uint32_t i = 0; i < points.size(); ++i)
        for (const double turn : {-360.0, 360.0}) {
            const Point turned{points[i].x + turn, points[i].y};
            if (!areas.contains(turned)) continue;
            stand.points.push_back(turned);
            stand.items.push_back(i);
        }
    return stand;
}

struct Pair {
    uint32_t of, other;
    Point at;
};

/// body(area, item, place) for each place that lies in an area.
template <class Body>
Expected<void> each_held(const Geometry& areas, std::span<const Point> points, Progress& progress, const Body& body) {
    const Stand stand = standing(points, areas.box());
    const auto lying = lies_in(areas, stand.points, progress);
    if (!lying) return tl::unexpected(lying.error());
    for (uint32_t area = 0; area < areas.feature_count(); ++area)
        for (std::size_t i = lying->offsets[area]; i < lying->offsets[area + 1]; ++i)
            body(area, stand.items[lying->items[i]], stand.points[lying->items[i]]);
    return {};
}

/// The first coordinate of each part, and the features they belong to.
struct Firsts {
    std::vector<Point> points;
    std::vector<uint32_t> features;
};

Firsts firsts_of(const Geometry& degrees) {
    Firsts firsts;
    for (uint32_t feature = 0; feature < degrees.feature_count(); ++feature)
        for (const uint32_t part : degrees.parts_of(feature))
            for (const uint32_t ring : degrees.rings_of_part(part)) {
                if (degrees.ring(ring).empty()) continue;
                firsts.points.push_back(degrees.ring(ring)[0]);
                firsts.features.push_back(feature);
                break;
            }
    return firsts;
}

Overlays grouped(std::vector<Pair> pairs, uint32_t features) {
    std::ranges::stable_sort(
        pairs, [](const Pair& a, const Pair& b) { return std::tie(a.of, a.other) < std::tie(b.of, b.other); });
    const auto last =
        std::ranges::unique(pairs, [](const Pair& a, const Pair& b) { return a.of == b.of && a.other == b.other; });
    pairs.erase(last.begin(), last.end());
    Overlays result;
    result.offsets.assign(features + std::size_t{1}, 0);
    for (const Pair& pair : pairs) {
        ++result.offsets[pair.of + 1];
        result.overlays.push_back({pair.other, pair.at});
    }
    for (std::size_t i = 0; i < features; ++i)
        result.offsets[i + 1] += result.offsets[i];
    return result;
}

}  // namespace

Expected<Overlays> overlaying(const State& of, const State& among, Progress& progress) {
    std::vector<Pair> pairs;
    const Geometry &here = of.ground.degrees, &there = among.ground.degrees;
    if (there.kind() == GeometryKind::polygon) {
        const Firsts firsts = firsts_of(here);
        const auto done = each_held(there, firsts.points, progress, [&](uint32_t area, uint32_t item, Point at) {
            pairs.push_back({firsts.features[item], area, at});
        });
        if (!done) return tl::unexpected(done.error());
    }
    if (here.kind() == GeometryKind::polygon) {
        const Firsts firsts = firsts_of(there);
        const auto done = each_held(here, firsts.points, progress, [&](uint32_t area, uint32_t item, Point at) {
            pairs.push_back({area, firsts.features[item], at});
        });
        if (!done) return tl::unexpected(done.error());
    }
    return grouped(std::move(pairs), here.feature_count());
}

Expected<std::vector<uint8_t>> held(const Choice& areas, std::span<const Point> degrees, Progress& progress) {
    std::vector<uint8_t> result(degrees.size());
    if (areas.state().ground.degrees.kind() != GeometryKind::polygon) return result;
    const auto done =
        each_held(areas.state().ground.degrees, degrees, progress, [&](uint32_t area, uint32_t item, Point) {
            if (areas.has(area)) result[item] = 1;
        });
    if (!done) return tl::unexpected(done.error());
    return result;
}

}  // namespace diaban::earth
