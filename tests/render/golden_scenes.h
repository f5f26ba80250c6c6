// Scenes of what is placed in pixels, drawn for tests/golden/ by one painter and held against it by another.
#pragma once

#include "scene/scene.h"

namespace diaban::testing {

/// Every mark in three sizes, and circles in proportion.
[[nodiscard]] Scene symbols_scene(double pixel_ratio = 1);
/// Vietnamese with a halo, half of it on a dark polygon, and a paragraph.
[[nodiscard]] Scene text_scene(double pixel_ratio = 1);
/// Panels, swatches, paths, and a north arrow on its disc.
[[nodiscard]] Scene furniture_scene(double pixel_ratio = 1);

}  // namespace diaban::testing
