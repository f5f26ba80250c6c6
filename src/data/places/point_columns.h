// Tables whose rows are places: which columns hold the coordinates, and the shapes that those make.
//
//     if (const auto columns = find_point_columns(table))
//         TablePoints points = points_from_table(table, *columns);   // geometry, CRS, and every cell that is no place
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/import_report.h"
#include "data/table.h"
#include "geo/angle.h"
#include "geo/crs.h"

namespace diaban {

/// Told from the headers first: longitude and latitude, x and y, easting and northing, one column of whole points or of
/// WKT, in English, Vietnamese and Indonesian, units and the like around them passed over ("X (m)", "POINT_X", "Tọa độ
/// X (VN-2000)", "_gps_latitude"). Then from the cells: WKT, points with degree marks or letters. At least half of the
/// cells that are not blank must be readable. A bare "x" and "y" count only when what they hold lies somewhere: degrees
/// with three decimals or in Vietnam or `near`, metres for which propose_crs() knows a place.
[[nodiscard]] std::optional<PointColumns> find_point_columns(const Table& table, const std::optional<Box>& near = {});

struct PointReading {
    std::optional<Box> near;                          ///< degrees: tells the order of two numbers in one cell
    std::map<std::string, NumberConvention> numbers;  ///< by column, as in ImportOptions
};

/// Cells of one column that are no coordinates, each with its row counted from 1 in the table; a blank one beside a
/// filled one has an empty text.
struct UnreadColumn {
    std::string column;
    std::vector<UnreadCell> cells;
    bool operator==(const UnreadColumn&) const = default;
};

struct TablePoints {
    Geometry geometry;  ///< one feature a row, in the order of the table; polygons or lines where WKT holds those
    Crs crs;            ///< WGS 84 for plausible degrees, what an SRID before WKT says, else unknown
    std::vector<UnreadColumn> unread;
    bool order_assumed = false;  ///< whole points: nothing tells which number is the latitude; the first one was taken
    int64_t other_kinds = 0;     ///< rows whose WKT is of another kind than most; they have no geometry
};

/// The columns must be in the table (DIABAN_CHECK). In two columns x is what `columns.x` holds, unless letters (N, E,
/// B, Đ …) say that it is the latitude; numbers alone never exchange them. Text is read as degrees with minutes and
/// seconds or as numbers with grouped thousands, whichever most of the two columns' cells are.
[[nodiscard]] TablePoints points_from_table(const Table& table, const PointColumns& columns,
                                            const PointReading& reading = {});

/// The order that a header tells of the numbers below it: "lat, lon", "Kinh độ / Vĩ độ"; unknown for most.
[[nodiscard]] WrittenPoint::Order order_in_header(const std::string& header);

}  // namespace diaban
