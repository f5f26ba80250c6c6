// What lies within a distance of each feature, a few features at a time where there would be too many neighbours to
// hold.
#pragma once

#include <functional>

#include "query/evaluate/derived.h"

namespace diaban {

/// The next of steps that grow by half of a doubling, and at least a metre: what is found within it serves, while a
/// distance is dragged, for most steps.
[[nodiscard]] Metres rounded_up(Metres reach);

/// Calls take(f, neighbours) for each feature of the asked layer, on all cores, with what of the target (all of its
/// features) lies within `reach` or a little farther: each neighbour says how far. The only error is cancelled.
[[nodiscard]] Expected<void> for_each_neighbourhood(
    const Considered& target, Metres reach, const World& world,
    const std::function<void(uint32_t feature, std::span<const Neighbour> neighbours)>& take);

}  // namespace diaban
