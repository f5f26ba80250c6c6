// Shapes thinned to a few thousand points in degrees: what a map the size of a stamp can show.
#pragma once

#include <memory>
#include <vector>

#include "data/dataset.h"

namespace diaban::ui {

struct Outline {
    GeometryKind kind = GeometryKind::none;
    std::vector<std::vector<Point>> paths;  ///< degrees; a point is a path of one
    Box box;                                ///< of `paths`
};

/// Every outer ring, line or point, with about `budget` points in all; where there are too many, the smallest are left
/// out (of points, evenly).
/// With `swapped` the coordinates are exchanged first. What cannot be transformed is left out; empty where the CRS is
/// unknown.
[[nodiscard]] Outline outline(const Geometry& geometry, const Crs& crs, bool swapped, std::size_t budget = 6000);

/// Outlines made once for a dataset in a CRS.
class Outlines {
public:
    [[nodiscard]] const Outline& of(const DatasetPtr& dataset, const Crs& crs, bool swapped);
    void clear() { made_.clear(); }

private:
    struct Made {
        DatasetPtr dataset;
        Crs crs;
        bool swapped = false;
        std::unique_ptr<Outline> outline;
    };
    std::vector<Made> made_;
};

}  // namespace diaban::ui
