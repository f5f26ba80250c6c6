// From GDAL's geometry objects into flat arrays, sorted by kind as they come.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "data/gdal/gdal_handles.h"
#include "geo/geometry.h"

namespace diaban {

/// Takes features in the order of their rows. Curves become lines, Z and M are left out, a collection is taken apart.
class GeometryCollector {
public:
    GeometryCollector() = default;
    /// Room for so many corners of a kind is set aside when the first one comes: address space, of which only what is
    /// used becomes memory. An array that grows instead is copied again and again, which takes longer than reading.
    explicit GeometryCollector(std::size_t expected_points) : expected_points_(expected_points) {}

    /// A null or empty geometry leaves the row without one.
    void add(OGRGeometryH geometry, uint32_t row);

    /// Kinds that occurred, polygons first.
    [[nodiscard]] std::vector<GeometryKind> kinds() const;
    /// Rows with a geometry of the kind, ascending.
    [[nodiscard]] const std::vector<uint32_t>& rows(GeometryKind kind) const { return of(kind).rows; }
    /// Rings with fewer than three corners and lines with fewer than two: left out.
    [[nodiscard]] int64_t degenerate_count() const { return degenerate_; }

    /// Corners and points at NaN or infinity: left out.
    [[nodiscard]] int64_t not_finite_count() const { return not_finite_; }

    /// One feature for each of `rows` (ascending), which hold all rows of the kind. Empties the collector of the kind.
    [[nodiscard]] Geometry take(GeometryKind kind, const std::vector<uint32_t>& rows);

private:
    struct Arrays {
        std::vector<Point> points;
        std::vector<uint32_t> ring_offsets{0};
        std::vector<uint32_t> part_offsets{0};
        std::vector<uint32_t> rows;
        std::vector<uint32_t> part_ends;  ///< by entry of `rows`: how many parts there are up to it
    };
    [[nodiscard]] const Arrays& of(GeometryKind kind) const { return arrays_[static_cast<std::size_t>(kind) - 1]; }
    [[nodiscard]] Arrays& of(GeometryKind kind) { return arrays_[static_cast<std::size_t>(kind) - 1]; }

    void add_any(OGRGeometryH geometry);
    void add_polygon(OGRGeometryH polygon);
    void add_line(OGRGeometryH line);
    void add_point(OGRGeometryH point);
    bool add_ring(OGRGeometryH ring, Arrays& arrays);
    void load_path(OGRGeometryH path);
    void append_path(Arrays& arrays);

    std::array<Arrays, 3> arrays_;  ///< points, lines, polygons
    std::vector<Point> path_;       ///< the one at hand, small enough to stay in the processor's cache
    std::size_t expected_points_ = 0;
    int64_t degenerate_ = 0;
    int64_t not_finite_ = 0;
};

/// What could not be taken in, as diagnostics at `where`.
void report_left_out(const GeometryCollector& geometry, const Place& where, Diagnostics& diagnostics);

}  // namespace diaban
