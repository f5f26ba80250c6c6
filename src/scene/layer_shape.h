// What placing labels and furniture needs to know of a layer, taken from a coarse level of detail.
#pragma once

#include <cstdint>
#include <vector>

#include "scene/map_shapes.h"
#include "scene/scene.h"

namespace diaban {

/// Square cells over a part of the map; row 0 is the southernmost.
struct CellGrid {
    Point origin;  ///< its south-west corner
    double cell = 1;
    int columns = 0;
    int rows = 0;
    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    }
    [[nodiscard]] std::size_t index(int column, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
    }
    [[nodiscard]] Point centre(int column, int row) const {
        return {origin.x + (column + 0.5) * cell, origin.y + (row + 0.5) * cell};
    }
};

/// Cells [first, last] of a row.
struct CellRun {
    int row = 0, first = 0, last = 0;
};

/// The runs of cells whose centres a polygon feature covers (even-odd). Nothing for lines.
[[nodiscard]] std::vector<CellRun> covered_cells(const Detail& polygons, uint32_t feature, const CellGrid& grid);

/// Where a layer has anything: a bitmap over its own extent.
struct Occupancy {
    CellGrid grid;
    std::vector<uint8_t> occupied;
    /// The share of a part of the picture that the layer covers, 0–1, sampled every few pixels.
    [[nodiscard]] double share(const Frame& frame, const PixelBox& box) const;
};

struct LayerShape {
    std::vector<double> sizes;  ///< area in map units squared, length of the box for lines; one a feature
    Occupancy occupancy;
};

[[nodiscard]] LayerShape make_layer_shape(const MapShapes& shapes);

/// Where a mark for the whole feature stands: inside the polygon, on the line, at the point. NaN without geometry.
[[nodiscard]] std::vector<Point> make_anchors(const MapShapes& shapes);

}  // namespace diaban
