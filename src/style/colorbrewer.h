// ColorBrewer's published schemes as data; ramps() and ramp_colours() of style/colour.h are the way to use them.
#pragma once

#include <span>
#include <string_view>

#include "style/colour.h"

namespace diaban {

/// packed[i] holds the scheme of i + 3 classes, six hexadecimal digits a colour, in ColorBrewer's order.
struct ColorBrewerScheme {
    std::string_view name;
    RampKind kind;
    std::span<const std::string_view> packed;
};

/// Sequential ones first, then diverging, then categorical.
[[nodiscard]] std::span<const ColorBrewerScheme> colorbrewer_schemes();

}  // namespace diaban
