// What was read: a table, the geometry of its rows, their CRS, where it came from, and what was wrong with it.
// Never changed once built; shared as DatasetPtr.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/import_report.h"
#include "data/raster/raster.h"
#include "data/table.h"
#include "geo/crs.h"
#include "geo/geometry.h"

namespace diaban {

struct Provenance {
    std::filesystem::path path;  ///< as opened, or a GDAL connection string
    std::string layer;           ///< its name in the file; see read() for a mixed one
    std::string driver;          ///< "GPKG"
    std::string modified;        ///< the file's last change, ISO date, empty when unknown
};

/// A feature whose geometry was invalid, and what became of it.
struct Repair {
    uint32_t feature = 0;
    std::string reason;  ///< GEOS's words: "Self-intersection"
    Point at;
    double area_before = 0;  ///< m² on the ellipsoid where the CRS is known, else squared units
    double area_after = 0;
    bool mended = true;  ///< false: nothing would be left of it, so it stays in the geometry as it came
};

struct Repairs {
    std::vector<Repair> list;  ///< by feature
    Geometry originals;        ///< one feature for each of `list`, as it came
};

struct Dataset {
    std::string name;  ///< for people: the layer's name, or the file's without its extension
    Provenance from;
    Table table;
    Geometry geometry;  ///< kind none for a plain table; else as many features as the table has rows
    Crs crs;
    Diagnostics diagnostics;
    ImportReportPtr import;  ///< how the file was understood; null for what was not read from one
    Repairs repairs;         ///< what was mended in `geometry`, and what it was before
    bool unchecked = false;  ///< its geometry is still to be checked and repaired: check_now()
    std::string content;     ///< what names its content between runs, for caches; empty: nothing does
    RasterPtr raster;        ///< a raster, which has no features: its geometry is its outline, one line; else null

    [[nodiscard]] bool is_raster() const { return raster != nullptr; }
    [[nodiscard]] bool has_geometry() const { return geometry.kind() != GeometryKind::none; }
    [[nodiscard]] std::size_t size() const { return table.row_count(); }
    /// Its box in degrees, past 180 where data crosses the antimeridian; empty without geometry or CRS.
    [[nodiscard]] Box lon_lat_box() const;
};

using DatasetPtr = std::shared_ptr<const Dataset>;

/// The column that most likely identifies rows ("code", "ma", "id", …: text or integer, unique, few nulls), and the one
/// that most likely names them ("name", "ten", …); empty when none looks like it.
[[nodiscard]] std::string guess_code_column(const Table& table);
[[nodiscard]] std::string guess_name_column(const Table& table);

}  // namespace diaban
