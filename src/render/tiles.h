// Which tiles of a picture a frame's lines touch, so that passes over the whole picture become passes over those.
#pragma once

#include <cstdint>
#include <vector>

namespace diaban {

class Tiles {
public:
    static constexpr int size = 32;  ///< of a tile's side, device pixels

    /// Nothing touched, on a picture of this size.
    void reset(int width, int height);
    /// Touches what lies within `reach` of the segment, in device pixels; it may lie outside the picture.
    void touch(double ax, double ay, double bx, double by, double reach);
    [[nodiscard]] bool empty() const { return !any_; }

    /// The touched tiles as triangles, x and y of each corner; neighbours in a row are one rectangle.
    [[nodiscard]] std::vector<float> triangles() const;

private:
    int width_ = 0, height_ = 0;
    int columns_ = 0, rows_ = 0;
    bool any_ = false;
    std::vector<uint8_t> touched_;
};

}  // namespace diaban
