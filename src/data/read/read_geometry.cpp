#include "data/read/read_geometry.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <new>
#include <span>

#include <fmt/format.h>
#include <sys/mman.h>

#include "base/error.h"
#include "base/format.h"
#include "base/i18n.h"

namespace diaban {

namespace {

static_assert(sizeof(Point) == 2 * sizeof(double), "GDAL writes coordinates straight into Points");

bool is_finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// An exponent of all ones is what infinities and NaN have in common: adding one to it carries into the sign's place.
/// Without a branch, so that the compiler looks at several numbers at a time.
bool all_finite(std::span<const Point> points) {
    constexpr uint64_t exponent = 0x7FF0'0000'0000'0000U, one = 0x0010'0000'0000'0000U;
    uint64_t carried = 0;
    for (const Point p : points)
        carried |=
            ((std::bit_cast<uint64_t>(p.x) & exponent) + one) | ((std::bit_cast<uint64_t>(p.y) & exponent) + one);
    return carried >> 63U == 0;
}

/// Large pages spare the kernel thousands of interruptions while a large array is filled for the first time.
void prefer_large_pages(void* begin, std::size_t bytes) {
#ifdef MADV_HUGEPAGE
    constexpr std::uintptr_t page = 4096;
    const auto address = reinterpret_cast<std::uintptr_t>(begin);
    const std::uintptr_t first = (address + page - 1) / page * page, last = (address + bytes) / page * page;
    constexpr std::size_t worth_it = std::size_t{16} << 20U;
    // Advice alone: where the kernel has none to give, nothing changes.
    if (bytes >= worth_it) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#else
    static_cast<void>(begin);
    static_cast<void>(bytes);
#endif
}

/// Where so much cannot be set aside, the array grows as it always can.
void reserve_quietly(std::vector<Point>& points, std::size_t count) {
    constexpr std::size_t most = std::size_t{1} << 28U;  // 4 GiB
    if (count == 0) return;
    try {
        points.reserve(std::min(count, most));
        prefer_large_pages(points.data(), points.capacity() * sizeof(Point));
    } catch (const std::bad_alloc&) {
        return;
    }
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

/// A path's finite coordinates, into path_.
void GeometryCollector::load_path(OGRGeometryH path) {
    const int count = OGR_G_GetPointCount(path);
    path_.resize(static_cast<std::size_t>(std::max(count, 0)));
    if (path_.empty()) return;
    constexpr int stride = static_cast<int>(sizeof(Point));
    OGR_G_GetPoints(path, &path_[0].x, stride, &path_[0].y, stride, nullptr, 0);
    if (all_finite(path_)) return;
    not_finite_ += static_cast<int64_t>(std::erase_if(path_, [](Point p) { return !is_finite(p); }));
}

void GeometryCollector::append_path(Arrays& arrays) {
    if (arrays.points.capacity() == 0) reserve_quietly(arrays.points, expected_points_);
    arrays.points.insert(arrays.points.end(), path_.begin(), path_.end());
    arrays.ring_offsets.push_back(count32(arrays.points.size()));
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
    load_path(ring);
    if (path_.size() < 3 || !three_distinct(path_)) {
        if (!path_.empty()) ++degenerate_;
        return false;
    }
    if (path_.front() != path_.back()) path_.push_back(Point(path_.front()));
    append_path(arrays);
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
    load_path(line);
    if (path_.size() < 2) {
        degenerate_ += static_cast<int64_t>(path_.size());
        return;
    }
    Arrays& arrays = of(GeometryKind::line);
    append_path(arrays);
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
    path_.assign(1, p);
    append_path(arrays);
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

void report_left_out(const GeometryCollector& geometry, const Place& where, Diagnostics& diagnostics) {
    const auto report = [&](int64_t count, const char* words) {
        if (count > 0)
            diagnostics.push_back({DiagnosticKind::other, Severity::warning, where, count,
                                   fmt::format(fmt::runtime(words), format_integer(count))});
    };
    const int64_t degenerate = geometry.degenerate_count(), not_finite = geometry.not_finite_count();
    report(degenerate,
           tr_n("{} ring or line with too few corners to be one was left out",
                "{} rings or lines with too few corners to be one were left out", static_cast<long>(degenerate)));
    report(not_finite, tr_n("{} coordinate that is no finite number was left out",
                            "{} coordinates that are no finite numbers were left out", static_cast<long>(not_finite)));
}

}  // namespace diaban
