// Stamps, sprites, filled shapes and paths in their order, sorted by the rows that they touch, and painted band by
// band.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "render/part.h"
#include "render/software/convex_area.h"
#include "render/software/map_bands.h"
#include "render/software/stamp_cache.h"
#include "render/sprite.h"

namespace diaban {

/// Collects what is to be painted on one part of a picture; what lies outside of it is left away.
class SpriteCollector {
public:
    explicit SpriteCollector(const Part& part) : part_(part) {}

    /// A stamp of a set that `hold` keeps, its anchor in whole device pixels of the picture.
    void add(const Stamp& stamp, double x, double y);
    void add(const Sprite& sprite);
    void add(ConvexArea area);
    /// A path's stroke, which touches rows within [top, bottom] of the picture's device pixels.
    void add(BandPainterPtr path, double top, double bottom);
    void hold(const std::shared_ptr<StampSet>& set) { held_.push_back(set); }

    /// What was collected; null if nothing.
    [[nodiscard]] BandPainterPtr finish();

private:
    friend class SpritePainting;

    /// A stamp at a place, or (null) the shape whose index `x` is.
    struct Entry {
        const Stamp* stamp;
        int x, y;
    };
    using Shape = std::variant<Sprite, ConvexArea, BandPainterPtr>;
    struct Rows {
        int first, last;
    };

    void add_shape(Shape shape, double top, double bottom);
    [[nodiscard]] Rows rows_of(const Entry& entry) const;

    Part part_;
    std::vector<Entry> entries_;
    std::vector<Shape> shapes_;
    std::vector<Rows> shape_rows_;
    std::vector<std::shared_ptr<const StampSet>> held_;
};

}  // namespace diaban
