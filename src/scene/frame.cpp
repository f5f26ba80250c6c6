// Where the map looks when nobody has said so: everything, as large as the furniture allows.
#include <algorithm>
#include <cmath>

#include "scene/furniture.h"

namespace diaban {
namespace {

// A box that cannot be fitted (one place, or a line along an axis) gets some size, in the units that it seems to be in.
Box with_size(Box box) {
    if (box.width() > 0 || box.height() > 0) return box;
    const bool degrees = std::abs(box.min_x) <= 180 && std::abs(box.min_y) <= 90;
    return box.grown(degrees ? 0.02 : 2000);
}

// How much of the data the furniture hides in this frame.
double hidden(const FurnitureBlocks& blocks, const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
              const MapRequest& request, const Frame& frame) {
    double worst = 0;
    for (const PixelBox& box : place_furniture(blocks, workspace, layers, request, frame).boxes()) {
        worst = std::max(worst, data_share(workspace, layers, frame, box) * box.width * box.height);
    }
    return worst;
}

// From the largest map that fits downwards, at several places each: the first at which furniture hides no data, else
// the one where it hides least for its size. `largest` fills `inside` with `extent`.
Frame best_frame(const FurnitureBlocks& blocks, const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                 const MapRequest& request, const Frame& largest, const Box& extent, const PixelBox& inside) {
    constexpr int places = 5;
    constexpr double smallest = 0.42;
    // Square pixels under a card that are no more than a corner of an outline.
    constexpr double bearable = 100;
    Frame best = largest;
    double best_cost = std::numeric_limits<double>::infinity();
    for (double size = 1; size > smallest; size *= 0.95) {
        const double width = extent.width() / largest.units_per_pixel * size;
        const double height = extent.height() / largest.units_per_pixel * size;
        const double free_x = std::max(0.0, inside.width - width);
        const double free_y = std::max(0.0, inside.height - height);
        bool clear = false;
        for (int i = 0; i < places * places; ++i) {
            const double across = (i % places) / (places - 1.0);
            const double down = (i / places) / (places - 1.0);
            const PixelBox at{inside.x + across * free_x, inside.y + down * free_y, width, height};
            const Frame candidate = largest.fitted(extent, at);
            const double seen = hidden(blocks, workspace, layers, request, candidate);
            const double off_centre =
                std::hypot(across - 0.5, down - 0.5) * std::min(1.0, std::hypot(free_x, free_y) / 200);
            const double cost = (seen > bearable ? 1e3 + seen : 1 + seen / 2000 + 0.02 * off_centre) / size;
            clear = clear || seen <= bearable;
            if (cost < best_cost) best_cost = cost, best = candidate;
        }
        if (clear) break;  // a smaller map cannot be better
    }
    return best;
}

}  // namespace

Box full_extent(const Workspace& workspace, const std::vector<LayerResultPtr>& layers) {
    Box out;
    for (const bool background : {false, true}) {
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const Layer& layer = workspace.layers[i];
            if (!layer.visible || layer.background != background || layers[i]->shapes == nullptr) continue;
            if (!layers[i]->shapes->box().empty()) out.extend(layers[i]->shapes->box());
        }
        if (!out.empty()) return out;  // background is looked at only where there is nothing else
    }
    for (std::size_t i = 0; i < layers.size(); ++i)
        if (workspace.layers[i].visible && layers[i]->picture != nullptr && !layers[i]->picture_box.empty())
            out.extend(layers[i]->picture_box);
    return out;
}

Frame resolve_frame(const Workspace& workspace, const std::vector<LayerResultPtr>& layers, const MapRequest& request) {
    if (request.frame) return *request.frame;
    Frame frame{.width = request.width, .height = request.height, .pixel_ratio = request.pixel_ratio};
    const PixelBox whole{0, 0, frame.width, frame.height};
    if (request.extent && !request.extent->empty()) return frame.fitted(with_size(*request.extent), whole);
    if (!workspace.view.extent.empty()) return frame.fitted(with_size(workspace.view.extent), whole);
    const Box everything = full_extent(workspace, layers);
    if (everything.empty()) return frame;
    const Box extent = with_size(everything);

    const FurnitureBlocks blocks = make_furniture_blocks(workspace, layers, request, Crs());
    const double edge = std::min(24.0, 0.025 * std::min(frame.width, frame.height));
    const PixelBox inside = PixelBox{0, 0, frame.width, frame.height - blocks.sources.height}.grown(-edge);
    if (inside.width < 60 || inside.height < 60) return frame.fitted(extent, whole.grown(-edge));
    return best_frame(blocks, workspace, layers, request, frame.fitted(extent, inside), extent, inside);
}

}  // namespace diaban
