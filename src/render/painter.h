// Paints a Scene with OpenGL 3.3 into whatever framebuffer is bound: the window's or an offscreen one. It cannot tell
// them apart. GPU buffers are kept by geometry identity and dropped when the geometry is gone.
#pragma once

#include <cstdint>
#include <memory>

#include "scene/scene.h"

namespace diaban {

struct Part;

class Painter {
public:
    /// A context must be current, here, at each call and at destruction.
    Painter();
    ~Painter();
    Painter(Painter&&) noexcept;
    Painter& operator=(Painter&&) noexcept;

    /// Paints into framebuffer `framebuffer` (a GL name, 0 for the window's) at device-pixel viewport
    /// (x, y from the bottom left). The picture covers frame.width × frame.height logical pixels. Afterwards that
    /// framebuffer is bound, and blending, scissor, program and vertex array are as in a fresh context. Throws
    /// std::bad_alloc when the device has no memory for a picture this large.
    void paint(const Scene& scene, uint32_t framebuffer = 0, int viewport_x = 0, int viewport_y = 0);

    /// Copies the picture that paint() made last once more; false, and nothing is drawn, when there is none or
    /// paint_part() has painted since. For frames in which only what lies over the map has changed.
    [[nodiscard]] bool repeat(uint32_t framebuffer = 0, int viewport_x = 0, int viewport_y = 0);

    /// Only a part of the picture, a device pixel of it on a device pixel: how pictures larger than the device allows
    /// are made. The same pixels as the whole has there, but for rounding of samples right on an edge.
    void paint_part(const Scene& scene, const Part& part, uint32_t framebuffer, int viewport_x, int viewport_y);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace diaban
