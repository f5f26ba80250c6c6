#include "scene/labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "scene/label_space.h"
#include "scene/label_text.h"
#include "scene/map_items.h"
#include "scene/points/crowd_items.h"

namespace diaban {
namespace {

// More leader lines than this nobody can follow, and finding room for them is what takes time.
constexpr std::size_t most_callout_wishes = 250;

struct Wish {
    std::size_t layer = 0;
    uint32_t feature = 0;
    std::size_t position = 0;  // in the layer's list of features in view
    double size = 0;
    std::string text;
};

struct LayerInView {
    std::vector<uint32_t> features;
    std::unique_ptr<LabelGround> ground;
};

class Placer {
public:
    Placer(const ViewContext& view, const std::vector<PixelBox>& furniture, const std::vector<MapItem>& map,
           double text_scale)
        : view_(view),
          furniture_(furniture),
          text_scale_(text_scale),
          grid_(label_grid(view.frame)),
          covered_(grid_.size(), 0),
          taken_(view.frame.width, view.frame.height),
          in_view_(view.layers.size()) {
        for (const PixelBox& box : furniture) {
            taken_.add(box.grown(2));
        }
        for (const MapItem& item : map) {
            if (const auto* symbols = std::get_if<SymbolItem>(&item)) cover(*symbols);
        }
    }

    LabelPlacement run() {
        std::vector<Wish> wishes = find_wishes();
        for (const Wish& wish : wishes) {
            forms_ = label_forms(wish.text, labels_of(wish), text_scale_);
            if (!place(wish, wishes.size() <= most_callout_wishes)) {
                out_.unlabelled.push_back({view_.workspace.layers[wish.layer].id, wish.feature, wish.text});
            }
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] const Labels& labels_of(const Wish& wish) const {
        return *view_.workspace.layers[wish.layer].style.labels;
    }

    void cover(const SymbolItem& item) {
        for (const Symbol& symbol : item.symbols) {
            const double reach = (symbol.radius + symbol.outline_width) * view_.frame.units_per_pixel;
            const auto cell = [&](double v, double origin) {
                return static_cast<int>(std::floor((v - origin) / grid_.cell));
            };
            const int last_row = std::min(grid_.rows - 1, cell(symbol.at.y + reach, grid_.origin.y));
            const int last_column = std::min(grid_.columns - 1, cell(symbol.at.x + reach, grid_.origin.x));
            for (int row = std::max(0, cell(symbol.at.y - reach, grid_.origin.y)); row <= last_row; ++row) {
                for (int column = std::max(0, cell(symbol.at.x - reach, grid_.origin.x)); column <= last_column;
                     ++column) {
                    covered_[grid_.index(column, row)] = 1;
                }
            }
        }
    }

    std::vector<Wish> find_wishes();
    void add_wishes(std::size_t layer_index, std::vector<Wish>& out);
    bool place(const Wish& wish, bool callouts_allowed);
    bool place_in_polygon(const Wish& wish, double most_foreign, double least_own);
    bool place_around(const Wish& wish, Pixel at, double half, double most_symbols, bool areal);
    bool place_callout(const Wish& wish, Pixel anchor);
    void accept(const Wish& wish, const LabelForm& form, const PixelBox& box);
    [[nodiscard]] bool on_dark_ground(const PixelBox& box) const;
    [[nodiscard]] TextStyle style_at(const PixelBox& box, TextStyle style) const;
    [[nodiscard]] std::vector<LabelGround::Cell> places_in(const Wish& wish) const;
    [[nodiscard]] std::optional<Pixel> anchor_of(const Wish& wish) const;
    [[nodiscard]] double mark_radius(const Wish& wish) const;
    [[nodiscard]] bool hidden(Pixel p) const {
        return std::any_of(furniture_.begin(), furniture_.end(), [&](const PixelBox& b) { return b.contains(p); });
    }

    const ViewContext& view_;
    const std::vector<PixelBox>& furniture_;
    double text_scale_;
    CellGrid grid_;
    std::vector<uint8_t> covered_;
    PlacedLabels taken_;
    std::vector<LayerInView> in_view_;
    std::vector<LabelForm> forms_;  // of the wish at hand
    LabelPlacement out_;
};

void Placer::add_wishes(std::size_t layer_index, std::vector<Wish>& out) {
    const Layer& layer = view_.workspace.layers[layer_index];
    const LayerResult& result = *view_.layers[layer_index];
    if (!layer.visible || layer.opacity <= 0 || !layer.style.labels || result.features == nullptr) return;
    const auto field = result.features->field(layer.style.labels->field);
    if (!field || result.shapes->kind() == GeometryKind::none) return;
    LayerInView& seen = in_view_[layer_index];
    seen.features = features_to_label(view_, layer_index);
    const bool areal = result.shapes->kind() == GeometryKind::polygon;
    // Points and lines have no ground of their own; what symbols cover is asked of an empty one.
    static const std::vector<uint32_t> none;
    seen.ground = std::make_unique<LabelGround>(view_.frame, grid_, areal ? view_.details[layer_index].get() : nullptr,
                                                areal ? seen.features : none, furniture_, covered_);
    for (std::size_t i = 0; i < seen.features.size(); ++i) {
        const uint32_t f = seen.features[i];
        Wish wish{layer_index, f, i, result.shape->sizes[f], field->text(f, result.time)};
        if (wish.text.empty()) continue;
        const bool visible = areal && seen.ground->cell_count(i) > 0;
        if (visible || anchor_of(wish)) out.push_back(std::move(wish));
    }
}

std::vector<Wish> Placer::find_wishes() {
    std::vector<Wish> out;
    for (std::size_t i = 0; i < view_.layers.size(); ++i) {
        add_wishes(i, out);
    }
    std::stable_sort(out.begin(), out.end(), [&](const Wish& a, const Wish& b) {
        const int pa = labels_of(a).priority;
        const int pb = labels_of(b).priority;
        return pa != pb ? pa > pb : a.size > b.size;
    });
    return out;
}

// Where a feature is as a mark: a point, the middle of the visible part of a line, a small polygon's middle. Nothing
// when that is outside the picture.
std::optional<Pixel> Placer::anchor_of(const Wish& wish) const {
    const MapShapes& shapes = *view_.layers[wish.layer]->shapes;
    const DetailPtr& detail = view_.details[wish.layer];
    const Frame& frame = view_.frame;
    const auto on_picture = [&](Pixel p) { return p.x >= 0 && p.y >= 0 && p.x < frame.width && p.y < frame.height; };
    if (shapes.kind() == GeometryKind::line) {
        std::vector<Pixel> seen;
        for (const int32_t ref : detail->arcs_of(wish.feature)) {
            for (const LatticePoint p : detail->points_of(detail->arcs[arc_of(ref)]))
                if (const Pixel pixel = frame.to_pixel(detail->to_map(p)); on_picture(pixel)) seen.push_back(pixel);
        }
        if (seen.empty()) return std::nullopt;
        return seen[seen.size() / 2];
    }
    if (shapes.kind() == GeometryKind::point) {
        for (const Point p : shapes.points_of(wish.feature)) {
            if (const Pixel pixel = frame.to_pixel(p); on_picture(pixel)) return pixel;
        }
        return std::nullopt;
    }
    // The largest ring stands for the polygon, or the largest dot that stands for a ring.
    Box largest;
    for (const Dot& dot : detail->dots_of(wish.feature)) {
        const Point at = detail->to_map(dot.at);
        const Box box = Box{at.x, at.y, at.x, at.y}.grown(double{dot.width} / 2);
        if (box.width() > largest.width()) largest = box;
    }
    for (const uint32_t ring : detail->rings_of(wish.feature)) {
        Box box;
        for (const int32_t ref : detail->arcs_of_ring(ring))
            for (const LatticePoint p : detail->points_of(detail->arcs[arc_of(ref)]))
                box.extend(detail->to_map(p));
        if (largest.empty() || box.width() * box.height() > largest.width() * largest.height()) largest = box;
    }
    const Pixel middle = frame.to_pixel(largest.centre());
    if (!on_picture(middle)) return std::nullopt;
    return middle;
}

double Placer::mark_radius(const Wish& wish) const {
    const Layer& layer = view_.workspace.layers[wish.layer];
    const LayerResult& result = *view_.layers[wish.layer];
    if (layer.style.circles && wish.feature < result.circle_values.size()) {
        return circle_radius(result.circle_values[wish.feature], result.circle_max,
                             layer.style.circles->max_radius.value());
    }
    if (result.shapes->kind() == GeometryKind::point) {
        return layer.style.marker.size.value() / 2 + layer.style.marker.outline_width.value();
    }
    return 0;
}

// Whether at least half of what lies under a box is darker than a label's dark text can stand.
bool Placer::on_dark_ground(const PixelBox& box) const {
    int dark = 0;
    int all = 0;
    for (const double across : {0.1, 0.5, 0.9}) {
        for (const double down : {0.25, 0.75}) {
            const Point at = view_.frame.to_map({box.x + across * box.width, box.y + down * box.height});
            const Rgba ground = ground_colour(view_, at);
            dark += 0.299 * ground.r + 0.587 * ground.g + 0.114 * ground.b < 96 ? 1 : 0;
            ++all;
        }
    }
    return 2 * dark >= all;
}

// Labels are styled for light fills; on the dark theme's sea and surroundings they are light, with a dark halo.
TextStyle Placer::style_at(const PixelBox& box, TextStyle style) const {
    if (view_.request.theme == Theme::light || !on_dark_ground(box)) return style;
    style.colour = view_.colours().text;
    if (style.halo) style.halo = view_.colours().background.with_alpha(0.85);
    return style;
}

void Placer::accept(const Wish& wish, const LabelForm& form, const PixelBox& box) {
    LabelForm styled = form;
    styled.style = style_at(box, form.style);
    add_label_items(styled, {box.x, box.y}, out_.items);
    taken_.add(box);
    out_.placed.push_back({wish.layer, wish.feature, box, false});
}

std::vector<LabelGround::Cell> Placer::places_in(const Wish& wish) const {
    std::vector<LabelGround::Cell> places = in_view_[wish.layer].ground->cells_of(wish.position, 40);
    // A feature with a circle on it: above and below the circle are good places too.
    const LayerResult& result = *view_.layers[wish.layer];
    const double radius = mark_radius(wish);
    if (radius > 0 && wish.feature < result.anchors.size() && !places.empty()) {
        const Pixel at = view_.frame.to_pixel(result.anchors[wish.feature]);
        const double off = radius + 2 + forms_.front().height / 2;
        const double depth = places.front().depth;
        places.insert(places.begin() + 1, {{{at.x, at.y + off}, depth}, {{at.x, at.y - off}, depth}});
    }
    return places;
}

bool Placer::place_in_polygon(const Wish& wish, double most_foreign, double least_own) {
    const LabelGround& ground = *in_view_[wish.layer].ground;
    const double room = static_cast<double>(ground.cell_count(wish.position)) * ground.cell_area();
    const LabelForm& smallest = forms_.back();
    if (room < least_own * smallest.width * smallest.height) return false;
    const std::vector<LabelGround::Cell> places = places_in(wish);
    const double deepest = std::max(1.0, places.front().depth);
    double best_score = -std::numeric_limits<double>::infinity();
    const LabelForm* best_form = nullptr;
    PixelBox best_box;
    for (const LabelForm& form : forms_) {
        if (best_score > 1.1 - form.cost) break;  // no later form can be better
        for (const LabelGround::Cell& place : places) {
            const PixelBox box{place.at.x - form.width / 2, place.at.y - form.height / 2, form.width, form.height};
            const LabelGround::Cover cover = ground.cover(box, wish.feature);
            if (cover.foreign > most_foreign || cover.own < least_own || cover.blocked > 0.05) continue;
            const double score = cover.own - 1.3 * cover.foreign - 0.8 * cover.symbols +
                                 0.2 * std::min(1.0, place.depth / deepest) - form.cost;
            if (score > best_score && taken_.free(box)) best_score = score, best_form = &form, best_box = box;
        }
    }
    if (best_form == nullptr) return false;
    accept(wish, *best_form, best_box);
    return true;
}

// Beside a mark, `half` its size; beside a polygon only where nobody can take the name for a neighbour's.
bool Placer::place_around(const Wish& wish, Pixel at, double half, double most_symbols, bool areal) {
    const LabelGround& ground = *in_view_[wish.layer].ground;
    constexpr double gap = 3;
    struct Side {
        double x, y, cost;
    };
    static constexpr std::array<Side, 8> sides{{{1, 0, 0},
                                                {-1, 0, 0.1},
                                                {0, -1, 0.12},
                                                {0, 1, 0.14},
                                                {0.8, -0.8, 0.2},
                                                {0.8, 0.8, 0.22},
                                                {-0.8, -0.8, 0.24},
                                                {-0.8, 0.8, 0.26}}};
    double best_cost = std::numeric_limits<double>::infinity();
    const LabelForm* best_form = nullptr;
    PixelBox best_box;
    for (const LabelForm& form : forms_) {
        if (best_cost < form.cost) break;
        for (const Side& side : sides) {
            const Pixel middle{at.x + side.x * (half + gap) +
                                   (side.x > 0   ? 0.5
                                    : side.x < 0 ? -0.5
                                                 : 0) *
                                       form.width,
                               at.y + side.y * (half + 1 + form.height / 2)};
            const PixelBox box{middle.x - form.width / 2, middle.y - form.height / 2, form.width, form.height};
            const LabelGround::Cover cover = ground.cover(box, wish.feature);
            if (cover.symbols > most_symbols || cover.blocked > 0.05) continue;
            if (areal) {
                const LabelGround::Cover about = ground.cover(box.grown(9), wish.feature);
                if (about.own == 0 || about.foreign > 0) continue;
            }
            const double cost = side.cost + form.cost + cover.symbols + cover.foreign;
            if (cost < best_cost && taken_.free(box)) best_cost = cost, best_form = &form, best_box = box;
        }
    }
    if (best_form == nullptr) return false;
    accept(wish, *best_form, best_box);
    return true;
}

bool Placer::place_callout(const Wish& wish, Pixel anchor) {
    const LabelGround& ground = *in_view_[wish.layer].ground;
    constexpr int directions = 24;
    double best_cost = std::numeric_limits<double>::infinity();
    PixelBox best_box;
    Segment best_leader;
    const LabelForm& form = forms_.front();
    for (const double reach : {12.0, 18.0, 28.0, 40.0, 55.0, 75.0, 100.0, 130.0, 165.0, 205.0}) {
        if (reach > best_cost) break;  // farther cannot be better
        for (int i = 0; i < directions; ++i) {
            const double angle = 2 * std::numbers::pi * i / directions;
            const double dx = std::cos(angle);
            const double dy = std::sin(angle);
            const Pixel end{anchor.x + reach * dx, anchor.y + reach * dy};
            const bool sideways = std::abs(dx) > 0.35;
            const double middle_x = sideways ? end.x + (dx > 0 ? 1 : -1) * (form.width / 2 + 2) : end.x;
            const double middle_y = sideways ? end.y : end.y + (dy > 0 ? 1 : -1) * (form.height / 2);
            const PixelBox box{middle_x - form.width / 2, middle_y - form.height / 2, form.width, form.height};
            const LabelGround::Cover cover = ground.cover(box, wish.feature);
            const double land = cover.own + cover.foreign;
            if (land > 0.25 || cover.symbols > 0.2 || cover.blocked > 0) continue;
            const double cost = reach + 120 * land + 80 * cover.symbols + (sideways ? 0 : 4);
            const Segment leader{anchor, end};
            if (cost < best_cost && taken_.free(box) && taken_.free(leader)) {
                best_cost = cost, best_box = box, best_leader = leader;
            }
        }
    }
    if (!std::isfinite(best_cost)) return false;
    const TextStyle style = style_at(best_box, form.style);
    const Rgba casing = style.halo.value_or(Rgba{255, 255, 255, 0});
    const Stroke line{.colour = style.colour, .width = Pixels(0.9), .casing = casing, .casing_width = Pixels(0.9)};
    out_.items.emplace_back(PathItem{{best_leader.a, best_leader.b}, false, {0, 0, 0, 0}, line});
    out_.items.emplace_back(MarkItem{best_leader.a, MarkerShape::circle, 1.8, style.colour, casing, 0.9});
    accept(wish, form, best_box);
    out_.placed.back().callout = true;
    taken_.add(best_leader);
    return true;
}

bool Placer::place(const Wish& wish, bool callouts_allowed) {
    const GeometryKind kind = view_.layers[wish.layer]->shapes->kind();
    if (kind != GeometryKind::polygon) {
        const std::optional<Pixel> at = anchor_of(wish);
        if (!at || hidden(*at)) return false;
        const double radius = kind == GeometryKind::point ? mark_radius(wish) : 3;
        return place_around(wish, *at, radius, 0.3, false);
    }
    if (place_in_polygon(wish, 0.3, 0.5)) return true;
    const LabelGround& ground = *in_view_[wish.layer].ground;
    const std::vector<LabelGround::Cell> cells = ground.cells_of(wish.position, 1);
    const std::optional<Pixel> anchor = cells.empty() ? anchor_of(wish) : std::optional(cells.front().at);
    if (!anchor || hidden(*anchor)) return false;
    // Beside: for islands, and what is not much larger than its name. Half the side of a square of its area is as far
    // from its middle as its shore may be thought to be.
    const double area = static_cast<double>(ground.cell_count(wish.position)) * ground.cell_area();
    const double half = std::max(3.0, std::sqrt(area) / 2);
    for (const double reach : {half, 0.6 * half, 1.5 * half}) {
        if (half < 60 && place_around(wish, *anchor, reach, 0.1, true)) return true;
    }
    if (place_in_polygon(wish, 0.4, 0.5)) return true;
    // A leader line to the sliver of a unit that lies outside the picture would only puzzle.
    constexpr double edge = 14;
    const bool at_edge = !PixelBox{0, 0, view_.frame.width, view_.frame.height}.grown(-edge).contains(*anchor);
    return callouts_allowed && !at_edge && labels_of(wish).callouts && place_callout(wish, *anchor);
}

}  // namespace

LabelPlacement place_labels(const ViewContext& view, const std::vector<PixelBox>& furniture,
                            const std::vector<MapItem>& map, double text_scale) {
    return Placer(view, furniture, map, text_scale).run();
}

}  // namespace diaban
