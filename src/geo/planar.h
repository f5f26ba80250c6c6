// Plane geometry on coordinates of one projected CRS: what hit-testing, selecting and labelling need.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

/// Signed: positive when the ring runs counter-clockwise. Units of the coordinates, squared.
[[nodiscard]] double signed_area(std::span<const Point> ring);
/// A feature's area: outer rings less holes; 0 for lines and points.
[[nodiscard]] double area(const Geometry& geometry, uint32_t feature);
[[nodiscard]] double distance_to_segment(Point p, Point a, Point b);

/// Even-odd over all rings of the feature. A point on an edge belongs to the polygon whose inside is east of the edge
/// (north of a level one), so that of two neighbours that share an edge exactly one contains it. Exact: no rounding
/// moves a point across an edge. Coordinates that are not finite are left out of their ring.
[[nodiscard]] bool contains(const Geometry& polygons, uint32_t feature, Point p);
[[nodiscard]] bool ring_contains(std::span<const Point> ring, Point p);

/// 0 inside a polygon; to the nearest edge or point else; infinity for a feature without geometry.
[[nodiscard]] double distance(const Geometry& geometry, uint32_t feature, Point p);

/// Whether any part of the feature lies in the closed ring (a lasso) or box.
[[nodiscard]] bool intersects(const Geometry& geometry, uint32_t feature, std::span<const Point> ring);
[[nodiscard]] bool intersects(const Geometry& geometry, uint32_t feature, const Box& box);

/// The centre of the largest circle inside a polygon's part (pole of inaccessibility, after Garcia-Castellanos and
/// Lombardo 2007, by quadtree refinement), and that circle's radius.
struct InnerCircle {
    Point centre;
    double radius = 0;
};
/// Of one part, to `precision` (units of the coordinates).
[[nodiscard]] InnerCircle inner_circle(const Geometry& polygons, uint32_t part, double precision);
/// Of the feature's roomiest part; for lines the middle of the longest path, for points the first point (radius 0).
[[nodiscard]] InnerCircle label_circle(const Geometry& geometry, uint32_t feature, double precision);

}  // namespace diaban
