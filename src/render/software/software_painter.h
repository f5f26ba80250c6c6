// Paints a Scene on the processor: for machines whose OpenGL is drawn by the processor anyway, where a painter that
// knows what a map is made of is many times faster, and for pictures that are wanted without any OpenGL.
//
// Areas are covered exactly (the part of each pixel that a polygon covers, by signed area), and the polygons of a layer
// share out each pixel between them, so that no seam shows where neighbours meet. The picture is painted in bands of
// rows on all cores, and is the same whatever their number.
#pragma once

#include <memory>

#include "render/part.h"
#include "render/software/band_painter.h"
#include "scene/scene.h"

namespace diaban {

class SoftwarePainter {
public:
    SoftwarePainter();
    ~SoftwarePainter();
    SoftwarePainter(SoftwarePainter&&) noexcept;
    SoftwarePainter& operator=(SoftwarePainter&&) noexcept;

    /// Paints a part of the scene's picture over whatever the surface held, which has to be of the part's size. The
    /// same pixels as the whole picture has there.
    void paint(const Scene& scene, const Part& part, const Surface& surface);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace diaban
