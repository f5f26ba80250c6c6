// What was decided when the view last rested, and is carried along while it moves: labels keep their places on the map,
// furniture its corners.
//
// Placing labels anew for every frame would let them jump, and costs more than a frame has. A moving frame only moves
// them: those that come to lie on others when the view grows drop out, in the order in which they were placed. New ones
// wait until the view rests; on a long way they come in the background, beside those that are shown.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "scene/furniture.h"
#include "scene/labels.h"

namespace diaban {

/// What labels depend on, but for where the view looks: colours only where labels answer to them, on dark ground.
struct RestKey {
    struct OfLayer {
        std::shared_ptr<const Features> features;
        MapShapesPtr shapes;
        std::string filter;
        std::size_t time = 0;
        bool visible = true;  ///< and not wholly transparent
        std::optional<Labels> labels;
        Marker marker;
        std::optional<ProportionalCircles> circles;
        CrowdingMode crowding = CrowdingMode::markers;  ///< of points, in the view
        int cluster_level = 0;
        LayerResultPtr coloured;  ///< null in the light theme
        Style style;              ///< likewise without content
        double opacity = 1;
        bool background = false;
        bool operator==(const OfLayer&) const = default;
    };
    std::vector<OfLayer> layers;
    Theme theme = Theme::light;
    Furniture furniture;
    double width = 0, height = 0, pixel_ratio = 1;
    bool operator==(const RestKey&) const = default;
};
[[nodiscard]] RestKey rest_key(const ViewContext& view);

struct AtRest {
    RestKey key;
    Frame frame;  ///< in which the labels are placed
    FurniturePlaces furniture;
    std::vector<PixelBox> furniture_boxes;
    std::vector<DetailPtr> details;
    LabelPlacement labels;
};

/// The labels that are seen, and free of each other, in another frame of the same size, moved by whole device pixels.
/// Some reach out of the picture, or lie below furniture: they leave as the map under them does. A frame at the same
/// scale loses none that is in it, and back where they were placed they are what they were.
[[nodiscard]] LabelPlacement carry_labels(const LabelPlacement& labels, const Frame& from, const Frame& to);

class RestKeeper {
public:
    void keep(AtRest rest);
    /// What was kept for this key, with what has been placed in the background since; null when there is nothing.
    [[nodiscard]] const AtRest* find(const RestKey& key);
    /// Whether labels were placed for just this view and key: then they are what placing them again would give.
    [[nodiscard]] bool right_for(const ViewContext& view, const RestKey& key,
                                 const std::vector<PixelBox>& furniture) const;
    [[nodiscard]] const LabelPlacement& labels() const { return rest_->labels; }
    /// Whether the view has gone so far from what was kept that new labels are missed, and the request has a
    /// DetailMaker to place them.
    [[nodiscard]] bool wants_refresh(const ViewContext& view) const;
    /// Has them placed. `furniture` and `symbols` as for place_labels().
    void refresh(const ViewContext& view, const std::vector<PixelBox>& furniture, std::vector<uint8_t> symbols,
                 double text_scale);

private:
    struct Placed {
        uint64_t rest = 0;  ///< which one it goes on from
        Frame frame;
        LabelPlacement labels;
    };
    /// Shared with the thread that places.
    struct Exchange {
        std::mutex mutex;
        std::optional<Placed> placed;
    };
    struct Errand;

    std::optional<AtRest> rest_;
    uint64_t number_ = 0;     ///< of rest_
    bool continued_ = false;  ///< placed in the background, beside labels that were shown
    std::shared_ptr<Exchange> exchange_ = std::make_shared<Exchange>();
    std::weak_ptr<Errand> errand_;  ///< gone when it was done, or dropped
};

}  // namespace diaban
