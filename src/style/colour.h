// Colours, and the ramps that thematic maps take them from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace diaban {

/// sRGB, straight (not premultiplied) alpha.
struct Rgba {
    uint8_t r = 0, g = 0, b = 0, a = 255;
    bool operator==(const Rgba&) const = default;
    [[nodiscard]] Rgba with_alpha(double alpha) const { return {r, g, b, static_cast<uint8_t>(alpha * 255 + 0.5)}; }
};

/// "#rrggbb" or "#rrggbbaa", with or without the "#".
[[nodiscard]] Expected<Rgba> colour_from_hex(std::string_view text);
[[nodiscard]] std::string to_hex(Rgba colour);
/// Relative luminance by WCAG 2.1, 0 (black) to 1; and the contrast ratio of two, 1 to 21.
[[nodiscard]] double luminance(Rgba colour);
[[nodiscard]] double contrast(Rgba a, Rgba b);
/// Linear in sRGB, t from 0 to 1.
[[nodiscard]] Rgba mix(Rgba a, Rgba b, double t);

enum class RampKind { sequential, diverging, categorical };

struct RampInfo {
    std::string name;
    RampKind kind;
    int max_classes;
};

/// The colour-blind-safe ramps of ColorBrewer 2.0 (Cynthia Brewer, Mark Harrower, Penn State; Apache 2.0), by its
/// names: "YlOrRd", "Blues", "PuOr", "RdBu", "Set2", "Paired", "Dark2" …
[[nodiscard]] const std::vector<RampInfo>& ramps();

/// `count` colours, published ones where ColorBrewer has that many (3–9, 3–11, 3–8/12), one or two taken from the
/// three- class scheme, more interpolated (categorical: repeated). Unknown names are an error that says the nearest.
[[nodiscard]] Expected<std::vector<Rgba>> ramp_colours(std::string_view name, int count, bool reversed = false);

}  // namespace diaban
