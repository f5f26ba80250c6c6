// Well-known text in both directions, by GEOS.
#include <stdexcept>
#include <string>

#include "geo/geometry.h"
#include "geo/geos_handles.h"
#include "geo/validity.h"

namespace diaban {
namespace {

using geos::context;

GeometryKind kind_of(const GEOSGeometry* geometry) {
    switch (GEOSGeomTypeId_r(context(), geometry)) {
        case GEOS_POINT:
        case GEOS_MULTIPOINT:
            return GeometryKind::point;
        case GEOS_LINESTRING:
        case GEOS_LINEARRING:
        case GEOS_MULTILINESTRING:
            return GeometryKind::line;
        case GEOS_POLYGON:
        case GEOS_MULTIPOLYGON:
            return GeometryKind::polygon;
        default:
            return GeometryKind::none;
    }
}

void add_part(GeometryBuilder& builder, const GEOSGeometry* part, GeometryKind kind) {
    if (kind == GeometryKind::polygon) return geos::add_polygons(builder, part);
    if (GEOSisEmpty_r(context(), part)) return;
    builder.begin_part();
    builder.add_ring(geos::points_of(part));
}

}  // namespace

Geometry geometry_from_wkt(std::span<const std::string_view> wkt) {
    const geos::WktReader reader(GEOSWKTReader_create_r(context()));
    std::vector<geos::GeometryHandle> read;
    GeometryKind kind = GeometryKind::none;
    for (const std::string_view text : wkt) {
        if (text.empty()) {
            read.emplace_back();
            continue;
        }
        geos::GeometryHandle geometry(GEOSWKTReader_read_r(context(), reader.get(), std::string(text).c_str()));
        if (!geometry) throw std::invalid_argument(geos::last_message());
        const GeometryKind its = kind_of(geometry.get());
        const bool empty = GEOSisEmpty_r(context(), geometry.get()) != 0;
        if (!empty && (its == GeometryKind::none || (kind != GeometryKind::none && its != kind)))
            throw std::invalid_argument("not of one kind: " + std::string(text));
        if (kind == GeometryKind::none) kind = its;
        read.push_back(empty ? nullptr : std::move(geometry));
    }

    GeometryBuilder builder(kind);
    for (const auto& geometry : read) {
        builder.begin_feature();
        if (!geometry) continue;
        for (int i = 0; i < GEOSGetNumGeometries_r(context(), geometry.get()); ++i)
            add_part(builder, GEOSGetGeometryN_r(context(), geometry.get(), i), kind);
    }
    return std::move(builder).finish();
}

std::string to_wkt(const Geometry& geometry, uint32_t feature) {
    const auto shape = geos::from_feature(geometry, feature);
    const geos::WktWriter writer(GEOSWKTWriter_create_r(context()));
    GEOSWKTWriter_setTrim_r(context(), writer.get(), 1);
    const geos::Text text(GEOSWKTWriter_write_r(context(), writer.get(), shape.get()));
    if (!text) throw std::runtime_error(geos::last_message());
    return text.get();
}

}  // namespace diaban
