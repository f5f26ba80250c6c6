// Polygons of a detail where they lie on a part of a picture: the arcs in sight, each placed once for both of its
// sides, and for each polygon which of them bound it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/software/device_plane.h"

namespace diaban {

class CoverageCells;

struct PlacedShapes {
    struct Path {
        uint32_t first = 0;  ///< of its points
        uint32_t count = 0;
        FixedBox box;
    };
    struct Side {
        uint32_t path = 0;
        int32_t sign = 1;  ///< −1: walked backwards
    };
    struct Shape {
        uint32_t feature = 0;
        uint32_t first = 0;  ///< of its sides
        uint32_t count = 0;
        int first_column = 0, end_column = 0, first_row = 0, end_row = 0;  ///< pixels of the part that it may touch
    };
    struct Square {
        uint32_t feature = 0;
        FixedBox box;
    };

    std::vector<FixedPoint> points;
    std::vector<Path> paths;
    std::vector<Side> sides;
    std::vector<Shape> shapes;  ///< by feature, ascending; without those that cannot be seen
    std::vector<Square> dots;   ///< by feature, ascending; at least a pixel wide

    [[nodiscard]] std::span<const FixedPoint> points_of(const Path& path) const {
        return {points.data() + path.first, path.count};
    }
};

[[nodiscard]] PlacedShapes place_shapes(const Detail& detail, std::span<const uint32_t> features, const PartView& view);

/// Calls sink(row, from, to, cover) for what a shape covers of the part's rows [first, last), row 0 being `first`.
/// `cells` is room to work in.
template <class Sink>
void cover(const PlacedShapes& all, const PlacedShapes::Shape& shape, int first, int last, CoverageCells& cells,
           const Sink& sink);
/// The same for a dot, within a part of some width.
template <class Sink>
void cover(const PlacedShapes::Square& dot, int width, int first, int last, const Sink& sink);

}  // namespace diaban

#include "render/software/placed_shapes_cover.h"
