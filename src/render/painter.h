// Paints a Scene into whatever framebuffer is bound: the window's or an offscreen one. It cannot tell them apart. Two
// rasterisers stand behind it: OpenGL 3.3 for graphics cards, and one of our own for where OpenGL is drawn by the
// processor anyway.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "render/rasteriser.h"
#include "scene/scene.h"

namespace diaban {

struct Part;
struct Surface;

class Painter {
public:
    /// A context must be current here and at destruction, and at each call that names a framebuffer. Only a painter
    /// that is asked for Rasteriser::software and for pictures in memory does without any.
    /// `wake` is called on another thread when a better picture than the last, unfinished one can be painted.
    explicit Painter(Rasteriser rasteriser = Rasteriser::automatic, std::function<void()> wake = {});
    ~Painter();
    Painter(Painter&&) noexcept;
    Painter& operator=(Painter&&) noexcept;

    /// Never `automatic`.
    [[nodiscard]] Rasteriser rasteriser() const;

    /// Paints into framebuffer `framebuffer` (a GL name, 0 for the window's) at device-pixel viewport
    /// (x, y from the bottom left). The picture covers frame.width × frame.height logical pixels. It does not wait for
    /// what takes long to make ready when something coarser is at hand: see unfinished(). Afterwards that framebuffer
    /// is bound, and blending, scissor, program and vertex array are as in a fresh context. Throws std::bad_alloc when
    /// the device has no memory for a picture this large.
    void paint(const Scene& scene, uint32_t framebuffer = 0, int viewport_x = 0, int viewport_y = 0);

    /// Whether paint() has last painted something less than the scene, so that painting it again is worth while.
    [[nodiscard]] bool unfinished() const;

    /// Copies the picture that paint() made last once more; false, and nothing is drawn, when there is none or
    /// another picture has been painted since. For frames in which only what lies over the map has changed.
    [[nodiscard]] bool repeat(uint32_t framebuffer = 0, int viewport_x = 0, int viewport_y = 0);

    /// Only a part of the picture, a device pixel of it on a device pixel: how pictures larger than the device allows
    /// are made. The same pixels as the whole has there, but for rounding of samples right on an edge. Never
    /// unfinished.
    void paint_part(const Scene& scene, const Part& part, uint32_t framebuffer, int viewport_x, int viewport_y);

    /// The same into memory, without OpenGL: for Rasteriser::software alone. The surface is of the part's size.
    void paint_part(const Scene& scene, const Part& part, const Surface& surface);

private:
    void paint_part(const Scene& scene, const Part& part, uint32_t framebuffer, int viewport_x, int viewport_y,
                    bool wait);
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace diaban
