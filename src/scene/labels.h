// Where labels go. Greedy, by priority and then by size, without chance: the same picture gets the same labels.
//
// A polygon's label goes to where its visible part is roomiest, on one line, on two, or a little smaller; beside it
// where no neighbour is near enough to be taken for its owner; else at the end of a leader line in free space. A
// point's goes beside its mark. On dark ground of the dark theme labels are light. No label covers another, a leader
// line or furniture; symbols are covered only for want of better.
#pragma once

#include <optional>
#include <vector>

#include "scene/label_space.h"
#include "scene/theme_colours.h"

namespace diaban {

struct PlacedLabel {
    std::size_t layer = 0;  ///< of the workspace
    uint32_t feature = 0;
    PixelBox box;
    bool callout = false;
    /// The place on the map that it belongs to: its own middle where it stands inside its polygon, else the mark (or
    /// the end of the leader line) that it stands beside.
    Pixel anchor;
    std::size_t first_item = 0;  ///< of LabelPlacement::items
    std::size_t item_count = 0;
};

struct LabelPlacement {
    std::vector<PixelItem> items;
    std::vector<PlacedLabel> placed;
    std::vector<Unlabelled> unlabelled;  ///< visible, with a text, and no room
};

/// A callout's, from the feature to the text.
[[nodiscard]] std::optional<Segment> leader_of(const LabelPlacement& labels, const PlacedLabel& label);

/// Cells (of label_grid(), one byte each) under symbols; empty when there are none. Labels avoid them.
[[nodiscard]] std::vector<uint8_t> symbol_cells(const Frame& frame, const std::vector<MapItem>& map);

/// `furniture`: boxes to keep clear of. `shown` (labels free of each other, at their places in this frame) stay and
/// come first, but for those that furniture hides.
[[nodiscard]] LabelPlacement place_labels(const ViewContext& view, const std::vector<PixelBox>& furniture,
                                          const std::vector<uint8_t>& symbols, double text_scale,
                                          const LabelPlacement* shown = nullptr);

}  // namespace diaban
