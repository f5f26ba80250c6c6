// What becomes a stamp and what is shaded where it lies. Texts, pictograms and small circles come again and again in
// few kinds, and are laid down from stamps; large circles, rectangles and lines cost less shaded.
#include "render/software/sprite_bands.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "render/mask_key.h"
#include "render/software/sprite_painting.h"
#include "render/software/stamp_cache.h"
#include "render/sprite.h"
#include "scene/typeset.h"

namespace diaban {
namespace {

constexpr std::size_t cache_budget = 32 << 20;  ///< bytes; a full screen of labels takes one or two million
constexpr Rgba nothing{0, 0, 0, 0};

/// Circles up to this radius, outline and all, are laid from stamps at steps of 1/16 pixel: off by a thirty-second at
/// most either way, which nobody sees, and ten times as fast.
constexpr double largest_stamped_disc = 12;
constexpr int disc_steps = 16;

/// Cairo's own limit; a larger mask would come back clear.
constexpr double largest_mask = 32'767;

bool finite(Pixel p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// How a mark looks, wherever it lies.
struct MarkLook {
    MarkerShape shape = MarkerShape::circle;
    double radius = 0;
    double ring = 0;
    Rgba fill;
    Rgba outline;
    double opacity = 0;
    bool operator==(const MarkLook&) const = default;

    /// Any small number that differs for most looks.
    [[nodiscard]] uint32_t mixed() const {
        const auto word = [](Rgba c) { return std::bit_cast<uint32_t>(std::array{c.r, c.g, c.b, c.a}); };
        const uint64_t bits = std::bit_cast<uint64_t>(radius) ^ (std::bit_cast<uint64_t>(ring) << 1) ^
                              ((uint64_t{word(fill)} << 32) | word(outline)) ^ static_cast<uint64_t>(shape);
        return static_cast<uint32_t>((bits * 0x9e3779b97f4a7c15U) >> 32);
    }
};

MarkLook look_of(const Symbol& symbol, double opacity) {
    return {symbol.shape, symbol.radius,  ring_width(symbol.outline_width, symbol.outline),
            symbol.fill,  symbol.outline, opacity};
}

}  // namespace

struct SpriteBands::State {
    StampCache cache{cache_budget};
    uint64_t preparations = 0;
    std::string key;  ///< kept for its memory
};

namespace {

/// One item's preparation.
class Preparation {
public:
    Preparation(StampCache& cache, std::string& key, uint64_t number, const PartView& view)
        : cache_(cache),
          key_(key),
          number_(number),
          view_(view),
          ratio_(view.frame.pixel_ratio),
          collector_(view.part) {}

    /// Circles of a layer with more looks than this come too seldom each for stamps. By all of its symbols, seen or
    /// not: a picture does not depend on where it is cut.
    void expect(const std::vector<Symbol>& symbols) {
        constexpr std::size_t most_looks = 128;
        std::array<uint32_t, 1024> seen{};  // by number; one in a million of mistaken ones changes nothing
        std::size_t count = 0;
        for (const Symbol& symbol : symbols) {
            const uint32_t number = look_of(symbol, 1).mixed() | 1;
            std::size_t slot = number / 2 % seen.size();
            while (seen[slot] != 0 && seen[slot] != number)
                slot = (slot + 1) % seen.size();
            if (seen[slot] == number) continue;
            seen[slot] = number;
            if (++count > most_looks) break;
        }
        stamp_discs_ = count <= most_looks;
    }

    /// A mark about a place in device pixels.
    void mark(double x, double y, const MarkLook& look) {
        if (!(look.radius > 0) || !(look.opacity > 0)) return;
        if (look.shape == MarkerShape::circle)
            disc(x, y, look);
        else if ((look.radius * 1.16 + look.ring) * ratio_ + 3 < largest_mask / 2)
            collector_.add(cache_.stamp(set_of(look, 1), 0,
                                        [&] {
                                            return stamp_of(draw_mark(look.shape, look.radius, look.ring, ratio_),
                                                            look.fill, look.outline, look.opacity);
                                        }),
                           std::round(x), std::round(y));
    }

    void text(const TextItem& item) {
        if (item.text.empty() || !finite(item.at)) return;
        const TextStyle& style = item.style;
        const Rgba halo = style.halo && style.halo_width > 0 ? *style.halo : nothing;
        key_.clear();
        append_text_key(key_, item.text, style, item.wrap_width, ratio_);
        append_bytes(key_, style.colour, halo);
        const auto make = [&] {
            return stamp_of(draw_text(item.text, style, item.wrap_width, ratio_), style.colour, halo, 1);
        };
        // Whole device pixels: text between two of them would blur.
        collector_.add(cache_.stamp(held(cache_.set(key_, 1)), 0, make), std::round(item.at.x * ratio_),
                       std::round(item.at.y * ratio_));
    }

    void rectangle(const RectItem& item) {
        for (const Sprite& sprite : rectangle_sprites(item, ratio_))
            collector_.add(sprite);
    }

    void path(const PathItem& item) {
        if (item.points.size() < 2 || !std::ranges::all_of(item.points, finite)) return;
        if (item.closed && item.fill.a > 0) {
            std::vector<Pixel> corners = item.points;
            for (Pixel& corner : corners)
                corner = {corner.x * ratio_, corner.y * ratio_};
            collector_.add(convex_area(std::move(corners), view_.part, item.fill));
        }
        if (!item.stroke) return;
        if (is_segment(item)) {
            for (const Sprite& sprite : segment_sprites(item.points[0], item.points[1], *item.stroke, ratio_))
                collector_.add(sprite);
            return;
        }
        const auto [top, bottom] = std::ranges::minmax(item.points, {}, &Pixel::y);
        const Stroke& stroke = *item.stroke;
        const double reach =
            std::max(0.0, stroke.width.value()) / 2 + (stroke.casing ? std::max(0.0, stroke.casing_width.value()) : 0);
        collector_.add(prepare_path(item.points, item.closed, stroke, view_), (top.y - reach) * ratio_ - 1,
                       (bottom.y + reach) * ratio_ + 1);
    }

    [[nodiscard]] BandPainterPtr finish() { return collector_.finish(); }

private:
    void disc(double x, double y, const MarkLook& look) {
        const double radius = look.radius * ratio_;
        const double ring = look.ring * ratio_;
        if (!stamp_discs_ || radius + ring > largest_stamped_disc) {
            collector_.add(disc_sprite(x, y, radius, ring, look.fill, look.outline, look.opacity));
            return;
        }
        const auto step = [](double v, double& whole) {
            const double steps = std::floor(v * disc_steps + 0.5);
            whole = std::floor(steps / disc_steps);
            return static_cast<int>(steps - whole * disc_steps);
        };
        // Far away a place may be no number of steps that an int holds, nor has it to be.
        if (!(std::abs(x) < 1e9 && std::abs(y) < 1e9)) return;
        double whole_x = 0;
        double whole_y = 0;
        const int step_x = step(x, whole_x);
        const int step_y = step(y, whole_y);
        const auto make = [&] {
            return stamp_of(disc_sprite(static_cast<double>(step_x) / disc_steps,
                                        static_cast<double>(step_y) / disc_steps, radius, ring, look.fill, look.outline,
                                        look.opacity));
        };
        const auto index = static_cast<std::size_t>(step_y * disc_steps + step_x);
        collector_.add(cache_.stamp(set_of(look, disc_steps * disc_steps), index, make), whole_x, whole_y);
    }

    StampSet& set_of(const MarkLook& look, std::size_t count) {
        Recent& recent = recent_[look.mixed() % recent_.size()];
        if (recent.set != nullptr && recent.look == look) return *recent.set;
        key_.clear();
        append_mark_key(key_, look.shape, look.radius, look.ring, ratio_);
        append_bytes(key_, look.fill, look.outline, look.opacity);
        recent = {look, &held(cache_.set(key_, count))};
        return *recent.set;
    }

    StampSet& held(const std::shared_ptr<StampSet>& set) {
        if (set->holder != number_) collector_.hold(set);
        set->holder = number_;
        return *set;
    }

    /// The few looks that a layer's symbols mostly have are found without asking the cache.
    struct Recent {
        MarkLook look;
        StampSet* set = nullptr;
    };

    StampCache& cache_;
    std::string& key_;
    uint64_t number_;
    const PartView& view_;
    double ratio_;
    bool stamp_discs_ = true;
    SpriteCollector collector_;
    std::array<Recent, 64> recent_;
};

}  // namespace

SpriteBands::SpriteBands() : state_(std::make_unique<State>()) {}
SpriteBands::~SpriteBands() = default;
SpriteBands::SpriteBands(SpriteBands&&) noexcept = default;
SpriteBands& SpriteBands::operator=(SpriteBands&&) noexcept = default;

void SpriteBands::begin_frame() {
    state_->cache.begin_frame();
}

BandPainterPtr SpriteBands::prepare(const SymbolItem& item, const PartView& view) {
    Preparation preparation(state_->cache, state_->key, ++state_->preparations, view);
    const double ratio = view.frame.pixel_ratio;
    const double opacity = std::min(item.opacity, 1.0);
    preparation.expect(item.symbols);
    const double right = double{0} + view.part.x + view.part.width;
    const double bottom = double{0} + view.part.y + view.part.height;
    for (const Symbol& symbol : item.symbols) {
        const Pixel at = view.frame.to_pixel(symbol.at);
        const double x = at.x * ratio;
        const double y = at.y * ratio;
        const double reach = (symbol.radius * 1.2 + symbol.outline_width) * ratio + 2;
        if (!(x - reach < right && x + reach > view.part.x && y - reach < bottom && y + reach > view.part.y)) continue;
        preparation.mark(x, y, look_of(symbol, opacity));
    }
    return preparation.finish();
}

BandPainterPtr SpriteBands::prepare(std::span<const PixelItem> items, const PartView& view) {
    Preparation preparation(state_->cache, state_->key, ++state_->preparations, view);
    const double ratio = view.frame.pixel_ratio;
    for (const PixelItem& item : items) {
        if (const auto* text = std::get_if<TextItem>(&item))
            preparation.text(*text);
        else if (const auto* rect = std::get_if<RectItem>(&item))
            preparation.rectangle(*rect);
        else if (const auto* path = std::get_if<PathItem>(&item))
            preparation.path(*path);
        else if (const auto* mark = std::get_if<MarkItem>(&item))
            preparation.mark(mark->at.x * ratio, mark->at.y * ratio,
                             {mark->shape, mark->radius, ring_width(mark->outline_width, mark->outline), mark->fill,
                              mark->outline, 1});
    }
    return preparation.finish();
}

}  // namespace diaban
