// How a file is to be understood where it does not say so itself, or says it wrong: the user's decisions, a plain value
// that the workspace keeps beside the file's path. Everything left at its default is told from the file's content.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "geo/geometry.h"

namespace diaban {

/// How the numbers of a column are written. A blank, a no-break blank or an apostrophe groups thousands in either.
enum class NumberConvention {
    automatic,      ///< told from the whole column
    point_decimal,  ///< 1,234.5
    comma_decimal,  ///< 1.234,5
};

/// "point", "comma", "" for automatic; what the workspace file and the command line write.
[[nodiscard]] std::string to_id(NumberConvention convention);
[[nodiscard]] std::optional<NumberConvention> number_convention_from_id(std::string_view id);

/// Which columns of a table are coordinates. With an empty `y`, each cell of `x` holds a whole point: "21.5, 107.4",
/// degrees with minutes and seconds, or WKT.
struct PointColumns {
    std::string x;  ///< easting or longitude
    std::string y;  ///< northing or latitude
    bool operator==(const PointColumns&) const = default;
};

struct ImportOptions {
    // ── tables ──
    std::string encoding;      ///< an encoding's id, for all text; empty: told from the letters, column by column
    std::string separator;     ///< of a text file, one character; empty: told
    int header_row = 0;        ///< the first row of the header, counted from 1; 0: found; -1: there is none
    int header_rows = 0;       ///< how many rows the header has; 0: found
    bool keep_totals = false;  ///< "Tổng", "Cộng", "Total": left out by default, visibly
    /// By column, for those that are ambiguous or told wrong; "*" is for all that are ambiguous.
    std::map<std::string, NumberConvention> numbers;
    std::string long_form;  ///< the time column's name ("year") to turn wide year columns into rows; empty: left wide
    // ── places ──
    std::optional<PointColumns> points;  ///< nothing: found by their names
    bool no_points = false;              ///< the table stays a table
    bool swap_axes = false;              ///< the first coordinate is north
    bool repair = true;                  ///< invalid polygons are repaired (the originals are kept beside)
    // ── databases ──
    std::string where;  ///< SQL, handed to the database
    Box extent;         ///< degrees; only what meets it is fetched; empty: everything
    // ── addresses of map tiles ──
    int max_zoom = -1;  ///< the deepest zoom that the server has; -1: the usual one

    bool operator==(const ImportOptions&) const = default;
};

}  // namespace diaban
