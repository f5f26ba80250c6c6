// Which sizes a picture may have, and what is said about others.
#pragma once

#include "base/error.h"
#include "scene/scene.h"

namespace diaban {

/// Errors: no size at all; more pixels a side than any memory holds.
[[nodiscard]] Expected<void> check_picture_size(const Frame& frame);
/// There was not enough memory for it.
[[nodiscard]] tl::unexpected<Error> picture_too_large(const Frame& frame);

}  // namespace diaban
