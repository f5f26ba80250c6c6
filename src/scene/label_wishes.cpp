#include "scene/label_wishes.h"

#include <algorithm>

#include "base/trace.h"
#include "scene/points/crowd_items.h"

namespace diaban {
namespace {

/// What the list is sorted by: small, so that sorting moves little.
struct Rank {
    int priority = 0;
    double size = 0;
    std::size_t found = 0;
};

class WishFinder {
public:
    WishFinder(const ViewContext& view, const CellGrid& grid, const std::vector<PixelBox>& furniture,
               const std::vector<uint8_t>& covered)
        : view_(view), grid_(grid), furniture_(furniture), covered_(covered) {
        out_.layers.resize(view.layers.size());
    }

    Wishes run() {
        for (std::size_t i = 0; i < view_.layers.size(); ++i)
            add_layer(i);
        std::stable_sort(ranks_.begin(), ranks_.end(), [](const Rank& a, const Rank& b) {
            return a.priority != b.priority ? a.priority > b.priority : a.size > b.size;
        });
        std::vector<Wish> sorted;
        sorted.reserve(ranks_.size());
        for (const Rank& rank : ranks_)
            sorted.push_back(std::move(out_.list[rank.found]));
        out_.list = std::move(sorted);
        return std::move(out_);
    }

private:
    void add_layer(std::size_t index);
    /// Points and lines have no ground of their own; what symbols cover is asked of an empty one.
    [[nodiscard]] std::shared_ptr<const LabelGround> empty_ground() {
        static const std::vector<uint32_t> none;
        if (!empty_) empty_ = std::make_shared<LabelGround>(view_.frame, grid_, nullptr, none, furniture_, covered_);
        return empty_;
    }

    const ViewContext& view_;
    const CellGrid& grid_;
    const std::vector<PixelBox>& furniture_;
    const std::vector<uint8_t>& covered_;
    std::shared_ptr<const LabelGround> empty_;
    std::vector<Rank> ranks_;
    Wishes out_;
};

void WishFinder::add_layer(std::size_t index) {
    const Layer& layer = view_.workspace.layers[index];
    const LayerResult& result = *view_.layers[index];
    if (!layer.visible || layer.opacity <= 0 || !layer.style.labels || result.features == nullptr) return;
    const auto field = result.features->field(layer.style.labels->field);
    if (!field || result.shapes->kind() == GeometryKind::none) return;
    LayerInView& seen = out_.layers[index];
    seen.features = features_to_label(view_, index);
    const bool areal = result.shapes->kind() == GeometryKind::polygon;
    if (areal) {
        seen.ground = std::make_shared<LabelGround>(view_.frame, grid_, view_.details[index].get(), seen.features,
                                                    furniture_, covered_);
    } else {
        seen.ground = empty_ground();
    }
    for (std::size_t i = 0; i < seen.features.size(); ++i) {
        const uint32_t f = seen.features[i];
        const bool visible = areal && seen.ground->cell_count(i) > 0;
        if (!visible && !anchor_of(view_, index, f)) continue;
        std::string text = field->text(f, result.time);
        if (text.empty()) continue;
        ranks_.push_back({layer.style.labels->priority, result.shape->sizes[f], out_.list.size()});
        out_.list.push_back({index, f, i, std::move(text)});
    }
}

Box box_of(const Detail& detail, const Arc& arc) {
    Box box;
    box.extend(detail.to_map({arc.box.min_x, arc.box.min_y}));
    box.extend(detail.to_map({arc.box.max_x, arc.box.max_y}));
    return box;
}

// The largest ring stands for a polygon, or the largest dot that stands for a ring.
Box largest_part(const Detail& detail, uint32_t feature) {
    Box largest;
    for (const Dot& dot : detail.dots_of(feature)) {
        const Point at = detail.to_map(dot.at);
        const Box box = Box{at.x, at.y, at.x, at.y}.grown(double{dot.width} / 2);
        if (box.width() > largest.width()) largest = box;
    }
    for (const uint32_t ring : detail.rings_of(feature)) {
        Box box;
        for (const int32_t ref : detail.arcs_of_ring(ring))
            box.extend(box_of(detail, detail.arcs[arc_of(ref)]));
        if (largest.empty() || box.width() * box.height() > largest.width() * largest.height()) largest = box;
    }
    return largest;
}

}  // namespace

Wishes find_wishes(const ViewContext& view, const CellGrid& grid, const std::vector<PixelBox>& furniture,
                   const std::vector<uint8_t>& covered) {
    const Stage stage("labels/ground");
    return WishFinder(view, grid, furniture, covered).run();
}

std::optional<Pixel> anchor_of(const ViewContext& view, std::size_t layer, uint32_t feature) {
    const MapShapes& shapes = *view.layers[layer]->shapes;
    const Frame& frame = view.frame;
    const auto on_picture = [&](Pixel p) { return p.x >= 0 && p.y >= 0 && p.x < frame.width && p.y < frame.height; };
    if (shapes.kind() == GeometryKind::point) {
        for (const Point p : shapes.points_of(feature)) {
            if (const Pixel pixel = frame.to_pixel(p); on_picture(pixel)) return pixel;
        }
        return std::nullopt;
    }
    const Detail& detail = *view.details[layer];
    if (shapes.kind() == GeometryKind::line) {
        const Box extent = frame.extent();
        std::vector<Pixel> seen;
        for (const int32_t ref : detail.arcs_of(feature)) {
            const Arc& arc = detail.arcs[arc_of(ref)];
            if (!box_of(detail, arc).intersects(extent)) continue;
            for (const LatticePoint p : detail.points_of(arc))
                if (const Pixel pixel = frame.to_pixel(detail.to_map(p)); on_picture(pixel)) seen.push_back(pixel);
        }
        if (seen.empty()) return std::nullopt;
        return seen[seen.size() / 2];
    }
    const Pixel middle = frame.to_pixel(largest_part(detail, feature).centre());
    if (!on_picture(middle)) return std::nullopt;
    return middle;
}

}  // namespace diaban
