#include "geo/relate/point_slices.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace diaban {
namespace {

constexpr std::size_t block_size = 16'384;  // points that are put into slices in one go

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// Where slices begin, from a sample of the points: ascending, each one once.
std::vector<double> choose_starts(std::span<const Point> points) {
    const auto slices = static_cast<std::size_t>(std::sqrt(static_cast<double>(points.size())));
    constexpr std::size_t sampled_for_each = 16;
    const std::size_t step =
        std::max<std::size_t>(1, points.size() / std::max<std::size_t>(1, slices * sampled_for_each));
    std::vector<double> sample;
    for (std::size_t i = 0; i < points.size(); i += step)
        if (finite(points[i])) sample.push_back(points[i].x);
    std::ranges::sort(sample);
    std::vector<double> starts;
    for (std::size_t s = 1; s < slices && !sample.empty(); ++s)
        starts.push_back(sample[s * sample.size() / slices]);
    starts.erase(std::ranges::unique(starts).begin(), starts.end());
    return starts;
}

/// The slice that x lies in: how many starts are not beyond it. The compiler makes this loop without a jump.
std::size_t slice_of(const std::vector<double>& starts, double x) {
    const double* first = starts.data();
    std::size_t left = starts.size();
    while (left > 1) {
        const std::size_t half = left / 2;
        first = first[half - 1] <= x ? first + half : first;
        left -= half;
    }
    return static_cast<std::size_t>(first - starts.data()) + (left == 1 && *first <= x ? 1 : 0);
}

}  // namespace

PointSlices::PointSlices(std::span<const Point> points) : starts_(choose_starts(points)) {
    const std::size_t slices = starts_.size() + 1;
    const std::size_t blocks = (points.size() + block_size - 1) / block_size;
    const auto each_in_block = [&](std::size_t block, const auto& body) {
        for (std::size_t i = block * block_size; i < std::min(points.size(), (block + 1) * block_size); ++i)
            if (finite(points[i])) body(i);
    };
    // Counted, then put in place, block after block: the same result however many threads there are.
    std::vector<uint32_t> slice_of_point(points.size());
    std::vector<std::size_t> next(blocks * slices);
    parallel_for(blocks, [&](std::size_t block) {
        each_in_block(block, [&](std::size_t i) {
            const std::size_t slice = slice_of(starts_, points[i].x);
            slice_of_point[i] = static_cast<uint32_t>(slice);
            ++next[block * slices + slice];
        });
    });
    offsets_.assign(1, 0);
    std::size_t sum = 0;
    for (std::size_t slice = 0; slice < slices; ++slice) {
        for (std::size_t block = 0; block < blocks; ++block) {
            const std::size_t count = next[block * slices + slice];
            next[block * slices + slice] = sum;
            sum += count;
        }
        offsets_.push_back(sum);
    }
    placed_.resize(sum);
    parallel_for(blocks, [&](std::size_t block) {
        each_in_block(block, [&](std::size_t i) {
            placed_[next[block * slices + slice_of_point[i]]++] = {points[i], static_cast<uint32_t>(i)};
        });
    });
    parallel_for(slices, [&](std::size_t slice) {
        std::sort(placed_.begin() + static_cast<std::ptrdiff_t>(offsets_[slice]),
                  placed_.begin() + static_cast<std::ptrdiff_t>(offsets_[slice + 1]),
                  [](const Placed& a, const Placed& b) { return a.at.y < b.at.y; });
    });
}

void PointSlices::near(const Box& box, std::size_t longest, std::vector<std::span<const Placed>>& stretches) const {
    stretches.clear();
    if (box.empty()) return;
    const std::size_t last = slice_of(starts_, box.max_x);
    for (std::size_t slice = slice_of(starts_, box.min_x); slice <= last; ++slice) {
        const std::span all(placed_.data() + offsets_[slice], placed_.data() + offsets_[slice + 1]);
        if (all.empty() || all.front().at.y > box.max_y || all.back().at.y < box.min_y) continue;
        const auto height = [](const Placed& p) { return p.at.y; };
        const auto from = std::ranges::lower_bound(all, box.min_y, {}, height);
        const auto to = std::ranges::upper_bound(from, all.end(), box.max_y, {}, height);
        for (std::span rest(from, to); !rest.empty(); rest = rest.subspan(std::min(longest, rest.size())))
            stretches.push_back(rest.first(std::min(longest, rest.size())));
    }
}

}  // namespace diaban
