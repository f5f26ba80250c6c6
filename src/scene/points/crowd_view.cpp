#include "scene/points/crowd_view.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "scene/derive.h"

namespace diaban {
namespace {

constexpr double least_cluster_cell = 56;  // logical pixels: the circle of a million fits
constexpr uint32_t most_lone = 2;
constexpr int block_levels = 3;  // above a cluster's cell, for counting what is in view
constexpr double edge_width = 1.5;

Box view_box(const Frame& frame, double margin_pixels) {
    return frame.extent().grown(margin_pixels * frame.units_per_pixel);
}

Cluster make_cluster(const PointCrowd& crowd, const CurveCell& cell, const CurveRange& points, const Frame& frame) {
    Cluster out{cell, points, crowd.count(points), crowd.mean(points), {}, 0};
    out.radius = cluster_radius(out.count);
    const double reach = (out.radius + edge_width) * frame.units_per_pixel;
    const Box room = crowd.order().box(cell).grown(-reach);
    // Where doubles end, a circle may be wider than its cell.
    out.at = room.empty() ? out.mean
                          : Point{std::clamp(out.mean.x, room.min_x, room.max_x),
                                  std::clamp(out.mean.y, room.min_y, room.max_y)};
    return out;
}

/// `points`: the layer's; without them places are as exact as the curve's.
void add_lone(const PointCrowd& crowd, const CurveRange& range, std::span<const Point> points,
              std::vector<LonePoint>& out) {
    const CurveOrder& order = crowd.order();
    for (uint32_t i = range.first; i < range.last; ++i) {
        if (crowd.is_shown(i))
            out.push_back({order.feature(i), points.empty() ? order.place(i) : points[order.point(i)]});
    }
}

double distance_pixels(const Frame& frame, Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y) / frame.units_per_pixel;
}

}  // namespace

int cluster_level(const CurveOrder& order, const Frame& frame) {
    return order.level_for(least_cluster_cell * frame.units_per_pixel);
}

CrowdingMode crowding_in(const Layer& layer, const LayerResult& result, const Frame& frame) {
    const CrowdingMode wanted = layer.style.crowding.mode;
    if (result.crowd == nullptr) return CrowdingMode::markers;
    if (wanted != CrowdingMode::automatic) return wanted;
    const PointCrowd& crowd = *result.crowd;
    if (crowd.shown_count() <= most_markers) return CrowdingMode::markers;
    const int level = cluster_level(crowd.order(), frame) + block_levels;
    uint64_t near = 0;
    crowd.order().for_each_cell(level, frame.extent(),
                                [&](const CurveCell&, const CurveRange& points) { near += crowd.count(points); });
    return near <= most_markers ? CrowdingMode::markers : CrowdingMode::clusters;
}

CrowdingMode crowding_of_all(const Layer& layer, const LayerResult& result) {
    const CrowdingMode wanted = layer.style.crowding.mode;
    if (result.crowd == nullptr) return CrowdingMode::markers;
    if (wanted != CrowdingMode::automatic) return wanted;
    return result.crowd->shown_count() <= most_markers ? CrowdingMode::markers : CrowdingMode::clusters;
}

CrowdView clusters_in(const PointCrowd& crowd, std::span<const Point> points, const Frame& frame,
                      double marker_radius) {
    CrowdView out{.mode = CrowdingMode::clusters};
    const CurveOrder& order = crowd.order();
    // Circles keep to their cells; only a lone point's marker reaches out of its.
    order.for_each_cell(cluster_level(order, frame), view_box(frame, marker_radius),
                        [&](const CurveCell& cell, const CurveRange& range) {
                            const uint32_t count = crowd.count(range);
                            if (count > most_lone) {
                                out.clusters.push_back(make_cluster(crowd, cell, range, frame));
                            } else if (count > 0) {
                                add_lone(crowd, range, points, out.lone);
                            }
                        });
    std::ranges::stable_sort(out.lone, {}, &LonePoint::feature);
    return out;
}

std::optional<Cluster> cluster_at(const PointCrowd& crowd, const Frame& frame, Point place) {
    const CurveOrder& order = crowd.order();
    const auto cell = order.cell_at(place, cluster_level(order, frame));
    if (!cell) return std::nullopt;
    const CurveRange points = order.range(*cell);
    if (crowd.count(points) <= most_lone) return std::nullopt;
    const Cluster cluster = make_cluster(crowd, *cell, points, frame);
    if (distance_pixels(frame, cluster.at, place) > cluster.radius + edge_width) return std::nullopt;
    return cluster;
}

std::optional<LonePoint> lone_point_at(const PointCrowd& crowd, const Frame& frame, Point place, double reach) {
    std::optional<LonePoint> nearest;
    double least = reach;
    const CurveOrder& order = crowd.order();
    const Box near = Box{place.x, place.y, place.x, place.y}.grown(reach * frame.units_per_pixel);
    std::vector<LonePoint> lone;
    order.for_each_cell(cluster_level(order, frame), near, [&](const CurveCell&, const CurveRange& points) {
        if (crowd.count(points) <= most_lone) add_lone(crowd, points, {}, lone);
    });
    std::ranges::stable_sort(lone, {}, &LonePoint::feature);
    for (const LonePoint& point : lone) {
        const double away = distance_pixels(frame, point.at, place);
        if (away <= least) nearest = point, least = away;  // of equals the one drawn last
    }
    return nearest;
}

double cluster_radius(uint32_t count) {
    return 9 + 3 * std::log10(std::max(1.0, static_cast<double>(count)));
}

std::string cluster_text(uint32_t count) {
    return format_compact(count);
}

Rgba cluster_colour(const Layer& layer) {
    constexpr Rgba neutral{84, 96, 116, 255};
    const auto* single = std::get_if<SingleFill>(&layer.style.fill);
    return single != nullptr && single->colour.a > 0 ? single->colour : neutral;
}

Rgba text_colour_on(Rgba fill) {
    constexpr Rgba light{255, 255, 255, 255};
    constexpr Rgba dark{22, 26, 34, 255};
    return contrast(light, fill) >= contrast(dark, fill) ? light : dark;
}

}  // namespace diaban
