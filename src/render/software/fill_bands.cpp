// Areas and their hatch: see map_bands.h.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "base/error.h"
#include "render/software/map_bands.h"
#include "render/software/pixel_parts.h"
#include "render/software/placed_shapes.h"
#include "render/software/row_bins.h"
#include "render/software/shared_pixels.h"

namespace diaban {
namespace {

constexpr int most_rows = RowBins::height;

/// How much of a pixel-wide window at distance d from a band's middle the band covers.
float band(float d, float half_width) {
    return std::clamp(std::min(d + 0.5F, half_width) - std::max(d - 0.5F, -half_width), 0.0F, 1.0F);
}

/// Parallel lines over the picture, tied to the map so that they do not swim when it is moved.
class HatchLines {
public:
    HatchLines(const Hatch& hatch, const PartView& view) {
        const double ratio = view.frame.pixel_ratio;
        const double angle = hatch.angle.value() * std::numbers::pi / 180;
        spacing_ = hatch.spacing.value() * ratio;
        half_ = static_cast<float>(hatch.width.value() * ratio / 2);
        crossed_ = hatch.crossed;
        const double s = view.scale();
        // The map's zero, in pixels from the part's top left.
        const double x = view.frame.width * ratio / 2 - view.part.x - view.frame.centre.x * s;
        const double y = view.frame.height * ratio / 2 - view.part.y + view.frame.centre.y * s;
        along_ = Family{-std::sin(angle), -std::cos(angle), 0};
        across_ = Family{-std::cos(angle), std::sin(angle), 0};
        for (Family* family : {&along_, &across_})
            family->phase = std::fmod(-(x * family->nx + y * family->ny), spacing_);
    }

    /// What the lines cover of pixels of a row, 0 to 1.
    void cover(int row, int from, int to, std::vector<float>& out) const {
        out.resize(static_cast<std::size_t>(to - from));
        for (int x = from; x < to; ++x) {
            float part = along_.cover(x, row, spacing_, half_);
            if (crossed_) part = std::max(part, across_.cover(x, row, spacing_, half_));
            out[static_cast<std::size_t>(x - from)] = part;
        }
    }

private:
    struct Family {
        double nx = 0, ny = 0;  ///< normal to the lines, y down
        double phase = 0;
        [[nodiscard]] float cover(int x, int y, double spacing, float half) const {
            const double t = (x + 0.5) * nx + (y + 0.5) * ny + phase;
            return band(static_cast<float>(std::abs(t - spacing * std::floor(t / spacing + 0.5))), half);
        }
    };
    Family along_, across_;
    double spacing_ = 1;
    float half_ = 0;
    bool crossed_ = false;
};

/// Covered parts of pixels, summed over shapes.
class CoverageSum {
public:
    void begin(int width, int rows) {
        width_ = static_cast<std::size_t>(width);
        sums_.resize(std::max(sums_.size(), width_ * static_cast<std::size_t>(rows)));
        extents_.assign(static_cast<std::size_t>(rows), {width, 0});
    }
    void add(int row, int from, int to, int cover) {
        Extent& extent = extents_[static_cast<std::size_t>(row)];
        extent = {std::min(extent.from, from), std::max(extent.to, to)};
        uint16_t* sums = sums_.data() + static_cast<std::size_t>(row) * width_;
        for (int x = from; x < to; ++x)
            sums[x] = static_cast<uint16_t>(std::min(sums[x] + cover, CoverageCells::full));
    }
    /// Calls use(from, to, sums) for what a row holds, and empties it.
    template <class Use>
    void take(int row, const Use& use) {
        const Extent extent = extents_[static_cast<std::size_t>(row)];
        if (extent.from >= extent.to) return;
        uint16_t* sums = sums_.data() + static_cast<std::size_t>(row) * width_;
        use(extent.from, extent.to, sums);
        std::fill(sums + extent.from, sums + extent.to, uint16_t{0});
    }

private:
    struct Extent {
        int from = 0, to = 0;
    };
    std::size_t width_ = 0;
    std::vector<uint16_t> sums_;
    std::vector<Extent> extents_;
};

/// What a thread needs to paint a band; kept from band to band.
struct Room {
    CoverageCells cells;
    SharedPixels pixels;
    CoverageSum sum;
    std::vector<float> lines;
    std::vector<uint8_t> layer;
};

class FillBands final : public BandPainter {
public:
    FillBands(const FillItem& item, const PartView& view, PlacedShapes placed)
        : item_(item), placed_(std::move(placed)), opacity_(item.opacity), width_(view.part.width) {
        const int rows = view.part.height;
        shape_bins_.build(placed_.shapes.size(), rows, [&](std::size_t i) {
            return std::pair(placed_.shapes[i].first_row, placed_.shapes[i].end_row - 1);
        });
        dot_bins_.build(placed_.dots.size(), rows, [&](std::size_t i) {
            return std::pair(placed_.dots[i].box.min_y >> fixed_bits, (placed_.dots[i].box.max_y - 1) >> fixed_bits);
        });
        if (hatches(item)) lines_.emplace(*item.hatch, view);
    }

    [[nodiscard]] static bool hatches(const FillItem& item) {
        return item.hatch && item.hatch->spacing.value() > 0 && item.hatch->colour.a > 0 &&
               item.hatch->width.value() > 0;
    }

    void paint(const Surface& surface, int first, int last) const override {
        thread_local Room room;
        RowBins::each_bin(first, last, [&](int bin, int from, int to) {
            if (shape_bins_.of(bin).empty() && dot_bins_.of(bin).empty()) return;
            if (opacity_ >= 1)
                paint_bin(surface, from, bin, from, to, room);
            else
                paint_translucent(surface, bin, from, to, room);
        });
    }

private:
    template <class Use>
    void each_cover(int bin, int first, int last, Room& room, const Use& use) const {
        for (const uint32_t i : shape_bins_.of(bin)) {
            const PlacedShapes::Shape& shape = placed_.shapes[i];
            use(shape.feature, [&](const auto& sink) { cover(placed_, shape, first, last, room.cells, sink); });
        }
        for (const uint32_t i : dot_bins_.of(bin)) {
            const PlacedShapes::Square& dot = placed_.dots[i];
            use(dot.feature, [&](const auto& sink) { cover(dot, width_, first, last, sink); });
        }
    }

    /// The part's rows [first, last), which are the surface's from row `at`.
    void paint_bin(const Surface& surface, int at, int bin, int first, int last, Room& room) const {
        room.pixels.begin(surface, at, last - first);
        each_cover(bin, first, last, room, [&](uint32_t feature, const auto& covers) {
            const Rgba colour = (*item_.colours)[feature];
            if (colour.a == 0) return;
            covers([&, above = packed(premultiplied(colour))](int row, int from, int to, int part) {
                room.pixels.paint(row, from, to, part, above);
            });
        });
        room.pixels.finish();
        if (lines_) paint_hatch(surface, at, bin, first, last, room);
    }

    void paint_hatch(const Surface& surface, int at, int bin, int first, int last, Room& room) const {
        room.sum.begin(surface.width, last - first);
        each_cover(bin, first, last, room, [&](uint32_t feature, const auto& covers) {
            if ((*item_.hatched)[feature] == 0) return;
            covers([&](int row, int from, int to, int part) { room.sum.add(row, from, to, part); });
        });
        const PackedPixel colour = packed(premultiplied(item_.hatch->colour));
        for (int row = 0; row < last - first; ++row) {
            room.sum.take(row, [&](int from, int to, const uint16_t* sums) {
                lines_->cover(first + row, from, to, room.lines);
                uint8_t* pixels = surface.row(at + row);
                for (int x = from; x < to; ++x) {
                    const float part = room.lines[static_cast<std::size_t>(x - from)] * static_cast<float>(sums[x]);
                    const auto share = static_cast<uint32_t>(part * (255.0F / CoverageCells::full) + 0.5F);
                    if (share > 0) lay_over(pixels + std::ptrdiff_t{4} * x, part_of(colour, share));
                }
            });
        }
    }

    /// Painted apart, then laid over as one.
    void paint_translucent(const Surface& surface, int bin, int first, int last, Room& room) const {
        const auto stride = std::ptrdiff_t{4} * surface.width;
        room.layer.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(last - first), 0);
        const Surface layer{room.layer.data(), surface.width, last - first, stride};
        paint_bin(layer, 0, bin, first, last, room);
        const auto opacity = static_cast<uint32_t>(std::lround(opacity_ * 255));
        for (int row = first; row < last; ++row) {
            const uint8_t* from = layer.row(row - first);
            uint8_t* to = surface.row(row);
            for (int x = 0; x < surface.width; ++x, from += 4, to += 4) {
                PackedPixel above = 0;
                std::memcpy(&above, from, sizeof above);
                if (above != 0) lay_over(to, part_of(above, opacity));
            }
        }
    }

    const FillItem& item_;
    PlacedShapes placed_;
    double opacity_;
    int width_;
    RowBins shape_bins_, dot_bins_;
    std::optional<HatchLines> lines_;
};

}  // namespace

BandPainterPtr prepare(const FillItem& item, const PartView& view) {
    if (!item.detail || item.detail->kind != GeometryKind::polygon || !(item.opacity > 0)) return nullptr;
    const Detail& detail = *item.detail;
    DIABAN_CHECK(item.colours != nullptr && item.colours->size() == detail.feature_count());
    const bool hatched = FillBands::hatches(item);
    DIABAN_CHECK(!hatched || (item.hatched != nullptr && item.hatched->size() == detail.feature_count()));
    if (!paintable(view)) return nullptr;
    std::vector<uint32_t> features = detail.index.query(view.extent(1));
    std::erase_if(features,
                  [&](uint32_t f) { return (*item.colours)[f].a == 0 && !(hatched && (*item.hatched)[f] != 0); });
    PlacedShapes placed = place_shapes(detail, features, view);
    if (placed.shapes.empty() && placed.dots.empty()) return nullptr;
    return std::make_unique<const FillBands>(item, view, std::move(placed));
}

}  // namespace diaban
