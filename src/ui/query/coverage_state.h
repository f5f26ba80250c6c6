// What the sections for coverage, buffers and service areas work with between frames.
#pragma once

namespace diaban::ui {

struct CoverageState {};
struct AreasState {};

}  // namespace diaban::ui
