#include "geo/earth/search.h"

#include <algorithm>
#include <limits>

#include "geo/earth/meeting.h"

namespace diaban::earth {
namespace {

/// body(ref of a chain) for those whose boxes are no farther than the limit, which body may lower: nearer ones first,
/// by and large.
template <class Limit, class Body>
void each_near_chain(const Choice& among, Ref root, const EarthBox& box, std::vector<Waiting>& stack,
                     const Limit& squared_limit, const Body& body) {
    stack.clear();
    if (root != no_ref) stack.push_back({root, 0});
    while (!stack.empty()) {
        const Waiting next = stack.back();
        stack.pop_back();
        if (!(next.squared <= squared_limit())) continue;
        if (is_chain(next.ref)) {
            body(next.ref);
            continue;
        }
        const Node& node = among.node(next.ref);
        const FloatQuad squared = squared_distances(node, box);
        const std::size_t first = stack.size();
        for (std::size_t child = 0; child < node.children.size(); ++child) {
            if (!(squared[child] <= squared_limit())) continue;
            // The nearest last, and of equals the first, so that it is looked at first.
            std::size_t at = stack.size();
            stack.push_back({node.children[child], squared[child]});
            for (; at > first && stack[at - 1].squared <= stack[at].squared; --at)
                std::swap(stack[at - 1], stack[at]);
        }
    }
}

/// The nearest spot of a chain to p, and its chord squared.
struct OnChain {
    Spot spot;
    double squared = std::numeric_limits<double>::infinity();
};

OnChain nearest_on(const State& state, const State::Chain& chain, EarthPoint p) {
    const auto corners = state.corners(chain);
    if (chain.edges == 0) return {{chain.first, 0}, dot(p - corners[0], p - corners[0])};
    OnChain best;
    for (uint32_t edge = 0; edge < chain.edges; ++edge) {
        const double share = nearest_share(p, corners[edge], corners[edge + 1]);
        const EarthPoint away = p - (corners[edge] + (corners[edge + 1] - corners[edge]) * share);
        const double squared = dot(away, away);
        if (squared >= best.squared) continue;
        best = {share == 1 ? Spot{chain.first + edge + 1, 0} : Spot{chain.first + edge, share}, squared};
    }
    return best;
}

std::span<const Point> degrees_of(const State& state, const State::Chain& chain) {
    return state.ground.degrees.points().subspan(chain.first, chain.edges + 1);
}

}  // namespace

void Search::run(uint32_t feature, Found& found, uint32_t without) {
    const Ref root = of_.roots[feature];
    if (root == no_ref || among_.root() == no_ref) return;
    if (is_chain(root) && of_.chain(root).edges == 0)
        from_point(of_.chain(root).first, among_.root(), found, without);
    else
        from_outline(root, among_.root(), found, without);
}

void Search::run_on(uint32_t feature, Ref other, Found& found) {
    const Ref root = of_.roots[feature];
    if (is_chain(root) && of_.chain(root).edges == 0)
        from_point(of_.chain(root).first, other, found, no_feature);
    else
        from_outline(root, other, found, no_feature);
}

void Search::from_point(uint32_t corner, Ref root, Found& found, uint32_t without) {
    const EarthPoint p = of_.ground.places[corner];
    const State& among = among_.state();
    each_near_chain(
        among_, root, box_of({&p, 1}), stack_, [&] { return found.squared_limit(); },
        [&](Ref ref) {
            const State::Chain& chain = among.chain(ref);
            if (chain.feature == without) return;
            const OnChain nearest = nearest_on(among, chain, p);
            if (nearest.squared <= found.limit() * found.limit())
                found.offer({std::sqrt(nearest.squared), chain.feature, {corner, 0}, nearest.spot, false, {}});
        });
}

bool Search::later(const Pair& a, const Pair& b) {
    return a.squared != b.squared ? a.squared > b.squared : a.size > b.size;
}

void Search::push_children(const Node& node, bool of_side, const Pair& pair, const Found& found) {
    const FloatQuad squared = squared_distances(node, of_side ? pair.among_box : pair.of_box);
    for (std::size_t child = 0; child < node.children.size(); ++child) {
        if (!(squared[child] <= found.squared_limit())) continue;
        Pair next = pair;
        next.squared = squared[child];
        (of_side ? next.of : next.among) = node.children[child];
        (of_side ? next.of_box : next.among_box) = node.box(child);
        next.size = next.of_box.across() + next.among_box.across();
        heap_.push_back(next);
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
}

/// The pair of boxes nearest to each other first (Hjaltason and Samet 1998): of two shapes far apart only the parts
/// that face each other are looked at.
void Search::from_outline(Ref feature_root, Ref root, Found& found, uint32_t without) {
    heap_.clear();
    heap_.push_back({0, 0, feature_root, root, of_.box(feature_root), among_.box(root)});
    while (!heap_.empty()) {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Pair pair = heap_.back();
        heap_.pop_back();
        if (!(pair.squared <= found.squared_limit())) return;
        const bool of_is_chain = is_chain(pair.of), among_is_chain = is_chain(pair.among);
        if (of_is_chain && among_is_chain)
            compare(pair, found, without);
        else if (among_is_chain || (!of_is_chain && pair.of_box.across() > pair.among_box.across()))
            push_children(of_.nodes[pair.of], true, pair, found);
        else
            push_children(among_.node(pair.among), false, pair, found);
    }
}

void Search::compare(const Pair& pair, Found& found, uint32_t without) const {
    const State& among = among_.state();
    const State::Chain &a = of_.chain(pair.of), &b = among.chain(pair.among);
    if (b.feature == without || found.settled(b.feature)) return;
    Found::Candidate best{std::numeric_limits<double>::infinity(), b.feature, {}, {}, false, {}};
    double squared = best.chord;
    for (uint32_t corner = a.first; corner <= a.first + a.edges; ++corner) {
        const OnChain near = nearest_on(among, b, of_.ground.places[corner]);
        if (near.squared < squared) squared = near.squared, best.from = {corner, 0}, best.to = near.spot;
    }
    for (uint32_t corner = b.first; corner <= b.first + b.edges; ++corner) {
        const OnChain near = nearest_on(of_, a, among.ground.places[corner]);
        if (near.squared < squared) squared = near.squared, best.from = near.spot, best.to = {corner, 0};
    }
    best.chord = std::sqrt(squared);
    const auto outline = degrees_of(of_, a);
    if (squared == 0) {
        best.touching = true, best.at = outline[best.from.corner - a.first];
    } else if (static_cast<double>(pair.squared) <= chord_error * chord_error) {
        if (const auto at = crossing(outline, degrees_of(among, b)))
            best.touching = true, best.at = *at, best.chord = 0;
    }
    found.offer(best);
}

double nearest_chord(const Choice& among, EarthPoint p, double limit) {
    std::vector<Waiting> stack;
    double squared = limit * limit;
    bool any = false;
    float pruned = squared_limit(limit);
    each_near_chain(
        among, among.root(), box_of({&p, 1}), stack, [&] { return pruned; },
        [&](Ref ref) {
            const double here = nearest_on(among.state(), among.state().chain(ref), p).squared;
            if (!(here <= squared)) return;
            any = true, squared = here, pruned = squared_limit(std::sqrt(here));
        });
    return any ? std::sqrt(squared) : std::numeric_limits<double>::infinity();
}

void chains_near(const Choice& among, const EarthBox& box, double metres, std::vector<Ref>& chains) {
    std::vector<Waiting> stack;
    chains.clear();
    const float limit = squared_limit(metres);
    each_near_chain(
        among, among.root(), box, stack, [&] { return limit; }, [&](Ref ref) { chains.push_back(ref); });
}

std::vector<uint32_t> features_near(const Choice& among, const EarthBox& box, double metres) {
    std::vector<uint32_t> features;
    if (among.root() == no_ref) return features;
    const State& state = among.state();
    const float limit = squared_limit(metres);
    std::vector<Ref> stack{among.root()};
    while (!stack.empty()) {
        Ref ref = stack.back();
        stack.pop_back();
        if (state.within_feature(ref)) {
            while (!is_chain(ref))
                ref = state.nodes[ref].children[0];
            features.push_back(state.chain(ref).feature);
            continue;
        }
        const Node& node = among.node(ref);
        const FloatQuad squared = squared_distances(node, box);
        for (std::size_t child = 0; child < node.children.size(); ++child)
            if (squared[child] <= limit) stack.push_back(node.children[child]);
    }
    std::ranges::sort(features);
    return features;
}

}  // namespace diaban::earth
