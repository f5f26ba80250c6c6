// The shapes of a layer made ready for being compared: finite and valid, repaired where they were not.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/progress.h"
#include "geo/geometry.h"
#include "geo/relate/outline_tree.h"

namespace diaban {

/// One feature's shape: the layer's own, or the repaired copy.
struct ValidShape {
    const Geometry* geometry = nullptr;  ///< null: there is none, or it cannot be compared
    uint32_t feature = 0;
};

class LayerShapes {
public:
    /// Of the features that are needed (one flag a feature). The layer has to live as long. On all cores; where it was
    /// cancelled, no shapes.
    LayerShapes(const Geometry& layer, std::span<const uint8_t> needed, Progress& progress);

    [[nodiscard]] ValidShape shape(uint32_t feature) const;
    /// Features that stay as GEOS will not have them, ascending.
    [[nodiscard]] const std::vector<uint32_t>& failed() const { return failed_; }

private:
    const Geometry& layer_;
    std::vector<uint8_t> ready_;
    std::vector<std::unique_ptr<const Geometry>> repaired_;  ///< one a feature; null for what is fine as it is
    std::vector<uint32_t> failed_;
};

/// A valid polygon feature made for being compared with others edge by edge.
class PolygonShape {
public:
    explicit PolygonShape(ValidShape shape);
    [[nodiscard]] const OutlineTree& tree() const { return tree_; }
    /// For an edge of the tree, given by its first corner: whether the inside is on its left.
    [[nodiscard]] bool inside_is_left(const Point& corner) const;

private:
    ValidShape shape_;
    OutlineTree tree_;
    std::vector<uint8_t> left_;  ///< one a ring of the feature
};

}  // namespace diaban
