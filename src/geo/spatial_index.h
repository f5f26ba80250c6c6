// Which features may lie here? A packed R-tree over the features' boxes, in the order of a Hilbert curve through their
// middles (Kamel & Faloutsos 1993), built once from a Geometry, never changed. For a layer of points: 39 bytes each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace diaban {

class SpatialIndex {
public:
    SpatialIndex() = default;
    /// Coordinates that are not finite are passed over; a feature without any finite one is in no answer.
    explicit SpatialIndex(const Geometry& geometry);
    /// Over boxes, one a feature; a feature with an empty one is in no answer.
    explicit SpatialIndex(std::span<const Box> boxes);

    /// Features whose box meets `box`, in ascending order.
    [[nodiscard]] std::vector<uint32_t> query(const Box& box) const;
    [[nodiscard]] std::vector<uint32_t> query(Point p) const { return query(Box{p.x, p.y, p.x, p.y}); }
    /// Of the features that have one, the one of least `distance`, no farther than `reach`; of equals the last. A
    /// feature's distance must not be less than that of its box; only those of the nearest boxes are asked for.
    [[nodiscard]] std::optional<uint32_t> nearest(
        Point p, double reach, const std::function<std::optional<double>(uint32_t feature)>& distance) const;
    [[nodiscard]] std::size_t size() const { return items_.size(); }

private:
    struct Node {
        Box box;
        uint32_t first = 0;  ///< first child node, or first item of a leaf
        uint32_t count = 0;
        bool leaf = true;
    };
    std::vector<Box> boxes_;
    std::vector<uint32_t> items_;
    std::vector<Node> nodes_;
    uint32_t root_ = 0;
};

}  // namespace diaban
