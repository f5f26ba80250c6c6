// Geometry of a whole layer in flat arrays, after the GeoArrow layout: one coordinate buffer, and offsets that cut it
// into rings, rings into parts and parts into features. Never changed once built: a copy shares its arrays.
//
//     feature ──feature_offsets──▶ parts ──part_offsets──▶ rings ──ring_offsets──▶ coordinates
//
// A polygon's part is an outer ring and its holes; a line's part is one path; a point's part is one path of one point.
// Rings are closed: their last coordinate repeats the first. A feature without geometry has no parts.
//
//     for (uint32_t ring : geometry.rings_of(feature)) for (Point p : geometry.ring(ring)) …
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

namespace diaban {

/// x is east or longitude, y north or latitude, whatever axis order the CRS's definition has.
struct Point {
    double x = 0;
    double y = 0;
    bool operator==(const Point&) const = default;
};

/// An axis-parallel box; empty when made without arguments.
struct Box {
    double min_x = std::numeric_limits<double>::infinity();
    double min_y = std::numeric_limits<double>::infinity();
    double max_x = -std::numeric_limits<double>::infinity();
    double max_y = -std::numeric_limits<double>::infinity();

    bool operator==(const Box&) const = default;
    [[nodiscard]] bool empty() const { return !(min_x <= max_x && min_y <= max_y); }
    [[nodiscard]] double width() const { return empty() ? 0 : max_x - min_x; }
    [[nodiscard]] double height() const { return empty() ? 0 : max_y - min_y; }
    [[nodiscard]] Point centre() const { return {(min_x + max_x) / 2, (min_y + max_y) / 2}; }
    [[nodiscard]] bool contains(Point p) const { return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y; }
    [[nodiscard]] bool intersects(const Box& o) const {
        return min_x <= o.max_x && o.min_x <= max_x && min_y <= o.max_y && o.min_y <= max_y;
    }
    void extend(Point p) {
        min_x = std::min(min_x, p.x), min_y = std::min(min_y, p.y);
        max_x = std::max(max_x, p.x), max_y = std::max(max_y, p.y);
    }
    void extend(const Box& o) {
        min_x = std::min(min_x, o.min_x), min_y = std::min(min_y, o.min_y);
        max_x = std::max(max_x, o.max_x), max_y = std::max(max_y, o.max_y);
    }
    /// Grown by `margin` on every side.
    [[nodiscard]] Box grown(double margin) const {
        return empty() ? *this : Box{min_x - margin, min_y - margin, max_x + margin, max_y + margin};
    }
};

enum class GeometryKind { none, point, line, polygon };

/// Coordinates and the offsets that cut them, and what keeps them alive: vectors, or a file mapped into memory.
struct GeometryArrays {
    std::span<const Point> points;
    std::span<const uint32_t> rings, parts, features;
    std::shared_ptr<const void> owner;
};

/// The shapes of a layer's features, all of one kind. Indices are positions, not identifiers.
class Geometry {
public:
    Geometry() = default;
    /// `feature_offsets` has one more entry than features, and so on down. Checked (DIABAN_CHECK): starts at 0,
    /// ascending, ends at the size of what it cuts.
    Geometry(GeometryKind kind, std::vector<Point> points, std::vector<uint32_t> ring_offsets,
             std::vector<uint32_t> part_offsets, std::vector<uint32_t> feature_offsets);
    /// Over arrays that are elsewhere, checked in the same way.
    Geometry(GeometryKind kind, GeometryArrays arrays);
    /// Likewise, with the box of its finite coordinates, which is believed.
    Geometry(GeometryKind kind, GeometryArrays arrays, const Box& box);

    [[nodiscard]] GeometryKind kind() const { return kind_; }
    [[nodiscard]] uint32_t feature_count() const { return to_count(arrays_.features); }
    [[nodiscard]] uint32_t part_count() const { return to_count(arrays_.parts); }
    [[nodiscard]] uint32_t ring_count() const { return to_count(arrays_.rings); }

    /// Part indices of a feature; ring indices of a part; ring indices of a whole feature.
    [[nodiscard]] auto parts_of(uint32_t feature) const {
        return std::views::iota(arrays_.features[feature], arrays_.features[feature + 1]);
    }
    [[nodiscard]] auto rings_of_part(uint32_t part) const {
        return std::views::iota(arrays_.parts[part], arrays_.parts[part + 1]);
    }
    [[nodiscard]] auto rings_of(uint32_t feature) const {
        return std::views::iota(arrays_.parts[arrays_.features[feature]], arrays_.parts[arrays_.features[feature + 1]]);
    }
    [[nodiscard]] std::span<const Point> ring(uint32_t ring) const {
        return {arrays_.points.data() + arrays_.rings[ring], arrays_.points.data() + arrays_.rings[ring + 1]};
    }
    /// All coordinates of a feature, rings one after the other.
    [[nodiscard]] std::span<const Point> points_of(uint32_t feature) const;
    [[nodiscard]] bool has_geometry(uint32_t feature) const {
        return arrays_.features[feature] != arrays_.features[feature + 1];
    }

    [[nodiscard]] std::span<const Point> points() const { return arrays_.points; }
    [[nodiscard]] std::span<const uint32_t> ring_offsets() const { return arrays_.rings; }
    [[nodiscard]] std::span<const uint32_t> part_offsets() const { return arrays_.parts; }
    [[nodiscard]] std::span<const uint32_t> feature_offsets() const { return arrays_.features; }

    [[nodiscard]] Box box_of(uint32_t feature) const;
    /// Of everything; computed once when built. Coordinates that are not finite are passed over.
    [[nodiscard]] const Box& box() const { return box_; }

    /// The same cuts over other coordinates (as many as before): how a transform makes its result.
    [[nodiscard]] Geometry with_points(std::vector<Point> points) const;

    /// Same kind, cuts and coordinates.
    bool operator==(const Geometry& other) const;
    /// Whether both look at the same arrays, so that what was made from one holds for the other.
    [[nodiscard]] bool same_arrays(const Geometry& other) const {
        return kind_ == other.kind_ && arrays_.points.data() == other.arrays_.points.data() &&
               arrays_.features.data() == other.arrays_.features.data() && feature_count() == other.feature_count();
    }

private:
    static uint32_t to_count(std::span<const uint32_t> offsets) {
        return offsets.empty() ? 0 : static_cast<uint32_t>(offsets.size() - 1);
    }

    GeometryKind kind_ = GeometryKind::none;
    GeometryArrays arrays_;
    Box box_;
};

/// Puts a Geometry together feature by feature.
///
///     GeometryBuilder b(GeometryKind::polygon);
///     b.begin_feature(); b.begin_part(); b.add_ring(outer); b.add_ring(hole);
///     Geometry g = std::move(b).finish();
class GeometryBuilder {
public:
    explicit GeometryBuilder(GeometryKind kind) : kind_(kind) {}
    void reserve(std::size_t features, std::size_t points);
    void begin_feature();
    void begin_part();
    /// A ring is closed if it is not; a path or point is taken as it is. Fewer than 3 distinct coordinates make no ring
    /// (the call returns false and adds nothing), fewer than 2 no path. When a part's first ring is refused, so are its
    /// other rings, and the part is not made: a hole never becomes an outline.
    bool add_ring(std::span<const Point> points);
    /// The builder is empty afterwards. More than 2^32 - 2 coordinates are a broken invariant.
    [[nodiscard]] Geometry finish() &&;

private:
    enum class PartState { none, begun, open, refused };
    PartState part_ = PartState::none;
    GeometryKind kind_;
    std::vector<Point> points_;
    std::vector<uint32_t> ring_offsets_;
    std::vector<uint32_t> part_offsets_;
    std::vector<uint32_t> feature_offsets_;
};

/// Made from well-known text (GEOS), one feature a string, for tests and small things; an empty string is a feature
/// without geometry. Throws std::invalid_argument on text that is not WKT or not of one kind.
[[nodiscard]] Geometry geometry_from_wkt(std::span<const std::string_view> wkt);

}  // namespace diaban
