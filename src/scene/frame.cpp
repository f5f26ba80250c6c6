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

}  // namespace

Box full_extent(const Workspace& workspace, const std::vector<LayerResultPtr>& layers) {
    Box out;
    for (const bool background : {false, true}) {
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const Layer& layer = workspace.layers[i];
            if (!layer.visible || layer.background != background || layers[i]->geometry == nullptr) continue;
            if (!layers[i]->geometry->box().empty()) out.extend(layers[i]->geometry->box());
        }
        if (!out.empty()) break;  // background is looked at only where there is nothing else
    }
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
    const double edge = std::min(24.0, 0.03 * std::min(frame.width, frame.height));
    const double title = blocks.title.empty() ? 0 : blocks.title.height + 14;
    const double legend = blocks.legend.empty() ? 0 : blocks.legend.width + 14;
    const double bar = request.furniture.scale_bar ? 52 * furniture_scale(request) : 0;
    // Every way of keeping clear of title, scale bar and legend; of those that hide no data the largest map wins, else
    // the one that hides least.
    Frame best = frame;
    double best_cost = std::numeric_limits<double>::infinity();
    for (const double top : {0.0, title / 2, title}) {
        for (const double low : {0.0, bar}) {
            for (const double left : {0.0, legend / 2, legend}) {
                for (const double right : {0.0, legend / 2, legend}) {
                    if (left > 0 && right > 0) continue;
                    PixelBox inside = PixelBox{left, top, frame.width - left - right,
                                               frame.height - top - low - blocks.sources.height}
                                          .grown(-edge);
                    if (inside.width < 60 || inside.height < 60) continue;
                    const Frame candidate = frame.fitted(extent, inside);
                    const double seen = hidden(blocks, workspace, layers, request, candidate);
                    // 100 square pixels under a card are a corner of an outline; beyond that, hiding data costs more
                    // than any gain in scale.
                    const double cost = candidate.units_per_pixel * (seen > 100 ? 1e3 + seen : 1 + seen / 2000);
                    if (cost < best_cost) best_cost = cost, best = candidate;
                }
            }
        }
    }
    if (std::isfinite(best_cost)) return best;
    return frame.fitted(extent, whole.grown(-edge));
}

}  // namespace diaban
