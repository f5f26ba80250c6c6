#include "scene/points/crowd_items.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

#include "scene/map_items.h"
#include "scene/typeset.h"

namespace diaban {
namespace {

constexpr double text_size = 11;
constexpr double edge_width = 1.5;
constexpr int ramp_steps = 7;
/// What a workspace file may ask for is bounded by what a picture can show.
constexpr double least_radius = 2, most_radius = 400;

double marker_reach(const Layer& layer) {
    return layer.style.marker.size.value() / 2 + layer.style.marker.outline_width.value();
}

/// The most points to a square map unit that a surface of this deviation can be expected to reach anywhere: the
/// fullest cell as large as the kernel is wide, between two levels by the logarithm.
double peak_density(const PointCrowdPtr& crowd, double sigma, DeriveCache::Entries& cache) {
    const CurveOrder& order = crowd->order();
    // The cell whose area is that of a column as high as the Gaussian's middle that holds as much.
    const double side = sigma * std::sqrt(2 * std::numbers::pi);
    const auto density = [&](int level) {
        const std::pair key(crowd, level);
        const uint32_t most = cache.fullest.get(key, [&] { return crowd->fullest(level); });
        return most / (order.side(level) * order.side(level));
    };
    const int above = order.level_for(side);
    const int below = std::max(0, above - 1);
    const double share = std::clamp(std::log2(side / order.side(below)), 0.0, 1.0);
    const double fine = density(below);
    const double coarse = density(above);
    return fine > 0 && coarse > 0 ? std::exp(std::lerp(std::log(fine), std::log(coarse), share)) : 0;
}

std::optional<DensitySurface> density_in(const Layer& layer, const LayerResult& result, const Frame& frame,
                                         const std::optional<Transform>& to_degrees, DeriveCache::Entries& cache) {
    const Crowding& crowding = layer.style.crowding;
    if (result.crowd->shown_count() == 0) return std::nullopt;
    const double radius = std::clamp(crowding.radius.value(), least_radius, most_radius);
    const double sigma = kernel_deviation(frame, radius);
    const CellWindow window = density_window(result.crowd->order(), frame, sigma);
    const DensityKey key{result.crowd,  window,           sigma, peak_density(result.crowd, sigma, cache),
                         crowding.ramp, crowding.reversed};
    return cache.densities.get(key, [&] {
        auto ramp = ramp_colours(key.ramp, ramp_steps, key.reversed);
        return make_density(*key.crowd, key.window, key.sigma, key.peak,
                            ramp ? std::move(*ramp) : std::vector<Rgba>{{120, 120, 120, 255}}, to_degrees);
    });
}

Symbol cluster_symbol(const Layer& layer, const LayerResult& result, const Cluster& cluster, Theme theme) {
    const Rgba fill = themed(cluster_colour(layer), theme, layer.background);
    return {cluster.at,
            MarkerShape::circle,
            cluster.radius,
            fill,
            layer.style.marker.outline,
            edge_width,
            result.crowd->order().feature(cluster.points.first)};
}

Symbol lone_symbol(const Layer& layer, const LayerResult& result, const LonePoint& point) {
    const Marker& marker = layer.style.marker;
    return {point.at,
            marker.shape,
            marker.size.value() / 2,
            feature_colour(layer, result, point.feature),
            marker.outline,
            marker.outline_width.value(),
            point.feature};
}

}  // namespace

std::vector<CrowdView> choose_crowds(const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                                     const Frame& frame, const std::optional<Transform>& to_degrees,
                                     DeriveCache::Entries& cache) {
    std::vector<CrowdView> out(layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = workspace.layers[i];
        const LayerResult& result = *layers[i];
        if (!layer.visible || layer.opacity <= 0 || result.crowd == nullptr) continue;
        const CrowdingMode mode = crowding_in(layer, result, frame);
        if (mode == CrowdingMode::clusters) {
            out[i] = clusters_in(*result.crowd, result.shapes->points(), frame, marker_reach(layer));
        } else if (mode == CrowdingMode::density) {
            out[i].density = density_in(layer, result, frame, to_degrees, cache);
        }
        out[i].mode = mode;
    }
    return out;
}

void add_crowd(const ViewContext& view, std::size_t index, std::vector<MapItem>& out) {
    const Layer& layer = view.workspace.layers[index];
    const LayerResult& result = *view.layers[index];
    const CrowdView& crowd = view.crowds[index];
    if (crowd.density) {
        out.emplace_back(ImageItem{crowd.density->image, crowd.density->extent, true, layer.opacity});
    }
    SymbolItem item{.opacity = layer.opacity};
    item.symbols.reserve(crowd.lone.size() + crowd.clusters.size());
    for (const LonePoint& point : crowd.lone)
        item.symbols.push_back(lone_symbol(layer, result, point));
    for (const Cluster& cluster : crowd.clusters)
        item.symbols.push_back(cluster_symbol(layer, result, cluster, view.request.theme));
    if (!item.symbols.empty()) out.emplace_back(std::move(item));
}

std::vector<Symbol> crowd_symbols_of(const ViewContext& view, std::size_t index,
                                     const std::vector<uint32_t>& features) {
    const Layer& layer = view.workspace.layers[index];
    const LayerResult& result = *view.layers[index];
    const CrowdView& crowd = view.crowds[index];
    std::vector<Symbol> out;
    for (const LonePoint& point : crowd.lone) {
        if (std::ranges::binary_search(features, point.feature)) out.push_back(lone_symbol(layer, result, point));
    }
    if (crowd.clusters.empty()) return out;
    const int level = crowd.clusters.front().cell.level;
    const auto place = [](const CurveCell& cell) { return uint64_t{cell.column} << 32 | cell.row; };
    std::unordered_map<uint64_t, std::size_t> by_cell;
    for (std::size_t i = 0; i < crowd.clusters.size(); ++i)
        by_cell[place(crowd.clusters[i].cell)] = i;
    std::vector<uint8_t> wanted(crowd.clusters.size(), 0);
    for (const uint32_t feature : features) {
        for (const Point at : result.shapes->points_of(feature)) {
            const auto cell = result.crowd->order().cell_at(at, level);
            const auto found = cell ? by_cell.find(place(*cell)) : by_cell.end();
            if (found != by_cell.end()) wanted[found->second] = 1;
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (wanted[i] != 0) out.push_back(cluster_symbol(layer, result, crowd.clusters[i], view.request.theme));
    return out;
}

void add_cluster_texts(const ViewContext& view, std::vector<PixelItem>& out) {
    for (std::size_t i = view.layers.size(); i-- > 0;) {
        if (i >= view.crowds.size() || view.crowds[i].clusters.empty()) continue;
        const Layer& layer = view.workspace.layers[i];
        const Rgba fill = themed(cluster_colour(layer), view.request.theme, layer.background);
        const Rgba colour = text_colour_on(fill);
        const TextStyle style{
            .size = text_size, .weight = 600, .colour = colour.with_alpha(std::clamp(layer.opacity, 0.0, 1.0))};
        for (const Cluster& cluster : view.crowds[i].clusters) {
            std::string text = cluster_text(cluster.count);
            const TextSize size = measure_text(text, style);
            const Pixel at = view.frame.to_pixel(cluster.at);
            out.emplace_back(TextItem{{at.x - size.width / 2, at.y - size.height / 2}, std::move(text), style});
        }
    }
}

std::vector<uint32_t> features_to_label(const ViewContext& view, std::size_t index) {
    const LayerResult& result = *view.layers[index];
    std::vector<uint32_t> out;
    if (view.mode_of(index) != CrowdingMode::markers) {
        for (const LonePoint& point : view.crowds[index].lone)
            if (out.empty() || out.back() != point.feature) out.push_back(point.feature);
        return out;
    }
    out = result.shapes->index().query(view.frame.extent());
    if (result.shapes->kind() == GeometryKind::point && out.size() > most_labelled) return {};
    std::erase_if(out, [&](uint32_t f) { return result.shown[f] == 0; });
    return out;
}

}  // namespace diaban
