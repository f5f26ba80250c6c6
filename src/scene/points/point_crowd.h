// How many of a layer's points are shown in any cell of the map, and where on average: what clusters and density
// surfaces are made from. Made anew when the filter changes, not for each frame.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "scene/points/curve_order.h"

namespace diaban {

class PointCrowd {
public:
    /// `shown`: one a feature (LayerResult::shown).
    PointCrowd(CurveOrderPtr order, std::span<const uint8_t> shown);

    [[nodiscard]] const CurveOrder& order() const { return *order_; }
    [[nodiscard]] uint32_t shown_count() const { return before_.back(); }
    /// Of the points at these positions.
    [[nodiscard]] uint32_t count(const CurveRange& range) const { return before_[range.last] - before_[range.first]; }
    [[nodiscard]] bool is_shown(uint32_t position) const { return before_[position + 1] != before_[position]; }
    /// The mean place of the shown ones, to within a cell of the order's level 0; NaN when there are none.
    [[nodiscard]] Point mean(const CurveRange& range) const;
    /// Features with a shown point there, ascending, each once.
    [[nodiscard]] std::vector<uint32_t> features(const CurveRange& range) const;
    /// The box of the shown points, as exactly as the mean.
    [[nodiscard]] Box box(const CurveRange& range) const;
    /// The most shown points that any cell of a level holds. Looks at every point.
    [[nodiscard]] uint32_t fullest(int level) const;

private:
    struct Sum {
        double x = 0, y = 0;
    };
    [[nodiscard]] Sum sum_before(uint32_t position) const;

    static constexpr uint32_t stride = 16;
    CurveOrderPtr order_;
    std::vector<uint32_t> before_;  // one more than positions: how many before it are shown
    std::vector<Sum> sums_;         // of the shown places before every 16th position
};
using PointCrowdPtr = std::shared_ptr<const PointCrowd>;

}  // namespace diaban
