// What is being measured or drawn on the map, and what was drawn last.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geo/geometry.h"
#include "query/combine.h"
#include "query/language/condition.h"
#include "ui/session.h"

namespace diaban::ui {

struct MeasureState {
    /// What was clicked so far, with a measuring tool or for a polygon: degrees, so that it keeps its place whatever
    /// the map does (on a map without coordinate system, the map's own coordinates).
    std::vector<Point> points;
    Tool of = Tool::measure_distance;  ///< the tool that `points` are of
    bool done = false;                 ///< no more points come; the next click begins anew
    /// What a selecting tool does with what it finds unless keys say otherwise (tools/drawing.h).
    Combine combine = Combine::replace;
    /// The box, lasso, polygon or circle drawn last, so that a query can ask for what lies in it; none on a map without
    /// coordinate system. Shown on the map until cleared.
    std::optional<query::DrawnShape> drawn;
    uint64_t opening = 0;  ///< Session::openings() that all this is of
};

}  // namespace diaban::ui
