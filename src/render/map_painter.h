// Fills and strokes of a map. Used by Painter alone.
#pragma once

#include <deque>

#include "render/feature_texture.h"
#include "render/gl_program.h"
#include "render/gl_target.h"
#include "render/gpu_geometry.h"
#include "render/part.h"
#include "render/tiles.h"

namespace diaban {

class MapPainter {
public:
    explicit MapPainter(const GlBinPtr& bin);

    /// Once a frame, before its items: textures are kept by the items' order.
    void begin_frame();
    void paint(const FillItem& item, const PartView& view);
    /// `target` is the framebuffer that is bound and stays so; strokes need another one in between.
    void paint(const StrokeItem& item, const PartView& view, uint32_t target);

    /// The same for a line in pixels of the picture, y down.
    void paint(std::span<const Pixel> path, bool closed, const Stroke& stroke, const PartView& view, uint32_t target);

private:
    [[nodiscard]] FeatureTexture& next_texture();
    void place(GlProgram& program, const PartView& view, Point geometry_centre) const;
    /// Marks in `tiles_` where the lines of these ranges run.
    void touch_tiles(const StrokeMesh& mesh, const std::vector<Range>& ranges, Point geometry_centre, double reach,
                     std::span<const uint8_t> shown, const PartView& view);
    void paint_stroke(const StrokeMesh& mesh, const std::vector<Range>& ranges, Point geometry_centre,
                      const Stroke& stroke, double opacity, std::span<const uint8_t> shown, const PartView& view,
                      uint32_t target);

    GlBinPtr bin_;
    GpuGeometries geometries_;
    GlProgram fill_, hatch_, stroke_, clear_, composite_;
    GlTarget coverage_{TargetFormat::coverage, 0};
    Tiles tiles_;
    GlName tile_arrays_, tile_buffer_;
    std::deque<FeatureTexture> textures_;
    std::size_t next_texture_ = 0;
};

}  // namespace diaban
