// Colours of a raster changed so that it steps back: each by a table, since all are bytes.
#include <algorithm>
#include <array>
#include <cmath>

#include "scene/raster/raster_tiles.h"

namespace diaban {

namespace {

using Curve = std::array<uint8_t, 256>;

/// Brightness moves towards white or black, contrast away from or towards a middling grey.
Curve curve_of(const RasterStyle& style) {
    const double steepness = style.contrast < 0 ? 1 + style.contrast : 1 / std::max(0.02, 1 - style.contrast);
    Curve curve{};
    for (std::size_t i = 0; i < curve.size(); ++i) {
        double value = (static_cast<double>(i) / 255 - 0.5) * steepness + 0.5;
        value = std::clamp(value, 0.0, 1.0);
        value = style.brightness > 0 ? value + (1 - value) * style.brightness : value * (1 + style.brightness);
        curve[i] = static_cast<uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    }
    return curve;
}

/// Rec. 709, on the values as they are stored.
uint8_t grey_of(int red, int green, int blue) {
    return static_cast<uint8_t>((red * 54 + green * 183 + blue * 19 + 128) / 256);
}

}  // namespace

MapImagePtr restyled(const MapImagePtr& image, const RasterStyle& style) {
    if (style.brightness == 0 && style.contrast == 0 && !style.greyscale) return image;
    const Curve curve = curve_of(style);
    auto out = std::make_shared<MapImage>(*image);
    for (std::size_t i = 0; i + 3 < out->rgba.size(); i += 4) {
        uint8_t* pixel = out->rgba.data() + i;
        const int alpha = pixel[3];
        if (alpha == 0) continue;
        std::array<int, 3> colour{};
        for (std::size_t c = 0; c < 3; ++c)
            colour[c] = std::min(255, (pixel[c] * 255 + alpha / 2) / alpha);
        if (style.greyscale) colour.fill(grey_of(colour[0], colour[1], colour[2]));
        for (std::size_t c = 0; c < 3; ++c)
            pixel[c] = static_cast<uint8_t>((curve[static_cast<std::size_t>(colour[c])] * alpha + 127) / 255);
    }
    return out;
}

}  // namespace diaban
