// What to draw, resolved: geometry by reference, colours, sizes, text with its place. It knows nothing of OpenGL or of
// paper; window, PNG and (later) PDF are painted from the same Scene.
//
// Two spaces: map items are in coordinates of the map CRS and are placed by the Frame; everything else is in logical
// pixels, origin top left, y down.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "geo/detail.h"
#include "geo/geometry.h"
#include "style/style.h"

namespace diaban {

/// A place on the picture, in logical pixels.
struct Pixel {
    double x = 0;
    double y = 0;
    bool operator==(const Pixel&) const = default;
};

struct PixelBox {
    double x = 0, y = 0, width = 0, height = 0;
    bool operator==(const PixelBox&) const = default;
    [[nodiscard]] bool intersects(const PixelBox& o) const {
        return x < o.x + o.width && o.x < x + width && y < o.y + o.height && o.y < y + height;
    }
    [[nodiscard]] bool contains(Pixel p) const { return p.x >= x && p.x < x + width && p.y >= y && p.y < y + height; }
    [[nodiscard]] Pixel middle() const { return {x + width / 2, y + height / 2}; }
    [[nodiscard]] PixelBox grown(double m) const { return {x - m, y - m, width + 2 * m, height + 2 * m}; }
};

/// How map coordinates become pixels: north is up, one scale for both axes.
struct Frame {
    double width = 1280, height = 720;  ///< logical pixels
    double pixel_ratio = 1;             ///< device pixels a logical pixel
    Point centre;                       ///< map coordinates at the middle of the picture
    double units_per_pixel = 1;         ///< map units a logical pixel

    bool operator==(const Frame&) const = default;
    [[nodiscard]] Pixel to_pixel(Point p) const {
        return {width / 2 + (p.x - centre.x) / units_per_pixel, height / 2 - (p.y - centre.y) / units_per_pixel};
    }
    [[nodiscard]] Point to_map(Pixel p) const {
        return {centre.x + (p.x - width / 2) * units_per_pixel, centre.y - (p.y - height / 2) * units_per_pixel};
    }
    [[nodiscard]] Box extent() const {
        return {centre.x - width / 2 * units_per_pixel, centre.y - height / 2 * units_per_pixel,
                centre.x + width / 2 * units_per_pixel, centre.y + height / 2 * units_per_pixel};
    }
    /// The same place at a scale at which `box` fits into `inside` (a part of the picture).
    [[nodiscard]] Frame fitted(const Box& box, const PixelBox& inside) const;
};

// ── map items ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// One colour a feature, and one mark a feature (0: no). Shared, so that a frame costs none of them a copy; the same
/// pointer means the same content.
using FeatureColours = std::shared_ptr<const std::vector<Rgba>>;
using FeatureMask = std::shared_ptr<const std::vector<uint8_t>>;

/// Polygons, each in its colour. Alpha 0: not drawn.
struct FillItem {
    DetailPtr detail;  ///< in the map CRS, as are those of all items; the same pointer means the same content
    FeatureColours colours;
    std::optional<Hatch> hatch;  ///< drawn over the fill, on the features with `hatched`
    FeatureMask hatched;
    double opacity = 1;  ///< of the item as a whole
};

/// Outlines of polygons, or lines. A border is drawn when a feature on either side of it is shown.
struct StrokeItem {
    DetailPtr detail;
    Stroke stroke;
    FeatureMask shown;  ///< null: all
    double opacity = 1;
    bool around = false;  ///< with `shown`: only where it ends, not the borders between two that are shown
};

/// Pixels: premultiplied alpha, 4 bytes each (red, green, blue, alpha), rows from the top.
struct MapImage {
    int width = 0;
    int height = 0;
    std::vector<uint8_t> rgba;
};

/// A picture laid on the map: a tile of a raster, a surface of density.
struct ImageItem {
    std::shared_ptr<const MapImage> image;  ///< the same pointer means the same content
    Box extent;                             ///< map coordinates of its outer edges
    bool smooth = true;                     ///< between its pixels: interpolated, else each a rectangle of one colour
    double opacity = 1;
};

/// One mark at a place, its size in logical pixels.
struct Symbol {
    Point at;
    MarkerShape shape = MarkerShape::circle;
    double radius = 4;
    Rgba fill;
    Rgba outline;
    double outline_width = 1;
    uint32_t feature = 0;
};

struct SymbolItem {
    std::vector<Symbol> symbols;  ///< the first is drawn first
    double opacity = 1;
};

using MapItem = std::variant<FillItem, StrokeItem, SymbolItem, ImageItem>;

// ── items in pixels: labels, legend, title, scale bar … ─────────────────────────────────────────────────────────────

struct TextStyle {
    double size = 13;  ///< logical pixels, the em
    int weight = 400;  ///< 400 regular, 500 medium, 600 semi-bold, 700 bold
    bool italic = false;
    Rgba colour{35, 38, 47, 255};
    std::optional<Rgba> halo;
    double halo_width = 0;
    bool operator==(const TextStyle&) const = default;
};

/// One line (or, with `wrap_width` > 0, a paragraph) of text, its box's top left at `at`.
struct TextItem {
    Pixel at;
    std::string text;
    TextStyle style;
    double wrap_width = 0;
};

struct RectItem {
    PixelBox box;
    Rgba fill;
    Rgba outline{0, 0, 0, 0};
    double outline_width = 0;
    double corner_radius = 0;
    std::optional<Hatch> hatch;
};

/// An open or closed polyline; a closed one may be filled (convex only).
struct PathItem {
    std::vector<Pixel> points;
    bool closed = false;
    Rgba fill{0, 0, 0, 0};
    std::optional<Stroke> stroke;
};

/// A symbol in pixel space (legend, north arrow's disc …).
struct MarkItem {
    Pixel at;
    MarkerShape shape = MarkerShape::circle;
    double radius = 4;
    Rgba fill;
    Rgba outline;
    double outline_width = 1;
};

using PixelItem = std::variant<TextItem, RectItem, PathItem, MarkItem>;

/// A feature that wanted a label and found no room.
struct Unlabelled {
    std::string layer_id;
    uint32_t feature = 0;
    std::string text;
};

struct Scene {
    Frame frame;
    Rgba background{233, 239, 243, 255};
    std::vector<MapItem> map;               ///< bottom first
    std::vector<PixelItem> labels;          ///< over the map
    std::vector<PixelItem> furniture;       ///< over the labels: title, legend, scale bar, north arrow, sources
    std::vector<PixelBox> furniture_boxes;  ///< where each part of the furniture lies, for what keeps clear of it
    std::vector<Unlabelled> unlabelled;     ///< of a moving view (MapRequest::moving): not looked for
    Diagnostics troubles;                   ///< what could not be drawn: pieces of rasters
    bool unfinished = false;                ///< something better than this is being made in the background
};

}  // namespace diaban
