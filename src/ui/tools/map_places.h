// The way between pixels of the map, its plane, and degrees. On a map without coordinate system, "degrees" are the
// map's own coordinates: what is drawn keeps its place there too, only nothing can be measured.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/crs.h"
#include "geo/geometry.h"
#include "scene/scene.h"
#include "ui/map_view.h"

namespace diaban::ui {

class MapPlaces {
public:
    MapPlaces(Session& session, const MapView& map);

    /// Whether degrees are degrees.
    [[nodiscard]] bool known() const { return to_degrees_.has_value(); }
    /// NaN where the map or the earth has no such place.
    [[nodiscard]] Point degrees(Pixel at) const { return degrees_of(frame_.to_map(at)); }
    [[nodiscard]] Point degrees_of(Point map) const;
    [[nodiscard]] Point on_map(Point degrees) const;
    [[nodiscard]] Pixel pixel(Point degrees) const;
    /// How much ground a pixel is at the middle of the map; 0 when unknown.
    [[nodiscard]] double metres_per_pixel() const { return metres_per_pixel_; }

    // ── rings whose edges are straight in one plane, in the other: with corners added wherever they would be off by
    // more than half a pixel; neither is closed ──
    [[nodiscard]] std::vector<Point> ring_in_degrees(std::span<const Point> map) const;
    [[nodiscard]] std::vector<Point> ring_on_map(std::span<const Point> degrees) const;
    /// The geodesic, as a path of pixels: cut into pieces where the map's edge or its other end comes between.
    [[nodiscard]] std::vector<std::vector<Pixel>> geodesic(Point from, Point to) const;
    /// To as many decimals as a tenth of a pixel needs.
    [[nodiscard]] Point rounded(Point degrees) const;

private:
    Frame frame_;
    std::optional<Transform> to_degrees_, to_map_;
    double metres_per_pixel_ = 0;
};

}  // namespace diaban::ui
