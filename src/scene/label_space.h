// The room that labels compete for: boxes and leader lines already placed, and, cell by cell, what lies below.
#pragma once

#include <cstdint>
#include <vector>

#include "scene/layer_shape.h"
#include "scene/scene.h"

namespace diaban {

struct Segment {
    Pixel a, b;
};
[[nodiscard]] bool crosses(const Segment& segment, const PixelBox& box);
[[nodiscard]] bool crosses(const Segment& s, const Segment& t);

/// What has been placed so far, in buckets over the picture.
class PlacedLabels {
public:
    PlacedLabels(double width, double height);
    void add(const PixelBox& box);
    void add(const Segment& leader) { leaders_.push_back(leader); }
    /// Whether a label may stand here: wholly on the picture, on no other label and no leader line.
    [[nodiscard]] bool free(const PixelBox& box) const;
    /// Whether a leader line may run here.
    [[nodiscard]] bool free(const Segment& leader) const;

private:
    template <class Visit>
    void for_buckets(const PixelBox& box, Visit&& visit) const;

    static constexpr double bucket_ = 64;
    double width_, height_;
    int columns_, rows_;
    std::vector<std::vector<PixelBox>> buckets_;
    std::vector<Segment> leaders_;
};

/// Cells over the picture that keep their place on the map while it is panned, so that labels keep theirs.
[[nodiscard]] CellGrid label_grid(const Frame& frame);

/// Which polygon of one layer each cell belongs to, and how far from that polygon's visible edge it is.
class LabelGround {
public:
    static constexpr uint32_t nobody = 0xFFFFFFFF;
    static constexpr uint32_t blocked = 0xFFFFFFFE;  ///< under furniture or outside the picture

    /// `polygons` may be null when there are no features. `covered` marks cells under symbols (one byte a cell);
    /// `features` are drawn in this order, the last on top.
    LabelGround(const Frame& frame, const CellGrid& grid, const Detail* polygons, const std::vector<uint32_t>& features,
                const std::vector<PixelBox>& furniture, const std::vector<uint8_t>& covered);

    struct Cell {
        Pixel at;          ///< its centre
        double depth = 0;  ///< pixels to where the polygon ends, is hidden or leaves the picture
    };
    /// Visible cells of a feature: the deepest first, then up to `most` spread over it.
    [[nodiscard]] std::vector<Cell> cells_of(std::size_t position, std::size_t most) const;
    [[nodiscard]] std::size_t cell_count(std::size_t position) const { return counts_[position]; }
    [[nodiscard]] double cell_area() const { return cell_pixels_ * cell_pixels_; }

    /// What a box would cover, in shares of its cells.
    struct Cover {
        double own = 0, foreign = 0, symbols = 0, blocked = 0;
    };
    [[nodiscard]] Cover cover(const PixelBox& box, uint32_t feature) const;

private:
    void measure_depth();
    [[nodiscard]] Pixel centre_of(int column, int row) const { return frame_.to_pixel(grid_.centre(column, row)); }

    const Frame& frame_;
    const CellGrid& grid_;
    const std::vector<uint8_t>& covered_;
    const std::vector<uint32_t>& features_;
    double cell_pixels_;
    std::vector<uint32_t> owner_;
    std::vector<float> depth_;  ///< in cells
    std::vector<std::vector<CellRun>> runs_;
    std::vector<std::size_t> counts_;
};

}  // namespace diaban
