// Points in upright slices of about as many points each, by height within each: which lie in a box? Slices follow the
// points' ranks and not their coordinates, so that neither towns nor one stray place far off make a slice too full.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

class PointSlices {
public:
    struct Placed {
        Point at;
        uint32_t item = 0;  ///< its index among the points
    };

    /// Points that are not finite are in no answer. On all cores.
    explicit PointSlices(std::span<const Point> points);

    /// Stretches of points, all within the box's height, and among them all that lie in the box; of a slice at the
    /// box's side others too. No longer than `longest` each.
    void near(const Box& box, std::size_t longest, std::vector<std::span<const Placed>>& stretches) const;
    /// How many points there are.
    [[nodiscard]] std::size_t size() const { return placed_.size(); }

private:
    std::vector<double> starts_;  ///< a slice has its start's x and all up to the next one's; the first everything
    std::vector<std::size_t> offsets_;  ///< one more than slices
    std::vector<Placed> placed_;
};

}  // namespace diaban
