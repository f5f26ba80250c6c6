// A layer's shapes on the map: the data stay in their own CRS, and what is drawn, picked or labelled is brought into
// the map's plane where and as exactly as it is needed.
//
// Levels of detail are made when first asked for, and kept while they are of use. All members are safe to call from
// several threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "geo/crs.h"
#include "geo/crs/grid_transform.h"
#include "geo/detail.h"
#include "geo/geometry.h"
#include "geo/spatial_index.h"
#include "scene/detail_maker.h"
#include "scene/detail_store.h"

namespace diaban {

class MapShapes : public std::enable_shared_from_this<MapShapes> {
public:
    using GeometryPtr = std::shared_ptr<const Geometry>;
    /// `to_map`: from the geometry's CRS to the map's; the identity when there is none.
    MapShapes(GeometryPtr source, std::optional<Transform> to_map, DetailStore store = {});
    ~MapShapes();
    MapShapes(const MapShapes&) = delete;
    MapShapes& operator=(const MapShapes&) = delete;

    [[nodiscard]] const Geometry& source() const { return *source_; }
    [[nodiscard]] GeometryKind kind() const { return source_->kind(); }
    [[nodiscard]] uint32_t feature_count() const { return source_->feature_count(); }
    [[nodiscard]] bool has_geometry(uint32_t feature) const { return source_->has_geometry(feature); }
    /// How many coordinates the map's CRS cannot hold.
    [[nodiscard]] std::size_t lost() const { return lost_; }

    // ── in the map's plane ──
    /// Of everything, and of a feature; never smaller than the feature, and larger by little.
    [[nodiscard]] const Box& box() const { return box_; }
    [[nodiscard]] const Box& box_of(uint32_t feature) const { return boxes_[feature]; }
    [[nodiscard]] const SpatialIndex& index() const { return index_; }
    /// NaN where the other plane has no such place.
    [[nodiscard]] Point to_map(Point source) const;
    [[nodiscard]] Point to_source(Point map) const;
    /// One feature; points nearer than `tolerance` (map units) to the last one kept are left out, and parts smaller
    /// than it; 0: none are.
    [[nodiscard]] Geometry feature(uint32_t feature, double tolerance = 0) const;
    /// All coordinates, for layers of points.
    [[nodiscard]] std::span<const Point> points() const;
    /// The coordinates of one feature of a layer of points.
    [[nodiscard]] std::span<const Point> points_of(uint32_t feature) const;

    // ── levels of detail ──
    /// What to draw where a device pixel is `pixel` map units wide and `extent` is in view: outlines are off by less
    /// than half of it, and every point is there where that is not too many. With `maker` what is missing is made there
    /// and the best of what is at hand is returned (`finished` false); without, and where nothing is at hand, it is
    /// made here and now.
    struct Choice {
        DetailPtr detail;
        bool finished = true;
    };
    [[nodiscard]] Choice detail(const Box& extent, double pixel, DetailMaker* maker = nullptr) const;

    // ── what is where, exactly ──
    /// The topmost (last) polygon that contains the place, else the nearest feature within `tolerance` (map units);
    /// of those shown (empty: all).
    [[nodiscard]] std::optional<uint32_t> pick(Point map, double tolerance, std::span<const uint8_t> shown) const;
    /// Features any part of which lies in the box, or in the closed ring, ascending.
    [[nodiscard]] std::vector<uint32_t> select(const Box& box, std::span<const uint8_t> shown) const;
    [[nodiscard]] std::vector<uint32_t> select(std::span<const Point> lasso, std::span<const uint8_t> shown) const;

private:
    struct Levels;
    struct Wish;
    void find_boxes();
    /// From a place to a feature's nearest segment that has part in a box of the source; infinity when none has. Only
    /// those are brought into the plane.
    [[nodiscard]] double distance_near(uint32_t feature, Point map, const Box& source_near) const;
    void measure_boxes();
    void init_levels();
    [[nodiscard]] Wish wish_for(const Box& extent, double pixel) const;
    [[nodiscard]] DetailPtr make(const Wish& wish) const;
    /// Keeps between runs what was made since the last time: when nobody waits.
    void store_levels() const;
    [[nodiscard]] Box source_box(const Box& map) const;

    GeometryPtr source_;
    std::optional<Transform> to_map_, to_source_;
    DetailStore store_;
    GridTransform to_plane_;
    Geometry points_;  ///< of a layer of points, in the plane
    std::vector<Box> boxes_;
    Box box_;
    SpatialIndex index_;
    std::size_t lost_ = 0;
    std::shared_ptr<Levels> levels_;
};
using MapShapesPtr = std::shared_ptr<const MapShapes>;

}  // namespace diaban
