#include "scene/mask_surface.h"

#include <algorithm>

namespace diaban {

MaskSurface::MaskSurface(int wanted_width, int wanted_height)
    : width(std::max(1, wanted_width)), height(std::max(1, wanted_height)) {
    surface.reset(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
    context.reset(cairo_create(surface.get()));
    cairo_set_source_rgba(context.get(), 0, 0, 0, 1);
}

std::vector<uint8_t> MaskSurface::bytes() const {
    cairo_surface_flush(surface.get());
    const auto columns = static_cast<std::size_t>(width);
    std::vector<uint8_t> out(columns * static_cast<std::size_t>(height));
    const uint8_t* data = cairo_image_surface_get_data(surface.get());
    if (data == nullptr) return out;  // out of memory inside Cairo: a clear mask
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
        std::copy_n(data + y * stride, columns, out.begin() + static_cast<std::ptrdiff_t>(y * columns));
    }
    return out;
}

}  // namespace diaban
