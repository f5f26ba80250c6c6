// Where labels go. Greedy, by priority and then by size, without chance: the same picture gets the same labels.
//
// A polygon's label goes to where its visible part is roomiest, on one line, on two, or a little smaller; beside it
// where no neighbour is near enough to be taken for its owner; else at the end of a leader line in free space. A
// point's goes beside its mark. On dark ground of the dark theme labels are light. No label covers another, a leader
// line or furniture; symbols are covered only for want of better.
#pragma once

#include <vector>

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

/// `furniture`: boxes to keep clear of; `map`: whose symbols to avoid.
[[nodiscard]] LabelPlacement place_labels(const ViewContext& view, const std::vector<PixelBox>& furniture,
                                          const std::vector<MapItem>& map, double text_scale);

}  // namespace diaban
