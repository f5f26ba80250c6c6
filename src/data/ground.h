// What shapes in a dataset's coordinates measure on the ground.
#pragma once

#include <optional>

#include "geo/crs.h"
#include "geo/geometry.h"

namespace diaban {

class Ground {
public:
    explicit Ground(const Crs& crs);

    /// Whether the CRS is known. Where it is not, units of the coordinates stand for metres.
    [[nodiscard]] bool known() const { return to_degrees_.has_value(); }
    /// m² on the ellipsoid, outer rings less holes; squared units for an unknown CRS. Coordinates that are not finite,
    /// or that cannot be transformed, are passed over; 0 for lines and points.
    [[nodiscard]] double area(const Geometry& geometry, uint32_t feature) const;
    /// How many metres a unit is to the east and to the north, to about a percent; for telling thin from wide.
    [[nodiscard]] Point metres_per_unit(Point at) const;
    /// "12.4 km²"; "12.4 square units" for an unknown CRS.
    [[nodiscard]] std::string area_in_words(double area) const;

private:
    std::optional<Transform> to_degrees_;
    double metres_ = 1;  ///< per unit; 0 for degrees
};

}  // namespace diaban
