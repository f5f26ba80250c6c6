// Shapes at one level of detail: polygons or lines in the plane of a map, cut into the arcs they share, so that what
// two neighbours have in common is kept once, simplified once, drawn once.
//
//     feature ──feature_offsets──▶ rings ──ring_offsets──▶ arc_refs ──▶ arcs ──▶ points
//
// Coordinates are whole numbers of `unit` from `origin`: half the memory, the same on both sides of a border, and exact
// when a view's place is subtracted from them, however near it looks.
#pragma once

#include <cstdint>
#include <memory>
#include <ranges>
#include <span>
#include <vector>

#include "geo/geometry.h"
#include "geo/spatial_index.h"

namespace diaban {

struct LatticePoint {
    int32_t x = 0;
    int32_t y = 0;
    bool operator==(const LatticePoint&) const = default;
};

/// Empty when made without arguments.
struct LatticeBox {
    int32_t min_x = std::numeric_limits<int32_t>::max(), min_y = std::numeric_limits<int32_t>::max();
    int32_t max_x = std::numeric_limits<int32_t>::min(), max_y = std::numeric_limits<int32_t>::min();
    bool operator==(const LatticeBox&) const = default;
    void extend(LatticePoint p) {
        min_x = std::min(min_x, p.x), min_y = std::min(min_y, p.y);
        max_x = std::max(max_x, p.x), max_y = std::max(max_y, p.y);
    }
    void extend(const LatticeBox& o) {
        min_x = std::min(min_x, o.min_x), min_y = std::min(min_y, o.min_y);
        max_x = std::max(max_x, o.max_x), max_y = std::max(max_y, o.max_y);
    }
    [[nodiscard]] bool intersects(const LatticeBox& o) const {
        return min_x <= o.max_x && o.min_x <= max_x && min_y <= o.max_y && o.min_y <= max_y;
    }
};

/// A run of a border or of a line, `most_edges` edges at most: what is culled as one.
struct Arc {
    static constexpr uint32_t nobody = 0xffffffff;
    static constexpr uint32_t most_edges = 64;

    uint32_t first = 0;  ///< of its points
    uint32_t count = 0;  ///< of its points, at least 2; neighbouring arcs repeat the point between them
    LatticeBox box;
    /// Features to either side when it is walked forwards; `nobody` where there is none. A line's is `left`. One
    /// feature on both sides: a neck too narrow for this level, a line without area.
    uint32_t left = nobody, right = nobody;
    float from = 0;  ///< map units from the start of its border or line: where in their pattern dashes begin
};

/// A part too small for this level: a square that stands for it, so that no island vanishes. Its outline is a ring of
/// one arc without length, where it is.
struct Dot {
    LatticePoint at;  ///< its middle
    uint32_t feature = 0;
    float width = 0;  ///< map units
    bool operator==(const Dot&) const = default;
};

struct Detail {
    GeometryKind kind = GeometryKind::none;  ///< polygon, line, or none
    double tolerance = 0;                    ///< map units that an outline may be off by; 0: every point is there
    Box extent;  ///< map units; outside it shapes are only so good that nothing of them reaches inside
    Point origin;
    double unit = 1;  ///< map units of a lattice step
    std::vector<LatticePoint> points;
    std::vector<Arc> arcs;
    /// Indices of arcs, or ~index for one walked backwards. A polygon's ring is closed: its last arc ends where its
    /// first begins.
    std::vector<int32_t> arc_refs;
    std::vector<uint32_t> ring_offsets;     ///< cuts arc_refs
    std::vector<uint8_t> holes;             ///< one a ring: 1 for a hole in the last ring before it that is none
    std::vector<uint32_t> feature_offsets;  ///< cuts rings; an entry more than the layer has features
    std::vector<Dot> dots;                  ///< by feature
    SpatialIndex index;                     ///< over the features that have rings or dots, boxes in map units

    [[nodiscard]] Point to_map(LatticePoint p) const { return {origin.x + p.x * unit, origin.y + p.y * unit}; }
    [[nodiscard]] uint32_t feature_count() const {
        return feature_offsets.empty() ? 0 : static_cast<uint32_t>(feature_offsets.size() - 1);
    }
    [[nodiscard]] std::span<const LatticePoint> points_of(const Arc& arc) const {
        return {points.data() + arc.first, arc.count};
    }
    [[nodiscard]] auto rings_of(uint32_t feature) const {
        return std::views::iota(feature_offsets[feature], feature_offsets[feature + 1]);
    }
    [[nodiscard]] std::span<const int32_t> arcs_of_ring(uint32_t ring) const {
        return {arc_refs.data() + ring_offsets[ring], arc_refs.data() + ring_offsets[ring + 1]};
    }
    /// All arcs of a feature's rings. As far as a fill by the even-odd rule goes, their order does not matter.
    [[nodiscard]] std::span<const int32_t> arcs_of(uint32_t feature) const {
        return {arc_refs.data() + ring_offsets[feature_offsets[feature]],
                arc_refs.data() + ring_offsets[feature_offsets[feature + 1]]};
    }
    /// The dots of a feature.
    [[nodiscard]] std::span<const Dot> dots_of(uint32_t feature) const;
    [[nodiscard]] std::size_t bytes() const;
    /// Makes `index` from the rest.
    void build_index();
};
using DetailPtr = std::shared_ptr<const Detail>;

/// The arc that a reference means, and whether it is walked backwards.
[[nodiscard]] inline uint32_t arc_of(int32_t ref) {
    return static_cast<uint32_t>(ref < 0 ? ~ref : ref);
}
[[nodiscard]] inline bool backwards(int32_t ref) {
    return ref < 0;
}

/// Every point of every feature, each ring an arc of its own: for geometry that is small and in the plane already
/// (a path in pixels, a test's shapes).
[[nodiscard]] Detail plain_detail(const Geometry& geometry);

}  // namespace diaban
