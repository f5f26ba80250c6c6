// Polygons that are not valid, made valid (GEOS), the others left exactly as they are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/geometry.h"
#include "geo/validity.h"

namespace diaban {

struct RepairedFeature {
    uint32_t feature = 0;
    std::string reason;  ///< GEOS's words for the fault: "Self-intersection"
    Point at;            ///< where the first fault is
    bool mended = true;  ///< false: nothing with an area would be left (or GEOS gave up), so it stays as it was
};

struct Repaired {
    Geometry geometry;                  ///< as many features as before
    std::vector<RepairedFeature> list;  ///< the invalid ones, ascending
};

/// Makes invalid polygons valid by the OGC's rules, on all cores; valid features, lines and points keep their very
/// bytes. Coordinates that are not finite are left out of their ring first.
///
/// The method is GEOS's "structure" (GEOSMakeValidWithParams): every ring keeps its role. A ring that crosses itself
/// becomes what it encloses, parts that overlap become one, holes are cut out where they meet a shell, and a hole that
/// lies outside of its shell becomes a part. The other method ("linework") would keep every line and count crossings,
/// which turns the common part of two overlapping parts into a hole. Lines and points that are left over have no area
/// and are dropped.
[[nodiscard]] Repaired repair_invalid(const Geometry& geometry);
/// The same where find_invalid has been asked already.
[[nodiscard]] Repaired repair_invalid(const Geometry& geometry, const std::vector<InvalidFeature>& invalid);

}  // namespace diaban
