#include "render/software/sprite_painting.h"

#include <algorithm>
#include <cmath>

#include "render/software/row_bins.h"
#include "render/software/shade_sprite.h"

namespace diaban {
namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

}  // namespace

class SpritePainting final : public BandPainter {
public:
    using Entry = SpriteCollector::Entry;

    explicit SpritePainting(SpriteCollector&& from)
        : part_(from.part_),
          entries_(std::move(from.entries_)),
          shapes_(std::move(from.shapes_)),
          held_(std::move(from.held_)) {
        bins_.build(entries_.size(), part_.height, [&](std::size_t i) {
            const auto [first, last] = from.rows_of(entries_[i]);
            return std::pair(first, last - 1);
        });
    }

    void paint(const Surface& surface, int first, int last) const override {
        RowBins::each_bin(std::max(first, 0), std::min({last, surface.height, part_.height}),
                          [&](int bin, int from, int to) {
                              for (const uint32_t i : bins_.of(bin))
                                  paint(entries_[i], surface, from, to);
                          });
    }

private:
    void paint(const Entry& entry, const Surface& surface, int first, int last) const {
        if (entry.stamp != nullptr) {
            lay(*entry.stamp, entry.x, entry.y, surface, first, last);
            return;
        }
        std::visit(Overloaded{
                       [&](const Sprite& sprite) { paint_sprite(sprite, part_, surface, first, last); },
                       [&](const ConvexArea& area) { paint_area(area, surface, first, last); },
                       [&](const BandPainterPtr& path) { path->paint(surface, first, last); },
                   },
                   shapes_[static_cast<std::size_t>(entry.x)]);
    }

    Part part_;
    std::vector<Entry> entries_;
    RowBins bins_;
    std::vector<SpriteCollector::Shape> shapes_;
    std::vector<std::shared_ptr<const StampSet>> held_;
};

void SpriteCollector::add(const Stamp& stamp, double x, double y) {
    // Compared so that what is no number is left away, and before a place that no int holds becomes one.
    const double left = x + stamp.x - part_.x;
    const double top = y + stamp.y - part_.y;
    if (!(left < part_.width && left + stamp.width > 0 && top < part_.height && top + stamp.height > 0)) return;
    entries_.push_back({&stamp, static_cast<int>(x) - part_.x, static_cast<int>(y) - part_.y});
}

void SpriteCollector::add(const Sprite& sprite) {
    const auto& [x, y, width, height] = sprite.box;
    if (!(x - 1 < static_cast<float>(part_.x + part_.width) && x + width + 1 > static_cast<float>(part_.x))) return;
    add_shape(sprite, double{y} - 1, double{y} + height + 1);
}

void SpriteCollector::add(ConvexArea area) {
    if (area.ring.empty()) return;
    const double top = double{0} + area.box.min_y;
    const double bottom = double{0} + area.box.max_y;
    add_shape(std::move(area), part_.y + top / fixed_one, part_.y + bottom / fixed_one);
}

void SpriteCollector::add(BandPainterPtr path, double top, double bottom) {
    if (path) add_shape(std::move(path), top, bottom);
}

void SpriteCollector::add_shape(Shape shape, double top, double bottom) {
    top -= part_.y;
    bottom -= part_.y;
    if (!(top < part_.height && bottom > 0)) return;
    shape_rows_.push_back({static_cast<int>(std::max(top, 0.0)),
                           static_cast<int>(std::ceil(std::min(bottom, double{0} + part_.height)))});
    entries_.push_back({nullptr, static_cast<int>(shapes_.size()), 0});
    shapes_.push_back(std::move(shape));
}

SpriteCollector::Rows SpriteCollector::rows_of(const Entry& entry) const {
    if (entry.stamp == nullptr) return shape_rows_[static_cast<std::size_t>(entry.x)];
    const int top = entry.y + entry.stamp->y;
    return {std::max(top, 0), std::min(top + entry.stamp->height, part_.height)};
}

BandPainterPtr SpriteCollector::finish() {
    if (entries_.empty()) return nullptr;
    return std::make_unique<const SpritePainting>(std::move(*this));
}

}  // namespace diaban
