// MapShapes's levels of detail: which one a view wants, which are at hand, and when they are made.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <mutex>
#include <utility>
#include <vector>

#include "geo/build_detail.h"
#include "scene/map_shapes.h"

namespace diaban {
namespace {

/// Views in which no more points than this lie show every one of them.
constexpr std::size_t points_kept_all = 60'000;
/// A level for a part of the layer is made for a window this much larger than the view, to either side, in views; and
/// made anew before the view reaches its edge by so much.
constexpr double window_margin = 0.5;
constexpr double edge_margin = 0.15;
/// When the window holds so much of the layer's box, or the layer is so small, the level is made for all of it.
constexpr double whole_share = 0.4;
constexpr std::size_t whole_points = 200'000;
constexpr std::size_t kept_levels = 8;
constexpr std::size_t kept_bytes = std::size_t{48} << 20U;

bool inside(const Box& small, const Box& large) {
    return small.min_x >= large.min_x && small.max_x <= large.max_x && small.min_y >= large.min_y &&
           small.max_y <= large.max_y;
}

Box common(const Box& a, const Box& b) {
    return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
            std::min(a.max_y, b.max_y)};
}

double area_of(const Box& box) {
    return box.empty() ? 0 : box.width() * box.height();
}

}  // namespace

/// What a level is made for. Two of the same step differ only in where.
struct MapShapes::Wish {
    int step = 0;  ///< half an octave: the tolerance is √2 to it
    bool every_point = false;
    Box extent;  ///< empty: all of the layer
    Box view;    ///< what is in view of the layer
    Box soon;    ///< what may be in view soon
    [[nodiscard]] double tolerance() const { return std::exp2(step / 2.0); }
};

struct MapShapes::Levels {
    struct Level {
        int step = 0;
        bool every_point = false;
        bool whole = false;
        DetailPtr detail;
        [[nodiscard]] bool covers(const Box& view) const { return whole || inside(view, detail->extent); }
    };
    std::mutex mutex;
    std::list<Level> levels;  ///< the one used last is in front
    /// Made while somebody waited for a picture, and still to be kept between runs.
    std::vector<Level> to_store;

    struct Found {
        DetailPtr detail;
        bool right = false;    ///< as wished
        bool lasting = false;  ///< and will be when the view has moved a little
    };
    /// The level to draw for a wish, or the best that stands in for it; null when there is none.
    Found find(const Wish& wish) {
        const std::lock_guard lock(mutex);
        auto best = levels.end();
        const auto off = [&](const Level& level) {
            // Finer is better than coarser by as much.
            const int coarser = level.step - wish.step;
            return coarser > 0 ? 2 * coarser : -coarser;
        };
        for (auto level = levels.begin(); level != levels.end(); ++level) {
            if (!level->covers(wish.view)) continue;
            if (best == levels.end() || off(*level) < off(*best)) best = level;
        }
        if (best == levels.end()) return {};
        const bool right = best->step == wish.step && best->every_point >= wish.every_point;
        levels.splice(levels.begin(), levels, best);
        return {best->detail, right, right && best->covers(wish.soon)};
    }

    void store_later(const Wish& wish, const DetailPtr& detail) {
        const std::lock_guard lock(mutex);
        to_store.push_back({wish.step, wish.every_point, true, detail});
    }

    std::vector<Level> take_to_store() {
        const std::lock_guard lock(mutex);
        return std::exchange(to_store, {});
    }

    void keep(const Wish& wish, DetailPtr detail) {
        const std::lock_guard lock(mutex);
        levels.push_front({wish.step, wish.every_point, wish.extent.empty(), std::move(detail)});
        // The coarsest of the whole stays: it stands in for everything.
        const auto coarsest = std::ranges::max_element(
            levels, {}, [](const Level& level) { return level.whole ? level.step : std::numeric_limits<int>::min(); });
        std::size_t bytes = 0;
        std::size_t count = 0;
        for (auto level = levels.begin(); level != levels.end();) {
            bytes += level->detail->bytes();
            ++count;
            const bool too_many = count > 1 && (bytes > kept_bytes || count > kept_levels);
            if (too_many && !(level == coarsest && level->whole))
                level = levels.erase(level);
            else
                ++level;
        }
    }
};

void MapShapes::init_levels() {
    levels_ = std::make_shared<Levels>();
}

Box MapShapes::source_box(const Box& map) const {
    if (!to_source_) return map;
    const Box box = to_source_->apply(map);
    // Nothing where the way back is unknown: then all of the source counts as near.
    if (box.empty() || !std::isfinite(box.width()) || !std::isfinite(box.height())) return source_->box();
    return box.grown(0.05 * std::max(box.width(), box.height()));
}

MapShapes::Wish MapShapes::wish_for(const Box& extent, double pixel) const {
    Wish wish;
    wish.step = static_cast<int>(std::floor(2 * std::log2(std::max(pixel, 1e-12) / 2)));
    wish.view = common(extent, box_);
    wish.soon = common(extent.grown(edge_margin * std::max(extent.width(), extent.height())), box_);
    const Box window = extent.grown(window_margin * std::max(extent.width(), extent.height()));
    const std::size_t all = source_->points().size();
    const bool whole = all <= whole_points || area_of(common(window, box_)) >= whole_share * area_of(box_);
    if (!whole) wish.extent = window;
    std::size_t points = all;
    if (!whole) {
        points = 0;
        for (const uint32_t feature : index_.query(window)) {
            points += source_->points_of(feature).size();
            if (points > points_kept_all) break;
        }
    }
    wish.every_point = points <= points_kept_all;
    return wish;
}

DetailPtr MapShapes::make(const Wish& wish) const {
    DetailWish out{.tolerance = wish.tolerance(), .every_point = wish.every_point};
    std::vector<uint32_t> features;
    if (!wish.extent.empty()) {
        out.extent = wish.extent;
        out.source_extent = source_box(wish.extent);
        features = index_.query(wish.extent);
        out.features = features;
    }
    // Parts are made as soon as looked up.
    const bool stored = store_ && wish.extent.empty() && source_->points().size() > whole_points;
    DetailPtr detail = stored ? store_.find(wish.step, wish.every_point, feature_count()) : nullptr;
    if (detail == nullptr) {
        detail = std::make_shared<const Detail>(build_detail(*source_, to_plane_, out));
        if (stored) levels_->store_later(wish, detail);
    }
    levels_->keep(wish, detail);
    return detail;
}

void MapShapes::store_levels() const {
    for (const Levels::Level& level : levels_->take_to_store())
        store_.keep(level.step, level.every_point, *level.detail);
}

MapShapes::Choice MapShapes::detail(const Box& extent, double pixel, DetailMaker* maker) const {
    const Wish wish = wish_for(extent, pixel);
    const Levels::Found found = levels_->find(wish);
    if (found.detail == nullptr || (!found.right && maker == nullptr)) return {make(wish), true};
    if (maker != nullptr && !found.lasting) {
        const auto key = fmt::format("{} {}", static_cast<const void*>(this), wish.step);
        maker->ask(key, [self = shared_from_this(), wish] {
            (void)self->make(wish);
            self->store_levels();
        });
    }
    return {found.detail, found.right};
}

}  // namespace diaban
