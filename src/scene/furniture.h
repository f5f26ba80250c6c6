// What a picture holds besides the map: title, legend, scale bar, north arrow, sources; and where each goes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/crs.h"
#include "scene/block.h"

namespace diaban {

/// The parts whose look does not depend on where the map looks. An empty block is not wanted.
struct FurnitureBlocks {
    Block title;
    Block legend;
    Block sources;  ///< as wide as the picture
};

/// `crs` is the map's; `crowds` is the view's (ViewContext::crowds), empty where there is no view yet. Text takes the
/// request's scale, or less where the picture is too small for it.
[[nodiscard]] FurnitureBlocks make_furniture_blocks(const Workspace& workspace,
                                                    const std::vector<LayerResultPtr>& layers,
                                                    const MapRequest& request, const Crs& crs,
                                                    const std::vector<CrowdView>& crowds = {});

/// The text scale used for a picture of the request's size: less than asked for where the picture is too small, and,
/// unless it is for a room (above 1), down to 0.76 of it on pictures below 900 × 620, where the map comes first.
[[nodiscard]] double furniture_scale(const MapRequest& request);

/// What every picture states: sources with their dates, the map's CRS, filters, units shown, without data and not
/// matched, and (where no title says it) the note. `brief`, for small pictures: without the CRS and the layers that are
/// shown wholly.
[[nodiscard]] std::string sources_statement(const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                                            const Crs& crs, bool with_note = true, bool brief = false);

struct FurniturePlaces {
    PixelBox title, legend, sources, scale_bar, north_arrow;  ///< of zero size where there is none
    [[nodiscard]] std::vector<PixelBox> boxes() const;        ///< those that there are
};

/// The legend goes into the corner where it covers least of the data, the scale bar beside it at the bottom.
[[nodiscard]] FurniturePlaces place_furniture(const FurnitureBlocks& blocks, const Workspace& workspace,
                                              const std::vector<LayerResultPtr>& layers, const MapRequest& request,
                                              const Frame& frame);

/// The share (0–1) of a part of the picture that data covers: visible layers that are not background.
[[nodiscard]] double data_share(const Workspace& workspace, const std::vector<LayerResultPtr>& layers,
                                const Frame& frame, const PixelBox& box);

/// A round length whose bar is at most `longest` pixels: 1, 2 or 5 × 10^k metres. 0 for no scale.
[[nodiscard]] double scale_bar_metres(double metres_per_pixel, double longest);
/// On the ellipsoid, at the middle of the picture, from west to east. 0 where the CRS cannot say.
[[nodiscard]] double metres_per_pixel(const Frame& frame, const std::optional<Transform>& to_degrees);
/// Clockwise from up on the picture to true north at its middle; 0 where the CRS cannot say.
[[nodiscard]] Degrees true_north(const Frame& frame, const std::optional<Transform>& to_degrees);

[[nodiscard]] Block make_scale_bar(const Frame& frame, const std::optional<Transform>& to_degrees,
                                   const MapRequest& request);
[[nodiscard]] Block make_north_arrow(Degrees north, const MapRequest& request);

}  // namespace diaban
