// The faces that are covered by several polygons or, enclosed, by none.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/coverage/planar_graph.h"

namespace diaban {

struct ProblemFace {
    int32_t covered = 0;                    ///< by how many polygons
    std::vector<std::vector<Point>> rings;  ///< outline and holes, closed
    double area = 0;                        ///< squared units of the coordinates
    double perimeter = 0;
    std::vector<uint32_t> inside;   ///< features with a boundary here that cover the face, ascending
    std::vector<uint32_t> outside;  ///< features with a boundary here that lie beyond it, ascending
    Point on_edge;                  ///< the middle of the longest edge
};

/// In an order that depends on the network alone.
[[nodiscard]] std::vector<ProblemFace> problem_faces(const PlanarGraph& graph, const SnapGrid& grid);

}  // namespace diaban
