// The scene of one view: map items, then furniture, then labels in the room that is left.
#include "scene/derive.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/trace.h"
#include "scene/cache_entries.h"
#include "scene/furniture.h"
#include "scene/labels.h"
#include "scene/map_items.h"
#include "scene/points/crowd_items.h"

namespace diaban {
namespace {

// `at_rest`: where it stood when the view last rested, and stays while it moves.
FurniturePlaces add_furniture(const ViewContext& view, const Crs& crs, const std::optional<Transform>& to_degrees,
                              const FurniturePlaces* at_rest, std::vector<PixelItem>& out) {
    const Stage stage("derive/furniture");
    const FurnitureBlocks blocks = make_furniture_blocks(view.workspace, view.layers, view.request, crs, view.crowds);
    // A legend of points says something else at each scale, and may have grown.
    const bool fits = at_rest != nullptr && at_rest->legend.width == blocks.legend.width &&
                      at_rest->legend.height == blocks.legend.height;
    FurniturePlaces places =
        fits ? *at_rest : place_furniture(blocks, view.workspace, view.layers, view.request, view.frame);
    append_moved(blocks.sources.items, places.sources.x, places.sources.y, out);
    append_moved(blocks.legend.items, places.legend.x, places.legend.y, out);
    append_moved(blocks.title.items, places.title.x, places.title.y, out);
    const Block bar = places.scale_bar.width > 0 ? make_scale_bar(view.frame, to_degrees, view.request) : Block{};
    if (bar.empty()) {
        places.scale_bar = {};
    } else {
        // Its length varies with the scale; it keeps to its corner.
        const bool to_the_right = places.scale_bar.x > view.frame.width / 2;
        const double x = to_the_right ? places.scale_bar.x + places.scale_bar.width - bar.width : places.scale_bar.x;
        const double y = places.scale_bar.y + places.scale_bar.height - bar.height;
        places.scale_bar = {x, y, bar.width, bar.height};
        append_moved(bar.items, x, y, out);
    }
    if (places.north_arrow.width > 0) {
        const Block arrow = make_north_arrow(true_north(view.frame, to_degrees), view.request);
        append_moved(arrow.items, places.north_arrow.x, places.north_arrow.y, out);
    }
    return places;
}

double label_scale(const ViewContext& view) {
    return 1 + (furniture_scale(view.request) - 1) / 2;
}

LabelPlacement make_labels(const ViewContext& view, const RestKey& key, const Scene& scene, const RestKeeper& keeper) {
    if (!view.request.furniture.labels) return {};
    const Stage stage("derive/labels");
    // After a change of colours, or of what is selected.
    if (keeper.right_for(view, key, scene.furniture_boxes)) return keeper.labels();
    return place_labels(view, scene.furniture_boxes, symbol_cells(view.frame, scene.map), label_scale(view));
}

// Those placed when the view last rested.
void carry_labels(const ViewContext& view, const AtRest& at_rest, RestKeeper& keeper, Scene& scene) {
    if (!view.request.furniture.labels) return;
    const Stage stage("derive/labels");
    scene.labels = carry_labels(at_rest.labels, at_rest.frame, view.frame).items;
    if (keeper.wants_refresh(view))
        keeper.refresh(view, scene.furniture_boxes, symbol_cells(view.frame, scene.map), label_scale(view));
}

}  // namespace

Scene derive(const Workspace& workspace, const Datasets& datasets, const MapRequest& request, DeriveCache& cache) {
    const Stage stage("derive");
    Scene scene;
    const std::vector<LayerResultPtr> layers = derive_layers(workspace, datasets, cache);
    const Crs crs = cache.entries().crs_of(workspace, datasets);
    const std::optional<Transform> to_degrees = cache.entries().transform_to_degrees(crs);
    scene.frame = resolve_frame(workspace, layers, request);
    // Furniture is laid out for the frame's size, which is the request's unless a frame was given.
    MapRequest sized = request;
    sized.width = scene.frame.width;
    sized.height = scene.frame.height;
    const ViewContext view{workspace,
                           layers,
                           sized,
                           scene.frame,
                           choose_details(workspace, layers, request, scene.frame, scene.unfinished),
                           choose_crowds(workspace, layers, scene.frame, to_degrees, cache.entries())};
    scene.background = view.colours().background;
    scene.map = make_map_items(view, cache.entries());
    RestKeeper& keeper = cache.entries().rest;
    RestKey key = rest_key(view);
    const AtRest* at_rest = request.moving ? keeper.find(key) : nullptr;
    const FurniturePlaces places =
        add_furniture(view, crs, to_degrees, at_rest != nullptr ? &at_rest->furniture : nullptr, scene.furniture);
    scene.furniture_boxes = places.boxes();
    if (at_rest != nullptr) {
        carry_labels(view, *at_rest, keeper, scene);
    } else {
        LabelPlacement labels = make_labels(view, key, scene, keeper);
        scene.labels = labels.items;
        scene.unlabelled = labels.unlabelled;
        keeper.keep({std::move(key), view.frame, places, scene.furniture_boxes, view.details, std::move(labels)});
    }
    add_cluster_texts(view, scene.labels);
    return scene;
}

Diagnostics collect_diagnostics(const Diagnostics& of_data, const std::vector<LayerResultPtr>& layers,
                                const Scene* scene) {
    Diagnostics out = of_data;
    for (const LayerResultPtr& layer : layers) {
        for (const Diagnostic& note : layer->diagnostics) {
            // Layers that share a source tell the same about it.
            if (std::find(out.begin(), out.end(), note) == out.end()) out.push_back(note);
        }
    }
    if (scene == nullptr) return out;
    constexpr int64_t most_named = 12;
    std::map<std::string, Diagnostic> by_layer;
    for (const Unlabelled& missing : scene->unlabelled) {
        auto [found, fresh] = by_layer.try_emplace(missing.layer_id);
        Diagnostic& note = found->second;
        if (fresh) {
            note = {.kind = DiagnosticKind::unlabelled, .severity = Severity::note, .count = 0};
            note.where.layer = missing.layer_id;
        }
        ++note.count;
        if (note.count <= most_named) note.detail += (note.detail.empty() ? "" : "; ") + missing.text;
    }
    for (auto& [id, note] : by_layer) {
        if (note.count > most_named) note.detail += "; …";
        out.push_back(std::move(note));
    }
    return out;
}

}  // namespace diaban
