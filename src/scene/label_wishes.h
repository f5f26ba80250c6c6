// What in view wants a label, in the order in which labels are placed, and the ground that it may stand on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scene/label_space.h"
#include "scene/theme_colours.h"

namespace diaban {

struct Wish {
    std::size_t layer = 0;  ///< of the workspace
    uint32_t feature = 0;
    std::size_t position = 0;  ///< in the layer's list of features in view
    std::string text;
};

struct LayerInView {
    std::vector<uint32_t> features;
    std::shared_ptr<const LabelGround> ground;  ///< null: none of the layer wants a label
};

struct Wishes {
    std::vector<Wish> list;  ///< by priority, then by size
    std::vector<LayerInView> layers;
};

/// `grid`, `furniture` and `covered` as for LabelGround; all of it has to outlive what is returned.
[[nodiscard]] Wishes find_wishes(const ViewContext& view, const CellGrid& grid, const std::vector<PixelBox>& furniture,
                                 const std::vector<uint8_t>& covered);

/// Where a feature is as a mark: a point, the middle of the visible part of a line, a small polygon's middle. Nothing
/// when that is outside the picture.
[[nodiscard]] std::optional<Pixel> anchor_of(const ViewContext& view, std::size_t layer, uint32_t feature);

}  // namespace diaban
