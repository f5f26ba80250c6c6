#include "geo/earth/geodesics.h"

#include <geodesic.h>

#include <algorithm>

#include "geo/ellipsoid.h"

namespace diaban {

Point geodesic_destination(Point from, Degrees bearing, Metres distance) {
    Point to;
    geod_direct(&ellipsoid(), from.y, from.x, bearing.value(), distance.value(), &to.y, &to.x, nullptr);
    return to;
}

std::vector<Point> geodesic_path(Point from, Point to, int pieces) {
    pieces = std::max(1, pieces);
    geod_geodesicline line;
    geod_inverseline(&line, &ellipsoid(), from.y, from.x, to.y, to.x, 0);
    std::vector<Point> path{from};
    path.reserve(static_cast<std::size_t>(pieces) + 1);
    for (int i = 1; i < pieces; ++i) {
        Point p;
        geod_position(&line, line.s13 * i / pieces, &p.y, &p.x, nullptr);
        path.push_back(p);
    }
    path.push_back(to);
    return path;
}

std::vector<Point> geodesic_circle(Point centre, Metres radius, int corners) {
    corners = std::max(3, corners);
    std::vector<Point> ring;
    ring.reserve(static_cast<std::size_t>(corners));
    for (int i = 0; i < corners; ++i)
        ring.push_back(geodesic_destination(centre, Degrees(360.0 * i / corners), radius));
    return ring;
}

}  // namespace diaban
