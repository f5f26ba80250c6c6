// The text of a file of shaders/, embedded at build time.
#pragma once

#include <string_view>

namespace diaban {

/// By file name ("fill.vert"); empty when there is none.
[[nodiscard]] std::string_view shader_source(std::string_view name);

}  // namespace diaban
