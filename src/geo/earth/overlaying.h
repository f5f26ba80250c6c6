// Which features of two layers lie one in the other: what distances between outlines do not tell.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "geo/earth/state.h"

namespace diaban::earth {

/// `other` holds a place of a feature, or the feature a place of `other`.
struct Overlay {
    uint32_t other = no_feature;
    Point at;
};

/// Grouped by feature: overlays[offsets[f]] … overlays[offsets[f + 1]], by `other`.
struct Overlays {
    std::vector<std::size_t> offsets;
    std::vector<Overlay> overlays;

    [[nodiscard]] std::span<const Overlay> of(uint32_t feature) const {
        return std::span(overlays).subspan(offsets[feature], offsets[feature + 1] - offsets[feature]);
    }
};

/// In the plane of degrees, by contains() of geo/planar.h, whole turns of longitude apart. One place of each part
/// tells, where outlines do not cross. The only error is cancelled.
[[nodiscard]] Expected<Overlays> overlaying(const State& of, const State& among, Progress& progress);

/// For each place in degrees, whether a considered feature of `areas` holds it.
[[nodiscard]] Expected<std::vector<uint8_t>> held(const Choice& areas, std::span<const Point> degrees,
                                                  Progress& progress);

}  // namespace diaban::earth
