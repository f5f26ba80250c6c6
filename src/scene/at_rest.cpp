#include "scene/at_rest.h"

#include <algorithm>
#include <cmath>

#include "base/trace.h"

namespace diaban {
namespace {

void move(PixelItem& item, double dx, double dy) {
    std::vector<PixelItem> moved;
    append_moved({item}, dx, dy, moved);
    item = std::move(moved.front());
}

/// Appends a label of `from`, moved.
void append_label(const LabelPlacement& from, const PlacedLabel& label, double dx, double dy, LabelPlacement& out) {
    PlacedLabel moved = label;
    moved.box.x += dx, moved.box.y += dy;
    moved.anchor.x += dx, moved.anchor.y += dy;
    moved.first_item = out.items.size();
    for (std::size_t i = 0; i < label.item_count; ++i) {
        out.items.push_back(from.items[label.first_item + i]);
        move(out.items.back(), dx, dy);
    }
    out.placed.push_back(moved);
}

Pixel shift_of(Pixel anchor, const Frame& from, const Frame& to) {
    const Pixel now = to.to_pixel(from.to_map(anchor));
    return {now.x - anchor.x, now.y - anchor.y};
}

/// So far that a good part of the picture has no labels yet, or they are too few or too dense.
bool strayed(const Frame& from, const Frame& to) {
    constexpr double most_way = 0.12;  // of the picture
    constexpr double most_zoom = 1.3;
    const double zoom = from.units_per_pixel / to.units_per_pixel;
    const Pixel way = shift_of({from.width / 2, from.height / 2}, from, to);
    return zoom > most_zoom || zoom < 1 / most_zoom || std::abs(way.x) > most_way * from.width ||
           std::abs(way.y) > most_way * from.height;
}

}  // namespace

RestKey rest_key(const ViewContext& view) {
    RestKey key{.theme = view.request.theme,
                .furniture = view.request.furniture,
                .width = view.frame.width,
                .height = view.frame.height,
                .pixel_ratio = view.frame.pixel_ratio};
    for (std::size_t i = 0; i < view.layers.size(); ++i) {
        const Layer& layer = view.workspace.layers[i];
        const LayerResult& result = *view.layers[i];
        RestKey::OfLayer of{.features = result.features,
                            .shapes = result.shapes,
                            .filter = layer.filter,
                            .time = result.time,
                            .visible = layer.visible && layer.opacity > 0,
                            .labels = layer.style.labels,
                            .marker = layer.style.marker,
                            .circles = layer.style.circles,
                            .crowding = view.mode_of(i)};
        // Which points are shown as themselves changes with the scale, but not with the place.
        if (of.crowding == CrowdingMode::clusters) {
            of.cluster_level = cluster_level(result.crowd->order(), view.frame);
        }
        if (view.request.theme == Theme::dark) {
            of.coloured = view.layers[i];
            of.style = layer.style;
            of.opacity = layer.opacity;
            of.background = layer.background;
        }
        key.layers.push_back(std::move(of));
    }
    return key;
}

LabelPlacement carry_labels(const LabelPlacement& labels, const Frame& from, const Frame& to) {
    LabelPlacement out;
    const bool same_scale = from.units_per_pixel == to.units_per_pixel;
    const PixelBox picture{0, 0, to.width, to.height};
    PlacedLabels taken(to.width, to.height);
    // Text is drawn on whole device pixels, line by line: a label moves by such as one.
    const auto whole = [&](double pixels) { return std::round(pixels * to.pixel_ratio) / to.pixel_ratio; };
    // At the same scale all move alike, also in the last bit.
    const Pixel common = shift_of({from.width / 2, from.height / 2}, from, to);
    for (const PlacedLabel& label : labels.placed) {
        const Pixel exact = same_scale ? common : shift_of(label.anchor, from, to);
        const Pixel shift{whole(exact.x), whole(exact.y)};
        const PixelBox box{label.box.x + shift.x, label.box.y + shift.y, label.box.width, label.box.height};
        if (!box.intersects(picture)) continue;
        if (!same_scale) {
            std::optional<Segment> leader = leader_of(labels, label);
            if (leader) {
                leader = Segment{{leader->a.x + shift.x, leader->a.y + shift.y},
                                 {leader->b.x + shift.x, leader->b.y + shift.y}};
            }
            if (!taken.clear(box) || (leader && !taken.free(*leader))) continue;
            taken.add(box);
            if (leader) taken.add(*leader);
        }
        append_label(labels, label, shift.x, shift.y, out);
    }
    return out;
}

/// All that placing needs, kept alive while another thread does it.
struct RestKeeper::Errand {
    Workspace workspace;
    std::vector<LayerResultPtr> layers;
    MapRequest request;
    Frame frame;
    std::vector<DetailPtr> details;
    std::vector<CrowdView> crowds;
    std::vector<PixelBox> furniture;
    std::vector<uint8_t> symbols;
    double text_scale = 1;
    LabelPlacement shown;  ///< at their places in `frame`
    uint64_t rest = 0;
    std::shared_ptr<Exchange> exchange;

    void run() const {
        const Stage stage("labels in the background");
        const ViewContext view{workspace, layers, request, frame, details, crowds};
        Placed placed{rest, frame, place_labels(view, furniture, symbols, text_scale, &shown)};
        const std::lock_guard lock(exchange->mutex);
        exchange->placed = std::move(placed);
    }
};

void RestKeeper::keep(AtRest rest) {
    rest_ = std::move(rest);
    continued_ = false;
    ++number_;
}

const AtRest* RestKeeper::find(const RestKey& key) {
    if (!rest_ || !(rest_->key == key)) return nullptr;
    const std::lock_guard lock(exchange_->mutex);
    if (exchange_->placed && exchange_->placed->rest == number_) {
        rest_->frame = exchange_->placed->frame;
        rest_->labels = std::move(exchange_->placed->labels);
        continued_ = true;
        ++number_;
    }
    exchange_->placed.reset();
    return &*rest_;
}

bool RestKeeper::right_for(const ViewContext& view, const RestKey& key, const std::vector<PixelBox>& furniture) const {
    return rest_ && !continued_ && rest_->frame == view.frame && rest_->details == view.details &&
           rest_->furniture_boxes == furniture && rest_->key == key;
}

bool RestKeeper::wants_refresh(const ViewContext& view) const {
    return view.request.maker != nullptr && rest_ && errand_.expired() && strayed(rest_->frame, view.frame);
}

void RestKeeper::refresh(const ViewContext& view, const std::vector<PixelBox>& furniture, std::vector<uint8_t> symbols,
                         double text_scale) {
    auto errand = std::make_shared<Errand>(Errand{view.workspace,
                                                  view.layers,
                                                  view.request,
                                                  view.frame,
                                                  view.details,
                                                  view.crowds,
                                                  furniture,
                                                  std::move(symbols),
                                                  text_scale,
                                                  {},
                                                  number_,
                                                  exchange_});
    errand->request.maker = nullptr;
    errand->shown = carry_labels(rest_->labels, rest_->frame, view.frame);
    errand_ = errand;
    view.request.maker->ask("labels", [errand = std::move(errand)] { errand->run(); });
}

}  // namespace diaban
