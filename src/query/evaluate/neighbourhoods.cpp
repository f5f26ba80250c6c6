#include "query/evaluate/neighbourhoods.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "data/gather.h"

namespace diaban {

namespace {

/// Of neighbours, to be remembered and to be held at once: a quarter of a gigabyte.
constexpr double most_neighbours = 1 << 24;
constexpr std::size_t sample_size = 256;

Expected<Neighbours> neighbours_of(std::span<const int32_t> features, const EarthShapes& among, Metres reach,
                                   const World& world) {
    const auto way = way_between(world, world.data().crs, Crs::wgs84());
    if (!way) return tl::unexpected(way.error());
    const auto some = EarthShapes::make(gathered(world.geometry(), features), *way, world.progress);
    if (!some) return tl::unexpected(some.error());
    return neighbours_within(**some, among, reach, world.progress);
}

/// How many neighbours a feature has, from some of them.
Expected<double> neighbours_each(const EarthShapes& among, Metres reach, const World& world) {
    const std::size_t count = std::min<std::size_t>(sample_size, world.count());
    if (count == 0) return 0;
    std::vector<int32_t> sample(count);
    for (std::size_t i = 0; i < count; ++i)
        sample[i] = static_cast<int32_t>(i * world.count() / count);
    const auto found = neighbours_of(sample, among, reach, world);
    if (!found) return tl::unexpected(found.error());
    return static_cast<double>(found->neighbours.size()) / static_cast<double>(count);
}

/// The same, remembered; 0 where there are few even if everything is near.
Expected<double> neighbours_expected(const Considered& target, const EarthShapes& among, Metres reach,
                                     const World& world) {
    if (static_cast<double>(world.count()) * target.layer->features->count() <= most_neighbours) return 0;
    CacheKey key;
    key.add("neighbours each").add(world.geometry()).add(world.data().crs);
    key.add(target.layer->features->base().geometry).add(target.layer->features->base().crs);
    const auto each = world.cache.get<double>(
        key.add(std::to_string(reach.value())), world.progress,
        [&]() -> Expected<std::shared_ptr<const double>> {
            const auto found = neighbours_each(among, reach, world);
            if (!found) return tl::unexpected(found.error());
            return std::make_shared<const double>(*found);
        },
        [](double) { return sizeof(double); });
    if (!each) return tl::unexpected(each.error());
    return **each;
}

void take_each(const Neighbours& found, uint32_t first, const auto& take) {
    parallel_for(found.offsets.size() - 1, [&](std::size_t i) {
        take(first + static_cast<uint32_t>(i),
             std::span(found.neighbours).subspan(found.offsets[i], found.offsets[i + 1] - found.offsets[i]));
    });
}

}  // namespace

Metres rounded_up(Metres reach) {
    if (!(reach.value() > 1)) return Metres(1);
    return std::max(reach, Metres(std::exp2(std::ceil(2 * std::log2(reach.value())) / 2)));
}

Expected<void> for_each_neighbourhood(
    const Considered& target, Metres reach, const World& world,
    const std::function<void(uint32_t feature, std::span<const Neighbour> neighbours)>& take) {
    const auto among = earth_shapes(world.asking(*target.layer));
    if (!among) return tl::unexpected(among.error());
    const double all = static_cast<double>(world.count());
    const Metres wider = rounded_up(reach);
    const auto each_wider = neighbours_expected(target, **among, wider, world);
    if (!each_wider) return tl::unexpected(each_wider.error());
    if (*each_wider * all <= most_neighbours) {
        const auto found = neighbours_about(target, wider, world);
        if (!found) return tl::unexpected(found.error());
        take_each(**found, 0, take);
        return {};
    }
    // Of the wider reach: an upper bound, and the sample may be off.
    const double at_once = std::clamp(most_neighbours / *each_wider, 1.0, all);
    for (uint32_t first = 0; first < world.count();) {
        const uint32_t count = std::min(static_cast<uint32_t>(at_once), world.count() - first);
        std::vector<int32_t> features(count);
        std::iota(features.begin(), features.end(), static_cast<int32_t>(first));
        const auto found = neighbours_of(features, **among, reach, world);
        if (!found) return tl::unexpected(found.error());
        take_each(*found, first, take);
        first += count;
        world.progress.set(static_cast<double>(first) / all);
    }
    return {};
}

}  // namespace diaban
