// What measuring a path or an outline on the ellipsoid finds, and how it is said: for `diaban measure` and the tools
// of the window. Coordinates are degrees of WGS 84, longitude first.
//
//     const MeasuredPath path = measure_path(places);
//     in_words(path);    // "1. 5,432.1 m · N 43° E (043.2°)\nTotal: …"
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "geo/geometry.h"

namespace diaban {

struct MeasuredLeg {
    Metres length;
    Degrees bearing;  ///< where it begins, clockwise from north; of a leg without length it means nothing
};

struct MeasuredPath {
    std::vector<MeasuredLeg> legs;  ///< one less than there are places
    Metres length;
};
[[nodiscard]] MeasuredPath measure_path(std::span<const Point> places);

struct MeasuredArea {
    SquareMetres area;
    Metres circumference;
    /// Edges cross or run over each other: what the area would be is not said, so it means nothing.
    bool crosses_itself = false;
};
/// Of an outline, closed or not, whatever its direction; the smaller of the two sides on the globe. Fewer than three
/// corners have no area. Crossings are looked for between straight lines in longitude and latitude, across the
/// antimeridian too.
[[nodiscard]] MeasuredArea measure_area(std::span<const Point> outline);

// ── in words ──
/// "043°"; "–" for NaN.
[[nodiscard]] std::string format_bearing(Degrees bearing);
/// "N 43° E", "S 7° W"; "N", "E" where it is that to the degree.
[[nodiscard]] std::string format_quadrant(Degrees bearing);
/// To a decimetre, and as one would say it: "12,437.1 m (12.4 km)".
[[nodiscard]] std::string format_exact(Metres length);
/// A line for each leg, and the total where there are several.
[[nodiscard]] std::string in_words(const MeasuredPath& path);
[[nodiscard]] std::string in_words(const MeasuredArea& area);

}  // namespace diaban
