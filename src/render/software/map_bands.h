// Fills, strokes and pictures of a map, made ready for painting on the processor.
#pragma once

#include <memory>
#include <span>

#include "render/part.h"
#include "render/software/band_painter.h"
#include "scene/scene.h"

namespace diaban {

using BandPainterPtr = std::unique_ptr<const BandPainter>;  ///< null: nothing of it is seen

/// Areas by the even-odd rule, covered exactly: each pixel takes of a polygon's colour what it covers of the pixel.
/// Opaque polygons of an item share pixels out between them, the last on top; translucent ones lie over each other.
/// A hatch is drawn over the fill. The items given have to outlive what is made ready.
[[nodiscard]] BandPainterPtr prepare(const FillItem& item, const PartView& view);

/// Lines of their true width with round joins and ends, whatever is crossed or doubled counted once; casing below the
/// line, dashes along it; the item's opacity once for both.
[[nodiscard]] BandPainterPtr prepare(const StrokeItem& item, const PartView& view);

/// The same for a path in logical pixels of the picture, y down.
[[nodiscard]] BandPainterPtr prepare_path(std::span<const Pixel> path, bool closed, const Stroke& stroke,
                                          const PartView& view);

/// A picture laid on the map; enlarged smoothly or in rectangles, made smaller by averaging.
[[nodiscard]] BandPainterPtr prepare(const ImageItem& item, const PartView& view);

}  // namespace diaban
