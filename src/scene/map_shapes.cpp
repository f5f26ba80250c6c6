#include "scene/map_shapes.h"

#include <cmath>
#include <mutex>

#include "query/pick.h"

namespace diaban {

struct MapShapes::Levels {
    std::shared_ptr<const Geometry> plane;
    DetailPtr whole;
};

MapShapes::MapShapes(GeometryPtr source, std::optional<Transform> to_map)
    : source_(std::move(source)), to_map_(std::move(to_map)), levels_(std::make_unique<Levels>()) {
    if (to_map_) to_source_ = to_map_->inverse();
    levels_->plane = to_map_ ? std::make_shared<const Geometry>(to_map_->apply(*source_, &lost_)) : source_;
    index_ = SpatialIndex(*levels_->plane);
    box_ = levels_->plane->box();
    for (uint32_t f = 0; f < feature_count(); ++f)
        boxes_.push_back(levels_->plane->box_of(f));
    levels_->whole = std::make_shared<const Detail>(plain_detail(*levels_->plane));
}

MapShapes::~MapShapes() = default;

Point MapShapes::to_map(Point source) const {
    return to_map_ ? to_map_->apply(source) : source;
}

Point MapShapes::to_source(Point map) const {
    return to_source_ ? to_source_->apply(map) : map;
}

Geometry MapShapes::feature(uint32_t feature, double /*tolerance*/) const {
    GeometryBuilder builder(kind());
    builder.begin_feature();
    for (const uint32_t part : levels_->plane->parts_of(feature)) {
        builder.begin_part();
        for (const uint32_t ring : levels_->plane->rings_of_part(part))
            builder.add_ring(levels_->plane->ring(ring));
    }
    return std::move(builder).finish();
}

const std::vector<Point>& MapShapes::points() const {
    return levels_->plane->points();
}

std::span<const Point> MapShapes::points_of(uint32_t feature) const {
    return levels_->plane->points_of(feature);
}

MapShapes::Choice MapShapes::detail(const Box& /*extent*/, double /*pixel*/, DetailMaker* /*maker*/) const {
    return {levels_->whole, true};
}

std::optional<uint32_t> MapShapes::pick(Point map, double tolerance, std::span<const uint8_t> shown) const {
    return diaban::pick(*levels_->plane, index_, map, tolerance, shown);
}

std::vector<uint32_t> MapShapes::select(const Box& box, std::span<const uint8_t> shown) const {
    return diaban::select(*levels_->plane, index_, box, shown);
}

std::vector<uint32_t> MapShapes::select(std::span<const Point> lasso, std::span<const uint8_t> shown) const {
    return diaban::select(*levels_->plane, index_, lasso, shown);
}

}  // namespace diaban
