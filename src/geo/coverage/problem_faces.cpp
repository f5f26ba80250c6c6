#include "geo/coverage/problem_faces.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace diaban {
namespace {

using Loop = std::vector<uint32_t>;  ///< nodes, the first one not repeated

/// A cycle cut where it comes back to a node: loops that visit no node twice. What runs to and fro encloses nothing
/// and is left out.
std::vector<Loop> simple_loops(const PlanarGraph& graph, uint32_t cycle) {
    std::vector<Loop> loops;
    Loop path;
    std::unordered_map<uint32_t, std::size_t> position;
    for (const uint32_t side : graph.sides_of(cycle)) {
        const uint32_t node = graph.start(side);
        if (const auto seen = position.find(node); seen != position.end()) {
            const auto begin = path.begin() + static_cast<std::ptrdiff_t>(seen->second);
            if (path.end() - begin > 2) loops.emplace_back(begin, path.end());
            for (auto it = begin; it != path.end(); ++it)
                position.erase(*it);
            path.erase(begin, path.end());
        }
        position[node] = path.size();
        path.push_back(node);
    }
    if (path.size() > 2) loops.push_back(std::move(path));
    return loops;
}

/// Positive when the loop runs counter-clockwise; exact.
Wide twice_area(const PlanarGraph& graph, const Loop& loop) {
    Wide sum = 0;
    const GridPoint origin = graph.node(loop.front());
    for (std::size_t i = 2; i < loop.size(); ++i)
        sum += cross(origin, graph.node(loop[i - 1]), graph.node(loop[i]));
    return sum;
}

std::vector<Point> ring_of(const PlanarGraph& graph, const SnapGrid& grid, const Loop& loop) {
    std::vector<Point> ring;
    ring.reserve(loop.size() + 1);
    for (const uint32_t node : loop)
        ring.push_back(grid.place(graph.node(node)));
    ring.push_back(ring.front());
    return ring;
}

void make_set(std::vector<uint32_t>& values) {
    std::ranges::sort(values);
    const auto rest = std::ranges::unique(values);
    values.erase(rest.begin(), rest.end());
}

/// Collects one face from its cycles.
class FaceMaker {
public:
    FaceMaker(const PlanarGraph& graph, const SnapGrid& grid) : graph_(graph), grid_(grid) {}

    void add(uint32_t cycle) {
        for (const Loop& loop : simple_loops(graph_, cycle)) {
            const Wide area = twice_area(graph_, loop);
            if (area == 0) continue;
            area_ += area;
            auto ring = ring_of(graph_, grid_, loop);
            // The outline is the only loop that runs counter-clockwise.
            face_.rings.insert(area > 0 ? face_.rings.begin() : face_.rings.end(), std::move(ring));
        }
        for (const uint32_t side : graph_.sides_of(cycle))
            look_at(side);
    }
    [[nodiscard]] std::optional<ProblemFace> finish(int32_t covered) && {
        if (area_ <= 0 || face_.rings.empty()) return {};
        make_set(face_.inside);
        make_set(face_.outside);
        face_.covered = covered;
        face_.area = static_cast<double>(area_) / 2 * grid_.cell() * grid_.cell();
        return std::move(face_);
    }

private:
    void look_at(uint32_t side) {
        const Point a = grid_.place(graph_.node(graph_.start(side)));
        const Point b = grid_.place(graph_.node(graph_.start(side ^ 1U)));
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        face_.perimeter += length;
        if (length > longest_) {
            longest_ = length;
            face_.on_edge = {(a.x + b.x) / 2, (a.y + b.y) / 2};
        }
        for (const PlanarGraph::Owner& owner : graph_.owners(side)) {
            const bool on_left = owner.along == (side % 2 == 0);
            (on_left ? face_.inside : face_.outside).push_back(owner.feature);
        }
    }

    const PlanarGraph& graph_;
    const SnapGrid& grid_;
    ProblemFace face_;
    Wide area_ = 0;
    double longest_ = -1;
};

}  // namespace

std::vector<ProblemFace> problem_faces(const PlanarGraph& graph, const SnapGrid& grid) {
    const auto islands = graph.islands();
    std::vector<ProblemFace> faces;
    for (uint32_t cycle = 0; cycle < graph.cycle_count(); ++cycle) {
        if (graph.is_outer(cycle)) continue;
        const int32_t covered = graph.covered(cycle);
        if (covered == 1 || covered < 0) continue;
        FaceMaker maker(graph, grid);
        maker.add(cycle);
        for (const uint32_t island : islands[cycle])
            maker.add(island);
        if (auto face = std::move(maker).finish(covered)) faces.push_back(std::move(*face));
    }
    return faces;
}

}  // namespace diaban
