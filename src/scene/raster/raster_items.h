// Which pieces of rasters a view shows.
#pragma once

#include <vector>

#include "scene/derive.h"
#include "scene/raster/raster_tiles.h"

namespace diaban {

/// For each layer of the workspace what is drawn of it: nothing of those that are no rasters. Reads scene.frame. Pieces
/// that are not there yet are made by the request's maker, coarse ones and the middle of the view first, while coarser
/// or finer ones stand in for them and scene.unfinished is set; without a maker they are read at once, on all cores.
/// What could not be read is one of scene.troubles a raster.
[[nodiscard]] std::vector<std::vector<ImageItem>> choose_pictures(const Workspace& workspace,
                                                                  const std::vector<LayerResultPtr>& layers,
                                                                  const MapRequest& request, const Crs& map_crs,
                                                                  const std::shared_ptr<RasterTiles>& tiles,
                                                                  Scene& scene);

/// The level whose pixels are nearest to `pixel` map units, rather finer than coarser.
[[nodiscard]] int tile_level(double pixel);

}  // namespace diaban
