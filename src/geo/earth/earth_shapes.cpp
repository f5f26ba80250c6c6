#include "geo/earth/earth_shapes.h"

#include "base/parallel.h"
#include "geo/earth/curve.h"
#include "geo/earth/state.h"

namespace diaban {
namespace earth {
namespace {

constexpr uint32_t edges_of_a_chain = 8;

uint32_t chains_of(std::size_t corners) {
    if (corners == 0) return 0;
    const auto edges = static_cast<uint32_t>(corners - 1);
    return edges == 0 ? 1 : (edges + edges_of_a_chain - 1) / edges_of_a_chain;
}

/// Makes the chains and the trees of a state whose ground is laid.
class Builder {
public:
    Builder(State& state, const Progress& progress) : state_(state), progress_(progress) {}

    void build() {
        count();
        boxes_.resize(state_.roots.size());
        parallel_for(state_.roots.size(), [this](std::size_t feature) {
            if (!progress_.cancelled()) build_feature(static_cast<uint32_t>(feature));
        });
        if (!progress_.cancelled()) build_top();
    }

private:
    void count() {
        const Geometry& degrees = state_.ground.degrees;
        const uint32_t features = degrees.feature_count();
        state_.roots.assign(features, no_ref);
        chain_offsets_.assign(features + 1, 0);
        node_offsets_.assign(features + 1, 0);
        for (uint32_t feature = 0; feature < features; ++feature) {
            uint32_t chains = 0;
            for (const uint32_t ring : degrees.rings_of(feature))
                chains += chains_of(degrees.ring(ring).size());
            chain_offsets_[feature + 1] = chain_offsets_[feature] + chains;
            node_offsets_[feature + 1] = node_offsets_[feature] + node_count(chains);
        }
        DIABAN_CHECK(chain_offsets_.back() < choice_bit);
        state_.chains.resize(chain_offsets_.back());
        std::size_t somewhere = 0;
        for (uint32_t feature = 0; feature < features; ++feature)
            somewhere += chain_offsets_[feature + 1] > chain_offsets_[feature];
        state_.nodes.resize(node_offsets_.back() + node_count(somewhere));
    }

    [[nodiscard]] std::vector<State::Chain> cut_into_chains(uint32_t feature) const {
        const Geometry& degrees = state_.ground.degrees;
        std::vector<State::Chain> chains;
        for (const uint32_t ring : degrees.rings_of(feature)) {
            const uint32_t begin = degrees.ring_offsets()[ring], end = degrees.ring_offsets()[ring + 1];
            const uint32_t count = chains_of(end - begin);
            for (uint32_t i = 0; i < count; ++i) {
                const uint32_t first = begin + i * edges_of_a_chain;
                chains.push_back({first, feature, std::min(edges_of_a_chain, end - 1 - first)});
            }
        }
        return chains;
    }

    void build_feature(uint32_t feature) {
        const std::size_t first = chain_offsets_[feature], count = chain_offsets_[feature + 1] - first;
        if (count == 0) return;
        const auto chains = cut_into_chains(feature);
        if (count == 1) {
            state_.chains[first] = chains[0];
            state_.roots[feature] = chain_bit | static_cast<Ref>(first);
            boxes_[feature] = box_of(state_.corners(chains[0]));
            return;
        }
        std::vector<EarthPoint> middles;
        for (const auto& chain : chains)
            middles.push_back(state_.corners(chain)[chain.edges / 2]);
        const auto order = curve_order(middles);
        std::vector<Ref> items;
        std::vector<EarthBox> boxes;
        for (std::size_t i = 0; i < count; ++i) {
            state_.chains[first + i] = chains[order[i]];
            items.push_back(chain_bit | static_cast<Ref>(first + i));
            boxes.push_back(box_of(state_.corners(chains[order[i]])));
        }
        const std::size_t node = node_offsets_[feature];
        state_.roots[feature] =
            pack(std::move(items), std::move(boxes),
                 std::span(state_.nodes).subspan(node, node_offsets_[feature + 1] - node), static_cast<Ref>(node));
        boxes_[feature] = state_.box(state_.roots[feature]);
    }

    void build_top() {
        std::vector<uint32_t> features;
        std::vector<EarthPoint> middles;
        for (uint32_t feature = 0; feature < state_.roots.size(); ++feature) {
            if (state_.roots[feature] == no_ref) continue;
            features.push_back(feature);
            middles.push_back(boxes_[feature].middle());
        }
        for (const uint32_t i : curve_order(middles))
            state_.order.push_back(features[i]);
        std::vector<Ref> items(state_.order.size());
        std::vector<EarthBox> boxes(items.size());
        parallel_ranges(items.size(), [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                items[i] = state_.roots[state_.order[i]];
                boxes[i] = boxes_[state_.order[i]];
            }
        });
        const std::size_t node = node_offsets_.back();
        state_.first_above_features = static_cast<Ref>(node);
        state_.root =
            pack(std::move(items), std::move(boxes), std::span(state_.nodes).subspan(node), static_cast<Ref>(node));
    }

    State& state_;
    const Progress& progress_;
    std::vector<std::size_t> chain_offsets_, node_offsets_;
    std::vector<EarthBox> boxes_;  ///< of whole features
};

}  // namespace

Choice::Choice(const State& state, std::span<const uint8_t> considered)
    : state_(&state), considered_(considered), root_(state.root) {
    DIABAN_CHECK(considered.empty() || considered.size() == state.roots.size());
    if (considered.empty()) return;
    std::vector<Ref> items;
    std::vector<EarthBox> boxes;
    for (const uint32_t feature : state.order) {
        if (!has(feature)) continue;
        items.push_back(state.roots[feature]);
        boxes.push_back(state.box(state.roots[feature]));
    }
    if (items.size() == state.order.size()) return;
    nodes_.resize(node_count(items.size()));
    root_ = pack(std::move(items), std::move(boxes), nodes_, choice_bit);
}

}  // namespace earth

EarthShapes::EarthShapes(std::unique_ptr<const State> state) : state_(std::move(state)) {}
EarthShapes::~EarthShapes() = default;

uint32_t EarthShapes::feature_count() const {
    return state_->ground.degrees.feature_count();
}

GeometryKind EarthShapes::kind() const {
    return state_->ground.degrees.kind();
}

std::size_t EarthShapes::bytes() const {
    const auto size_of = [](const auto& values) { return values.size() * sizeof(values[0]); };
    return size_of(state_->ground.degrees.points()) + size_of(state_->ground.places) + size_of(state_->chains) +
           size_of(state_->nodes) + size_of(state_->roots) + size_of(state_->order);
}

Expected<EarthShapesPtr> EarthShapes::make(const Geometry& geometry, const Transform& to_degrees, Progress& progress) {
    auto ground = earth::lay_on_ground(geometry, to_degrees, progress);
    if (!ground) return tl::unexpected(ground.error());
    auto state = std::make_unique<State>();
    state->ground = std::move(*ground);
    earth::Builder(*state, progress).build();
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return EarthShapesPtr(new EarthShapes(std::move(state)));
}

}  // namespace diaban
