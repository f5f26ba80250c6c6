// What is drawn on the map as shapes on the earth, and how such shapes lie on the map: no ImGui, no session.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "query/language/condition.h"
#include "ui/tools/map_places.h"

namespace diaban::ui {

/// A box of the map. As a box of degrees where it is one to within a pixel, else as the polygon that it is on the
/// earth; nothing on a map without coordinate system, or when it reaches beyond the earth. So for the others.
[[nodiscard]] std::optional<query::DrawnShape> drawn_box(const MapPlaces& places, const Frame& frame,
                                                         const PixelBox& box);
/// A lasso or polygon: corners in the map's plane.
[[nodiscard]] std::optional<query::DrawnShape> drawn_ring(const MapPlaces& places, std::span<const Point> map);
/// Round a centre, through another place. The radius is rounded as finely as the map shows it: 12.3 km, not 12.31872.
[[nodiscard]] std::optional<query::DrawnCircle> drawn_circle(const MapPlaces& places, Pixel centre, Pixel edge);

/// On the map, not closed.
[[nodiscard]] std::vector<Point> outline_on_map(const MapPlaces& places, const query::DrawnShape& shape);

/// A path drawn by hand without the points that lie within `tolerance` of the line through its neighbours (Douglas and
/// Peucker, 1973); both ends stay.
[[nodiscard]] std::vector<Pixel> simplified(std::span<const Pixel> path, double tolerance);

}  // namespace diaban::ui
