// The room that labels compete for: boxes and leader lines already placed, and, cell by cell, what lies below.
#pragma once

#include <cstdint>
#include <span>
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
    /// The same, on the picture or not.
    [[nodiscard]] bool clear(const PixelBox& box) const;
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

/// Which polygon of one layer each cell belongs to, and how far from that polygon's visible edge it is. Polygons are
/// named by their positions in the list of features that it was made of.
class LabelGround {
public:
    /// `polygons` may be null when there are no features. `covered` marks cells under symbols (one byte a cell);
    /// `features` are drawn in this order, the last on top. `frame` and `grid` have to outlive it.
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
    [[nodiscard]] Cover cover(const PixelBox& box, std::size_t position) const;
    /// The same, whosever the polygons are: cheaper.
    struct Over {
        double land = 0, symbols = 0, blocked = 0;
    };
    [[nodiscard]] Over over(const PixelBox& box) const;
    /// Whether more of the box is polygons than this one can have: cheaper to ask than what it covers.
    [[nodiscard]] bool surely_foreign(const PixelBox& box, std::size_t position) const;

private:
    static constexpr uint32_t nobody = 0xFFFFFFFF;
    static constexpr uint32_t blocked = 0xFFFFFFFE;  ///< under furniture
    static constexpr uint32_t outside = 0xFFFFFFFD;  ///< of the picture

    /// Cells of a box that are on the grid; `all` counts those outside too.
    struct Cells {
        int first_column = 0, last_column = -1, first_row = 0, last_row = -1;
        double all = 1;
        [[nodiscard]] bool empty() const { return last_column < first_column || last_row < first_row; }
        [[nodiscard]] double size() const {
            return empty() ? 0 : static_cast<double>(last_column - first_column + 1) * (last_row - first_row + 1);
        }
    };
    /// How many cells are a polygon's, blocked, and under symbols: three numbers of 21 bits, so that sums and
    /// differences of all three are one operation.
    using Counts = uint64_t;
    static constexpr int bits = 21;
    static constexpr Counts field = (Counts{1} << bits) - 1;

    void find_owners(const Detail& polygons, const std::vector<uint32_t>& features);
    void block(const std::vector<PixelBox>& furniture);
    void sum(const std::vector<uint8_t>& covered);
    void measure_depth();
    [[nodiscard]] Cells cells_under(const PixelBox& box) const;
    [[nodiscard]] Counts count(const Cells& cells) const;
    [[nodiscard]] static Over shares(Counts counts, const Cells& cells);
    [[nodiscard]] Pixel centre_of(int column, int row) const { return frame_.to_pixel(grid_.centre(column, row)); }
    [[nodiscard]] std::span<const CellRun> runs_of(std::size_t position) const {
        return {runs_.data() + run_offsets_[position], runs_.data() + run_offsets_[position + 1]};
    }
    /// Of cells with one more around the grid.
    [[nodiscard]] std::size_t index(int column, int row) const {
        return static_cast<std::size_t>(row + 1) * stride_ + static_cast<std::size_t>(column + 1);
    }

    const Frame& frame_;
    const CellGrid& grid_;
    double cell_pixels_;
    double west_, south_;          ///< cells from the grid's corner to the picture's middle
    std::size_t stride_;           ///< columns with the ones around
    std::vector<uint32_t> owner_;  ///< by index(): a position, or one of the above
    std::vector<float> depth_;     ///< by index(), in cells
    std::vector<Counts> sums_;     ///< by index(): of the cells below and left of it
    std::vector<CellRun> runs_;
    std::vector<std::size_t> run_offsets_;  ///< cuts runs_
    std::vector<std::size_t> counts_;
};

}  // namespace diaban
