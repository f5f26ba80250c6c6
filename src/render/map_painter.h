// Fills and strokes of a map, with OpenGL. Used by GlPainter alone.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <vector>

#include "render/feature_texture.h"
#include "render/fill_maker.h"
#include "render/gl_program.h"
#include "render/gl_target.h"
#include "render/gpu_detail.h"
#include "render/part.h"

namespace diaban {

class MapPainter {
public:
    /// `wake`: see FillMaker.
    MapPainter(const GlBinPtr& bin, std::function<void()> wake);

    /// Once a frame, before its items. With `wait` everything is drawn as the scene has it, however long it takes to
    /// make ready.
    void begin_frame(bool wait);
    /// Whether a fill of this frame was drawn from what was at hand instead.
    [[nodiscard]] bool unfinished() const { return unfinished_; }

    void paint(const FillItem& item, const PartView& view);
    /// `target` is the framebuffer that is bound and stays so; strokes need another one in between.
    void paint(const StrokeItem& item, const PartView& view, uint32_t target);
    /// The same for a line in pixels of the picture, y down.
    void paint(std::span<const Pixel> path, bool closed, const Stroke& stroke, const PartView& view, uint32_t target);

private:
    /// What was drawn last in these colours, which stay the same from one level of detail to the next.
    struct LastFill {
        std::weak_ptr<const void> colours;
        DetailPtr detail;
        bool used = true;
    };
    /// What to fill: the item's Detail when its triangles are there, else the one that stands in for it.
    [[nodiscard]] DetailPtr ready_for(const FillItem& item, const Box& seen);
    [[nodiscard]] DetailPtr stand_in(const FillItem& item, const Box& seen);
    void draw_fill(const Detail& detail, const FillMesh& mesh, const VisibleFeatures& visible, GlProgram& triangles,
                   GlProgram& dots, const std::function<void(GlProgram&)>& set_up, const PartView& view);
    void draw_coverage(const StrokeItem& item, const StrokeMesh& mesh, std::span<const Range> ranges,
                       const PartView& view);
    void draw_composite(const StrokeItem& item, const PartView& view);

    GlBinPtr bin_;
    FillMaker maker_;
    GpuDetails details_;
    FeatureTextures textures_;
    GlProgram fill_, fill_dots_, hatch_, hatch_dots_, stroke_, composite_;
    GlTarget coverage_{TargetFormat::coverage, 0};
    Quads quads_;
    GlName no_arrays_;
    std::map<const void*, LastFill> last_fills_;
    bool wait_ = true;
    bool unfinished_ = false;
};

}  // namespace diaban
