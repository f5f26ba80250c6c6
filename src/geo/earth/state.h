// What EarthShapes holds. A feature's outlines are cut into chains of a few edges; each feature has a tree over its
// chains, and the layer one over its features, all in curve order. A point is a chain without edges.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/earth/cut.h"
#include "geo/earth/earth_shapes.h"
#include "geo/earth/tree.h"

namespace diaban {

struct EarthShapes::State {
    /// Coordinates `first` to `first` + `edges`.
    struct Chain {
        uint32_t first = 0;
        uint32_t feature = 0;
        uint32_t edges = 0;
    };

    earth::Ground ground;
    std::vector<Chain> chains;  ///< a feature's follow one another
    std::vector<earth::Node> nodes;
    std::vector<earth::Ref> roots;  ///< one a feature; no_ref for one that is nowhere
    std::vector<uint32_t> order;    ///< features that are somewhere, along the curve
    earth::Ref root = earth::no_ref;
    earth::Ref first_above_features = 0;  ///< nodes from here on hold whole features

    /// Whether all of it belongs to one feature.
    [[nodiscard]] bool within_feature(earth::Ref ref) const {
        return earth::is_chain(ref) || ref < first_above_features;
    }
    [[nodiscard]] const Chain& chain(earth::Ref ref) const { return chains[ref & ~earth::chain_bit]; }
    [[nodiscard]] std::span<const earth::EarthPoint> corners(const Chain& chain) const {
        return std::span(ground.places).subspan(chain.first, chain.edges + 1);
    }
    /// Of a node of the layer, or a chain.
    [[nodiscard]] earth::EarthBox box(earth::Ref ref) const {
        return earth::is_chain(ref) ? earth::box_of(corners(chain(ref))) : nodes[ref].box();
    }
};

namespace earth {

using State = EarthShapes::State;

/// The features of a layer that count, as a tree; looks at the layer, which has to live longer.
class Choice {
public:
    /// Those with considered[f] != 0; an empty span: all.
    Choice(const State& state, std::span<const uint8_t> considered);

    [[nodiscard]] const State& state() const { return *state_; }
    [[nodiscard]] Ref root() const { return root_; }
    [[nodiscard]] const Node& node(Ref ref) const {
        return ref & choice_bit ? nodes_[ref & ~choice_bit] : state_->nodes[ref];
    }
    [[nodiscard]] EarthBox box(Ref ref) const { return is_chain(ref) ? state_->box(ref) : node(ref).box(); }
    [[nodiscard]] bool has(uint32_t feature) const { return considered_.empty() || considered_[feature] != 0; }

private:
    const State* state_;
    std::span<const uint8_t> considered_;
    std::vector<Node> nodes_;
    Ref root_;
};

}  // namespace earth
}  // namespace diaban
