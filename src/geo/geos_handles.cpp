#include "geo/geos_handles.h"

#include <stdexcept>
#include <vector>

#include "base/error.h"

namespace diaban::geos {
namespace {

struct ContextDeleter {
    void operator()(GEOSContextHandle_HS* context) const { GEOS_finish_r(context); }
};

void remember(const char* message, void* text) {
    *static_cast<std::string*>(text) = message;
}
void ignore(const char*, void*) {}

struct ThreadState {
    std::string message;
    std::unique_ptr<GEOSContextHandle_HS, ContextDeleter> context{GEOS_init_r()};

    ThreadState() {
        DIABAN_CHECK(context != nullptr);
        GEOSContext_setErrorMessageHandler_r(context.get(), remember, &message);
        GEOSContext_setNoticeMessageHandler_r(context.get(), ignore, nullptr);
    }
};

ThreadState& thread_state() {
    thread_local ThreadState state;
    return state;
}

template <class Handle>
Handle checked(typename Handle::pointer raw) {
    if (!raw) throw std::runtime_error(last_message());
    return Handle(raw);
}

GEOSCoordSequence* sequence_of(std::span<const Point> points) {
    static_assert(sizeof(Point) == 2 * sizeof(double));
    // GEOS copies x, y pairs; Point is exactly that.
    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(context(), points.empty() ? nullptr : &points[0].x,
                                                                static_cast<unsigned>(points.size()), 0, 0);
    if (!sequence) throw std::runtime_error(last_message());
    return sequence;
}

/// Hands the geometries over to a GEOS function that takes ownership of raw pointers, whether it succeeds or not.
std::vector<GEOSGeometry*> release(std::vector<GeometryHandle>& handles) {
    std::vector<GEOSGeometry*> raw;
    raw.reserve(handles.size());
    for (auto& handle : handles)
        raw.push_back(handle.release());
    return raw;
}

GeometryHandle polygon_of(const Geometry& geometry, uint32_t part) {
    GeometryHandle outer;
    std::vector<GeometryHandle> holes;
    for (const uint32_t ring : geometry.rings_of_part(part)) {
        auto handle = checked<GeometryHandle>(GEOSGeom_createLinearRing_r(context(), sequence_of(geometry.ring(ring))));
        if (!outer)
            outer = std::move(handle);
        else
            holes.push_back(std::move(handle));
    }
    if (!outer) return checked<GeometryHandle>(GEOSGeom_createEmptyPolygon_r(context()));
    auto raw = release(holes);
    return checked<GeometryHandle>(
        GEOSGeom_createPolygon_r(context(), outer.release(), raw.data(), static_cast<unsigned>(raw.size())));
}

GeometryHandle part_of(const Geometry& geometry, uint32_t part) {
    if (geometry.kind() == GeometryKind::polygon) return polygon_of(geometry, part);
    GEOSCoordSequence* sequence = sequence_of(geometry.ring(geometry.part_offsets()[part]));
    return checked<GeometryHandle>(geometry.kind() == GeometryKind::line
                                       ? GEOSGeom_createLineString_r(context(), sequence)
                                       : GEOSGeom_createPoint_r(context(), sequence));
}

int collection_type(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::point:
            return GEOS_MULTIPOINT;
        case GeometryKind::line:
            return GEOS_MULTILINESTRING;
        case GeometryKind::polygon:
            return GEOS_MULTIPOLYGON;
        case GeometryKind::none:
            break;
    }
    return GEOS_GEOMETRYCOLLECTION;
}

}  // namespace

GEOSContextHandle_t context() {
    return thread_state().context.get();
}
std::string last_message() {
    return thread_state().message;
}

void GeometryDeleter::operator()(GEOSGeometry* geometry) const {
    GEOSGeom_destroy_r(context(), geometry);
}
void WktReaderDeleter::operator()(GEOSWKTReader* reader) const {
    GEOSWKTReader_destroy_r(context(), reader);
}
void WktWriterDeleter::operator()(GEOSWKTWriter* writer) const {
    GEOSWKTWriter_destroy_r(context(), writer);
}
void BufferDeleter::operator()(void* buffer) const {
    GEOSFree_r(context(), buffer);
}

GeometryHandle from_feature(const Geometry& geometry, uint32_t feature) {
    if (!geometry.has_geometry(feature))
        return checked<GeometryHandle>(GEOSGeom_createEmptyCollection_r(context(), GEOS_GEOMETRYCOLLECTION));
    std::vector<GeometryHandle> parts;
    for (const uint32_t part : geometry.parts_of(feature))
        parts.push_back(part_of(geometry, part));
    if (parts.size() == 1) return std::move(parts.front());
    auto raw = release(parts);
    return checked<GeometryHandle>(GEOSGeom_createCollection_r(context(), collection_type(geometry.kind()), raw.data(),
                                                               static_cast<unsigned>(raw.size())));
}

std::vector<Point> points_of(const GEOSGeometry* path) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context(), path);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(context(), sequence, &size);
    std::vector<Point> points(size);
    for (unsigned i = 0; i < size; ++i)
        GEOSCoordSeq_getXY_r(context(), sequence, i, &points[i].x, &points[i].y);
    return points;
}

void add_polygons(GeometryBuilder& builder, const GEOSGeometry* geometry) {
    if (GEOSisEmpty_r(context(), geometry) != 0) return;
    const int type = GEOSGeomTypeId_r(context(), geometry);
    if (type == GEOS_POLYGON) {
        builder.begin_part();
        builder.add_ring(points_of(GEOSGetExteriorRing_r(context(), geometry)));
        for (int i = 0; i < GEOSGetNumInteriorRings_r(context(), geometry); ++i)
            builder.add_ring(points_of(GEOSGetInteriorRingN_r(context(), geometry, i)));
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        for (int i = 0; i < GEOSGetNumGeometries_r(context(), geometry); ++i)
            add_polygons(builder, GEOSGetGeometryN_r(context(), geometry, i));
    }
}

}  // namespace diaban::geos
