#include "data/sql/spatialite_blob.h"

#include <bit>
#include <span>

namespace diaban::sql {

namespace {

constexpr char start = '\x00', box_end = '\x7C', member = '\x69', end = '\xFE';
constexpr std::size_t least_size = 24;

/// Multi kinds follow three behind their own.
constexpr uint32_t code_of(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point:
            return 1;
        case GeometryKind::line:
            return 2;
        case GeometryKind::polygon:
            return 3;
        case GeometryKind::none:
            break;
    }
    return 0;
}

template <class T>
void add(std::string& blob, T value) {
    blob.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void add_points(std::string& blob, std::span<const Point> points) {
    static_assert(sizeof(Point) == 2 * sizeof(double));
    blob.append(reinterpret_cast<const char*>(points.data()), points.size_bytes());
}

void add_path(std::string& blob, std::span<const Point> points) {
    add(blob, static_cast<uint32_t>(points.size()));
    add_points(blob, points);
}

void add_part(std::string& blob, const Geometry& geometry, uint32_t part) {
    const auto rings = geometry.rings_of_part(part);
    switch (geometry.kind()) {
        case GeometryKind::point:
            return add_points(blob, geometry.ring(*rings.begin()));
        case GeometryKind::line:
            return add_path(blob, geometry.ring(*rings.begin()));
        case GeometryKind::polygon:
            add(blob, static_cast<uint32_t>(rings.size()));
            for (const uint32_t ring : rings)
                add_path(blob, geometry.ring(ring));
            return;
        case GeometryKind::none:
            return;
    }
}

}  // namespace

void write_blob(std::string& blob, const Geometry& geometry, uint32_t feature, int srid, bool multi) {
    blob.clear();
    if (!geometry.has_geometry(feature)) return;
    const Box box = geometry.box_of(feature);
    blob += start;
    blob += std::endian::native == std::endian::little ? '\x01' : '\x00';
    add(blob, static_cast<int32_t>(srid));
    for (const double bound : {box.min_x, box.min_y, box.max_x, box.max_y})
        add(blob, bound);
    blob += box_end;
    const auto parts = geometry.parts_of(feature);
    const uint32_t code = code_of(geometry.kind());
    if (multi) {
        add(blob, code + 3);
        add(blob, static_cast<uint32_t>(parts.size()));
        for (const uint32_t part : parts) {
            blob += member;
            add(blob, code);
            add_part(blob, geometry, part);
        }
    } else {
        add(blob, code);
        add_part(blob, geometry, *parts.begin());
    }
    blob += end;
}

bool has_several_parts(const Geometry& geometry) {
    return geometry.part_count() > geometry.feature_count() || [&] {
        for (uint32_t feature = 0; feature < geometry.feature_count(); ++feature)
            if (geometry.parts_of(feature).size() > 1) return true;
        return false;
    }();
}

bool looks_like_shape(std::string_view bytes) {
    return bytes.size() >= least_size && bytes.front() == start && bytes.back() == end;
}

}  // namespace diaban::sql
