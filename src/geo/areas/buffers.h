// Ground within a distance of shapes, and ground nearer to one point than to others. Both geodesic as far as it shows:
// see each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/progress.h"
#include "base/units.h"
#include "geo/crs.h"
#include "geo/geometry.h"

namespace diaban {

/// A polygon for each feature (none for one without geometry), in degrees of WGS 84: every place within `distance` of
/// it on the ellipsoid. The outline lies between 99.9% and 100.1% of the distance from the shape. `to_degrees` is from
/// the geometry's CRS, in which edges are straight. Across the antimeridian longitudes go past 180; around a pole the
/// outline runs along it. Only features with considered[f] != 0 count (an empty span: all); the others get none. With
/// `dissolve` one feature: their union. Polygons that are not valid are repaired first (geo/repair.h). Errors: a
/// distance that is not above 0 and below 1,000 km (wrong_usage), cancelled.
[[nodiscard]] Expected<Geometry> buffers(const Geometry& geometry, std::span<const uint8_t> considered,
                                         const Transform& to_degrees, Metres distance, bool dissolve,
                                         Progress& progress);

struct ServiceAreas {
    Geometry cells;                    ///< degrees of WGS 84; a feature for each of `facilities`
    std::vector<uint32_t> facilities;  ///< features of the layer asked; of several at one place the first
    std::vector<uint32_t> same_place;  ///< those left out because another stands there
};

/// Voronoi cells of the considered features' standing points, clipped to the polygons (`clip`, in its own CRS; null: to
/// a box around them, wider by a tenth of its longer side and by 1 km at least), in an azimuthal equidistant plane of
/// their middle: a place within 500 km of it that is more than 0.1% nearer to one facility lies in that one's cell. A
/// cell of which nothing lies in the clip has no geometry; ground farther than 9,000 km from the middle is in none.
/// Polygons of the clip may overlap; those that are not valid are repaired first. Errors: no facilities, a clip without
/// area (bad_input); cancelled.
[[nodiscard]] Expected<ServiceAreas> service_areas(const Geometry& geometry, std::span<const uint8_t> considered,
                                                   const Transform& to_degrees, const Geometry* clip,
                                                   const Transform* clip_to_degrees, Progress& progress);

}  // namespace diaban
