// How the points of a layer are shown in one view: each as a marker, near ones as clusters, or all as a surface.
//
// A cluster is the shown points of one cell of the map, a power of two of map units and 56 to 112 logical pixels wide,
// so that clusters stay as they are while the view moves, and split into four at most when it comes nearer. It counts
// all points of its cell, those outside the picture too. Cells of one or two points show these.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scene/points/cluster.h"
#include "scene/points/density.h"
#include "scene/scene.h"
#include "style/style.h"

namespace diaban {

struct Layer;
struct LayerResult;

/// A point that is shown as itself among clusters.
struct LonePoint {
    uint32_t feature = 0;
    Point at;
    bool operator==(const LonePoint&) const = default;
};

struct CrowdView {
    CrowdingMode mode = CrowdingMode::markers;  ///< never automatic
    std::vector<Cluster> clusters;              ///< those that may be seen, along the curve
    std::vector<LonePoint> lone;                ///< likewise; by feature
    std::optional<DensitySurface> density;
};

/// With `automatic`, at most this many are shown as markers: of those in the view and round it, up to the edges of
/// blocks of 8 by 8 clusters' cells, so that moving the view by a little rarely changes it.
constexpr uint32_t most_markers = 2000;

/// What a layer's crowding comes to in a view. Markers where there is no crowd.
[[nodiscard]] CrowdingMode crowding_in(const Layer& layer, const LayerResult& result, const Frame& frame);
/// Likewise where the view is not known yet: everything is in it.
[[nodiscard]] CrowdingMode crowding_of_all(const Layer& layer, const LayerResult& result);

[[nodiscard]] int cluster_level(const CurveOrder& order, const Frame& frame);
/// Both `clusters` and `lone` of a view; `points` are the layer's (MapShapes::points()).
[[nodiscard]] CrowdView clusters_in(const PointCrowd& crowd, std::span<const Point> points, const Frame& frame,
                                    double marker_radius);
/// The cluster that is drawn at a place (map CRS), if any.
[[nodiscard]] std::optional<Cluster> cluster_at(const PointCrowd& crowd, const Frame& frame, Point place);
/// The lone point nearest to a place and no farther than `reach` logical pixels.
[[nodiscard]] std::optional<LonePoint> lone_point_at(const PointCrowd& crowd, const Frame& frame, Point place,
                                                     double reach);

/// Grows by 3 pixels with each ten times as many: 12 for 10, 27 for a million.
[[nodiscard]] double cluster_radius(uint32_t count);
/// "999", "1,234", "12 k", "1.2 M".
[[nodiscard]] std::string cluster_text(uint32_t count);
/// A layer's single colour, else a neutral one: a cluster may hold points of several classes.
[[nodiscard]] Rgba cluster_colour(const Layer& layer);
/// For text on it.
[[nodiscard]] Rgba text_colour_on(Rgba fill);

}  // namespace diaban
