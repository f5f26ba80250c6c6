// The segments of polygons' boundaries: which of them two polygons share, and which stand alone.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "geo/coverage/network.h"
#include "geo/geometry.h"

namespace diaban {

/// Every segment with its polygon on its left, whichever way its ring runs. A segment is named by the position of its
/// first coordinate in Geometry::points().
class Boundary {
public:
    /// Features for which `passed_over` holds are left out, and so are rings with coordinates that are not finite.
    /// On all cores.
    Boundary(const Geometry& polygons, const std::vector<uint8_t>& passed_over);

    /// Segments that no other one mirrors: coasts, holes, and where neighbours disagree. Where three or more lie on
    /// each other, all of them.
    [[nodiscard]] bool alone(uint32_t segment) const { return states_[segment] == State::alone; }
    /// One segment and the mirror image of another one, and no third: a border on which two polygons agree.
    [[nodiscard]] bool shared(uint32_t segment) const { return states_[segment] == State::shared; }

    /// The wanted segments on a grid; what the grid makes one point is no segment.
    [[nodiscard]] Network network(const SnapGrid& grid, const std::function<bool(uint32_t segment)>& wanted) const;

private:
    enum class State : uint8_t { none, alone, shared };
    struct Ring {
        uint32_t feature = 0;
        bool used = false;
        bool reversed = false;  ///< the polygon is on the right of the ring as it runs
    };
    void find_rings(const std::vector<uint8_t>& passed_over);
    void find_shared();

    const Geometry* polygons_;
    std::vector<Ring> rings_;
    std::vector<State> states_;
};

}  // namespace diaban
