#include "render/rasteriser.h"

#include <algorithm>
#include <array>

namespace diaban {

bool is_software_opengl(std::string_view renderer) {
    // Mesa's, past and present (also below zink), Google's, and Microsoft's seen through Mesa.
    static constexpr std::array<std::string_view, 6> names{
        "llvmpipe", "softpipe", "SWR (", "Software Rasterizer", "SwiftShader", "Microsoft Basic Render Driver"};
    return std::ranges::any_of(names, [&](std::string_view name) { return renderer.find(name) != renderer.npos; });
}

Rasteriser choose_rasteriser(Rasteriser wanted, std::string_view renderer) {
    if (wanted != Rasteriser::automatic) return wanted;
    return is_software_opengl(renderer) ? Rasteriser::software : Rasteriser::opengl;
}

}  // namespace diaban
