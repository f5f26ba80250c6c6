#include "geo/coverage/duplicates.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/parallel.h"
#include "geo/hash_segment.h"

namespace diaban {
namespace {

using Segment = std::pair<Point, Point>;

/// Calls body(a, b) for each segment; points are segments of no length.
template <class Body>
void for_each_segment(const Geometry& geometry, uint32_t feature, Body body) {
    for (const uint32_t r : geometry.rings_of(feature)) {
        const std::span<const Point> ring = geometry.ring(r);
        if (ring.size() == 1) body(ring[0], ring[0]);
        for (std::size_t i = 1; i < ring.size(); ++i)
            body(ring[i - 1], ring[i]);
    }
}

/// A sum, so that the order of segments does not count.
uint64_t hash_of(const Geometry& geometry, uint32_t feature) {
    uint64_t sum = 0;
    for_each_segment(geometry, feature, [&](Point a, Point b) { sum += hash_segment(a, b); });
    return sum;
}

bool before(Point a, Point b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
}

std::vector<Segment> sorted_segments(const Geometry& geometry, uint32_t feature) {
    std::vector<Segment> segments;
    for_each_segment(geometry, feature, [&](Point a, Point b) { segments.push_back(std::minmax(a, b, before)); });
    std::ranges::sort(segments, [](const Segment& a, const Segment& b) {
        return a.first != b.first ? before(a.first, b.first) : before(a.second, b.second);
    });
    return segments;
}

bool same_shape(const Geometry& geometry, uint32_t a, uint32_t b) {
    if (geometry.points_of(a).size() != geometry.points_of(b).size()) return false;
    return std::ranges::equal(geometry.points_of(a), geometry.points_of(b)) ||
           sorted_segments(geometry, a) == sorted_segments(geometry, b);
}

}  // namespace

std::vector<DuplicateShape> find_duplicates(const Geometry& geometry) {
    std::vector<uint64_t> hashes(geometry.feature_count());
    parallel_for(hashes.size(), [&](std::size_t i) { hashes[i] = hash_of(geometry, static_cast<uint32_t>(i)); });

    // Those of one hash side by side, the earliest first.
    std::vector<std::pair<uint64_t, uint32_t>> by_hash;
    by_hash.reserve(hashes.size());
    for (uint32_t feature = 0; feature < geometry.feature_count(); ++feature)
        if (geometry.has_geometry(feature)) by_hash.emplace_back(hashes[feature], feature);
    std::ranges::sort(by_hash);

    std::vector<DuplicateShape> duplicates;
    std::vector<uint32_t> firsts;  // of the hash at hand: different shapes of one are possible, if hardly ever seen
    for (std::size_t i = 0; i < by_hash.size(); ++i) {
        const auto [hash, feature] = by_hash[i];
        if (i == 0 || by_hash[i - 1].first != hash) firsts.clear();
        const auto same =
            std::ranges::find_if(firsts, [&](uint32_t first) { return same_shape(geometry, first, feature); });
        if (same == firsts.end())
            firsts.push_back(feature);
        else
            duplicates.push_back({feature, *same});
    }
    std::ranges::sort(duplicates, {}, &DuplicateShape::feature);
    return duplicates;
}

}  // namespace diaban
