#include "geo/ellipsoid.h"

#include <geodesic.h>

namespace diaban {

const geod_geodesic& ellipsoid() {
    static const geod_geodesic wgs84 = [] {
        geod_geodesic g;
        geod_init(&g, 6378137, 1 / 298.257223563);
        return g;
    }();
    return wgs84;
}

}  // namespace diaban
