// GEOS objects that free themselves, over one context for each thread (GEOS's reentrant C interface). For geo's own
// .cpp files: no other folder sees GEOS. A handle must be dropped on the thread that made it.
#pragma once

#include <geos_c.h>

#include <memory>
#include <string>
#include <vector>

#include "geo/geometry.h"

namespace diaban::geos {

/// This thread's context, made at first use.
[[nodiscard]] GEOSContextHandle_t context();
/// What GEOS last complained about on this thread: "ParseException: Expected word but encountered end of stream".
[[nodiscard]] std::string last_message();

struct GeometryDeleter {
    void operator()(GEOSGeometry* geometry) const;
};
struct WktReaderDeleter {
    void operator()(GEOSWKTReader* reader) const;
};
struct WktWriterDeleter {
    void operator()(GEOSWKTWriter* writer) const;
};
struct BufferDeleter {
    void operator()(void* buffer) const;
};
using GeometryHandle = std::unique_ptr<GEOSGeometry, GeometryDeleter>;
using WktReader = std::unique_ptr<GEOSWKTReader, WktReaderDeleter>;
using WktWriter = std::unique_ptr<GEOSWKTWriter, WktWriterDeleter>;
/// Text or bytes that GEOS allocated.
using Text = std::unique_ptr<char, BufferDeleter>;

/// The feature as a GEOS geometry: a single one for a single part, else a multi one; an empty collection for none.
/// Throws std::runtime_error with GEOS's message where GEOS refuses it (a ring of fewer than 4 coordinates).
[[nodiscard]] GeometryHandle from_feature(const Geometry& geometry, uint32_t feature);

/// All coordinates of a path or point.
[[nodiscard]] std::vector<Point> points_of(const GEOSGeometry* path);
/// Adds a part for each polygon in the geometry, collections taken apart; lines and points are passed over.
void add_polygons(GeometryBuilder& builder, const GEOSGeometry* geometry);

}  // namespace diaban::geos
