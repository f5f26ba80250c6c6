// One item of a scene made ready for painting on the processor: where things lie in pixels is settled once, then bands
// of rows are painted on all cores, each band item after item.
#pragma once

#include <cstddef>
#include <cstdint>

namespace diaban {

/// Pixels to paint into: premultiplied alpha, red, green, blue, alpha, a byte each, rows from the top.
struct Surface {
    uint8_t* pixels = nullptr;
    int width = 0;
    int height = 0;
    std::ptrdiff_t stride = 0;  ///< bytes from a row to the next

    [[nodiscard]] uint8_t* row(int y) const { return pixels + y * stride; }
};

class BandPainter {
public:
    BandPainter() = default;
    virtual ~BandPainter() = default;
    BandPainter(const BandPainter&) = delete;
    BandPainter& operator=(const BandPainter&) = delete;

    /// Paints rows [first, last) over what is there. Called from several threads at once, for different rows; what it
    /// leaves in a row does not depend on how the rows are cut into bands.
    virtual void paint(const Surface& surface, int first, int last) const = 0;
};

}  // namespace diaban
