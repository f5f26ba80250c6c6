// Lines: see map_bands.h.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/error.h"
#include "render/software/map_bands.h"
#include "render/software/pixel_parts.h"
#include "render/software/placed_lines.h"
#include "render/software/row_bins.h"
#include "render/software/stroke_cover.h"

namespace diaban {
namespace {

/// On, off, on, off … in device pixels; an odd list is said twice, as in SVG. Empty when it would draw a solid line.
std::vector<float> dash_pattern(const std::vector<double>& dashes, double ratio) {
    std::vector<float> pattern;
    const std::size_t count = dashes.size() % 2 == 0 ? dashes.size() : 2 * dashes.size();
    float gaps = 0;
    for (std::size_t i = 0; i < count; ++i) {
        pattern.push_back(static_cast<float>(std::max(0.0, dashes[i % dashes.size()]) * ratio));
        if (i % 2 == 1) gaps += pattern.back();
    }
    if (!(gaps > 0) || !std::isfinite(gaps)) pattern.clear();
    return pattern;
}

Pen pen_of(const Stroke& stroke, double ratio) {
    Pen pen;
    pen.half_width = static_cast<float>(std::max(0.0, stroke.width.value()) * ratio / 2);
    if (stroke.casing && stroke.casing_width.value() > 0)
        pen.casing_half_width = pen.half_width + static_cast<float>(stroke.casing_width.value() * ratio);
    pen.dashes = dash_pattern(stroke.dashes, ratio);
    pen.period = std::accumulate(pen.dashes.begin(), pen.dashes.end(), 0.0F);
    return pen;
}

bool visible(const Pen& pen) {
    return std::isfinite(pen.reach()) && (pen.half_width > 0 || pen.cased());
}

/// A colour at an opacity, in each of the 255 parts of a pixel that it may cover.
using Parts = std::array<PackedPixel, 256>;

Parts parts_of(Rgba colour, double opacity) {
    Parts parts{};
    const PackedPixel whole = packed(premultiplied(colour) * static_cast<float>(opacity));
    for (uint32_t i = 0; i < parts.size(); ++i)
        parts[i] = part_of(whole, i);
    return parts;
}

/// Lays a colour over pixels where they are covered. Most of a row is not. `from` is a multiple of a quad.
void lay_covered(uint8_t* pixels, const uint8_t* cover, int from, int to, const Parts& parts) {
    int x = from;
    for (; x + quad <= to; x += quad) {
        uint32_t any = 0;
        std::memcpy(&any, cover + x, sizeof any);
        if (any == 0) continue;
        uint8_t* at = pixels + std::ptrdiff_t{4} * x;
        const PixelQuad mixed = laid_over(
            load_quad(at), PixelQuad{parts[cover[x]], parts[cover[x + 1]], parts[cover[x + 2]], parts[cover[x + 3]]});
        std::memcpy(at, &mixed, sizeof mixed);
    }
    for (; x < to; ++x)
        if (cover[x] != 0) lay_over(pixels + std::ptrdiff_t{4} * x, parts[cover[x]]);
}

class StrokeBands final : public BandPainter {
public:
    StrokeBands(const Stroke& stroke, double opacity, Pen pen, const PartView& view, PlacedLines lines)
        : pen_(std::move(pen)), lines_(std::move(lines)), cased_(pen_.cased()), opacity_(opacity) {
        // Without a casing its opacity is the line's.
        line_ = parts_of(pen_.half_width > 0 ? stroke.colour : Rgba{0, 0, 0, 0}, cased_ ? 1 : opacity);
        if (cased_) casing_ = parts_of(*stroke.casing, 1);
        const int reach = static_cast<int>(std::ceil(pen_.reach())) + 1;
        bins_.build(lines_.paths.size(), view.part.height, [&](std::size_t i) {
            const FixedBox& box = lines_.paths[i].box;
            return std::pair((box.min_y >> fixed_bits) - reach, (box.max_y >> fixed_bits) + reach);
        });
    }

    void paint(const Surface& surface, int first, int last) const override {
        thread_local StrokeCover cover;
        RowBins::each_bin(first, last, [&](int bin, int from, int to) {
            if (bins_.of(bin).empty()) return;
            cover.begin(surface.width, from, to);
            for (const uint32_t i : bins_.of(bin)) {
                const PlacedLines::Path& path = lines_.paths[i];
                cover.add(lines_.points_of(path), lines_.along_of(path), path.box, pen_);
            }
            for (int row = from; row < to; ++row) {
                cover.take(row, [&](int left, int right, const uint8_t* line, const uint8_t* casing) {
                    lay(surface.row(row), left, right, line, casing);
                });
            }
        });
    }

private:
    void lay(uint8_t* pixels, int from, int to, const uint8_t* line, const uint8_t* casing) const {
        if (!cased_) return lay_covered(pixels, line, from, to, line_);
        if (opacity_ >= 1) {
            lay_covered(pixels, casing, from, to, casing_);
            return lay_covered(pixels, line, from, to, line_);
        }
        // Line over casing first, then both at the item's opacity.
        const auto opacity = static_cast<uint32_t>(std::lround(opacity_ * 255));
        for (int x = from; x < to; ++x) {
            if (line[x] == 0 && casing[x] == 0) continue;
            const PackedPixel both = laid_over(casing_[casing[x]], line_[line[x]]);
            lay_over(pixels + std::ptrdiff_t{4} * x, part_of(both, opacity));
        }
    }

    Pen pen_;
    PlacedLines lines_;
    bool cased_;
    double opacity_;
    Parts line_{}, casing_{};
    RowBins bins_;
};

BandPainterPtr made(const Stroke& stroke, double opacity, Pen pen, const PartView& view, PlacedLines lines) {
    if (lines.paths.empty()) return nullptr;
    return std::make_unique<const StrokeBands>(stroke, std::min(opacity, 1.0), std::move(pen), view, std::move(lines));
}

}  // namespace

BandPainterPtr prepare(const StrokeItem& item, const PartView& view) {
    if (!item.detail || item.detail->arcs.empty() || !(item.opacity > 0)) return nullptr;
    const Detail& detail = *item.detail;
    DIABAN_CHECK(!item.shown || item.shown->size() == detail.feature_count());
    Pen pen = pen_of(item.stroke, view.frame.pixel_ratio);
    if (!visible(pen) || !paintable(view)) return nullptr;
    const double reach = pen.reach();
    std::vector<uint32_t> features = detail.index.query(view.extent(reach + 1));
    if (item.shown) std::erase_if(features, [&](uint32_t f) { return (*item.shown)[f] == 0; });
    const std::span<const uint8_t> inside =
        item.shown && item.around ? std::span<const uint8_t>(*item.shown) : std::span<const uint8_t>();
    PlacedLines lines = place_lines(detail, features, view, reach, pen.period, inside);
    return made(item.stroke, item.opacity, std::move(pen), view, std::move(lines));
}

BandPainterPtr prepare_path(std::span<const Pixel> path, bool closed, const Stroke& stroke, const PartView& view) {
    Pen pen = pen_of(stroke, view.frame.pixel_ratio);
    if (path.size() < 2 || !visible(pen) || !paintable(view)) return nullptr;
    PlacedLines lines = place_path(path, closed, view, pen.reach(), pen.period);
    return made(stroke, 1, std::move(pen), view, std::move(lines));
}

}  // namespace diaban
