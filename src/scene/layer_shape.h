// What placing labels and furniture needs to know of a layer, taken from a coarse level of detail.
#pragma once

#include <cstdint>
#include <utility>
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

/// The runs of cells whose centres polygon features cover (even-odd), from the southernmost row up. Nothing for lines.
class CellScanner {
public:
    /// Both have to outlive it.
    CellScanner(const Detail& polygons, const CellGrid& grid);
    void append(uint32_t feature, std::vector<CellRun>& out);

private:
    void cross(const Arc& arc);

    const Detail& polygons_;
    const CellGrid& grid_;
    double scale_, x0_, y0_;  // lattice steps → cells, shifted so that row centres are whole numbers
    std::vector<std::pair<int, double>> crossings_;  // row, x in cells; of the feature at hand
};
/// Of one feature.
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
