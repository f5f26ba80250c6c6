#include "geo/relate/lies_in.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>

#include "base/parallel.h"
#include "geo/relate/outline_tree.h"
#include "geo/relate/point_slices.h"

namespace diaban {
namespace {

using Stretch = std::span<const PointSlices::Placed>;

constexpr std::size_t longest_stretch = 4096;  // points asked about between two looks at whether to go on
constexpr std::size_t worth_sharing = 16'384;  // points near one area for which several threads are worth while

/// What lies in the areas [begin, end): the items of each, one after the other.
struct Run {
    std::size_t begin = 0;
    std::vector<uint32_t> items;
    std::vector<std::size_t> counts;  ///< one an area
};

/// Puts items in ascending order. Each occurs once; `limit` is above all.
class Ascending {
public:
    explicit Ascending(std::size_t limit) : limit_(limit) {}
    void sort(std::span<uint32_t> items) {
        constexpr std::size_t bits = 64;
        if (items.size() < limit_ / bits + bits) {
            std::ranges::sort(items);
            return;
        }
        // So many that to mark them and to look through all marks is quicker.
        marks_.resize(limit_ / bits + 1);
        for (const uint32_t item : items)
            marks_[item / bits] |= uint64_t{1} << item % bits;
        auto next = items.begin();
        for (std::size_t word = 0; word < marks_.size(); ++word)
            for (uint64_t& left = marks_[word]; left != 0; left &= left - 1)
                *next++ = static_cast<uint32_t>(word * bits + static_cast<std::size_t>(std::countr_zero(left)));
    }

private:
    std::size_t limit_;
    std::vector<uint64_t> marks_;  ///< all 0 between calls
};

class Work {
public:
    Work(const Geometry& areas, std::span<const Point> points, Progress& progress)
        : areas_(areas), slices_(points), limit_(points.size()), progress_(progress) {}

    void run() {
        parallel_ranges(areas_.feature_count(), [&](std::size_t begin, std::size_t end) {
            Run run = of_areas(begin, end);
            const std::scoped_lock lock(mutex_);
            runs_.push_back(std::move(run));
        });
        std::ranges::sort(runs_, {}, &Run::begin);
    }

    [[nodiscard]] Containment result() const {
        Containment all;
        all.offsets.reserve(areas_.feature_count() + std::size_t{1});
        all.offsets.push_back(0);
        std::size_t total = 0;
        for (const Run& run : runs_) {
            total += run.items.size();
            for (const std::size_t count : run.counts)
                all.offsets.push_back(all.offsets.back() + count);
        }
        all.items.reserve(total);
        for (const Run& run : runs_)
            all.items.insert(all.items.end(), run.items.begin(), run.items.end());
        return all;
    }

private:
    Run of_areas(std::size_t begin, std::size_t end) {
        Run run{begin, {}, {}};
        run.counts.reserve(end - begin);
        OutlineTree tree;
        std::vector<Stretch> near;
        Ascending ascending(limit_);
        for (std::size_t area = begin; area < end && !progress_.cancelled(); ++area) {
            const std::size_t before = run.items.size();
            tree.assign(areas_, static_cast<uint32_t>(area));
            slices_.near(tree.box(), longest_stretch, near);
            add_inside(tree, near, run.items);
            run.counts.push_back(run.items.size() - before);
            ascending.sort(std::span(run.items).subspan(before));
        }
        const std::size_t done = done_ += end - begin;
        progress_.set(static_cast<double>(done) / static_cast<double>(areas_.feature_count()));
        return run;
    }

    void add_inside(const OutlineTree& tree, const std::vector<Stretch>& near, std::vector<uint32_t>& items) {
        const auto add = [&](Stretch stretch, std::vector<uint32_t>& to) {
            if (progress_.cancelled()) return;
            for (const PointSlices::Placed& placed : stretch)
                if (tree.contains(placed.at)) to.push_back(placed.item);
        };
        std::size_t count = 0;
        for (const Stretch stretch : near)
            count += stretch.size();
        if (count < worth_sharing) {
            for (const Stretch stretch : near)
                add(stretch, items);
            return;
        }
        std::vector<std::vector<uint32_t>> found(near.size());
        parallel_for(near.size(), [&](std::size_t i) { add(near[i], found[i]); });
        for (const auto& some : found)
            items.insert(items.end(), some.begin(), some.end());
    }

    const Geometry& areas_;
    const PointSlices slices_;
    const std::size_t limit_;
    Progress& progress_;
    std::atomic<std::size_t> done_ = 0;
    std::mutex mutex_;
    std::vector<Run> runs_;
};

}  // namespace

Expected<Containment> lies_in(const Geometry& areas, std::span<const Point> points, Progress& progress) {
    if (areas.kind() != GeometryKind::polygon)
        return Containment{std::vector<std::size_t>(areas.feature_count() + std::size_t{1}), {}};
    Work work(areas, points, progress);
    work.run();
    if (progress.cancelled()) return tl::unexpected(cancelled_error());
    return work.result();
}

}  // namespace diaban
