// The faces of a network whose segments meet only in nodes, and by how many polygons each is covered.
//
// Segments on each other are one edge. An edge has two sides: 2e runs along it from its smaller node to its larger one,
// 2e + 1 back. Sides that follow each other with the same face on their left form a cycle; a connected piece of the
// network has one outer cycle, with the face around the piece on its left, and every other cycle is the outline of a
// face of its own.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "geo/coverage/network.h"

namespace diaban {

class PlanarGraph {
public:
    static constexpr uint32_t outside = std::numeric_limits<uint32_t>::max();

    struct Owner {
        uint32_t feature = 0;
        bool along = false;  ///< the feature lies to the left of side 2e, else of 2e + 1
    };

    /// Edges on which two polygons agree are part of the graph only where `with_shared`. The network has to outlive
    /// the graph.
    PlanarGraph(const Network& network, bool with_shared);

    [[nodiscard]] uint32_t cycle_count() const { return static_cast<uint32_t>(first_side_.size()); }
    [[nodiscard]] bool is_outer(uint32_t cycle) const { return piece_of_[cycle] != outside; }
    /// How many polygons cover the face on the cycle's left.
    [[nodiscard]] int32_t covered(uint32_t cycle) const { return covered_[cycle]; }
    /// By cycle: the outer cycles of the pieces that lie in its face without touching it.
    [[nodiscard]] std::vector<std::vector<uint32_t>> islands() const;

    [[nodiscard]] std::vector<uint32_t> sides_of(uint32_t cycle) const;
    /// The node from which a side runs.
    [[nodiscard]] uint32_t start(uint32_t side) const;
    [[nodiscard]] GridPoint node(uint32_t index) const { return network_.nodes[index]; }
    /// Whose boundary the side's edge is.
    [[nodiscard]] std::span<const Owner> owners(uint32_t side) const;

private:
    struct Edge {
        uint32_t low = 0;
        uint32_t high = 0;
        uint32_t owners_begin = 0;
        uint32_t owners_end = 0;
        int32_t step = 0;  ///< how many more polygons lie to the left of side 2e than to its right
    };
    void make_edges(bool with_shared);
    void link_sides();
    void trace_cycles();
    void find_pieces();
    void place_pieces();
    void spread_cover(uint32_t cycle);
    [[nodiscard]] GridPoint at(uint32_t side) const { return network_.nodes[start(side)]; }
    /// An edge's ends, the lower one first.
    [[nodiscard]] std::pair<GridPoint, GridPoint> upward(uint32_t edge) const;
    struct Bands;
    [[nodiscard]] Bands make_bands() const;
    /// The cycle whose face lies just east of the edge that is nearest to the west of `p`; outside when there is none.
    [[nodiscard]] uint32_t west_of(GridPoint p, const Bands& bands) const;
    /// Whether edge a lies east of edge b.
    [[nodiscard]] bool further_right(uint32_t a, uint32_t b) const;

    static constexpr int32_t unknown = std::numeric_limits<int32_t>::min();

    const Network& network_;
    std::vector<Edge> edges_;
    std::vector<Owner> owners_;
    std::vector<uint32_t> leaving_offsets_;  ///< by node
    std::vector<uint32_t> leaving_;          ///< sides that leave a node, counter-clockwise from straight down
    std::vector<uint32_t> next_;             ///< by side
    std::vector<uint32_t> cycle_of_;         ///< by side
    std::vector<uint32_t> first_side_;       ///< by cycle
    std::vector<uint32_t> piece_of_;         ///< by cycle: the piece whose outer cycle it is, or outside
    std::vector<int32_t> covered_;           ///< by cycle
    std::vector<uint32_t> outer_cycles_;     ///< by piece, in the order of the pieces' first nodes
    std::vector<uint32_t> first_nodes_;      ///< by piece: its westernmost node
    std::vector<uint32_t> around_;           ///< by piece: the cycle whose face it lies in, or outside
};

}  // namespace diaban
