// Boxes in boxes, four at a time: where, in space, the pieces of a layer's shapes lie.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/float_quad.h"
#include "geo/earth/earth_point.h"

namespace diaban::earth {

/// Of floats, rounded outwards: at most a metre larger than what it holds.
struct EarthBox {
    static constexpr float none = std::numeric_limits<float>::infinity();
    std::array<float, 3> min{none, none, none};
    std::array<float, 3> max{-none, -none, -none};

    void extend(EarthPoint p);
    void extend(const EarthBox& other);
    [[nodiscard]] EarthPoint middle() const;
    /// The length of its diagonal.
    [[nodiscard]] double across() const;
};
[[nodiscard]] EarthBox box_of(std::span<const EarthPoint> points);

/// What a node holds: another node, of the layer or of a choice among its features, or a chain.
using Ref = uint32_t;
inline constexpr Ref no_ref = static_cast<Ref>(-1);
inline constexpr Ref chain_bit = Ref{1} << 31, choice_bit = Ref{1} << 30;
[[nodiscard]] inline bool is_chain(Ref ref) {
    return (ref & chain_bit) != 0;
}

struct Node {
    FloatQuad min[3], max[3];  ///< of the four children; infinitely far where there are fewer
    std::array<Ref, 4> children{no_ref, no_ref, no_ref, no_ref};

    [[nodiscard]] EarthBox box(std::size_t child) const;
    [[nodiscard]] EarthBox box() const;
};

/// Squared distances from a box to the four children, not more than they truly are (but for the rounding of floats,
/// which `squared_limit` allows for).
[[nodiscard]] inline FloatQuad squared_distances(const Node& node, const EarthBox& box) {
    FloatQuad sum{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const FloatQuad gap = most(most(node.min[axis] - box.max[axis], box.min[axis] - node.max[axis]), FloatQuad{});
        sum += gap * gap;
    }
    return sum;
}
/// Beyond this nothing is nearer than `metres`; finite.
[[nodiscard]] inline float squared_limit(double metres) {
    constexpr double farthest = 1e15, rounding = 1 + 1e-6;
    const double squared = metres * metres * rounding;
    return static_cast<float>(squared < farthest ? squared : farthest);
}

/// How many nodes pack() makes of so many items.
[[nodiscard]] std::size_t node_count(std::size_t items);
/// Makes a tree over items in the order of a curve: its nodes into `nodes`, of which the first has the number `first`.
/// Returns its root, which for a single item is the item itself; no_ref for none.
[[nodiscard]] Ref pack(std::vector<Ref> items, std::vector<EarthBox> boxes, std::span<Node> nodes, Ref first);

}  // namespace diaban::earth
