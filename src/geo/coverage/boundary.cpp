#include "geo/coverage/boundary.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel.h"
#include "geo/hash_segment.h"
#include "geo/orientation.h"
#include "geo/planar.h"

namespace diaban {
namespace {

bool before(Point a, Point b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
}

/// Exact for rings that do not cross themselves: the turn at an extreme corner. Else what the area says.
bool runs_clockwise(std::span<const Point> ring) {
    const auto open = ring.first(ring.size() - 1);
    const std::size_t n = open.size();
    const auto extreme = static_cast<std::size_t>(std::ranges::min_element(open, before) - open.begin());
    std::size_t previous = (extreme + n - 1) % n, next = (extreme + 1) % n;
    while (open[previous] == open[extreme] && previous != next)
        previous = (previous + n - 1) % n;
    while (open[next] == open[extreme] && previous != next)
        next = (next + 1) % n;
    const int turn = orientation(open[previous], open[extreme], open[next]);
    return turn != 0 ? turn < 0 : signed_area(ring) < 0;
}

bool finite(std::span<const Point> ring) {
    return std::ranges::all_of(ring, [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

/// A segment to be compared with its equals.
struct Keyed {
    uint64_t hash;
    uint32_t segment;
    bool ascends;  ///< with its polygon on the left it runs from its smaller to its larger end
};

}  // namespace

Boundary::Boundary(const Geometry& polygons, const std::vector<uint8_t>& passed_over)
    : polygons_(&polygons), rings_(polygons.ring_count()), states_(polygons.points().size(), State::none) {
    find_rings(passed_over);
    find_shared();
}

void Boundary::find_rings(const std::vector<uint8_t>& passed_over) {
    parallel_for(polygons_->feature_count(), [&](std::size_t i) {
        const auto feature = static_cast<uint32_t>(i);
        for (const uint32_t part : polygons_->parts_of(feature)) {
            bool outer = true;
            for (const uint32_t r : polygons_->rings_of_part(part)) {
                const auto ring = polygons_->ring(r);
                const bool used = !passed_over[feature] && ring.size() > 3 && finite(ring);
                rings_[r] = {feature, used, used && runs_clockwise(ring) == outer};
                outer = false;
            }
        }
    });
}

void Boundary::find_shared() {
    // Segments go into bins by their hash, so that equals meet in one bin and a bin fits a core's cache.
    constexpr std::size_t bin_count = 1024;
    const auto bin_of = [](uint64_t hash) { return static_cast<std::size_t>(hash >> 54); };
    const auto& points = polygons_->points();
    std::vector<uint64_t> hashes(points.size());
    parallel_for(rings_.size(), [&](std::size_t r) {
        const auto first = polygons_->ring_offsets()[r], last = polygons_->ring_offsets()[r + 1];
        for (uint32_t i = first; rings_[r].used && i + 1 < last; ++i)
            if (points[i] != points[i + 1]) {
                hashes[i] = hash_segment(points[i], points[i + 1]);
                states_[i] = State::alone;
            }
    });
    std::array<std::size_t, bin_count + 1> bins{};
    for (std::size_t i = 0; i < points.size(); ++i)
        if (states_[i] != State::none) ++bins[bin_of(hashes[i]) + 1];
    for (std::size_t bin = 0; bin < bin_count; ++bin)
        bins[bin + 1] += bins[bin];
    std::vector<Keyed> keyed(bins.back());
    auto next = bins;
    for (std::size_t r = 0; r < rings_.size(); ++r)
        for (uint32_t i = polygons_->ring_offsets()[r]; i < polygons_->ring_offsets()[r + 1]; ++i)
            if (states_[i] != State::none)
                keyed[next[bin_of(hashes[i])]++] = {hashes[i], i,
                                                    before(points[i], points[i + 1]) != rings_[r].reversed};

    const auto mirror = [&points](const Keyed& a, const Keyed& b) {
        const Point a0 = points[a.segment], a1 = points[a.segment + 1];
        const Point b0 = points[b.segment], b1 = points[b.segment + 1];
        return a.ascends != b.ascends && ((a0 == b1 && a1 == b0) || (a0 == b0 && a1 == b1));
    };
    parallel_for(bin_count, [&](std::size_t bin) {
        const auto begin = keyed.begin() + static_cast<std::ptrdiff_t>(bins[bin]);
        const auto end = keyed.begin() + static_cast<std::ptrdiff_t>(bins[bin + 1]);
        std::sort(begin, end, [](const Keyed& a, const Keyed& b) { return a.hash < b.hash; });
        for (auto run = begin; run != end;) {
            const auto run_end = std::find_if(run, end, [&](const Keyed& k) { return k.hash != run->hash; });
            // Three segments on each other, or different ones of one hash, are left to the network.
            if (run_end - run == 2 && mirror(run[0], run[1]))
                states_[run[0].segment] = states_[run[1].segment] = State::shared;
            run = run_end;
        }
    });
}

Network Boundary::network(const SnapGrid& grid, const std::function<bool(uint32_t)>& wanted) const {
    NetworkBuilder builder(grid);
    const auto& points = polygons_->points();
    for (std::size_t r = 0; r < rings_.size(); ++r) {
        bool joined = false;  // the segment before is in the network
        for (uint32_t i = polygons_->ring_offsets()[r]; i < polygons_->ring_offsets()[r + 1]; ++i) {
            if (states_[i] == State::none || !wanted(i)) {
                joined = false;
                continue;
            }
            if (!joined) builder.move_to(points[i]);
            builder.segment_to(points[i + 1], rings_[r].feature, rings_[r].reversed);
            joined = true;
        }
    }
    return std::move(builder).finish();
}

}  // namespace diaban
