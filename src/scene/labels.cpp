#include "scene/labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>
#include <utility>

#include "base/trace.h"
#include "scene/label_text.h"
#include "scene/label_wishes.h"
#include "scene/map_items.h"

namespace diaban {
namespace {

// More leader lines than this nobody can follow, and finding room for them is what takes time.
constexpr std::size_t most_callout_wishes = 250;

// Where a label may stand beside a mark: in units of its distance and of the label's own size.
struct Side {
    double x, y, cost;
    static constexpr double gap = 3;
    // Of a mark `half` as large as twice its size. A larger label's box holds that of a smaller one.
    [[nodiscard]] PixelBox box(Pixel at, double half, double width, double height) const {
        const double along = x > 0 ? 0.5 : x < 0 ? -0.5 : 0;
        const Pixel middle{at.x + x * (half + gap) + along * width, at.y + y * (half + 1 + height / 2)};
        return {middle.x - width / 2, middle.y - height / 2, width, height};
    }
};
constexpr std::array<Side, 8> sides{{{1, 0, 0},
                                     {-1, 0, 0.1},
                                     {0, -1, 0.12},
                                     {0, 1, 0.14},
                                     {0.8, -0.8, 0.2},
                                     {0.8, 0.8, 0.22},
                                     {-0.8, -0.8, 0.24},
                                     {-0.8, 0.8, 0.26}}};
// How far round a name beside a polygon nobody else's ground may be.
constexpr double clear_ground = 9;
// The share of a label inside a polygon that has to be the polygon's own.
constexpr double least_own = 0.5;

class Placer {
public:
    Placer(const ViewContext& view, const std::vector<PixelBox>& furniture, const std::vector<uint8_t>& symbols,
           double text_scale)
        : view_(view),
          furniture_(furniture),
          text_scale_(text_scale),
          grid_(label_grid(view.frame)),
          symbols_(symbols),
          taken_(view.frame.width, view.frame.height) {
        for (const PixelBox& box : furniture) {
            taken_.add(box.grown(2));
        }
    }

    void keep(const LabelPlacement& shown);

    LabelPlacement run() {
        Wishes wishes = find_wishes(view_, grid_, furniture_, symbols_);
        in_view_ = std::move(wishes.layers);
        const Stage stage("labels/place");
        const bool callouts_allowed = wishes.list.size() <= most_callout_wishes;
        for (Wish& wish : wishes.list) {
            if (kept_.contains({wish.layer, wish.feature})) continue;
            forms_.clear();
            places_.clear();
            if (!place(wish, callouts_allowed))
                out_.unlabelled.push_back({view_.workspace.layers[wish.layer].id, wish.feature, std::move(wish.text)});
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] const Labels& labels_of(const Wish& wish) const {
        return *view_.workspace.layers[wish.layer].style.labels;
    }
    [[nodiscard]] const LabelGround& ground_of(const Wish& wish) const { return *in_view_[wish.layer].ground; }

    // Of the wish at hand, made when they are needed.
    const std::vector<LabelForm>& forms_of(const Wish& wish) {
        if (forms_.empty()) forms_ = label_forms(wish.text, labels_of(wish), text_scale_);
        return forms_;
    }
    const std::vector<LabelGround::Cell>& places_of(const Wish& wish) {
        if (places_.empty()) places_ = places_in(wish);
        return places_;
    }

    bool place(const Wish& wish, bool callouts_allowed);
    bool place_polygon(const Wish& wish, bool callouts_allowed);
    bool place_in_polygon(const Wish& wish, double most_foreign);
    [[nodiscard]] bool room_around(const Wish& wish, Pixel at, double half, const LeastForm& least) const;
    bool place_around(const Wish& wish, Pixel at, double half, double most_symbols, bool areal);
    bool place_callout(const Wish& wish, Pixel anchor);
    void accept(const Wish& wish, const LabelForm& form, const PixelBox& box, Pixel anchor);
    [[nodiscard]] bool on_dark_ground(const PixelBox& box) const;
    [[nodiscard]] TextStyle style_at(const PixelBox& box, TextStyle style) const;
    [[nodiscard]] std::vector<LabelGround::Cell> places_in(const Wish& wish);
    [[nodiscard]] double mark_radius(const Wish& wish) const;
    [[nodiscard]] bool hidden(Pixel p) const {
        return std::any_of(furniture_.begin(), furniture_.end(), [&](const PixelBox& b) { return b.contains(p); });
    }

    const ViewContext& view_;
    const std::vector<PixelBox>& furniture_;
    double text_scale_;
    CellGrid grid_;
    const std::vector<uint8_t>& symbols_;
    PlacedLabels taken_;
    std::vector<LayerInView> in_view_;
    std::set<std::pair<std::size_t, uint32_t>> kept_;  // layer, feature
    std::vector<LabelForm> forms_;                     // of the wish at hand, as are the places
    std::vector<LabelGround::Cell> places_;
    LabelPlacement out_;
};

// Labels that stand already: they are in nobody's way but, perhaps, below furniture.
void Placer::keep(const LabelPlacement& shown) {
    for (const PlacedLabel& label : shown.placed) {
        if (hidden(label.box.middle())) continue;
        const auto first = shown.items.begin() + static_cast<std::ptrdiff_t>(label.first_item);
        if (const auto leader = leader_of(shown, label)) taken_.add(*leader);
        taken_.add(label.box);
        out_.placed.push_back(label);
        out_.placed.back().first_item = out_.items.size();
        out_.items.insert(out_.items.end(), first, first + static_cast<std::ptrdiff_t>(label.item_count));
        kept_.emplace(label.layer, label.feature);
    }
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

void Placer::accept(const Wish& wish, const LabelForm& form, const PixelBox& box, Pixel anchor) {
    LabelForm styled = form;
    styled.style = style_at(box, form.style);
    const std::size_t first = out_.items.size();
    add_label_items(styled, {box.x, box.y}, out_.items);
    taken_.add(box);
    out_.placed.push_back({wish.layer, wish.feature, box, false, anchor, first, out_.items.size() - first});
}

std::vector<LabelGround::Cell> Placer::places_in(const Wish& wish) {
    std::vector<LabelGround::Cell> places = ground_of(wish).cells_of(wish.position, 40);
    // A feature with a circle on it: above and below the circle are good places too.
    const LayerResult& result = *view_.layers[wish.layer];
    const double radius = mark_radius(wish);
    if (radius > 0 && wish.feature < result.anchors.size() && !places.empty()) {
        const Pixel at = view_.frame.to_pixel(result.anchors[wish.feature]);
        const double off = radius + 2 + forms_of(wish).front().height / 2;
        const double depth = places.front().depth;
        places.insert(places.begin() + 1, {{{at.x, at.y + off}, depth}, {{at.x, at.y - off}, depth}});
    }
    return places;
}

bool Placer::place_in_polygon(const Wish& wish, double most_foreign) {
    const LabelGround& ground = ground_of(wish);
    const double room = static_cast<double>(ground.cell_count(wish.position)) * ground.cell_area();
    const std::vector<LabelForm>& forms = forms_of(wish);
    if (room < least_own * forms.back().width * forms.back().height) return false;
    const std::vector<LabelGround::Cell>& places = places_of(wish);
    const double deepest = std::max(1.0, places.front().depth);
    double best_score = -std::numeric_limits<double>::infinity();
    const LabelForm* best_form = nullptr;
    PixelBox best_box;
    for (const LabelForm& form : forms) {
        if (best_score > 1.1 - form.cost) break;  // no later form can be better
        if (room < least_own * form.width * form.height) continue;
        for (const LabelGround::Cell& place : places) {
            const PixelBox box{place.at.x - form.width / 2, place.at.y - form.height / 2, form.width, form.height};
            const LabelGround::Cover cover = ground.cover(box, wish.position);
            if (cover.foreign > most_foreign || cover.own < least_own || cover.blocked > 0.05) continue;
            const double score = cover.own - 1.3 * cover.foreign - 0.8 * cover.symbols +
                                 0.2 * std::min(1.0, place.depth / deepest) - form.cost;
            if (score > best_score && taken_.free(box)) best_score = score, best_form = &form, best_box = box;
        }
    }
    if (best_form == nullptr) return false;
    accept(wish, *best_form, best_box, best_box.middle());
    return true;
}

// Whether place_around() is worth asking for a polygon.
bool Placer::room_around(const Wish& wish, Pixel at, double half, const LeastForm& least) const {
    // What lies about the mark itself lies about a label on any side of it, where the mark is small.
    if (const double near = clear_ground - half - Side::gap; near > 0) {
        if (ground_of(wish).surely_foreign(PixelBox{at.x, at.y, 0, 0}.grown(near), wish.position)) return false;
    }
    return std::any_of(sides.begin(), sides.end(), [&](const Side& side) {
        const PixelBox box = side.box(at, half, least.width, least.height).grown(clear_ground);
        return !ground_of(wish).surely_foreign(box, wish.position);
    });
}

// Beside a mark, `half` its size; beside a polygon only where nobody can take the name for a neighbour's.
bool Placer::place_around(const Wish& wish, Pixel at, double half, double most_symbols, bool areal) {
    const LabelGround& ground = ground_of(wish);
    double best_cost = std::numeric_limits<double>::infinity();
    const LabelForm* best_form = nullptr;
    PixelBox best_box;
    for (const LabelForm& form : forms_of(wish)) {
        if (best_cost < form.cost) break;
        for (const Side& side : sides) {
            if (side.cost + form.cost >= best_cost) continue;
            const PixelBox box = side.box(at, half, form.width, form.height);
            if (areal && ground.surely_foreign(box.grown(clear_ground), wish.position)) continue;
            const LabelGround::Cover cover = ground.cover(box, wish.position);
            if (cover.symbols > most_symbols || cover.blocked > 0.05) continue;
            if (areal) {
                const LabelGround::Cover about = ground.cover(box.grown(clear_ground), wish.position);
                if (about.own == 0 || about.foreign > 0) continue;
            }
            const double cost = side.cost + form.cost + cover.symbols + cover.foreign;
            if (cost < best_cost && taken_.free(box)) best_cost = cost, best_form = &form, best_box = box;
        }
    }
    if (best_form == nullptr) return false;
    accept(wish, *best_form, best_box, at);
    return true;
}

bool Placer::place_callout(const Wish& wish, Pixel anchor) {
    const LabelGround& ground = ground_of(wish);
    constexpr int directions = 24;
    double best_cost = std::numeric_limits<double>::infinity();
    PixelBox best_box;
    Segment best_leader;
    const LabelForm& form = forms_of(wish).front();
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
            const LabelGround::Over over = ground.over(box);
            if (over.land > 0.25 || over.symbols > 0.2 || over.blocked > 0) continue;
            const double cost = reach + 120 * over.land + 80 * over.symbols + (sideways ? 0 : 4);
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
    accept(wish, form, best_box, anchor);
    PlacedLabel& placed = out_.placed.back();
    placed.callout = true;
    placed.first_item -= 2;
    placed.item_count += 2;
    taken_.add(best_leader);
    return true;
}

bool Placer::place_polygon(const Wish& wish, bool callouts_allowed) {
    const LabelGround& ground = ground_of(wish);
    const LeastForm least = least_form(wish.text, labels_of(wish), text_scale_);
    const double room = static_cast<double>(ground.cell_count(wish.position)) * ground.cell_area();
    const bool may_hold = room >= least_own * least.area;
    if (may_hold && place_in_polygon(wish, 0.3)) return true;
    const std::vector<LabelGround::Cell> cells = ground.cells_of(wish.position, 1);
    const std::optional<Pixel> anchor =
        cells.empty() ? anchor_of(view_, wish.layer, wish.feature) : std::optional(cells.front().at);
    if (!anchor || hidden(*anchor)) return false;
    // Beside: for islands, and what is not much larger than its name. Half the side of a square of its area is as far
    // from its middle as its shore may be thought to be.
    const double half = std::max(3.0, std::sqrt(room) / 2);
    for (const double reach : {half, 0.6 * half, 1.5 * half}) {
        if (half < 60 && room_around(wish, *anchor, reach, least) && place_around(wish, *anchor, reach, 0.1, true))
            return true;
    }
    if (may_hold && place_in_polygon(wish, 0.4)) return true;
    // A leader line to the sliver of a unit that lies outside the picture would only puzzle.
    constexpr double edge = 14;
    const bool at_edge = !PixelBox{0, 0, view_.frame.width, view_.frame.height}.grown(-edge).contains(*anchor);
    return callouts_allowed && !at_edge && labels_of(wish).callouts && place_callout(wish, *anchor);
}

bool Placer::place(const Wish& wish, bool callouts_allowed) {
    const GeometryKind kind = view_.layers[wish.layer]->shapes->kind();
    if (kind == GeometryKind::polygon) return place_polygon(wish, callouts_allowed);
    const std::optional<Pixel> at = anchor_of(view_, wish.layer, wish.feature);
    if (!at || hidden(*at)) return false;
    const double radius = kind == GeometryKind::point ? mark_radius(wish) : 3;
    return place_around(wish, *at, radius, 0.3, false);
}

}  // namespace

std::optional<Segment> leader_of(const LabelPlacement& labels, const PlacedLabel& label) {
    if (!label.callout) return std::nullopt;
    const auto& path = std::get<PathItem>(labels.items[label.first_item]);
    return Segment{path.points[0], path.points[1]};
}

std::vector<uint8_t> symbol_cells(const Frame& frame, const std::vector<MapItem>& map) {
    const CellGrid grid = label_grid(frame);
    std::vector<uint8_t> cells;
    const auto cell = [&](double v, double origin) { return static_cast<int>(std::floor((v - origin) / grid.cell)); };
    for (const MapItem& item : map) {
        const auto* symbols = std::get_if<SymbolItem>(&item);
        if (symbols == nullptr) continue;
        cells.resize(grid.size());
        for (const Symbol& symbol : symbols->symbols) {
            const double reach = (symbol.radius + symbol.outline_width) * frame.units_per_pixel;
            const int first_row = std::max(0, cell(symbol.at.y - reach, grid.origin.y));
            const int last_row = std::min(grid.rows - 1, cell(symbol.at.y + reach, grid.origin.y));
            const int first_column = std::max(0, cell(symbol.at.x - reach, grid.origin.x));
            const int last_column = std::min(grid.columns - 1, cell(symbol.at.x + reach, grid.origin.x));
            for (int row = first_row; row <= last_row; ++row) {
                for (int column = first_column; column <= last_column; ++column)
                    cells[grid.index(column, row)] = 1;
            }
        }
    }
    return cells;
}

LabelPlacement place_labels(const ViewContext& view, const std::vector<PixelBox>& furniture,
                            const std::vector<uint8_t>& symbols, double text_scale, const LabelPlacement* shown) {
    Placer placer(view, furniture, symbols, text_scale);
    if (shown != nullptr) placer.keep(*shown);
    return placer.run();
}

}  // namespace diaban
