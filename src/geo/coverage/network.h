// Segments between nodes on a grid, and how they are cut so that no two cross: the first half of finding faces.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geo/coverage/snap_grid.h"

namespace diaban {

struct NetworkSegment {
    uint32_t from = 0;  ///< node
    uint32_t to = 0;
    uint32_t feature = 0;  ///< lies to the left
    bool operator==(const NetworkSegment&) const = default;
};

struct Network {
    std::vector<GridPoint> nodes;  ///< ascending, each once
    std::vector<NetworkSegment> segments;
};

/// Puts a network together from paths.
class NetworkBuilder {
public:
    explicit NetworkBuilder(const SnapGrid& grid) : grid_(grid) {}
    void move_to(Point p);
    /// From where the path is; `reversed`: the feature lies to the right.
    void segment_to(Point p, uint32_t feature, bool reversed);
    /// The builder is empty afterwards.
    [[nodiscard]] Network finish() &&;

private:
    struct Visit {
        GridPoint node;
        uint32_t number;
    };
    const SnapGrid& grid_;
    std::vector<Visit> visits_;
    std::vector<NetworkSegment> segments_;
};

/// Cuts every segment at the nodes it passes within half a cell of, the grid points nearest to crossings included
/// (snap rounding, Hobby 1999): afterwards segments meet only in nodes. A node that is within half a cell of a
/// neighbour's segment so becomes part of it. Nothing when there are more than `most_crossings`.
/// On all cores; the result is the same for any number of them.
[[nodiscard]] std::optional<Network> cut_at_crossings(Network network, std::size_t most_crossings);

}  // namespace diaban
