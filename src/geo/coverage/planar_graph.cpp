#include "geo/coverage/planar_graph.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace diaban {
namespace {

/// Up and to the right: the first half turn from straight down.
bool in_first_half(GridPoint from, GridPoint to) {
    return to.x > from.x || (to.x == from.x && to.y > from.y);
}

}  // namespace

PlanarGraph::PlanarGraph(const Network& network, bool with_shared) : network_(network) {
    make_edges(with_shared);
    link_sides();
    trace_cycles();
    find_pieces();
    place_pieces();
}

void PlanarGraph::make_edges(bool with_shared) {
    struct Directed {
        uint32_t low, high;
        Owner owner;
    };
    std::vector<Directed> directed;
    directed.reserve(network_.segments.size());
    for (const NetworkSegment& s : network_.segments)
        directed.push_back({std::min(s.from, s.to), std::max(s.from, s.to), {s.feature, s.from < s.to}});
    const auto key = [](const Directed& d) { return std::tuple(d.low, d.high, d.owner.feature, d.owner.along); };
    std::ranges::sort(directed, {}, key);
    DIABAN_CHECK(directed.size() < outside / 2);

    for (auto run = directed.begin(); run != directed.end();) {
        const auto end = std::find_if(run, directed.end(),
                                      [&](const Directed& d) { return d.low != run->low || d.high != run->high; });
        const bool shared = end - run == 2 && run[0].owner.along != run[1].owner.along;
        if (!shared || with_shared) {
            Edge edge{run->low, run->high, static_cast<uint32_t>(owners_.size()), 0, 0};
            for (; run != end; ++run) {
                owners_.push_back(run->owner);
                edge.step += run->owner.along ? 1 : -1;
            }
            edge.owners_end = static_cast<uint32_t>(owners_.size());
            edges_.push_back(edge);
        }
        run = end;
    }
}

uint32_t PlanarGraph::start(uint32_t side) const {
    const Edge& edge = edges_[side / 2];
    return side % 2 == 0 ? edge.low : edge.high;
}

std::span<const PlanarGraph::Owner> PlanarGraph::owners(uint32_t side) const {
    const Edge& edge = edges_[side / 2];
    return std::span(owners_).subspan(edge.owners_begin, edge.owners_end - edge.owners_begin);
}

void PlanarGraph::link_sides() {
    const std::size_t node_count = network_.nodes.size();
    leaving_offsets_.assign(node_count + 1, 0);
    for (uint32_t side = 0; side < 2 * edges_.size(); ++side)
        ++leaving_offsets_[start(side) + 1];
    std::partial_sum(leaving_offsets_.begin(), leaving_offsets_.end(), leaving_offsets_.begin());
    leaving_.resize(2 * edges_.size());
    std::vector<uint32_t> fill(leaving_offsets_.begin(), leaving_offsets_.end() - 1);
    for (uint32_t side = 0; side < leaving_.size(); ++side)
        leaving_[fill[start(side)]++] = side;

    next_.resize(leaving_.size());
    for (uint32_t node = 0; node < node_count; ++node) {
        const std::span sides(leaving_.data() + leaving_offsets_[node], leaving_.data() + leaving_offsets_[node + 1]);
        const GridPoint here = network_.nodes[node];
        std::ranges::sort(sides, [&](uint32_t a, uint32_t b) {
            const GridPoint to_a = at(a ^ 1U), to_b = at(b ^ 1U);
            const bool first_a = in_first_half(here, to_a), first_b = in_first_half(here, to_b);
            return first_a != first_b ? first_a : cross(here, to_a, to_b) > 0;
        });
        // What arrives goes on along the next side clockwise, and so keeps its face on the left.
        for (std::size_t i = 0; i < sides.size(); ++i)
            next_[sides[i] ^ 1U] = sides[(i + sides.size() - 1) % sides.size()];
    }
}

void PlanarGraph::trace_cycles() {
    cycle_of_.assign(next_.size(), outside);
    for (uint32_t first = 0; first < next_.size(); ++first) {
        if (cycle_of_[first] != outside) continue;
        const auto cycle = static_cast<uint32_t>(first_side_.size());
        first_side_.push_back(first);
        for (uint32_t side = first; cycle_of_[side] == outside; side = next_[side])
            cycle_of_[side] = cycle;
    }
}

void PlanarGraph::find_pieces() {
    // Union-find whose roots are the smallest nodes: those are the westernmost ones.
    std::vector<uint32_t> root(network_.nodes.size());
    std::iota(root.begin(), root.end(), 0U);
    const auto find = [&root](uint32_t node) {
        while (root[node] != node)
            node = root[node] = root[root[node]];
        return node;
    };
    for (const Edge& edge : edges_) {
        const uint32_t a = find(edge.low), b = find(edge.high);
        root[std::max(a, b)] = std::min(a, b);
    }
    piece_of_.assign(first_side_.size(), outside);
    for (uint32_t node = 0; node < root.size(); ++node) {
        if (root[node] != node || leaving_offsets_[node] == leaving_offsets_[node + 1]) continue;
        // All of its sides go east; to the left of the uppermost lies what is west of the piece.
        const uint32_t cycle = cycle_of_[leaving_[leaving_offsets_[node + 1] - 1]];
        piece_of_[cycle] = static_cast<uint32_t>(outer_cycles_.size());
        outer_cycles_.push_back(cycle);
        first_nodes_.push_back(node);
    }
}

/// Edges by the bands of height they pass, for looking along a level line.
struct PlanarGraph::Bands {
    int64_t lowest = 0;
    int64_t height = 1;
    std::vector<uint32_t> offsets;
    std::vector<uint32_t> edges;

    [[nodiscard]] std::size_t band(int64_t y) const { return static_cast<std::size_t>((y - lowest) / height); }
    [[nodiscard]] std::span<const uint32_t> at(int64_t y) const {
        const std::size_t i = band(y);
        return {edges.data() + offsets[i], edges.data() + offsets[i + 1]};
    }
};

std::pair<GridPoint, GridPoint> PlanarGraph::upward(uint32_t edge) const {
    const GridPoint low = network_.nodes[edges_[edge].low], high = network_.nodes[edges_[edge].high];
    return low.y <= high.y ? std::pair(low, high) : std::pair(high, low);
}

PlanarGraph::Bands PlanarGraph::make_bands() const {
    constexpr int64_t most_bands = 1 << 22;
    Bands bands;
    int64_t highest = 0;
    double climb = 0;
    bands.lowest = std::numeric_limits<int64_t>::max();
    for (uint32_t e = 0; e < edges_.size(); ++e) {
        const auto [low, high] = upward(e);
        bands.lowest = std::min(bands.lowest, low.y), highest = std::max(highest, high.y);
        climb += static_cast<double>(high.y - low.y);
    }
    bands.height = std::max((highest - bands.lowest) / most_bands + 1,
                            static_cast<int64_t>(4 * climb / static_cast<double>(edges_.size())));
    bands.offsets.assign(bands.band(highest) + 2, 0);
    const auto for_each_band = [&](uint32_t e, auto body) {
        const auto [low, high] = upward(e);
        for (std::size_t i = bands.band(low.y); low.y != high.y && i <= bands.band(high.y); ++i)
            body(i);
    };
    for (uint32_t e = 0; e < edges_.size(); ++e)
        for_each_band(e, [&](std::size_t i) { ++bands.offsets[i + 1]; });
    std::partial_sum(bands.offsets.begin(), bands.offsets.end(), bands.offsets.begin());
    bands.edges.resize(bands.offsets.back());
    std::vector<uint32_t> fill(bands.offsets.begin(), bands.offsets.end() - 1);
    for (uint32_t e = 0; e < edges_.size(); ++e)
        for_each_band(e, [&](std::size_t i) { bands.edges[fill[i]++] = e; });
    return bands;
}

bool PlanarGraph::further_right(uint32_t a, uint32_t b) const {
    // Both pass the same height and do not cross: the higher one of their lower ends tells.
    const auto [a0, a1] = upward(a);
    const auto [b0, b1] = upward(b);
    if (a0 == b0) return cross(a0, a1, b1) > 0;
    if (a0.y < b0.y) return cross(a0, a1, b0) > 0;
    return cross(b0, b1, a0) < 0;
}

uint32_t PlanarGraph::west_of(GridPoint p, const Bands& bands) const {
    uint32_t nearest = outside;
    for (const uint32_t e : bands.at(p.y)) {
        const auto [low, high] = upward(e);
        if (low.y > p.y || high.y <= p.y || cross(low, high, p) >= 0) continue;
        if (nearest == outside || further_right(e, nearest)) nearest = e;
    }
    if (nearest == outside) return outside;
    const bool rises = network_.nodes[edges_[nearest].low].y < network_.nodes[edges_[nearest].high].y;
    const uint32_t cycle = cycle_of_[2 * nearest + (rises ? 1 : 0)];
    return is_outer(cycle) ? around_[piece_of_[cycle]] : cycle;
}

void PlanarGraph::place_pieces() {
    around_.assign(outer_cycles_.size(), outside);
    covered_.assign(first_side_.size(), unknown);
    if (outer_cycles_.empty()) return;
    const Bands bands = make_bands();
    // From west to east: whatever lies to the west of a piece's first node belongs to a piece that has its place.
    for (uint32_t piece = 0; piece < outer_cycles_.size(); ++piece) {
        around_[piece] = west_of(network_.nodes[first_nodes_[piece]], bands);
        covered_[outer_cycles_[piece]] = around_[piece] == outside ? 0 : covered_[around_[piece]];
        spread_cover(outer_cycles_[piece]);
    }
}

void PlanarGraph::spread_cover(uint32_t cycle) {
    std::vector<uint32_t> open{cycle};
    while (!open.empty()) {
        const uint32_t here = open.back();
        open.pop_back();
        uint32_t side = first_side_[here];
        do {
            const uint32_t beyond = cycle_of_[side ^ 1U];
            if (covered_[beyond] == unknown) {
                const int32_t step = edges_[side / 2].step;
                covered_[beyond] = covered_[here] - (side % 2 == 0 ? step : -step);
                open.push_back(beyond);
            }
            side = next_[side];
        } while (side != first_side_[here]);
    }
}

std::vector<uint32_t> PlanarGraph::sides_of(uint32_t cycle) const {
    std::vector<uint32_t> sides;
    uint32_t side = first_side_[cycle];
    do {
        sides.push_back(side);
        side = next_[side];
    } while (side != first_side_[cycle]);
    return sides;
}

std::vector<std::vector<uint32_t>> PlanarGraph::islands() const {
    std::vector<std::vector<uint32_t>> result(first_side_.size());
    for (std::size_t piece = 0; piece < around_.size(); ++piece)
        if (around_[piece] != outside) result[around_[piece]].push_back(outer_cycles_[piece]);
    return result;
}

}  // namespace diaban
