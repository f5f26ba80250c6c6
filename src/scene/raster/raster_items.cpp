#include "scene/raster/raster_items.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/parallel.h"
#include "base/trace.h"

namespace diaban {

namespace {

/// One layer in the making.
struct Drawn {
    const Layer& layer;
    const Dataset& data;
    TiledRaster of;
    RasterStyle style;
    std::optional<Transform> to_raster;  ///< from the map's CRS; none: it is the same
    std::vector<TilePlace> places;       ///< that the view shows, the nearest to its middle last
    std::vector<TilePlace> coarse;       ///< few that cover them
};

/// How many pixels of the raster lie side by side in a map unit, in the middle of the view; 0: nobody knows.
double pixels_per_unit(const Drawn& drawn, Point middle, double pixel) {
    if (!drawn.to_raster) return 1 / drawn.of.raster->pixel();
    const Point a = drawn.to_raster->apply(middle), b = drawn.to_raster->apply(Point{middle.x + pixel, middle.y});
    const double length = std::hypot(b.x - a.x, b.y - a.y) / pixel / drawn.of.raster->pixel();
    return std::isfinite(length) ? length : 0;
}

/// Interpolated tiles much finer than the raster itself would show nothing more.
int level_for(const Drawn& drawn, const Frame& frame) {
    const double pixel = frame.units_per_pixel / frame.pixel_ratio;
    const int level = tile_level(pixel);
    if (!drawn.of.smooth) return level;
    const double fineness = pixels_per_unit(drawn, frame.centre, pixel);
    return fineness > 0 ? std::max(level, static_cast<int>(std::floor(std::log2(1 / fineness))) - 1) : level;
}

bool reaches(const Drawn& drawn, const Box& map) {
    const Box there = drawn.to_raster ? drawn.to_raster->apply(map) : map;
    return !there.empty() && there.intersects(drawn.data.geometry.box());
}

std::vector<TilePlace> places_in(const Drawn& drawn, const Box& view, int level) {
    const double side = std::ldexp(tile_pixels, level);
    const auto index = [&](double at) { return static_cast<int64_t>(std::floor(at / side)); };
    std::vector<TilePlace> out;
    constexpr double farthest = 1e12;  // tiles from the origin: beyond it there is no map
    for (const double edge : {view.min_x, view.min_y, view.max_x, view.max_y})
        if (!(std::abs(edge / side) < farthest)) return out;
    for (int64_t row = index(view.min_y); row <= index(view.max_y); ++row)
        for (int64_t column = index(view.min_x); column <= index(view.max_x); ++column) {
            const TilePlace place{level, column, row};
            if (reaches(drawn, place.extent())) out.push_back(place);
        }
    const Point middle = view.centre();
    const auto distance = [&](const TilePlace& place) {
        const Point at = place.extent().centre();
        return std::hypot(at.x - middle.x, at.y - middle.y);
    };
    std::ranges::stable_sort(out, std::ranges::greater{}, distance);
    return out;
}

std::optional<Drawn> begin(const Layer& layer, const LayerResult& result, const Crs& map_crs, const Frame& frame) {
    if (!layer.visible || layer.opacity <= 0 || result.picture == nullptr || !result.diagnostics.empty()) return {};
    const Dataset& data = *result.picture;
    const RasterStyle style = layer.style.raster.value_or(RasterStyle{});
    const auto definition = [](const Crs& crs) { return crs.known() ? crs.definition() : std::string(); };
    Drawn drawn{layer, data, {data.raster, definition(data.crs), definition(map_crs), style.smooth}, style, {}, {}, {}};
    if (data.crs.known() && map_crs.known()) {
        const auto transform = Transform::between(map_crs, data.crs);
        if (transform && !transform->identity()) drawn.to_raster = *transform;
    }
    const Box view = frame.extent();
    if (!std::isfinite(view.width()) || !std::isfinite(view.height()) || view.empty()) return {};
    const int level = level_for(drawn, frame);
    drawn.places = places_in(drawn, view, level);
    constexpr int coarser = 3;
    drawn.coarse = places_in(drawn, view, level + coarser);
    return drawn;
}

ImageItem item_of(const Drawn& drawn, MapImagePtr image, TilePlace place) {
    return {std::move(image), place.extent(), drawn.style.smooth, drawn.layer.opacity};
}

/// The four finer tiles of a place, when all of them are there.
bool add_finer(const Drawn& drawn, TilePlace place, RasterTiles& tiles, std::vector<ImageItem>& out) {
    std::vector<ImageItem> finer;
    for (const int64_t row : {0, 1})
        for (const int64_t column : {0, 1}) {
            const TilePlace below{place.level - 1, place.column * 2 + column, place.row * 2 + row};
            const auto tile = tiles.find({drawn.of, below});
            if (!tile || tile->error) return false;
            if (MapImagePtr image = tiles.image({drawn.of, below}, drawn.style))
                finer.push_back(item_of(drawn, std::move(image), below));
        }
    std::ranges::move(finer, std::back_inserter(out));
    return true;
}

/// What is at hand of a layer, and what is not.
struct Gathered {
    std::vector<ImageItem> items;
    std::vector<TileKey> missing, failed;
    std::optional<Error> why;  ///< the first of them failed
};

void take(const Drawn& drawn, TilePlace place, const RasterTiles::Tile& tile, RasterTiles& tiles, Gathered& out) {
    const TileKey key{drawn.of, place};
    if (!tile.error) {
        if (tile.image == nullptr) return;
        MapImagePtr image = tiles.image(key, drawn.style);
        // Of a picture larger than all that is kept, some pieces are forgotten by now.
        if (image == nullptr) image = restyled(tile.image, drawn.style);
        out.items.push_back(item_of(drawn, std::move(image), place));
        return;
    }
    out.failed.push_back(key);
    if (!out.why) out.why = tile.error;
    if (MapImagePtr image = tiles.stand_in(key, drawn.style))
        out.items.push_back(item_of(drawn, std::move(image), place));
}

Gathered gather_at_hand(const Drawn& drawn, RasterTiles& tiles) {
    Gathered out;
    for (const TilePlace& place : drawn.places) {
        const TileKey key{drawn.of, place};
        if (const auto tile = tiles.find(key)) {
            take(drawn, place, *tile, tiles, out);
            continue;
        }
        out.missing.push_back(key);
        if (add_finer(drawn, place, tiles, out.items)) continue;
        if (MapImagePtr image = tiles.stand_in(key, drawn.style))
            out.items.push_back(item_of(drawn, std::move(image), place));
    }
    return out;
}

Gathered read_now(const Drawn& drawn, const Crs& map_crs, RasterTiles& tiles) {
    std::vector<RasterTiles::Tile> made(drawn.places.size());
    parallel_for(made.size(), [&](std::size_t i) {
        made[i] = tiles.make({drawn.of, drawn.places[i]}, drawn.data.crs, map_crs);
    });
    Gathered out;
    for (std::size_t i = 0; i < made.size(); ++i)
        take(drawn, drawn.places[i], made[i], tiles, out);
    return out;
}

Diagnostic trouble_with(const Drawn& drawn, const Gathered& gathered) {
    Error error = *gathered.why;
    Diagnostic note{.kind = DiagnosticKind::other, .severity = Severity::error, .where = error.where};
    note.where.layer = drawn.layer.name;
    error.where = {};
    note.detail = to_text(error);
    return note;
}

std::string job_name(const TileKey& key) {
    return fmt::format("raster {} {} {} {} {} {} {}", static_cast<const void*>(key.of.raster.get()), key.of.smooth,
                       key.of.from, key.of.to, key.place.level, key.place.column, key.place.row);
}

/// The last asked for is made first: so the few coarse tiles are asked for after the others.
void ask_for(const Drawn& drawn, const std::vector<TileKey>& missing, const Crs& map_crs, DetailMaker& maker,
             const std::shared_ptr<RasterTiles>& tiles) {
    for (const TileKey& key : missing)
        maker.ask(job_name(key), [tiles, key, from = drawn.data.crs, to = map_crs] {
            if (tiles->wanted(key)) tiles->make(key, from, to);
        });
}

}  // namespace

int tile_level(double pixel) {
    constexpr double rather_finer = 0.3;
    return static_cast<int>(std::floor(std::log2(pixel) + rather_finer));
}

std::vector<std::vector<ImageItem>> choose_pictures(const Workspace& workspace,
                                                    const std::vector<LayerResultPtr>& layers,
                                                    const MapRequest& request, const Crs& map_crs,
                                                    const std::shared_ptr<RasterTiles>& tiles, Scene& scene) {
    const Stage stage("derive/rasters");
    DetailMaker* maker = request.raster_maker != nullptr ? request.raster_maker : request.maker;
    std::vector<std::vector<ImageItem>> out(layers.size());
    std::vector<std::pair<Drawn, std::vector<TileKey>>> asked;
    std::set<TileKey> lacking;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto drawn = begin(workspace.layers[i], *layers[i], map_crs, scene.frame);
        if (!drawn) continue;
        Gathered gathered = maker == nullptr ? read_now(*drawn, map_crs, *tiles) : gather_at_hand(*drawn, *tiles);
        out[i] = std::move(gathered.items);
        shown += drawn->places.size() + drawn->coarse.size();
        lacking.insert(gathered.failed.begin(), gathered.failed.end());
        if (gathered.why) scene.troubles.push_back(trouble_with(*drawn, gathered));
        if (gathered.missing.empty()) continue;
        for (const TilePlace& place : drawn->coarse)
            if (!tiles->find({drawn->of, place})) gathered.missing.push_back({drawn->of, place});
        lacking.insert(gathered.missing.begin(), gathered.missing.end());
        scene.unfinished = true;
        asked.emplace_back(*drawn, std::move(gathered.missing));
    }
    tiles->want(std::move(lacking), shown);
    for (const auto& [drawn, missing] : asked)
        ask_for(drawn, missing, map_crs, *maker, tiles);
    return out;
}

}  // namespace diaban
