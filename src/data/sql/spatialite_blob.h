// Shapes as SpatiaLite keeps them in a column (its manual, "BLOB-Geometry format").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "geo/geometry.h"

namespace diaban::sql {

/// A feature's shape: as a collection ("MULTIPOLYGON") where `multi`, else its first part. Empty for a feature without.
/// `blob` is overwritten: the same one serves for all features.
void write_blob(std::string& blob, const Geometry& geometry, uint32_t feature, int srid, bool multi);

/// Whether any feature has several parts.
[[nodiscard]] bool has_several_parts(const Geometry& geometry);

/// Whether the bytes begin and end as a shape's do: a quick look before SpatiaLite is asked.
[[nodiscard]] bool looks_like_shape(std::string_view bytes);

}  // namespace diaban::sql
