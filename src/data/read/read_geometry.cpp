#include "data/read/read_geometry.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/error.h"

namespace diaban {

namespace {

static_assert(sizeof(Point) == 2 * sizeof(double), "GDAL writes coordinates straight into Points");

bool is_finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

bool three_distinct(std::span<const Point> ring) {
    const auto other = std::find_if(ring.begin(), ring.end(), [&](Point p) { return p != ring.front(); });
    return std::any_of(other, ring.end(), [&](Point p) { return p != ring.front() && p != *other; });
}

uint32_t count32(std::size_t size) {
    DIABAN_CHECK(size <= std::numeric_limits<uint32_t>::max());
    return static_cast<uint32_t>(size);
}

}  // namespace

/// Appends a path's coordinates; returns how many there were.
std::size_t GeometryCollector::append_points(OGRGeometryH path, std::vector<Point>& points) {
    const int count = OGR_G_GetPointCount(path);
    if (count <= 0) return 0;
    const std::size_t before = points.size();
    points.resize(before + static_cast<std::size_t>(count));
    constexpr int stride = static_cast<int>(sizeof(Point));
    OGR_G_GetPoints(path, &points[before].x, stride, &points[before].y, stride, nullptr, 0);
    const auto first = points.begin() + static_cast<std::ptrdiff_t>(before);
    const auto bad = std::remove_if(first, points.end(), [](Point p) { return !is_finite(p); });
    not_finite_ += points.end() - bad;
    points.erase(bad, points.end());
    return points.size() - before;
}

void GeometryCollector::add(OGRGeometryH geometry, uint32_t row) {
    if (!geometry) return;
    std::array<std::size_t, 3> before{};
    for (std::size_t k = 0; k < arrays_.size(); ++k)
        before[k] = arrays_[k].part_offsets.size();

    if (OGR_GT_IsNonLinear(OGR_G_GetGeometryType(geometry))) {
        const gdal::Geometry linear(OGR_G_GetLinearGeometry(geometry, 0, nullptr));
        if (linear) add_any(linear.get());
    } else {
        add_any(geometry);
    }

    for (std::size_t k = 0; k < arrays_.size(); ++k) {
        if (arrays_[k].part_offsets.size() == before[k]) continue;
        arrays_[k].rows.push_back(row);
        arrays_[k].part_ends.push_back(count32(arrays_[k].part_offsets.size() - 1));
    }
}

void GeometryCollector::add_any(OGRGeometryH geometry) {
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))) {
        case wkbPoint:
            add_point(geometry);
            return;
        case wkbLineString:
            add_line(geometry);
            return;
        case wkbPolygon:
        case wkbTriangle:
            add_polygon(geometry);
            return;
        default:
            break;
    }
    const int members = OGR_G_GetGeometryCount(geometry);
    for (int i = 0; i < members; ++i) {
        const OGRGeometryH member = OGR_G_GetGeometryRef(geometry, i);
        if (OGR_GT_IsNonLinear(OGR_G_GetGeometryType(member))) {
            const gdal::Geometry linear(OGR_G_GetLinearGeometry(member, 0, nullptr));
            if (linear) add_any(linear.get());
        } else {
            add_any(member);
        }
    }
}

bool GeometryCollector::add_ring(OGRGeometryH ring, Arrays& arrays) {
    const std::size_t before = arrays.points.size();
    append_points(ring, arrays.points);
    std::span<const Point> added(arrays.points.data() + before, arrays.points.data() + arrays.points.size());
    if (added.size() < 3 || !three_distinct(added)) {
        if (!added.empty()) ++degenerate_;
        arrays.points.resize(before);
        return false;
    }
    if (added.front() != added.back()) arrays.points.push_back(Point(added.front()));
    arrays.ring_offsets.push_back(count32(arrays.points.size()));
    return true;
}

void GeometryCollector::add_polygon(OGRGeometryH polygon) {
    const int rings = OGR_G_GetGeometryCount(polygon);
    Arrays& arrays = of(GeometryKind::polygon);
    // Without its outer ring a part is nothing, holes or not.
    if (rings == 0 || !add_ring(OGR_G_GetGeometryRef(polygon, 0), arrays)) return;
    for (int i = 1; i < rings; ++i)
        add_ring(OGR_G_GetGeometryRef(polygon, i), arrays);
    arrays.part_offsets.push_back(count32(arrays.ring_offsets.size() - 1));
}

void GeometryCollector::add_line(OGRGeometryH line) {
    Arrays& arrays = of(GeometryKind::line);
    const std::size_t before = arrays.points.size();
    const std::size_t count = append_points(line, arrays.points);
    if (count < 2) {
        degenerate_ += static_cast<int64_t>(count);
        arrays.points.resize(before);
        return;
    }
    arrays.ring_offsets.push_back(count32(arrays.points.size()));
    arrays.part_offsets.push_back(count32(arrays.ring_offsets.size() - 1));
}

void GeometryCollector::add_point(OGRGeometryH point) {
    if (OGR_G_IsEmpty(point)) return;
    const Point p{OGR_G_GetX(point, 0), OGR_G_GetY(point, 0)};
    if (!is_finite(p)) {
        ++not_finite_;
        return;
    }
    Arrays& arrays = of(GeometryKind::point);
    arrays.points.push_back(p);
    arrays.ring_offsets.push_back(count32(arrays.points.size()));
    arrays.part_offsets.push_back(count32(arrays.ring_offsets.size() - 1));
}

std::vector<GeometryKind> GeometryCollector::kinds() const {
    std::vector<GeometryKind> kinds;
    for (const GeometryKind kind : {GeometryKind::polygon, GeometryKind::line, GeometryKind::point})
        if (!of(kind).rows.empty()) kinds.push_back(kind);
    return kinds;
}

Geometry GeometryCollector::take(GeometryKind kind, const std::vector<uint32_t>& rows) {
    Arrays arrays = std::move(of(kind));
    of(kind) = Arrays{};
    std::vector<uint32_t> feature_offsets{0};
    feature_offsets.reserve(rows.size() + 1);
    std::size_t next = 0;
    for (const uint32_t row : rows) {
        const bool has = next < arrays.rows.size() && arrays.rows[next] == row;
        feature_offsets.push_back(has ? arrays.part_ends[next] : feature_offsets.back());
        if (has) ++next;
    }
    DIABAN_CHECK(next == arrays.rows.size());
    return {kind, std::move(arrays.points), std::move(arrays.ring_offsets), std::move(arrays.part_offsets),
            std::move(feature_offsets)};
}

}  // namespace diaban
