// `diaban measure`: distances, bearings and areas between places given by their coordinates, on the ellipsoid.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace diaban {

struct MeasureWords {
    std::vector<std::string> places;  ///< "107.36,21.53": x, then y
    std::string crs = {};             ///< of the coordinates; empty: longitude and latitude of WGS 84
    bool area = false;                ///< of the outline through the places, instead of the path
    bool json = false;
};

/// Says on `out` how long each leg is and in which direction it begins, and the total; with `area` the area and the
/// circumference. Returns the exit code; places that cannot be read, too few of them or an unknown CRS are refused on
/// `err`, with nothing on `out`.
///
/// JSON: {"legs": [{"metres", "bearing"}], "metres"}, or {"square_metres", "metres", "crosses_itself"}. The bearing is
/// in degrees clockwise from north, null where a leg has no length; the area is null where the outline crosses itself.
[[nodiscard]] int measure_command(const MeasureWords& words, std::ostream& out, std::ostream& err);

}  // namespace diaban
