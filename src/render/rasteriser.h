// What turns a scene into pixels.
#pragma once

#include <string_view>

namespace diaban {

enum class Rasteriser {
    automatic,  ///< whichever is faster with the OpenGL at hand
    opengl,
    software,  ///< our own, on the processor; see software/software_painter.h
};

/// Whether an OpenGL of this name (GL_RENDERER) is itself drawn by the processor.
[[nodiscard]] bool is_software_opengl(std::string_view renderer);

/// `wanted`, or what `automatic` means with an OpenGL of this name.
[[nodiscard]] Rasteriser choose_rasteriser(Rasteriser wanted, std::string_view renderer);

}  // namespace diaban
