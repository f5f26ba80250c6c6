#include "geo/ellipsoid.h"

#include <geodesic.h>

namespace diaban {

const geod_geodesic& ellipsoid() {
    static const geod_geodesic wgs84 = [] {
        geod_geodesic g;
        geod_init(&g, equatorial_radius, flattening);
        return g;
    }();
    return wgs84;
}

}  // namespace diaban
