#include "geo/geometry.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/error.h"

namespace diaban {
namespace {

bool cuts(std::span<const uint32_t> offsets, std::size_t size) {
    return !offsets.empty() && offsets.front() == 0 && offsets.back() == size &&
           std::is_sorted(offsets.begin(), offsets.end());
}

/// Of the coordinates that are finite. Several boxes are grown side by side, as one would wait for itself; x - x is 0
/// for every finite x and NaN for the rest, of which there are hardly ever any.
Box box_around(std::span<const Point> points) {
    constexpr std::size_t lanes = 4;
    std::array<Box, lanes> boxes;
    std::array<double, lanes> doubts{};
    const std::size_t whole = points.size() - points.size() % lanes;
    for (std::size_t i = 0; i < whole; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const Point p = points[i + lane];
            boxes[lane].extend(p);
            doubts[lane] += (p.x - p.x) + (p.y - p.y);
        }
    }
    Box box;
    double doubt = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        box.extend(boxes[lane]);
        doubt += doubts[lane];
    }
    const std::size_t first = doubt == 0 ? whole : 0;
    if (doubt != 0) box = {};
    for (const Point p : points.subspan(first))
        if (std::isfinite(p.x) && std::isfinite(p.y)) box.extend(p);
    return box;
}

/// Whether there are at least `wanted` different coordinates; `wanted` is at most 3.
bool has_distinct(std::span<const Point> points, std::size_t wanted) {
    std::size_t found = 0;
    Point seen[3];
    for (const Point p : points) {
        if (std::find(seen, seen + found, p) != seen + found) continue;
        seen[found++] = p;
        if (found == wanted) return true;
    }
    return false;
}

uint32_t as_offset(std::size_t size) {
    DIABAN_CHECK(size < std::numeric_limits<uint32_t>::max());
    return static_cast<uint32_t>(size);
}

struct Vectors {
    std::vector<Point> points;
    std::vector<uint32_t> rings, parts, features;
};

GeometryArrays owned(Vectors vectors) {
    const auto owner = std::make_shared<const Vectors>(std::move(vectors));
    return {owner->points, owner->rings, owner->parts, owner->features, owner};
}

}  // namespace

Geometry::Geometry(GeometryKind kind, std::vector<Point> points, std::vector<uint32_t> ring_offsets,
                   std::vector<uint32_t> part_offsets, std::vector<uint32_t> feature_offsets)
    : Geometry(kind, owned({std::move(points), std::move(ring_offsets), std::move(part_offsets),
                            std::move(feature_offsets)})) {}

Geometry::Geometry(GeometryKind kind, GeometryArrays arrays) : Geometry(kind, arrays, box_around(arrays.points)) {}

Geometry::Geometry(GeometryKind kind, GeometryArrays arrays, const Box& box)
    : kind_(kind), arrays_(std::move(arrays)), box_(box) {
    DIABAN_CHECK(cuts(arrays_.rings, arrays_.points.size()));
    DIABAN_CHECK(cuts(arrays_.parts, ring_count()));
    DIABAN_CHECK(cuts(arrays_.features, part_count()));
}

bool Geometry::operator==(const Geometry& other) const {
    return same_arrays(other) ||
           (kind_ == other.kind_ && std::ranges::equal(arrays_.features, other.arrays_.features) &&
            std::ranges::equal(arrays_.parts, other.arrays_.parts) &&
            std::ranges::equal(arrays_.rings, other.arrays_.rings) &&
            std::ranges::equal(arrays_.points, other.arrays_.points));
}

std::span<const Point> Geometry::points_of(uint32_t feature) const {
    const uint32_t first = arrays_.rings[arrays_.parts[arrays_.features[feature]]];
    const uint32_t last = arrays_.rings[arrays_.parts[arrays_.features[feature + 1]]];
    return {arrays_.points.data() + first, arrays_.points.data() + last};
}

Box Geometry::box_of(uint32_t feature) const {
    return box_around(points_of(feature));
}

Geometry Geometry::with_points(std::vector<Point> points) const {
    DIABAN_CHECK(points.size() == arrays_.points.size());
    // The new coordinates, and the old arrays for their cuts.
    struct Both {
        std::vector<Point> points;
        std::shared_ptr<const void> cuts;
    };
    const auto both = std::make_shared<Both>(Both{std::move(points), arrays_.owner});
    Geometry result;
    result.kind_ = kind_;
    result.arrays_ = {both->points, arrays_.rings, arrays_.parts, arrays_.features, both};
    result.box_ = box_around(result.arrays_.points);
    return result;
}

// Offsets hold where each ring, part and feature begins; finish() adds where the last one ends.

void GeometryBuilder::reserve(std::size_t features, std::size_t points) {
    feature_offsets_.reserve(features + 1);
    part_offsets_.reserve(features + 1);
    ring_offsets_.reserve(features + 1);
    points_.reserve(points);
}

void GeometryBuilder::begin_feature() {
    feature_offsets_.push_back(as_offset(part_offsets_.size()));
    part_ = PartState::none;
}

void GeometryBuilder::begin_part() {
    DIABAN_CHECK(!feature_offsets_.empty() && kind_ != GeometryKind::none);
    part_ = PartState::begun;
}

bool GeometryBuilder::add_ring(std::span<const Point> points) {
    DIABAN_CHECK(part_ != PartState::none);
    if (part_ == PartState::refused) return false;
    // A path and a point are a part each; only polygons have more than one ring to a part.
    DIABAN_CHECK(part_ == PartState::begun || kind_ == GeometryKind::polygon);

    const std::size_t wanted = kind_ == GeometryKind::polygon ? 3 : kind_ == GeometryKind::line ? 2 : 1;
    if (!has_distinct(points, wanted)) {
        if (part_ == PartState::begun) part_ = PartState::refused;
        return false;
    }
    DIABAN_CHECK(kind_ != GeometryKind::point || points.size() == 1);

    if (part_ == PartState::begun) part_offsets_.push_back(as_offset(ring_offsets_.size()));
    part_ = PartState::open;
    ring_offsets_.push_back(as_offset(points_.size()));
    points_.insert(points_.end(), points.begin(), points.end());
    if (kind_ == GeometryKind::polygon && points.front() != points.back()) points_.push_back(points.front());
    return true;
}

Geometry GeometryBuilder::finish() && {
    feature_offsets_.push_back(as_offset(part_offsets_.size()));
    part_offsets_.push_back(as_offset(ring_offsets_.size()));
    ring_offsets_.push_back(as_offset(points_.size()));
    part_ = PartState::none;
    return Geometry(kind_, std::exchange(points_, {}), std::exchange(ring_offsets_, {}),
                    std::exchange(part_offsets_, {}), std::exchange(feature_offsets_, {}));
}

}  // namespace diaban
