// Paints a Scene with OpenGL 3.3: map items into a multisampled target, that resolved, labels and furniture over it
// with antialiasing of their own. Colours are premultiplied throughout. Used by Painter alone.
#pragma once

#include <functional>

#include "render/gl_target.h"
#include "render/image_painter.h"
#include "render/map_painter.h"
#include "render/sprite_painter.h"

namespace diaban {

class GlPainter {
public:
    /// `wake`: see FillMaker.
    GlPainter(const GlBinPtr& bin, std::function<void()> wake);

    /// Afterwards `picture` is of the part's size and holds it. With `wait` it is the scene and nothing less.
    void paint(const Scene& scene, const Part& part, bool wait, GlTarget& picture);
    /// Whether the last picture was less.
    [[nodiscard]] bool unfinished() const { return map_.unfinished(); }

private:
    GlBinPtr bin_;
    MapPainter map_;
    ImagePainter images_;
    SpritePainter sprites_;
    GlTarget multisampled_;
};

}  // namespace diaban
