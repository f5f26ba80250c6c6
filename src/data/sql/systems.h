// Coordinate systems as SpatiaLite numbers them (SRIDs, its table spatial_ref_sys).
#pragma once

#include <utility>
#include <vector>

#include "data/sql/sqlite_handles.h"
#include "geo/crs.h"

namespace diaban::sql {

class Systems {
public:
    explicit Systems(sqlite3* database) : database_(database) {}

    /// An EPSG system's number is its code, 0 stands for an unknown system; every other gets a row and a number from
    /// 1,000,000 on, with which SpatiaLite transforms as with any other.
    [[nodiscard]] int srid_of(const Crs& crs);
    /// Unknown where no row has the number.
    [[nodiscard]] Crs crs_of(int srid) const;

private:
    void add_row(int srid, const Crs& crs) const;

    sqlite3* database_;
    std::vector<std::pair<int, Crs>> numbered_;  ///< those that srid_of() was asked for
};

}  // namespace diaban::sql
